"""Pairs of words as codes in; for each pair which signs of one are written for which of the other out.

Expectation maximisation over all ways to cut a pair into groups (Jiampojamarn and others 2007, "Applying many-to-many alignments
and hidden Markov models to letter-to-phoneme conversion"), then the best way.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.actors.sound import SHAPES

ROUNDS = 6
# How likely a group of each shape is before anything is learned: a mora is mostly a consonant and a vowel.
FIRST = {(1, 1): 0.3, (1, 2): 1, (1, 3): 0.1, (1, 4): 0.01, (1, 0): 0.02, (0, 1): 0.01, (2, 1): 0.01}
# A group of more than two signs loses this much of its count each round, so that rare ones die out.
DISCOUNT = 0.5
# Pairs whose best way has less than this log probability a sign are no spellings of one name: the lists have some.
LEAST = -3.6

Lengths = tuple[int, int]


class Cell(NamedTuple):
    """One group at one place of all pairs of the same lengths; `which` numbers the group for each pair."""

    at: int
    place: int
    shape: tuple[int, int]
    which: NDArray[np.int32]


class Group(NamedTuple):
    """One cut of an aligned pair: where it starts on either side, and its shape."""

    at: int
    place: int
    a: int
    b: int


class Aligned(NamedTuple):
    """A pair of words and its groups, in order."""

    ours: bytes
    theirs: bytes
    groups: tuple[Group, ...]


def aligned(pairs: list[tuple[bytes, bytes]]) -> list[Aligned]:
    """Align pairs; those that are no spellings of one name are left out."""
    alike: dict[Lengths, list[tuple[bytes, bytes]]] = defaultdict(list)
    for ours, theirs in pairs:
        alike[len(ours), len(theirs)].append((ours, theirs))
    cells, chance = _cells(alike)
    for _ in range(ROUNDS):
        chance = _better(cells, chance)
    logs = np.where(chance > 0, np.log(np.maximum(chance, 1e-300)), -1e9)
    return [one for lengths, words in alike.items() for one in _best(lengths, words, cells[lengths], logs)]


def _cells(alike: dict[Lengths, list[tuple[bytes, bytes]]]) -> tuple[dict[Lengths, list[Cell]], NDArray[np.float64]]:
    """Return all groups that any pair can be cut into, numbered, by place, and their first probabilities."""
    places, keys = [], []
    for lengths, words in alike.items():
        ours, theirs = (np.array([list(pair[side]) for pair in words], np.int64) for side in (0, 1))
        for at in range(lengths[0] + 1):
            for place in range(lengths[1] + 1):
                for a, b in SHAPES:
                    if at + a <= lengths[0] and place + b <= lengths[1]:
                        places.append((lengths, at, place, (a, b)))
                        keys.append(_key(ours[:, at : at + a]) << 32 | _key(theirs[:, place : place + b]))
    known, which = np.unique(np.concatenate(keys), return_inverse=True)
    cuts = np.cumsum([len(key) for key in keys])[:-1]
    cells: dict[Lengths, list[Cell]] = defaultdict(list)
    for (lengths, *where), numbers in zip(places, np.split(which.astype(np.int32), cuts), strict=True):
        cells[lengths].append(Cell(*where, numbers))
    return cells, _first(known)


def _key(signs: NDArray[np.int64]) -> NDArray[np.int64]:
    key = np.zeros(len(signs), np.int64)
    for column in signs.T:
        key = key * 256 + column
    return key


def _first(known: NDArray[np.int64]) -> NDArray[np.float64]:
    """Spread the probability of each shape over its groups."""
    ours, theirs = known >> 32, known & 0xFFFFFFFF
    a = (ours > 0).astype(int) + (ours > 0xFF)
    b = (theirs > 0).astype(int) + (theirs > 0xFF) + (theirs > 0xFFFF) + (theirs > 0xFFFFFF)
    chance = np.zeros(len(known))
    for shape, weight in FIRST.items():
        here = (a == shape[0]) & (b == shape[1])
        chance[here] = weight / max(1, len(np.unique(ours[here])) * 26 ** min(shape[1], 2))
    return chance


def _better(cells: dict[Lengths, list[Cell]], chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Do one round: count every group as often as the present probabilities expect it."""
    counts = np.zeros(len(chance))
    large = np.zeros(len(chance))
    for lengths, own in cells.items():
        size = len(own[0].which)
        ahead, behind = np.zeros((2, lengths[0] + 1, lengths[1] + 1, size))
        ahead[0, 0], behind[lengths] = 1, 1
        weights = [chance[cell.which] for cell in own]
        for cell, weight in zip(own, weights, strict=True):
            ahead[cell.at + cell.shape[0], cell.place + cell.shape[1]] += ahead[cell.at, cell.place] * weight
        for cell, weight in zip(reversed(own), reversed(weights), strict=True):
            behind[cell.at, cell.place] += behind[cell.at + cell.shape[0], cell.place + cell.shape[1]] * weight
        total = np.maximum(ahead[lengths], 1e-300)
        for cell, weight in zip(own, weights, strict=True):
            after = behind[cell.at + cell.shape[0], cell.place + cell.shape[1]]
            np.add.at(counts, cell.which, ahead[cell.at, cell.place] * weight * after / total)
            if sum(cell.shape) > 2:
                large[cell.which] = DISCOUNT
    counts = np.maximum(counts - large, 0)
    return counts / counts.sum()


def _best(lengths: Lengths, words: list[tuple[bytes, bytes]], cells: list[Cell], logs: NDArray[np.float64]) -> Iterator[Aligned]:
    """Yield the best cut of each pair of these lengths."""
    score = np.full((lengths[0] + 1, lengths[1] + 1, len(words)), -1e18)
    score[0, 0] = 0
    last = np.zeros(score.shape, np.int8)
    for cell in cells:
        end = cell.at + cell.shape[0], cell.place + cell.shape[1]
        reached = score[cell.at, cell.place] + logs[cell.which]
        better = reached > score[end]
        score[end][better] = reached[better]
        last[end][better] = SHAPES.index(cell.shape)
    for number, (ours, theirs) in enumerate(words):
        if score[lengths][number] >= LEAST * sum(lengths):
            yield Aligned(ours, theirs, tuple(_back(last[:, :, number])))


def _back(last: NDArray[np.int8]) -> list[Group]:
    at, place = last.shape[0] - 1, last.shape[1] - 1
    groups = []
    while at or place:
        a, b = SHAPES[last[at, place]]
        at, place = at - a, place - b
        groups.append(Group(at, place, a, b))
    return groups[::-1]
