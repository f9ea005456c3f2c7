"""The first half of the invented stories in; the weights by which `corroboration.compare` tells that two claims are the same out.

    python -m training.same

Eleven weights are fitted and the words of the stories are not looked at. The later half of the stories measures what comes of it.
"""

import json
from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bench.invented import HALF, Case, Words, read, report
from onrecord import extract
from onrecord.corroboration.cast import heads
from onrecord.corroboration.compare import values
from onrecord.corroboration.told import told
from onrecord.corroboration.vectors import vectors
from onrecord.extraction.own import own
from onrecord.record import Claim, Report

HELD, STEPS, CLOSE = 3e-3, 100, 1e-7
Values = NDArray[np.float64]


def main() -> None:
    """Fit on all pairs of which one claim is in a true account, and print the weights and the level."""
    rows = [row for case in read("first") for row in _pairs(case)]
    found = _logistic(np.array([[*v, 1.0] for v, _ in rows]), np.array([same for _, same in rows]))
    print(json.dumps({"pairs": len(rows), "same": sum(same for _, same in rows), "weights": [round(float(w), 2) for w in found]}))


def _pairs(case: Case) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Yield the values of two claims of different reports, and whether they are in one true account."""
    reports = {r["id"]: report(r) for r in case["reports"]}
    of = {r.id: r for r in reports.values()}
    claims = {i: extract(r) for i, r in of.items()}
    every = [c for i, r in of.items() for c in (*claims[i], *own(r, claims[i]))]
    accounts: dict[str, set[int]] = {}
    for n, truth in enumerate(case["accounts"]):
        for words in truth["claims"]:
            if claim := _claim(words, reports[words["report"]], every):
                accounts.setdefault(claim.id, set()).add(n)
    some = told(every, of, heads(of, (c for cs in claims.values() for c in cs)))
    warm = (each := vectors([t.text for t in some])) @ each.T
    for i, j in combinations(range(len(some)), 2):
        a, b = some[i], some[j]
        if a.report.id != b.report.id and (a.claim.id in accounts or b.claim.id in accounts):
            mine, yours = (accounts.get(t.claim.id, set()) for t in (a, b))
            yield values(a, b, float(warm[i, j])), bool(mine & yours)


def _claim(words: Words, of: Report, every: list[Claim]) -> Claim | None:
    """Return the claim that holds most of the true words, the shortest of those that hold as many."""
    start = of.text.index(words["words"])
    end = start + len(words["words"])
    mine = [c for c in every if c.report == of.id]
    held = {c.id: sum(max(0, min(end, s.end) - max(start, s.start)) for s in c.content) for c in mine}
    best = max(mine, key=lambda c: (held[c.id], -len(c.text), c.id), default=None)
    return best if best and held[best.id] >= HALF * (end - start) else None


def _logistic(rows: Values, true: NDArray[np.bool_]) -> Values:
    """Fit by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -50, 50)))
        slope = rows.T @ (chance - true) / len(true) + HELD * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows / len(true) + HELD * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < CLOSE:
            break
    return weights


if __name__ == "__main__":
    main()
