"""A file with one report a line in, the reports out; a line that cannot be read becomes a Failure, the rest is read."""

from collections.abc import Iterator

from msgspec import DecodeError, Struct, field, json

from onrecord.errors import ReadError
from onrecord.readers._decode import decode
from onrecord.readers._report import Found, Text, assemble
from onrecord.readers._source import Given, Source, fingerprint, lines, too_large
from onrecord.record import Failure, Report, Span

suffixes = (".jsonl", ".ndjson")

MARK = b"\xef\xbb\xbf"


class Line(Struct, frozen=True):
    """What is read of a line: the keys of Report, `date` for `published`, and the names it may have. Others are ignored."""

    text: str
    body: Span | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] | str | None = None
    published: str | None = None
    also_published: str | None = field(default=None, name="date")
    url: str | None = None
    lang: str | None = None
    doc: object = None
    doc_id: object = None
    id: object = None


def read(source: Source, given: Given) -> Iterator[Report | Failure]:
    """Read the reports of all lines; each is called by the file and its number, counted from 1. Raises ReadError."""
    digest = fingerprint(source)
    empty = True
    for number, line in enumerate(lines(source), 1):
        words = line.removeprefix(MARK) if number == 1 else line
        if not words.strip():
            continue
        empty = False
        file = f"{source.file}#{number}"
        try:
            yield from _read(source, given, words, file, digest)
        except ReadError as error:
            yield Failure(file, "read", type(error).__name__, str(error))
    if empty:
        raise ReadError(f"{source.file}: the file is empty; give one with a report a line")


def _read(source: Source, given: Given, words: bytes, file: str, digest: str) -> Iterator[Report | Failure]:
    if len(words) > source.max_bytes:
        raise too_large(file, source.max_bytes)
    line = _parse(decode(words, file), file)
    authors = (line.authors,) if isinstance(line.authors, str) else line.authors or ()
    found = Found(
        title=line.title,
        publisher=line.publisher,
        authors=authors,
        published=line.published or line.also_published,
        dated_by="line",
        url=line.url,
        lang=line.lang,
    )
    name = next((str(name) for name in (line.doc, line.doc_id, line.id) if name is not None), None)
    yield from assemble(source, given, found, Text(line.text, 0, digest, file, body=_body(line), called=name))


def _body(line: Line) -> Span | None:
    """Return the body that the line names, if it lies in the text."""
    fits = line.body is not None and 0 <= line.body.start < line.body.end <= len(line.text)
    return line.body if fits else None


def _parse(words: str, file: str) -> Line:
    try:
        return json.decode(words, type=Line)
    except DecodeError as error:  # ValidationError is one of these
        raise ReadError(f"{file}: {_mend(str(error))}") from error


def _mend(message: str) -> str:
    if "missing required field `text`" in message:
        return "has no key text; give the words of the report under it"
    return f"is no report in JSON ({message}); mend the line"
