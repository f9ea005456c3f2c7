"""A file goes in, its reports come out, and a Failure for each part of it that could not be read."""

from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import OptionError, ReadError
from onrecord.plugin import load, names
from onrecord.readers._dates import iso
from onrecord.readers._language import code
from onrecord.readers._source import STDIN, Given, Source
from onrecord.record import Failure, Report

__all__ = ["Given", "read", "reader_of"]

MAX_BYTES = 5_000_000
PLAIN = "plain"


def read(
    path: Path, *, reader: str | None = None, given: Given | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Report | Failure]:
    """Read the reports of a file, or of standard input for the path `-`; what is `given` beats what the file says.

    Without `reader` the suffix chooses, `plain` where none fits. `max_bytes` holds for one text: the file, or a line of a
    jsonl file. Raises OptionError for a wrong date or language in `given`, UnknownNameError for an unknown reader, both at
    once; ReadError for a file that cannot be read, when the iteration comes to it.
    """
    given = given or Given()
    _check(given)
    name = reader or reader_of(path) or PLAIN
    module = load("readers", name)
    if path != STDIN:
        _check_file(path)
    reports: Iterator[Report | Failure] = module.read(Source(path, name, max_bytes), given)
    return reports


def reader_of(path: Path) -> str | None:
    """Name the reader whose suffixes fit the file's name, None where there is none."""
    for name in names("readers"):
        suffixes: tuple[str, ...] = load("readers", name).suffixes
        if path.name.lower().endswith(suffixes):
            return name
    return None


def _check(given: Given) -> None:
    if given.published and not iso(given.published):
        raise OptionError(f"--published {given.published}: no such date; write it as 2024-05-31 or 2024-05-31T18:30:00+09:00")
    if given.lang and not code(given.lang):
        raise OptionError(f"--lang {given.lang}: no language code; give one of two letters such as ja or en")


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise ReadError(f"{path}: is a folder, not a file; name a file in it, or add the folder to a record")
    if not path.exists():
        raise ReadError(f"{path}: no such file; check the name")
