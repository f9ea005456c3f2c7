"""The spans of a content go in, the words of its main statement come out, each with its place in the report."""

import re
from functools import cache
from itertools import pairwise

from msgspec import Struct

from onrecord.languages._sure import Aside
from onrecord.record import Report, Span
from onrecord.text import sentences

# A gap between two content spans that holds one of these is the end of a quotation or sentence, not a cue set in.
CLOSES = re.compile(r"[。.!?！？」』”\"]")

# No sentence of a report is longer; what is, is a list or a table, and its beginning is enough.
LONGEST = 2000


class Words(Struct, frozen=True):
    """A run of words that may be cut out of several places: `at` is where each character stands in `Report.text`."""

    text: str
    at: tuple[int, ...]

    def back(self, start: int, end: int) -> Span:
        """Give the place in the report of the characters from `start` to `end`, which must not be none."""
        return Span(self.at[start], self.at[end - 1] + 1)


def statement(report: Report, content: tuple[Span, ...]) -> Words:
    """Give the first sentence of a content: in a quotation over several sentences it carries the point."""
    words = _join(report, _opening(report, content))
    for first in sentences(words.text, Span(0, len(words.text))):
        if first.end > first.start:
            end = min(first.end, first.start + LONGEST)
            return Words(words.text[first.start : end], words.at[first.start : end])
    return Words(words.text[:LONGEST], words.at[:LONGEST])


def point(words: Words, asides: tuple[Aside, ...]) -> str:
    """Blank out what does not carry the point; the length stays, so that places in it are places in `words`."""
    mask = words.text
    for aside in asides:
        mask = compiled(aside.match).sub(lambda hit: " " * len(hit[0]), mask)
    return mask


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a language table: case does not count."""
    return re.compile(pattern, re.IGNORECASE)


def _opening(report: Report, content: tuple[Span, ...]) -> list[Span]:
    """Take the spans up to the first gap that ends a sentence or a quotation."""
    opening = list(content[:1])
    for before, after in pairwise(content):
        gap = report.text[before.end - 1 : after.start]
        if CLOSES.search(gap) and not report.text[after.start].islower():
            break
        opening.append(after)
    return opening


def _join(report: Report, spans: list[Span]) -> Words:
    places: list[int] = []
    text = ""
    for span in spans:
        if text:
            text += " "
            places.append(span.start)
        text += span.of(report.text)
        places.extend(range(span.start, span.end))
    return Words(text, tuple(places))
