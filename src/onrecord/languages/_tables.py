"""A TOML file goes in, a checked table comes out; the error names the file and the entry."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, ValidationError, convert

from onrecord.errors import LanguageError

T = TypeVar("T", bound=Struct)


def read(path: Path, kind: type[T]) -> T:
    """Read the table at `path`. Raises LanguageError where it is missing, is no TOML, or does not fit `kind`."""
    raw = _parse(path)
    _check_ids(raw, path)
    try:
        return convert(raw, kind)
    except ValidationError as error:
        raise LanguageError(f"{_place(path)}: {_entry(raw, str(error))}{error}; mend the entry") from error


def compiles(pattern: str, name: str = "") -> None:
    """Raise ValueError (which msgspec reports with its place) where `pattern` is no regular expression.

    `name` stands for a pattern that is too long to show.
    """
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{name or pattern!r} is no regular expression: {error}") from error


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _parse(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise LanguageError(f"{_place(path)}: no such table; write it, even if empty") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"{_place(path)}: not TOML: {error}") from error


def _ids(raw: dict[str, object]) -> Iterator[str]:
    for entries in raw.values():
        if isinstance(entries, list):
            yield from (str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry)


def _check_ids(raw: dict[str, object], path: Path) -> None:
    seen: set[str] = set()
    for name in _ids(raw):
        if name in seen:
            raise LanguageError(f"{_place(path)}: two entries have the id {name!r}; rename one of them")
        seen.add(name)


def _entry(raw: dict[str, object], message: str) -> str:
    """Turn msgspec's `$.marks[3]` into the entry's id, which a person can find."""
    found = re.search(r"\$\.(\w+)\[(\d+)\]", message)
    entries = raw.get(found[1]) if found else None
    if not found or not isinstance(entries, list):
        return ""
    entry = entries[int(found[2])]
    return f"entry {entry['id']!r}: " if isinstance(entry, dict) and "id" in entry else ""
