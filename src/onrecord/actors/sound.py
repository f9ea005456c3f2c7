"""Two names in, how surely they are one name by their sound out: katakana, Latin and Cyrillic letters compared group by group.

Which letters are written for which mora was learned from lists of names (`training/sounds.py`): pairs were cut into groups by
expectation maximisation over many-to-many alignments (Jiampojamarn and others 2007), and a pair of words costs what its best cut
costs, in both directions. `SAME` is the score from which two full names are one.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import permutations

import numpy as np
from msgspec import Struct, json
from numpy.typing import NDArray

from onrecord.actors.spelling import Part, Script, codes, parts

# Groups of signs that may stand for each other, ours by theirs.
SHAPES = ((1, 1), (1, 2), (1, 3), (1, 4), (1, 0), (0, 1), (2, 1))
PAIRS: tuple[tuple[Script, Script], ...] = (("kana", "latin"), ("cyrillic", "latin"), ("kana", "cyrillic"))
# What a group costs that was never seen, in nats.
UNSEEN = -14.0
# Full names from this score on are one. Of those in katakana and Latin that nothing was learned from, 86 in 100 reach it, and 22
# where the family name is not his but that of 2,000 which sounds most alike (bench/names.py): callers ask for more than sound.
SAME = 0.75
# A part that only one of the names has, an initial, and a name of one part against a full one take off so much.
MISSING, INITIAL, PARTIAL = 0.95, 0.8, 0.5
MOST_PARTS = 5
# How a word may begin, as classes of consonants (v: none); a letter that is read in two ways is in both.
OPENINGS = (
    ("aoаоアオ", "v"), ("eiyuэеёиіїєйюяыイエウユヤヨ", "vyw"), ("jジ", "syhg"), ("hхハヒヘホ", "hvgk"), ("wvвワヴ", "wbvf"),
    ("bбバビブベボ", "bv"), ("pпパピプペポ", "pf"), ("fфフ", "fhv"), ("kqкカキクケコ", "kg"), ("cц", "kst"),
    ("gгガギグゲゴ", "gskh"), ("xх", "kshg"), ("sсzзшщжчサシスセソザズゼゾ", "st"), ("tтタテトチツ", "ts"), ("dдダデド", "ds"),
    ("nнナニヌネノン", "n"),
    ("mмマミムメモ", "m"), ("lrлрラリルレロ", "r"),
)  # fmt: skip

Table = dict[tuple[bytes, bytes], float]


class Learned(Struct, frozen=True):
    """What was learned of two scripts: groups with their cost, and the weights of the sum that makes a score of a cost."""

    groups: tuple[tuple[str, str, float], ...]
    fit: tuple[float, float, float]


def score(one: str, other: str) -> float:
    """Return how surely two names are one, from 0 to 1; a short name against a full one gives at most a half.

    Parts may stand in another order (family names first) and may be missing on one side; all parts of the shorter must fit.
    """
    mine, yours = parts(one)[:MOST_PARTS], parts(other)[:MOST_PARTS]
    if not mine or not yours:
        return 0.0
    if len(mine) > len(yours):
        mine, yours = yours, mine
    alike = [[_alike(a, b) for b in yours] for a in mine]
    best = max(_together([alike[i][j] for i, j in enumerate(order)]) for order in permutations(range(len(yours)), len(mine)))
    if len(mine) == 1 and len(yours) > 1:
        return best * PARTIAL
    return float(best * MISSING ** (len(yours) - len(mine)))


def nearest(name: str, candidates: Sequence[str], *, limit: int = 5) -> tuple[tuple[int, float], ...]:
    """Return the places and scores of the candidates that sound most like a name of one part in another script, best first."""
    (own,) = parts(name)[:1] or (None,)
    if own is None or not candidates:
        return ()
    row = _ranked(own, _coded(tuple(candidates)))
    best = np.argsort(-row)[:limit]
    return tuple((int(at), float(row[at])) for at in best)


def keys(name: str) -> frozenset[str]:
    """Return keys of which two spellings of one full name share one: the first sounds of its first and its last part."""
    own = [p for p in parts(name) if p.codes and not p.initial] or list(parts(name))
    if not own:
        return frozenset()
    first, last = (_opening(p) for p in (own[0], own[-1]))
    return frozenset("".join(sorted(a + b)) for a in first for b in last)


# One word against another


@lru_cache(1 << 16)
def _alike(one: Part, other: Part) -> float:
    if one.word == other.word:
        return 1.0
    if one.initial or other.initial:
        return INITIAL if _opening(one) & _opening(other) else 0.0
    pair = next((p for p in PAIRS if {one.script, other.script} == set(p) and one.script != other.script), None)
    if pair is None:
        return _spelled(one.word, other.word) if one.script == other.script else 0.0
    ours, theirs = (one, other) if one.script == pair[0] else (other, one)
    if not ours.codes or not theirs.codes:
        return 0.0
    return _scored(cost(ours.codes, theirs.codes, _table(pair)), len(ours.codes) + len(theirs.codes), pair)


def _together(scores: Sequence[float]) -> float:
    """Join the scores of parts: the least counts most, so that one wrong part is no name."""
    return min(scores) * math.prod(scores) ** (1 / len(scores))


def _spelled(one: str, other: str) -> float:
    """Compare two spellings in one script by the letters that must be changed (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return max(0.0, 1 - 1.5 * row[-1] / max(len(one), len(other)))


def cost(ours: bytes, theirs: bytes, table: Table) -> float:
    """Return the log probability of the best cut."""
    best = [[-math.inf] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    best[0][0] = 0.0
    for i in range(len(ours) + 1):
        for j in range(len(theirs) + 1):
            if best[i][j] == -math.inf:
                continue
            for a, b in SHAPES:
                if i + a <= len(ours) and j + b <= len(theirs):
                    found = best[i][j] + table.get((ours[i : i + a], theirs[j : j + b]), UNSEEN * (a + b))
                    best[i + a][j + b] = max(best[i + a][j + b], found)
    return best[-1][-1]


def _scored(cost: float, signs: int, pair: tuple[Script, Script]) -> float:
    each, bias, length = _learned()["-".join(pair)].fit
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, each * cost / signs + length * signs + bias))))


