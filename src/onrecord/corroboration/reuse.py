"""Two reports in one script in, the passages of one that stand in the other out.

Runs of letters that both have cover each text; what lies in quotation marks counts for nothing, because two reporters may quote
one person. Reordered, cut and merged texts keep most of their runs, edited ones lose those round each edit.
"""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.corroboration.sketch import Letters, Sketch
from onrecord.record import Span

# Passages with so many letters between them that are not alike are one.
GAP = 12
# A passage of fewer letters is a phrase that anybody may write; Han letters and kana say twice as much.
PASSAGE, PASSAGE_WIDE = 40, 20


class Reuse(Struct, frozen=True):
    """How much of a stands in b and of b in a, as shares of their letters outside quotations; and the passages in both."""

    a: float
    b: float
    longest: int
    passages: tuple[tuple[Span, Span], ...]


def reuse(a: Sketch, b: Sketch) -> Reuse:
    """Compare two reports."""
    one, other = a.letters, b.letters
    if one.run != other.run:
        return Reuse(0.0, 0.0, 0, ())
    mine, yours = _covered(one, other), _covered(other, one)
    stretches = list(_stretches(mine, one.run))
    return Reuse(
        _share(mine, one.quoted),
        _share(yours, other.quoted),
        max((int((~one.quoted[s:e]).sum()) for s, e in stretches), default=0),
        tuple(_passages(stretches, a, b)),
    )


def _covered(one: Letters, other: Letters) -> NDArray[np.bool_]:
    """Tell which letters of one stand in a run that the other has too."""
    hit = np.isin(one.runs, other.runs)
    covered = np.zeros(len(one.places), np.bool_)
    for i in range(one.run):
        covered[i : i + len(hit)] |= hit
    return covered


def _share(covered: NDArray[np.bool_], quoted: NDArray[np.bool_]) -> float:
    """Return the share of letters outside quotations that are covered; of all letters where nearly all are quoted."""
    free = ~quoted if (~quoted).sum() * 4 > len(quoted) else np.ones(len(quoted), np.bool_)
    return float(covered[free].mean()) if free.any() else 0.0


def _stretches(covered: NDArray[np.bool_], run: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of covered letters, those with short gaps between them as one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], covered.astype(np.int8), [0]])))
    least = PASSAGE_WIDE if run < PASSAGE_WIDE // 2 else PASSAGE
    start = end = -GAP - 1
    for s, e in zip(edges[::2], edges[1::2], strict=True):
        if s - end > GAP:
            if end - start >= least:
                yield start, end
            start = int(s)
        end = int(e)
    if end - start >= least:
        yield start, end


def _passages(stretches: list[tuple[int, int]], a: Sketch, b: Sketch) -> Iterator[tuple[Span, Span]]:
    """Yield each stretch of a with where it stands in b: from where its first run stands there to where its last one ends."""
    one, other = a.letters, b.letters
    order = np.argsort(other.runs, kind="stable")
    for s, e in stretches:
        runs = one.runs[s : e - one.run + 1]
        at = np.searchsorted(other.runs, runs, sorter=order)
        there = order[np.minimum(at, len(order) - 1)]
        found = there[other.runs[there] == runs]
        if len(found):
            first, last = int(found[0]), int(found[-1])
            low, high = (first, last) if first <= last else (int(found.min()), int(found.max()))
            end = high + other.run - 1
            yield (
                Span(int(one.places[s]), int(one.places[e - 1]) + 1),
                Span(int(other.places[low]), int(other.places[min(end, len(other.places) - 1)]) + 1),
            )
