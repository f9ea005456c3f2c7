"""What a reader found in a file in; the Report, and a Failure for each statement that could not be used, out."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from onrecord.errors import ReadError
from onrecord.readers._dateline import Told, told
from onrecord.readers._dates import iso
from onrecord.readers._furniture import body as without_furniture
from onrecord.readers._language import UNKNOWN, code, detect
from onrecord.readers._source import Given, Source
from onrecord.record import Failure, Report, Span, report_id

TITLE = 120  # characters that a first line may have to be a headline
FINAL = re.compile(r"[.。．,、;:：]$")


class Found(Struct, frozen=True):
    """What a file says about its report, word for word; `dated_by` names the place that `published` comes from."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    dated_by: str = "page"
    url: str | None = None
    lang: str | None = None


class Text(Struct, frozen=True):
    """A decoded text, from where on it can be the report, the sha256 of its bytes, and the name of the file or line.

    `body` is the part that the file itself says is the report; `called` the name that a line has for itself.
    """

    whole: str
    start: int
    sha256: str
    file: str
    body: Span | None = None
    called: str | None = None

    @property
    def place(self) -> str:
        """Where an error is: the file, and what it calls the line."""
        return f"{self.file} ({self.called})" if self.called else self.file


def assemble(source: Source, given: Given, found: Found, text: Text) -> Iterator[Report | Failure]:
    """Yield the report; what the user gave beats what the file says.

    A date or language that cannot be read costs the report nothing but that field: a Failure follows it, and so it does where
    the day is still to come. Raises ReadError where there are no words.
    """
    if not text.whole[text.start :].strip():
        raise ReadError(f"{text.place}: no text in it; give a file with the words of a report")
    body = text.body or without_furniture(text.whole, _trimmed(text.whole, text.start))
    url = given.url or found.url
    by_text = told(text.whole, body, url)
    published, dated_by = _dated(given, found, by_text)
    publisher = given.publisher or found.publisher or by_text.outlet
    yield Report(
        id=report_id(text.whole, url, publisher, published),
        text=text.whole,
        body=body,
        lang=_lang(given, found, body.of(text.whole)),
        title=given.title or found.title or headline(text.whole, body),
        publisher=publisher,
        authors=found.authors,
        published=published,
        dated_by=dated_by,
        url=url,
        file=text.file,
        sha256=text.sha256,
        reader=source.reader,
    )
    doubts = (*_unused(given, found), *_to_come(published, dated_by))
    yield from (Failure(text.file, "read", ReadError.__name__, f"{text.place}: {words}") for words in doubts)


def headline(text: str, body: Span) -> str | None:
    """Return the first line where it looks like a headline: short, without a final stop, a blank line below it."""
    first, *rest = body.of(text).splitlines() or [""]
    words = re.sub(r"^#+\s+", "", first).strip()
    alone = len(rest) > 1 and not rest[0].strip()
    return words if alone and words and len(words) <= TITLE and not FINAL.search(words) else None


def _trimmed(text: str, start: int) -> Span:
    piece = text[start:]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _dated(given: Given, found: Found, by_text: Told) -> tuple[str | None, str | None]:
    if given.published:
        return iso(given.published), "option"
    published = iso(found.published)
    return (published, found.dated_by) if published else (by_text.published, by_text.by)


def _lang(given: Given, found: Found, words: str) -> str:
    said = code(given.lang) or code(found.lang)
    return said if said and said != UNKNOWN else detect(words)


def _to_come(published: str | None, dated_by: str | None) -> Iterator[str]:
    """Doubt a day of publication that has not come yet anywhere on earth; the report keeps it."""
    if published and date.fromisoformat(published[:10]) > datetime.now(UTC).date() + timedelta(days=1):
        yield f"published {published} ({dated_by}) is still to come, yet kept; give the true day with --published"


def _unused(given: Given, found: Found) -> Iterator[str]:
    """Say what the file says in vain, and the mend."""
    if found.dated_by == "page":  # pages are full of dates and tags that nobody checks: one that is wrong is no news
        return
    if found.published and not given.published and not iso(found.published):
        yield (f"published {found.published!r} is no date, the report is read without; write it as 2024-05-31")
    if found.lang and not given.lang and not code(found.lang):
        yield (f"lang {found.lang!r} is no language code, the language is detected; write one such as ja")
