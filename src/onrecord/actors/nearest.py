"""One name against many at once in, the places of those that sound most alike out; for lists of thousands of names."""

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.actors.sound import PAIRS, SHAPES, UNSEEN, learned, table
from onrecord.actors.spelling import Part, Script, parts


def nearest(name: str, candidates: Sequence[str], *, limit: int = 5) -> tuple[tuple[int, float], ...]:
    """Return the places and scores of the candidates that sound most like a name of one part in another script, best first."""
    (own,) = parts(name)[:1] or (None,)
    if own is None or not candidates:
        return ()
    row = _ranked(own, _coded(tuple(candidates)))
    best = np.argsort(-row)[:limit]
    return tuple((int(at), float(row[at])) for at in best)


class Coded(Struct, frozen=True):
    """Candidates of one script as numbered groups: `groups[n][k, i]` is the group of `n` signs at place `i` of candidate `k`."""

    script: Script
    groups: tuple[NDArray[np.int32], ...]
    lengths: NDArray[np.int64]


@lru_cache(8)
def _coded(candidates: tuple[str, ...]) -> Coded:
    """Code the first part of each candidate; those of another script than most have none."""
    first = [next(iter(parts(name)), None) for name in candidates]
    (script, _), *_ = Counter(p.script for p in first if p).most_common() or [("other", 0)]
    words = [p.codes if p and p.script == script else b"" for p in first]
    long, most = max((len(w) for w in words), default=0), 4 if script == "latin" else 2
    numbers = _numbers(script)
    groups = tuple(
        np.array([[numbers.get(w[i : i + n], 0) if i + n <= len(w) else 0 for i in range(long + 1)] for w in words], np.int32)
        for n in range(most + 1)
    )
    return Coded(script, groups, np.array([len(w) for w in words]))


def _ranked(own: Part, among: Coded) -> NDArray[np.float64]:
    """Score one word against all candidates by one dynamic programme over all of them."""
    pair = next((p for p in PAIRS if {own.script, among.script} == set(p)), None)
    if pair is None or not own.codes:
        return np.zeros(len(among.lengths))
    first = own.script == pair[0]
    rows, many, long = _rows(pair, own.script), len(among.lengths), among.groups[0].shape[1]
    best = np.full((len(own.codes) + 1, many, long), -1e9)
    best[0, :, 0] = 0
    for i in range(len(own.codes) + 1):
        for shape in sorted(SHAPES, key=lambda s: s[0] if first else s[1]):
            a, b = shape if first else shape[::-1]
            if i + a > len(own.codes):
                continue
            row = rows.get(own.codes[i : i + a])
            costs = (row[among.groups[b]] if row is not None else np.zeros((many, long))) + 0.0
            costs[costs == 0] = UNSEEN * (a + b)
            for j in range(long - b) if not a else (slice(None),):
                _step(best, i, a, b, costs, j)
    total = best[-1, np.arange(many), among.lengths]
    each, bias, length = learned()["-".join(pair)].fit
    signs = among.lengths + len(own.codes)
    scores: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(each * total / np.maximum(signs, 1) + length * signs + bias, -50, 50)))
    return scores


def _step(best: NDArray[np.float64], i: int, a: int, b: int, costs: NDArray[np.float64], j: int | slice) -> None:
    """Take one kind of group from every place; where it takes nothing of ours, one place after the other."""
    if isinstance(j, int):
        np.maximum(best[i, :, j + b], best[i, :, j] + costs[:, j], out=best[i, :, j + b])
        return
    width = best.shape[2] - b
    np.maximum(best[i + a, :, b:], best[i, :, :width] + costs[:, :width], out=best[i + a, :, b:])


@cache
def _numbers(script: Script) -> dict[bytes, int]:
    """Give a number to each group of a script that any table knows; 0 is none of them."""
    known = {group for pair in PAIRS for own in table(pair) for group, s in zip(own, pair, strict=True) if s == script}
    return {group: n for n, group in enumerate(sorted(known), 1)}


@cache
def _rows(pair: tuple[Script, Script], script: Script) -> dict[bytes, NDArray[np.float64]]:
    """Return for each group of `script` the costs of all groups of the other one, 0 where it was never seen."""
    first = script == pair[0]
    numbers = _numbers(pair[1] if first else pair[0])
    rows: dict[bytes, NDArray[np.float64]] = {}
    for (a, b), cost in table(pair).items():
        mine, other = (a, b) if first else (b, a)
        rows.setdefault(mine, np.zeros(len(numbers) + 1))[numbers[other]] = cost
    return rows
