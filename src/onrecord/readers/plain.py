"""A text file in, its report out; front matter says what the text itself does not."""

import re
from collections.abc import Iterator
from hashlib import sha256

from onrecord.readers._decode import decode
from onrecord.readers._report import Found, Text, assemble
from onrecord.readers._source import Given, Source, whole
from onrecord.record import Failure, Report

suffixes = (".txt", ".md", ".text", ".markdown")

FRONT = re.compile(r"\s*---[ \t]*\r?\n(?P<lines>(?:(?!---)[^\n]*\n)*?)---[ \t]*(?:\r?\n|\Z)")
ENTRY = re.compile(r"(?P<key>[\w-]+)[ \t]*:[ \t]*(?P<value>.*)")
PASSED = re.compile(r"\s*(?:#.*)?|\s+\S.*|-\s.*")  # blank, a comment, or the rest of a list


def read(source: Source, given: Given) -> Iterator[Report | Failure]:
    """Read one report. Raises ReadError."""
    data = whole(source)
    text = decode(data, source.file)
    front, start = front_matter(text)
    found = Found(
        title=front.get("title"),
        url=front.get("url"),
        published=front.get("published"),
        publisher=front.get("publisher"),
        lang=front.get("lang"),
        dated_by="front matter",
    )
    yield from assemble(source, given, found, Text(text, start, sha256(data).hexdigest(), source.file))


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Return the entries between two lines of `---` at the head of a text, and where they end; none and 0 where there are none.

    A pair of rules with anything else than `key: value` between them is part of the report.
    """
    found = FRONT.match(text)
    if not found:
        return {}, 0
    lines = found["lines"].splitlines()
    entries = [entry for line in lines if (entry := ENTRY.fullmatch(line.rstrip()))]
    if not entries or len(entries) + sum(1 for line in lines if PASSED.fullmatch(line)) < len(lines):
        return {}, 0
    values = {entry["key"].lower(): _unquoted(entry["value"].strip()) for entry in entries}
    return {key: value for key, value in values.items() if value}, found.end()


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
