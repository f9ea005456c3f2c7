"""Two reports in two languages in, how surely one is a translation of the other out.

A translation tells the same facts in the same order: its sentences are aligned one after the other (the dynamic programme of Gale
and Church 1993, on likeness of vectors instead of lengths), and a pair of sentences counts by how much more alike they are than
these two reports are anyway: two reports on one event are warm all over, a translation is hot on a diagonal. Numbers in their
order and the length of the whole speak beside it. The weights were fitted on half of the documents of NTREX-128.
"""

import math
from collections import Counter
from functools import lru_cache

import numpy as np
from msgspec import Struct

from onrecord.corroboration.sketch import RUN, Sketch, whole
from onrecord.corroboration.vectors import Floats

# What two sentences have in common by chance, and how strongly that is believed against what is seen of a short report.
CHANCE, BELIEF = 0.1, 5
LEAST, MARGIN = 0.3, 0.15
# Characters that a text of 100 English characters has in other languages (the whole of NTREX-128).
LENGTHS = {"en": 100, "ja": 43, "de": 119, "es": 115, "fr": 116, "ko": 54, "ru": 111, "vi": 110, "zh": 35}
UNKNOWN_LENGTH = 0.35
# Two sentences may be one whose places in their texts lie this far apart, as a share of the text.
PLACES = 0.12
# The weights of the values, and what their sum must reach for an even chance: by vectors, else by marks and lengths alone, of two
# texts of which one or neither is in Latin letters, or both, whose names are written alike (training/translated.py).
WEIGHTS, LEVEL = (0.95, 1.95, 1.22, 0.76, -2.06, -0.17, 1.74), 3.9
BLIND, BLIND_LEVEL = (0.0, 0.0, 0.0, 1.2, 0.66, 2.31, 4.02), (6.7, 10.2)


class Likeness(Struct, frozen=True):
    """What speaks for a translation: sentences in order, the same above what is warm anyway, best for each other, and so on."""

    order: float
    hot: float
    mutual: float
    numbers: float
    marks: float
    lengths: float
    whole: float

    latin: bool = False

    @property
    def score(self) -> float:
        """How surely it is a translation, from 0 to 1."""
        known = self.order or self.hot or self.mutual
        weights, least = (WEIGHTS, LEVEL) if known else (BLIND, BLIND_LEVEL[self.latin])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(w * v for w, v in zip(weights, self.values, strict=True)) - least))))

    @property
    def values(self) -> tuple[float, ...]:
        """The features as they are weighed."""
        return (
            self.order / 0.1,
            self.hot / 0.05,
            self.mutual / 0.1,
            self.numbers / 0.15,
            self.lengths / 0.15,
            self.marks / 0.1,
            -self.whole / 0.3,
        )


def likeness(a: Sketch, b: Sketch) -> Likeness:
    """Compare two reports in two languages."""
    alike = whole(a) @ whole(b).T if a.known and b.known else np.zeros((len(a.sentences), len(b.sentences)), np.float32)
    n, m = alike.shape
    if not n or not m:
        return Likeness(0, 0, 0, 0, 0, 0, 9)
    scale = math.sqrt(n * m)
    rows = (alike.sum(1, keepdims=True) + CHANCE * BELIEF) / (m + BELIEF)
    columns = (alike.sum(0, keepdims=True) + CHANCE * BELIEF) / (n + BELIEF)
    best = (alike >= alike.max(1, keepdims=True)) & (alike >= alike.max(0, keepdims=True)) & (alike > 0)
    return Likeness(
        order=path(alike - LEAST) / scale,
        hot=path(alike - (rows + columns) / 2 - MARGIN) / scale,
        mutual=path(best * alike) / scale,
        numbers=_common(a.numbers, b.numbers),
        marks=path(_marked(a, b)) / scale,
        lengths=_lengths(a, b) / scale,
        whole=_whole(a, b),
        latin=_is_latin(a) and _is_latin(b),
    )


def _is_latin(x: Sketch) -> bool:
    return any(mark[0].isalpha() for marks in x.marks for mark in marks) and x.letters.run == RUN


def path(gains: Floats) -> float:
    """Return the most that a way through the matrix gains that goes right, down or diagonally, and gains on diagonals alone."""
    best = np.zeros(gains.shape[1] + 1, np.float64)
    for row in gains:
        new = best.copy()
        new[1:] = np.maximum(best[1:], best[:-1] + row)
        best = np.maximum.accumulate(new)
    return float(best[-1])


def _common(mine: tuple[str, ...], yours: tuple[str, ...]) -> float:
    both = sum((Counter(mine) & Counter(yours)).values())
    return both / math.sqrt((len(mine) + 1) * (len(yours) + 1))


def _marked(a: Sketch, b: Sketch) -> Floats:
    """Return how much of the numbers and capitals two sentences share, above what these reports share anyway."""
    rows = [[len(x & y) / math.sqrt(len(x) * len(y)) if x and y else 0.0 for y in b.marks] for x in a.marks]
    shared = np.array(rows, np.float32)
    n, m = shared.shape
    usual = (shared.sum(1, keepdims=True) / (m + BELIEF) + shared.sum(0, keepdims=True) / (n + BELIEF)) / 2
    out: Floats = shared - usual - np.float32(MARGIN) * (shared == 0)
    return out


def _lengths(a: Sketch, b: Sketch) -> float:
    """Align sentences by length and place alone."""
    ratio = _ratio(a.report.lang, b.report.lang) or float(a.lengths.sum() / b.lengths.sum())
    gains = 1 - 2 * np.abs(np.log(a.lengths[:, None] / (b.lengths[None] * ratio)))
    mine, yours = ((np.cumsum(x.lengths) - x.lengths / 2) / x.lengths.sum() for x in (a, b))
    near = np.abs(mine[:, None] - yours[None]) < PLACES
    return path(np.clip(np.where(near, gains, -1), -1, 1).astype(np.float32))


def _whole(a: Sketch, b: Sketch) -> float:
    """Return how far the lengths of both are from what the languages let expect: 0 is as expected, 0.7 twice as long."""
    ratio = _ratio(a.report.lang, b.report.lang)
    return abs(math.log(float(a.lengths.sum() / b.lengths.sum()) / ratio)) if ratio else UNKNOWN_LENGTH


@lru_cache
def _ratio(one: str, other: str) -> float | None:
    return LENGTHS[one] / LENGTHS[other] if one in LENGTHS and other in LENGTHS else None
