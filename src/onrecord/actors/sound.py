"""Two names in, how surely they are one name by their sound out: katakana, Latin and Cyrillic letters compared group by group.

Which letters are written for which mora was learned from lists of names (`training/sounds.py`): pairs were cut into groups by
expectation maximisation over many-to-many alignments (Jiampojamarn and others 2007), and a pair of words costs what its best cut
costs, in both directions. `SAME` is the score from which two full names are one.
"""

import math
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import permutations

from msgspec import Struct, json

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
# No word of more signs is a name; the time grows with the square of it.
MOST_SIGNS = 32
# A word of so many moras may be a full name written without a mark.
LONG = 6
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
        return max(best * PARTIAL, _run_together(mine[0], yours))
    return float(best * MISSING ** (len(yours) - len(mine)))


def keys(name: str) -> frozenset[str]:
    """Return keys of which two spellings of one full name share one: the first sounds of its first and its last part."""
    own = [p for p in parts(name) if p.codes and not p.initial] or list(parts(name))
    if not own:
        return frozenset()
    first, last = (_opening(p) for p in (own[0], own[-1]))
    return frozenset("".join(sorted(a + b)) for a in first for b in last)


def _run_together(one: Part, parts_of: Sequence[Part]) -> float:
    """Compare a long word of kana with a full name: some papers set no mark between the parts."""
    if one.script != "kana" or len(one.codes) < LONG or any(p.script != parts_of[0].script for p in parts_of):
        return 0.0
    whole = "".join(p.word for p in parts_of)
    return _alike(one, Part(whole, parts_of[0].script, b"".join(p.codes for p in parts_of)))


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
    if not ours.codes or not theirs.codes or max(len(ours.codes), len(theirs.codes)) > MOST_SIGNS:
        return 0.0
    return _scored(cost(ours.codes, theirs.codes, table(pair)), len(ours.codes) + len(theirs.codes), pair)


def _together(scores: Sequence[float]) -> float:
    """Join the scores of parts: the least counts most, so that one wrong part is no name."""
    return min(scores) * math.prod(scores) ** (1 / len(scores))


def _spelled(one: str, other: str) -> float:
    """Compare two spellings in one script by the letters that must be changed (Levenshtein 1966)."""
    if max(len(one), len(other)) > MOST_SIGNS:
        return 0.0
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
    each, bias, length = learned()["-".join(pair)].fit
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, each * cost / signs + length * signs + bias))))


# What was learned


@cache
def learned() -> dict[str, Learned]:
    """Load what was learned, by pair of scripts, once."""
    return json.decode(files("onrecord.actors").joinpath("sounds.json").read_bytes(), type=dict[str, Learned])


@cache
def table(pair: tuple[Script, Script]) -> Table:
    """Return the groups of a pair of scripts in codes, with their costs."""
    return {(codes(a, pair[0]), codes(b, pair[1])): cost for a, b, cost in learned()["-".join(pair)].groups}


# Opening sounds


def _opening(part: Part) -> frozenset[str]:
    """Return the classes of consonants that a word may begin with, as `OPENINGS` has them."""
    sign = part.word[:1] if part.script == "kana" else unicodedata.normalize("NFD", part.word)[:1]
    return frozenset(_openings().get(sign, sign))


@cache
def _openings() -> dict[str, str]:
    return {sign: sounds for signs, sounds in OPENINGS for sign in signs}
