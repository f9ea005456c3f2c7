"""Reports in; links between those of which one is a copy or a translation of the other, or of one text that both reprint, out.

Pairs are proposed by runs of letters that both have, and across languages by the mean of their sentences' vectors, within a window
of days; each pair is then decided by itself, so that the order in which reports arrive changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

import numpy as np

from onrecord.corroboration.near import near, warmth
from onrecord.corroboration.reuse import Reuse, reuse
from onrecord.corroboration.sketch import RUN_WIDE, Sketch, sketch
from onrecord.corroboration.translated import Likeness, likeness
from onrecord.record import Link, Reason, Report, make_id
from onrecord.version import __version__

# Days between a text and its reprint or translation.
COPY_DAYS, TRANSLATION_DAYS = 31, 7
# Long runs of letters that two reports must share to be compared, and how near the means of their sentences must lie.
SHARED, WARM = 2, 0.4
# A copy: this share of either text stands in the other, or one passage of so many letters.
COPY, PASSAGE, PASSAGE_WIDE = 0.2, 400, 180
TRANSLATED = 0.5
MOST_SHOWN = 12


def linked(reports: Iterable[Report]) -> tuple[Link, ...]:
    """Return the links between reports: copies and translations."""
    return links([sketch(r) for r in reports])


def links(sketches: Sequence[Sketch], new: frozenset[str] | None = None) -> tuple[Link, ...]:
    """Return the links between sketched reports; with `new`, only those of which one side is among these ids."""
    told = sorted(sketches, key=lambda s: s.report.id)
    asked = (pair for pair in (*_alike(told), *_across(told)) if new is None or any(s.report.id in new for s in pair))
    return tuple(link for a, b in asked if (link := decided(a, b)))


def decided(a: Sketch, b: Sketch) -> Link | None:
    """Return the link of two reports, if they have one. `a` has the smaller id."""
    if a.report.lang == b.report.lang or a.letters.run == b.letters.run:
        found = reuse(a, b)
        if is_copy(found, wide=a.letters.run == RUN_WIDE):
            return _copy(a, b, found)
    if a.report.lang != b.report.lang:
        alike = likeness(a, b)
        return _translation(a, b, alike) if alike.score >= TRANSLATED else None
    return None


def is_copy(found: Reuse, *, wide: bool) -> bool:
    """Tell a copy from two reports that share phrases."""
    return max(found.a, found.b) >= COPY or found.longest >= (PASSAGE_WIDE if wide else PASSAGE)


# Which pairs to look at


def _alike(told: Sequence[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """Yield the pairs that share long runs of letters."""
    hashes = np.concatenate([s.letters.long for s in told]) if told else np.zeros(0, np.uint64)
    owners = np.concatenate([np.full(len(s.letters.long), i) for i, s in enumerate(told)]) if told else np.zeros(0, np.int64)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    edges = np.flatnonzero(np.diff(hashes)) + 1
    shared: dict[tuple[int, int], int] = {}
    for start, end in pairwise([0, *edges.tolist(), len(hashes)]):
        if end - start > 1:
            for pair in combinations(owners[start:end].tolist(), 2):
                shared[pair] = shared.get(pair, 0) + 1
    yield from ((told[i], told[j]) for (i, j), n in sorted(shared.items()) if n >= SHARED and near(told[i], told[j], COPY_DAYS))


def _across(told: Sequence[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """Yield the pairs in two languages whose sentences are warm to each other, or share a number where vectors tell nothing."""
    yield from ((told[i], told[j]) for i, j, _ in warmth(told, WARM, TRANSLATION_DAYS))
    blind = [(s, frozenset(s.numbers)) for s in told if not s.known]
    for one, numbers in blind:
        some = (s for s in told if s.report.lang != one.report.lang and numbers.intersection(s.numbers))
        for other in some:
            twice = not other.known and other.report.id < one.report.id
            if not twice and near(one, other, TRANSLATION_DAYS):
                yield (one, other) if one.report.id < other.report.id else (other, one)


# The links


def _copy(a: Sketch, b: Sketch, found: Reuse) -> Link:
    shares = Reason(f"{found.a:.0%} of one stands in the other, {found.b:.0%} of the other in this one, quotations left out")
    same = tuple(Reason("the same words", one, other) for one, other in found.passages[:MOST_SHOWN])
    return _link(a, b, "copy", max(found.a, found.b), (shares, *same))


def _translation(a: Sketch, b: Sketch, alike: Likeness) -> Link:
    words = (
        f"sentences in the same order ({alike.hot:.2f}), numbers in common ({alike.numbers:.2f}), "
        f"length {alike.whole:.2f} off what is usual"
    )
    return _link(a, b, "translation", alike.score, (Reason(words),))


def _link(a: Sketch, b: Sketch, verdict: str, score: float, why: tuple[Reason, ...]) -> Link:
    one, other = a.report, b.report
    first, told = came_first(one, other)
    return Link(
        id=make_id("report", one.id, other.id),
        a=one.id,
        b=other.id,
        of="report",
        verdict="copy" if verdict == "copy" else "translation",
        score=round(float(score), 3),
        why=(*why, Reason(told)),
        first=first,
        by=f"onrecord {__version__}",
    )


def came_first(one: Report, other: Report) -> tuple[str | None, str]:
    """Return the id of the report that was published first, None where that is not known, and why."""
    if not one.published or not other.published:
        return None, "which came first is not known: one is undated"
    mine, yours = (r.published or "" for r in (one, other))
    n = min(len(mine), len(yours))
    if mine[:n] == yours[:n]:
        return None, "which came first is not known: both have one date"
    first = one if mine[:n] < yours[:n] else other
    return first.id, f"{first.publisher or 'one'} came first, on {first.published}"
