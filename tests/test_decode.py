"""Label sequences and pieces: what the tagger's numbers are read as."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tagger import decode


def logits(labels: list[int], width: int) -> np.ndarray:
    return np.eye(width, dtype=np.float32)[labels] * 8


def test_a_begin_and_its_insides_are_one_run():
    assert [r[:3] for r in decode.runs(logits([0, 1, 2, 2, 0], 3))] == [(0, 1, 3)]


def test_two_begins_side_by_side_are_two_runs():
    assert [r[:3] for r in decode.runs(logits([1, 1, 2], 3))] == [(0, 0, 0), (0, 1, 2)]


def test_a_run_may_end_with_the_text():
    assert [r[:3] for r in decode.runs(logits([0, 3, 4], 7))] == [(1, 1, 2)]


@given(st.lists(st.lists(st.floats(-5, 5, width=32), min_size=7, max_size=7), min_size=1, max_size=30))
def test_an_inside_never_follows_another_kind(rows):
    (labels,) = decode.best(np.array([rows], np.float32))
    for before, label in zip([0, *labels], labels, strict=False):
        if label and label % 2 == 0:
            assert before in (label - 1, label)


def test_each_cue_is_read_for_itself_and_keeps_its_own_place():
    # source 0, cue 2, content 4-5 ; the same source with a second cue 7 and content 8
    first = [1, 0, 3, 0, 5, 6, 0, 0, 0]
    second = [1, 0, 0, 0, 0, 0, 0, 3, 5]
    found = decode.attributions(np.stack([logits(first, 7), logits(second, 7)]), [(2, 2, 0.9), (7, 7, 0.8)])
    assert [(f.source, f.cue, f.content) for f in found] == [((0, 0), ((2, 2),), ((4, 5),)), ((0, 0), ((7, 7),), ((8, 8),))]


def test_two_cues_that_name_each_other_are_one_attribution():
    both = logits([1, 3, 0, 5, 6, 0, 3], 7)
    found = decode.attributions(np.stack([both, both]), [(1, 1, 0.9), (6, 6, 0.8)])
    assert [f.cue for f in found] == [((1, 1), (6, 6))]


def test_a_cue_without_a_content_is_no_attribution():
    assert decode.attributions(logits([1, 3, 0], 7)[None], [(1, 1, 0.9)]) == []
