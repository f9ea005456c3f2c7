"""A report in; what it is compared by out: its letters, its sentences, its numbers, its words."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.corroboration.terms import terms
from onrecord.corroboration.vectors import KNOWN, WIDTH, Floats, vectors
from onrecord.record import Report, Span
from onrecord.text import View, sentences

Hashes = NDArray[np.uint64]
# Letters in a row that make a hash: so few are seldom alike by chance. Han letters and kana say more each.
RUN, RUN_WIDE = 18, 8
# Runs that propose a pair are longer, and one of so many is kept (Manber 1994): which ones depends on their letters alone.
LONG, LONG_WIDE, ONE_OF = 30, 14, 4
# The opening of a report is its first sentences.
LEAD = 4
MOST_KEPT, MOST_LEADS = 2000, 50000
PRIME = np.uint64(1099511628211)
QUOTED = re.compile(r"「[^「」]{4,}」|『[^『』]{4,}』|“[^“”]{8,}”|\"[^\"\n]{8,}\"")
NUMBER = re.compile(r"\d[\d.,]*\d")
CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][^\W\d_]{3,}")
WIDE = re.compile(r"[぀-ヿ㐀-鿿가-힣]")


class Letters(Struct, frozen=True, eq=False):
    """The letters and digits of a body, small and one width: their hashes by run, where each stands, and which are quoted."""

    runs: Hashes
    long: Hashes
    places: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    run: int


class Sketch(Struct, frozen=True, eq=False):
    """What a report is compared by. `lengths` are those of its sentences in characters.

    `marks` are what stands in each sentence alike in most languages: numbers, and words with a capital.
    """

    report: Report
    letters: Letters
    sentences: tuple[Span, ...]
    lengths: Floats
    numbers: tuple[str, ...]
    marks: tuple[frozenset[str], ...]
    terms: dict[str, float]
    day: date | None

    @property
    def known(self) -> bool:
        """Whether the vectors of its language tell anything."""
        return self.report.lang in KNOWN


def sketch(report: Report) -> Sketch:
    """Make the sketch of a report."""
    body = report.body.of(report.text)
    found = tuple(sentences(report.text, report.body))
    return Sketch(
        report=report,
        letters=letters(report),
        sentences=found,
        lengths=np.array([s.end - s.start for s in found], np.float32),
        numbers=tuple(_numbers(body)),
        marks=tuple(frozenset(_marks(s.of(report.text))) for s in found),
        terms=terms(body),
        day=date.fromisoformat(report.published[:10]) if report.published else None,
    )


def leads(told: Sequence[Sketch]) -> Floats:
    """Return for each report the mean of the vectors of its first sentences, of length one: (n, 512)."""
    return np.stack([_lead(tuple(s.of(x.report.text) for s in x.sentences[:LEAD])) for x in told])


@lru_cache(MOST_LEADS)
def _lead(some: tuple[str, ...]) -> Floats:
    mean = vectors(some).mean(0) if some else np.zeros(WIDTH, np.float32)
    out: Floats = mean / max(float(np.linalg.norm(mean)), 1e-6)
    return out


def whole(told: Sketch) -> Floats:
    """Return the vectors of all sentences of a report: (sentences, 512). Those of the reports asked for last are kept."""
    return _whole(tuple(s.of(told.report.text) for s in told.sentences))


@lru_cache(MOST_KEPT)
def _whole(some: tuple[str, ...]) -> Floats:
    return vectors(some)


def letters(report: Report) -> Letters:
    """Write a body as letters in a row, without blanks and marks, and hash every run of them."""
    body = report.body.of(report.text)
    view = View.of(body)
    small = view.text.casefold() if len(view.text.casefold()) == len(view.text) else view.text.lower()[: len(view.text)]
    kept = [i for i, c in enumerate(small) if c.isalnum()]
    signs = np.array([ord(small[i]) for i in kept], np.uint64)
    places = np.array([report.body.start + view.starts[i] for i in kept], np.int64)
    wide = len(WIDE.findall(body)) * 2 > len(kept)
    run, long = (RUN_WIDE, LONG_WIDE) if wide else (RUN, LONG)
    far = _hashes(signs, long)
    return Letters(_hashes(signs, run), np.unique(far[far % np.uint64(ONE_OF) == 0]), places, _quoted(report, places), run)


def _hashes(signs: Hashes, run: int) -> Hashes:
    """Hash each run of signs as a polynomial of its code points, modulo 2 to the 64th."""
    if len(signs) < run:
        return np.zeros(0, np.uint64)
    out = np.zeros(len(signs) - run + 1, np.uint64)
    with np.errstate(over="ignore"):
        for i in range(run):
            out = out * PRIME + signs[i : len(signs) - run + 1 + i]
        return (out ^ (out >> np.uint64(29))) * PRIME


def _quoted(report: Report, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    marked = np.zeros(len(places), np.bool_)
    for hit in QUOTED.finditer(report.text, report.body.start, report.body.end):
        marked |= (places >= hit.start()) & (places < hit.end())
    return marked


def _marks(sentence: str) -> Iterator[str]:
    yield from _numbers(sentence)
    yield from CAPITAL.findall(sentence)


def _numbers(body: str) -> Iterator[str]:
    """Yield the numbers of two digits and more in their order, without the marks that part their digits."""
    for hit in NUMBER.finditer(unicodedata.normalize("NFKC", body)):
        digits = re.sub(r"[.,]", "", hit.group())
        if len(digits) > 1:
            yield digits
