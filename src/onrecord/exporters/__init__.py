"""A record goes in, a file in a format of choice comes out, whole or not at all."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, TypedDict, Unpack

from onrecord import plugin
from onrecord.errors import OptionError
from onrecord.store import Store

__all__ = ["Which", "export"]

STDOUT = "-"


class Which(TypedDict, total=False):
    """Which claims: those of `Store.claims`, whose options these are."""

    voice: str | None
    actor: str | None
    act: str | None
    level: str | None
    since: str | None
    until: str | None
    text: str | None
    outlet: str | None
    limit: int | None


def export(form: str, out: str | Path, *, record: str | Path = "record.db", **which: Unpack[Which]) -> None:
    """
    Write the claims of `record` that `which` asks for to the file `out`, or to standard output for `-`.

    `form` names an exporter: csv, jsonl, markdown, parquet, or an installed one. A file that is there already is replaced when
    the new one is whole, and is left as it was when something fails. Raises UnknownNameError, OptionError, RecordError,
    MissingPackageError.
    """
    write = plugin.load("exporters", form).write
    with Store(record, readonly=True, create=False) as store, opened(out) as file:
        write(store.claims(**which), file)


@contextmanager
def opened(out: str | Path) -> Iterator[BinaryIO]:
    """Open what is to be written to; a regular file is written beside and moved into place at the end."""
    target = Path(out).resolve()
    if str(out) == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif target.exists() and not target.is_file():
        with _made(target, "wb", target) as file:
            yield file
    else:
        with _beside(target) as file:
            yield file


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _made(part, "xb", target) as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _made(path: Path, mode: Literal["wb", "xb"], target: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open(mode)
    except OSError as error:
        raise OptionError(f"{target}: cannot be written ({error.strerror}); name another file") from error
    with file:
        yield file
