"""A path in; its bytes, checked for size and sense, out: what every reader starts from."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from onrecord.errors import ReadError

STDIN = Path("-")


class Given(Struct, frozen=True):
    """What the user says about a report; it beats what the file says."""

    lang: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None


class Source(Struct, frozen=True):
    """What is to be read, by which reader, and how many bytes a text may have."""

    path: Path
    reader: str
    max_bytes: int

    @property
    def file(self) -> str:
        """The name that reports and errors carry: the path as it was given."""
        return str(self.path)


def whole(source: Source) -> bytes:
    """Return all bytes. Raises ReadError where there are none, or more than `max_bytes`."""
    with opened(source) as stream:
        data = stream.read(source.max_bytes + 1)
    if len(data) > source.max_bytes:
        raise too_large(source.file, source.max_bytes)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ReadError(f"{source.file}: the file is empty; give one with a report in it")
    return data


def lines(source: Source) -> Iterator[bytes]:
    """Yield the lines one by one, each cut off one byte after `max_bytes`, so that no line can fill the memory."""
    with opened(source) as stream:
        while line := stream.readline(source.max_bytes + 1):
            if len(line) > source.max_bytes:
                _skip_line(stream, line)
            yield line


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open the source for reading, standard input for the name `-`. Raises ReadError where that fails."""
    if source.path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = source.path.open("rb")
    except OSError as error:
        raise ReadError(f"{source.file}: cannot be opened ({error.strerror}); check the name and the rights") from error
    with stream:
        yield stream


def fingerprint(source: Source) -> str:
    """Return the sha256 of the bytes of a file, without holding them all; empty for standard input, which is gone once read."""
    if source.path == STDIN:
        return ""
    digest = sha256()
    with opened(source) as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def too_large(file: str, max_bytes: int) -> ReadError:
    """Return the error for a text that has too many bytes."""
    return ReadError(f"{file}: is larger than {max_bytes:,} bytes; split it or raise --max-bytes")


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)
