"""The text of a pasted page in, the part of it that is the report out: furniture at its head and tail is left off."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from onrecord.languages._tables import read
from onrecord.plugin import load, names
from onrecord.readers._dateline import Dateline
from onrecord.record import Span
from onrecord.text import LINE

Kind = Literal["opener", "furniture", "prose", "short"]
DECORATION = " \t\u3000•●○■□▼▽▲△▶▷►◆◇★☆*※|:-–—>›»<‹«→←・【】[]"
HEAD = frozenset({"breadcrumb", "share", "navigation"})  # "Watch: …" above a report is its headline, not a link to another
STOP = re.compile(r"。|[.．][\"'”’)\]）]*$")
WORDY = 8  # words from which a line that ends in a full stop is taken for a sentence
WIDE = 15  # the same in letters of a script without blanks
LONG = 140  # characters from which any line is taken for one
BRIEF = 80  # characters that a sentence of no known kind may have within a tail, half of it in a script without blanks
ENOUGH = 4  # lines of furniture above such a sentence: fewer could be links within the body
BIO = 280
LINES = 1000
STAMP = re.compile(r"\d{1,2}:\d\d|\d{4}[-/.年]\s?\d{1,2}|\b\d+ (?:min\w*|hours?|days?|weeks?) ago\b|\d(?:分|時間|日)前")
QUOTED = re.compile(r"[「『“”\"«»]")
IN_QUOTES = re.compile(r"[「『\"“«].+[」』\"”»]")
COUNTED = re.compile(r"\d.*(?:comment|repl|response)|(?:コメント|comment).*\d", re.IGNORECASE)
# A person's name alone on a line. In Han and kana without a blank it could as well be a sub-heading: 地域経済, 今後の課題.
NAME = re.compile(
    r"(?:\w+ ?[:/・] ?)?"  # Writer: …
    r"(?:[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|d[aeiu]|v[ao]n|al|bin)){1,3}"
    r"|[一-鿿々ヶ]{1,4} [^\W\d]{1,6}|[ァ-ヺー]+[・ =][ァ-ヺー・ =]+)"
)
CLOSE = re.compile(r"[一-鿿々]{3,5}(?: ?記者)?")


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of page.toml: a pattern, what it must fit, which part of a page it belongs to, whether a tail can begin there."""

    words: str
    example: str
    part: str = ""
    opens: bool = False


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """The furniture words of one language."""

    lines: tuple[Words, ...] = ()
    blurbs: tuple[Words, ...] = ()
    bios: tuple[Words, ...] = ()
    months: dict[str, int] = {}
    datelines: tuple[Dateline, ...] = ()


class Patterns(Struct, frozen=True):
    """The words of all languages together: a page in one language is often dressed in another."""

    opener: re.Pattern[str]
    parts: dict[str, re.Pattern[str]]
    blurb: re.Pattern[str]
    bio: re.Pattern[str]


class Row(Struct, frozen=True):
    """A line that is not blank: where it stands, its words without decoration, what it looks like, and which part it belongs to."""

    span: Span
    words: str
    kind: Kind
    part: str = ""


def body(text: str, span: Span) -> Span:
    """Return the part of `span` that is the report.

    The tail begins at the first line that opens furniture and is followed by nothing but furniture, short lines such as links,
    and words about the author or to the visitor. One paragraph of another kind below it, and it is no tail: rather some
    furniture in the body than a paragraph lost.
    """
    rows = _rows(text, span)
    first = _head(rows)
    # A tail of more lines is no page; the bound keeps a file of a million short lines quick.
    above = max(first, len(rows) - LINES)
    last = above + _tail(rows[above:])
    if first >= last:
        return span
    return Span(rows[first].span.start, rows[last - 1].span.end)


def pages() -> Iterator[tuple[str, Page]]:
    """Yield the code and the furniture words of each language that has a page.toml."""
    for code in names("languages"):
        path = Path(load("languages", code).__path__[0]) / "page.toml"
        if path.exists():
            yield code, read(path, Page)


@cache
def patterns() -> Patterns:
    """Compile the words of all languages."""
    lines = [entry for _, page in pages() for entry in page.lines]
    return Patterns(
        opener=_any(entry for entry in lines if entry.opens),
        parts={part: _any(entry for entry in lines if entry.part == part) for part in sorted({entry.part for entry in lines})},
        blurb=_any(entry for _, page in pages() for entry in page.blurbs),
        bio=_any(entry for _, page in pages() for entry in page.bios),
    )


def plain(line: str) -> str:
    """Return a line as the tables write it: NFKC, without bullets and brackets at its ends."""
    return unicodedata.normalize("NFKC", line).strip(DECORATION)


def _any(entries: Iterator[Words]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry.words})" for entry in entries) or r"(?!)", re.IGNORECASE)


def _rows(text: str, span: Span) -> list[Row]:
    """Return the lines that are not blank; only those near the ends are looked at."""
    lines = [line for line in LINE.finditer(text, span.start, span.end) if not line.group().isspace()]
    return [_row(line, near=min(number, len(lines) - number) <= LINES) for number, line in enumerate(lines)]


def _row(line: re.Match[str], *, near: bool) -> Row:
    piece = line.group()
    start = line.start() + len(piece) - len(piece.lstrip())
    words = plain(piece[: 4 * LONG]) if near else ""
    kind, part = _looks(words) if near else ("short", "")
    return Row(Span(start, start + len(piece.strip())), words, kind, part)