# Many at once


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
    each, bias, length = _learned()["-".join(pair)].fit
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


# What was learned


@cache
def _learned() -> dict[str, Learned]:
    return json.decode(files("onrecord.actors").joinpath("sounds.json").read_bytes(), type=dict[str, Learned])


@cache
def _table(pair: tuple[Script, Script]) -> Table:
    return {(codes(a, pair[0]), codes(b, pair[1])): cost for a, b, cost in _learned()["-".join(pair)].groups}


@cache
def _numbers(script: Script) -> dict[bytes, int]:
    """Give a number to each group of a script that any table knows; 0 is none of them."""
    known = {group for pair in PAIRS for own in _table(pair) for group, s in zip(own, pair, strict=True) if s == script}
    return {group: n for n, group in enumerate(sorted(known), 1)}


@cache
def _rows(pair: tuple[Script, Script], script: Script) -> dict[bytes, NDArray[np.float64]]:
    """Return for each group of `script` the costs of all groups of the other one, 0 where it was never seen."""
    first = script == pair[0]
    numbers = _numbers(pair[1] if first else pair[0])
    rows: dict[bytes, NDArray[np.float64]] = {}
    for (a, b), cost in _table(pair).items():
        mine, other = (a, b) if first else (b, a)
        rows.setdefault(mine, np.zeros(len(numbers) + 1))[numbers[other]] = cost
    return rows


# Opening sounds


def _opening(part: Part) -> frozenset[str]:
    """Return the classes of consonants that a word may begin with, as `OPENINGS` has them."""
    sign = part.word[:1] if part.script == "kana" else unicodedata.normalize("NFD", part.word)[:1]
    return frozenset(_openings().get(sign, sign))


@cache
def _openings() -> dict[str, str]:
    return {sign: sounds for signs, sounds in OPENINGS for sign in signs}
