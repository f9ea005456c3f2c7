"""Lists of names in two scripts in, what `onrecord.actors.sound` knows out: which letters are written for which.

    python -m training.sounds --data ../shared/data

No name that `bench.names` draws is learned from, in either spelling. The lists are under CC0. Five minutes on one core.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path
from random import Random

import numpy as np
from msgspec import json

from bench.names import FILES, Pair, drawn, listed
from onrecord.actors import sound
from onrecord.actors.sound import PAIRS, Learned, Table
from onrecord.actors.spelling import CODES, Script, codes
from training.alignment import Aligned, aligned

SHIPPED = Path(sound.__file__).parent / "sounds.json"
LISTS: dict[Script, tuple[str, ...]] = {"kana": ("katakana_64.tsv", "katakana_16.tsv"), "cyrillic": ("russian_16.tsv",)}
# Longer words are rarely one name, and cost the most time.
SIZES = (range(1, 13), range(1, 15))
# A group counts from the second time it is seen.
TWICE = 2
# The weights of the score are fitted on so many names, each against the right one and against the most alike of the wrong ones.
DEV, SEED = 1500, 2
STEPS, RATE = 4000, 0.5


def main() -> None:
    """Learn all tables and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    names = parser.parse_args().data / "names"
    learned: dict[str, Learned] = {}
    tables: dict[tuple[Script, Script], Table] = {}
    for pair in PAIRS:
        train, dev = split(list(pairs(names, *pair)))
        tables[pair] = counted(aligned(coded(train, pair)))
        fit = fitted(coded(dev, pair), tables[pair])
        groups = sorted((_word(a, pair[0]), _word(b, pair[1]), round(cost, 2)) for (a, b), cost in tables[pair].items())
        learned["-".join(pair)] = Learned(tuple(groups), fit)
        print("-".join(pair), len(train), "pairs,", len(groups), "groups, weights", fit)
    SHIPPED.write_bytes(json.encode(learned))
    print(SHIPPED.stat().st_size, "bytes")


def pairs(names: Path, ours: Script, theirs: Script) -> Iterator[Pair]:
    """Yield the spellings of all names that may be learned from, in our script and in theirs."""
    held = {word for file in FILES.values() for pair in drawn(names / file) for word in pair}
    spelled = {script: [p for file in files for p in listed(names / file) if not held & {*p}] for script, files in LISTS.items()}
    if theirs == "latin":
        yield from ((other, latin) for latin, other in spelled[ours])
        return
    other = dict(spelled[theirs])
    yield from ((word, other[latin]) for latin, word in spelled[ours] if latin in other)


def split(found: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Lay names aside for the fit; the rest is learned from."""
    order = sorted(found)
    Random(SEED).shuffle(order)
    return order[DEV:], order[:DEV]


def coded(found: list[Pair], scripts: tuple[Script, Script]) -> list[tuple[bytes, bytes]]:
    """Write pairs as codes, those of a usual length."""
    rows = ((codes(a, scripts[0]), codes(b, scripts[1])) for a, b in found)
    return [(a, b) for a, b in rows if len(a) in SIZES[0] and len(b) in SIZES[1]]


def counted(cut: list[Aligned]) -> Table:
    """Return what each group costs: the log probability of theirs given ours, and of ours given theirs."""
    both: Counter[tuple[bytes, bytes]] = Counter()
    sides: tuple[Counter[bytes], Counter[bytes]] = (Counter(), Counter())
    for one in cut:
        for group in one.groups:
            both[one.ours[group.at : group.at + group.a], one.theirs[group.place : group.place + group.b]] += 1
        for side, word, starts in zip(
            sides, (one.ours, one.theirs), zip(*((g.at, g.place) for g in one.groups), strict=True), strict=True
        ):
            side.update(word[at : at + n] for at in set(starts) for n in range(5) if at + n <= len(word))
    return {
        (a, b): log((n - 0.3) / (sides[0][a] + 0.5)) + log((n - 0.3) / (sides[1][b] + 0.5))
        for (a, b), n in both.items()
        if n >= TWICE
    }


def fitted(dev: list[tuple[bytes, bytes]], table: Table) -> tuple[float, float, float]:
    """Fit the weights that make a score of a cost: true pairs against the most alike of twenty wrong ones (logistic regression)."""
    draw = Random(SEED)
    rows: list[tuple[float, float, float]] = []
    for a, b in dev:
        wrong = max(
            (sound.cost(a, other, table) / (len(a) + len(other)), len(other)) for _, other in draw.sample(dev, 20) if other != b
        )
        rows.append((sound.cost(a, b, table) / (len(a) + len(b)), len(a) + len(b), 1.0))
        rows.append((wrong[0], len(a) + wrong[1], 0.0))
    seen = np.array(rows)
    x, y = np.column_stack([seen[:, 0], np.ones(len(seen)), seen[:, 1] / 10]), seen[:, 2]
    weights = np.zeros(3)
    for _ in range(STEPS):
        weights += RATE * x.T @ (y - 1 / (1 + np.exp(-(x @ weights)))) / len(y)
    each, bias, length = (round(float(w), 3) for w in weights)
    return each, bias, round(length / 10, 4)


def _word(group: bytes, script: Script) -> str:
    signs = {code: sign for sign, code in CODES[script].items()}
    return "".join(signs[code] for code in group)


if __name__ == "__main__":
    main()
