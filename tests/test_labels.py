"""From the tagger's numbers to spans: the best allowed sequence of labels, and the runs in it."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tagger import decode
from onrecord.tagger.decode import Floats


def allowed(labels: tuple[int, ...]) -> bool:
    return all(now % 2 or not now or before in (now - 1, now) for before, now in zip((0, *labels), labels, strict=False))


@given(st.integers(1, 5), st.sampled_from([3, 5]), st.integers(0, 2**32 - 1))
def test_the_best_sequence_is_the_best_of_all_allowed_ones(length: int, width: int, seed: int) -> None:
    logs = np.log(np.random.default_rng(seed).dirichlet(np.ones(width), length)).astype(np.float32)
    best = max(
        (p for p in product(range(width), repeat=length) if allowed(p)), key=lambda p: sum(logs[i, k] for i, k in enumerate(p))
    )
    assert tuple(decode.best(logs[None])[0].tolist()) == best


def logits(length: int, width: int, **labels: dict[int, float]) -> Floats:
    out = np.zeros((length, width), np.float32)
    out[:, 0] = 4
    for name, places in labels.items():
        for place, value in places.items():
            out[place, int(name[1:])] = value
    return out


def test_runs_begin_at_a_begin_label_and_end_before_the_next() -> None:
    found = decode.runs(logits(7, 3, _1={1: 9, 3: 9, 6: 9}, _2={2: 9, 4: 9}))
    assert [(kind, first, last) for kind, first, last, _ in found] == [(0, 1, 2), (0, 3, 4), (0, 6, 6)]
