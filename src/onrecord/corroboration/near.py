"""Sketches of reports in, stories out: reports that tell of one happening.

Within a language what two reports share of their heavy words decides, across languages how near the means of their sentences lie.
Groups grow by average linkage (Sokal and Michener 1958) over the pairs that are proposed, so that one report between two stories
does not make them one.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from onrecord.corroboration.sketch import Sketch, leads
from onrecord.corroboration.terms import alike, heaviest

# Days that reports of one story lie apart at most.
DAYS = 7
# Two reports are compared that share so many of their heaviest words.
HEAVIEST, SHARED = 25, 2
# From this likeness on two groups are one story.
ONE = 0.25
# Across languages: what a mean of vectors must reach to be as good as `ONE`, and how much faster it grows from there.
WARM, STEEP, COOL = 0.55, 0.8, 0.25
# Short reports share fewer words: a report of so many heavy words counts twice what it shares.
SHORT = 15
# Two reports of days so near are as good as this much likeness more, and warmer.
CLOSE, DATED, DATED_WARM = 3, 2.5, 0.17

Pairs = dict[tuple[int, int], float]


def stories(sketches: Sequence[Sketch], copies: Iterable[tuple[str, str]] = ()) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the reports of each story. `copies` are pairs of ids that are one text, whatever their words."""
    told = sorted(sketches, key=lambda s: s.report.id)
    at = {s.report.id: i for i, s in enumerate(told)}
    pairs = likenesses(told)
    pairs |= {(min(at[a], at[b]), max(at[a], at[b])): 1.0 for a, b in copies}
    return tuple(tuple(told[i].report.id for i in group) for group in linked(len(told), pairs))


def likenesses(told: Sequence[Sketch]) -> Pairs:
    """Return how alike the reports are that may be of one story, by their places."""
    found = {(i, j): _alike(told[i], told[j]) for i, j in _of_one_language(told)}
    found.update(_of_two_languages(told))
    return found


def _alike(a: Sketch, b: Sketch) -> float:
    fewest = max(1, min(len(a.terms), len(b.terms)))
    return alike(a.terms, b.terms) * (1 + SHORT / fewest) * (DATED if _close(a, b) else 1.0)


def _close(a: Sketch, b: Sketch) -> bool:
    return bool(a.day and b.day) and near(a, b, CLOSE)


def _of_one_language(told: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    where: dict[tuple[str, str], list[int]] = {}
    for i, s in enumerate(told):
        for word in heaviest(s.terms, HEAVIEST):
            where.setdefault((s.report.lang, word), []).append(i)
    shared = Counter(pair for some in where.values() for pair in combinations(some, 2) if near(told[pair[0]], told[pair[1]], DAYS))
    yield from (pair for pair, n in sorted(shared.items()) if n >= SHARED)


def _of_two_languages(told: Sequence[Sketch]) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield pairs in two languages with the likeness that their vectors are worth."""
    for i, j, warm in warmth(told, COOL, DAYS):
        yield (i, j), max(0.0, ONE + STEEP * (warm - WARM + DATED_WARM * _close(told[i], told[j])))


def warmth(told: Sequence[Sketch], least: float, days: int) -> Iterator[tuple[int, int, float]]:
    """Yield the places of two reports in two languages whose sentences are as near as `least`, and how near; days are near, too."""
    places = [i for i, s in enumerate(told) if s.known]
    if len({told[i].report.lang for i in places}) <= 1:
        return  # vectors take most of the time, and one language needs none
    means = leads([told[i] for i in places])
    codes = np.array([told[i].report.lang for i in places])
    dates = np.array([s.toordinal() if (s := told[i].day) else 0 for i in places])
    for n, i in enumerate(places):
        warm = means[n + 1 :] @ means[n]
        close = (abs(dates[n + 1 :] - dates[n]) <= days) | (dates[n + 1 :] == 0) | (dates[n] == 0)
        for m in np.flatnonzero((warm >= least) & close & (codes[n + 1 :] != codes[n])):
            yield i, places[n + 1 + int(m)], float(warm[m])


def near(a: Sketch, b: Sketch, days: int) -> bool:
    """Tell whether two reports were published within so many days; an undated one is near to all."""
    return not a.day or not b.day or abs((a.day - b.day).days) <= days


def linked(n: int, pairs: Pairs, least: float = ONE) -> list[list[int]]:
    """Join n things by average linkage down to `least`; a pair that is not given counts nothing."""
    groups = {i: [i] for i in range(n)}
    sums: dict[int, dict[int, float]] = {i: {} for i in range(n)}
    for (i, j), likeness in pairs.items():
        sums[i][j] = sums[j][i] = likeness
    heap = [(-likeness, i, j, 1, 1) for (i, j), likeness in pairs.items() if likeness >= least]
    heapq.heapify(heap)
    while heap:
        _, i, j, ni, nj = heapq.heappop(heap)
        if i in groups and j in groups and len(groups[i]) == ni and len(groups[j]) == nj:
            _join(groups, sums, i, j)
            for k, total in sums[i].items():
                mean = total / (len(groups[i]) * len(groups[k]))
                if mean >= least:
                    a, b = min(i, k), max(i, k)
                    heapq.heappush(heap, (-mean, a, b, len(groups[a]), len(groups[b])))
    return [sorted(group) for _, group in sorted(groups.items())]


def _join(groups: dict[int, list[int]], sums: dict[int, dict[int, float]], i: int, j: int) -> None:
    """Join group j to group i, which comes first."""
    groups[i] += groups.pop(j)
    for k, total in sums.pop(j).items():
        del sums[k][j]
        if k != i:
            sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + total