@lru_cache(4096)
def _looks(words: str) -> tuple[Kind, str]:
    """Return what a line looks like, and the part of a page that it is furniture of."""
    part = _part(words)
    return _kind(words, part), part or ""


def _part(words: str) -> str | None:
    """Name the part of a page that a line is furniture of, None where it is none."""
    if len(words) > 2 * LONG:
        return None
    return next((part for part, pattern in patterns().parts.items() if pattern.fullmatch(words)), None if words else "navigation")


def _kind(words: str, part: str | None) -> Kind:
    if part:
        return "opener" if patterns().opener.fullmatch(words) else "furniture"
    wordy = len(words.split()) >= WORDY or (len(words) >= WIDE and _is_wide(words))
    return "prose" if len(words) > LONG or (wordy and STOP.search(words)) else "short"


def _is_wide(words: str) -> bool:
    """Tell whether words are mostly in letters that take twice the width, of which a sentence needs half as many."""
    return sum(1 for mark in words if mark >= "\u1100") * 2 > len(words)


def _head(rows: list[Row]) -> int:
    """Return how many lines at the head are furniture."""
    return next((number for number, row in enumerate(rows) if row.part not in HEAD), 0)


def _tail(rows: list[Row]) -> int:
    """Return the number of the line at which the tail begins, or how many lines there are."""
    begun = next((number for number, row in enumerate(rows) if row.kind == "prose"), len(rows))
    for number in range(begun + 1, len(rows)):
        if rows[number].kind == "opener" and _is_tail(rows, number):
            return _widened(rows, number, begun + 1)
    last = len(rows) - 1
    if last < 1:
        return len(rows)
    # Without furniture below it a box must be surer of itself: the last paragraph of a report may be about a career.
    if _is_bio(rows, last) and _name_above(rows, last) > begun and len(patterns().bio.findall(rows[last].words)) > 1:
        return _name_above(rows, last)
    return len(rows)


def _is_tail(rows: list[Row], begin: int) -> bool:
    """Tell whether nothing from `begin` on has to be the report."""
    known = strange = 0
    for number in range(begin, len(rows)):
        row = rows[number]
        if row.part == "comments" and COUNTED.search(row.words) and _are_comments(rows, number + 1):
            break
        known += row.kind in {"opener", "furniture"}
        if row.kind == "prose" and not _is_aside(rows, begin, number):
            strange += len(row.words)
            if known < ENOUGH or number + 1 == len(rows) or not _is_brief(row.words):
                return False
    return strange * 10 <= _prose(rows[:begin])


def _is_brief(words: str) -> bool:
    """Tell whether a sentence may be furniture of a kind that no table knows; nobody is quoted there."""
    return len(words) <= BRIEF / (1 + _is_wide(words)) and not QUOTED.search(words)


def _are_comments(rows: list[Row], begin: int) -> bool:
    """Tell whether readers' comments can follow: a date or an answer button for each passage, and less than the report above."""
    below = rows[begin:]
    passages = sum(1 for row in below if row.kind == "prose")
    marks = sum(1 for row in below if row.kind != "prose" and (row.part == "comments" or STAMP.search(row.words)))
    return passages <= marks and _prose(below) <= _prose(rows[:begin])


def _prose(rows: list[Row]) -> int:
    return sum(len(row.words) for row in rows if row.kind == "prose")


def _is_aside(rows: list[Row], begin: int, number: int) -> bool:
    """Tell whether a passage within a tail speaks about the author or to the visitor."""
    words = rows[number].words
    if _is_bio(rows, number) or (patterns().blurb.search(words) and not QUOTED.search(words)):
        return True
    near = [row.part for row in rows[max(begin, number - 3) : number]]
    return "author" in near and bool(patterns().bio.search(words))


def _widened(rows: list[Row], begin: int, first: int) -> int:
    """Return where the tail begins if author's boxes and furniture directly above `begin` are counted in."""
    while begin > first:
        if rows[begin - 1].kind in {"furniture", "opener"}:
            begin -= 1
        elif _is_bio(rows, begin - 1) and _name_above(rows, begin - 1) >= first:
            begin = _name_above(rows, begin - 1)
        else:
            break
    return begin


def _is_bio(rows: list[Row], number: int) -> bool:
    """Tell whether a line is about the person named above it: all in quotation marks, or in the words of bios."""
    words = rows[number].words
    name = _name_above(rows, number)
    if name < 0 or len(words) > BIO:
        return False
    said = len(patterns().bio.findall(words))
    if name < number - 1 or CLOSE.fullmatch(rows[name].words):
        return said > 1 or (said == 1 and rows[name].words in words)
    return bool(said or IN_QUOTES.fullmatch(words))


def _name_above(rows: list[Row], number: int) -> int:
    """Return which line above `number` is a bare name: the next, or the one above it where that is a desk or an outlet; else -1."""
    for above in range(number - 1, max(number - 3, -1), -1):
        if rows[above].kind == "prose":
            return -1
        if NAME.fullmatch(rows[above].words) or (above == number - 1 and CLOSE.fullmatch(rows[above].words)):
            # "Eastmoor Newswire" looks like a name: the one above is meant if the passage repeats that.
            higher = above - 1
            named = higher >= 0 and NAME.fullmatch(rows[higher].words) and rows[higher].words in rows[number].words
            return higher if named else above
    return -1
