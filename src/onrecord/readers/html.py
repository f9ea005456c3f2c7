"""A web page in, its report out: trafilatura gives the text, the page's own metadata the rest."""

import gzip
import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from zlib import error as ZlibError  # noqa: N812  # it is one

from onrecord.errors import ReadError
from onrecord.readers._decode import decode
from onrecord.readers._report import Text, assemble
from onrecord.readers._source import Given, Source, too_large, whole
from onrecord.record import Failure, Report

suffixes = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")

LEAST = 40  # characters: a page that gives fewer, and no sentence among them, gave its menu
SENTENCE = re.compile(r"[.。!！?？]")
GZIP = b"\x1f\x8b"
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read(source: Source, given: Given) -> Iterator[Report | Failure]:
    """Read one report. Raises ReadError, also where the page holds no text."""
    from onrecord.readers._page import look  # noqa: PLC0415  # trafilatura: a quarter of a second that only pages should cost

    data = whole(source)
    text, found = look(_decoded(_unpacked(data, source), source.file), given.url)
    if len(text) < LEAST and not SENTENCE.search(text):
        raise ReadError(f"{source.file}: the page holds no text of a report; save the page of one report, with its text in it")
    yield from assemble(source, given, found, Text(text, 0, sha256(data).hexdigest(), source.file))


def _unpacked(data: bytes, source: Source) -> bytes:
    if not data.startswith(GZIP):
        return data
    try:
        unpacked = gzip.GzipFile(fileobj=BytesIO(data)).read(source.max_bytes + 1)
    except (OSError, EOFError, ZlibError) as error:
        raise ReadError(f"{source.file}: is broken gzip; save the page again") from error
    if len(unpacked) > source.max_bytes:
        raise too_large(source.file, source.max_bytes)
    return unpacked


def _decoded(data: bytes, file: str) -> str:
    found = CHARSET.search(data[:4096])
    return decode(data, file, declared=found[1].decode("ascii") if found else None)
