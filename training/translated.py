"""The documents of NTREX-128 in nine languages in; the weights by which `corroboration.translated` tells a translation out.

    python -m training.translated --data ../shared/data

Half of the documents (by hash of their names) teach; the figures are of the other half. Two rows of weights: for two languages
whose vectors tell something, and for others.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.corroboration.sketch import Sketch, sketch
from onrecord.corroboration.translated import likeness
from onrecord.record import Report, Span, report_id

Values = NDArray[np.float64]
OURS = ("en", "ja")
# What a true pair counts against one of the many false ones, and how much large weights are held back.
TRUE, HELD = 20.0, 3e-4
STEPS, CLOSE = 200, 1e-7


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    folder = parser.parse_args().data / "ntrex"
    read = {file.stem: dict(_sketches(file)) for file in sorted(folder.glob("*.jsonl"))}
    pairs = [(a, b) for a, b in product(OURS, read) if a != b and not (a == "ja" and b == "en")]
    for known in (True, False):
        some = [p for p in pairs if all(next(iter(read[code].values())).known for code in p) == known]
        rows = [row for a, b in some for row in _rows(read[a], read[b])]
        print(json.dumps({"known": known, **_fitted(rows)}))


def _sketches(file: Path) -> Iterator[tuple[str, Sketch]]:
    read = [json.loads(line) for line in file.open(encoding="utf-8")]
    texts = [d["text"].replace("\n", "" if file.stem in {"ja", "zh"} else " ") for d in read]
    reports = [Report(report_id(text, None, None, None), text, Span(0, len(text)), file.stem) for text in texts]
    yield from zip((d["doc"] for d in read), map(sketch, reports), strict=True)


def _rows(mine: dict[str, Sketch], yours: dict[str, Sketch]) -> Iterator[tuple[tuple[float, ...], bool, int]]:
    """Yield values, whether it is a translation, and which half it is in (2 where the two documents are of both halves)."""
    for (a, one), (b, other) in product(mine.items(), yours.items()):
        halves = {_half(a), _half(b)}
        yield likeness(one, other).values, a == b, halves.pop() if len(halves) == 1 else 2


def _half(name: str) -> int:
    return sha256(name.encode()).digest()[0] % 2


def _fitted(rows: Sequence[tuple[tuple[float, ...], bool, int]]) -> dict[str, object]:
    values = np.array([[*v, 1.0] for v, _, _ in rows])
    true, half = np.array([t for _, t, _ in rows]), np.array([h for _, _, h in rows])
    weights = _logistic(values[half == 0], true[half == 0])
    scores = values @ weights
    told = {f"half {h}": [float(np.sort(scores[true & (half == h)])[0]), float(scores[~true & (half == h)].max())] for h in (0, 1)}
    return {"weights": [round(float(w), 2) for w in weights], "least true and most false": told}


def _logistic(values: Values, true: NDArray[np.bool_]) -> Values:
    """Fit by Newton's method."""
    weights, counts = np.zeros(values.shape[1]), np.where(true, TRUE, 1.0)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -50, 50)))
        slope = values.T @ ((chance - true) * counts) / counts.sum() + HELD * weights
        bend = (values * (counts * chance * (1 - chance))[:, None]).T @ values / counts.sum() + HELD * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < CLOSE:
            break
    return weights


if __name__ == "__main__":
    main()
