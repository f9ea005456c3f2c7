"""Edges that hold for every script: blanks, stops, commas and enclosing marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Span
from onrecord.tagger import edges

CONTENTS = [
    ("「合意は近い」", "合意は近い"),
    ("「合意は近い。」", "合意は近い。"),
    ("合意は近い。", "合意は近い"),
    ("合意は「近い」", "合意は「近い」"),
    ("「近い」と「遠い」", "「近い」と「遠い」"),
    ("「合意は近い", "合意は近い"),
    ("合意は近い」", "合意は近い"),
    ('"It is over."', "It is over."),
    ('"It is over,"', "It is over"),
    ('the plan was "a bad joke."', 'the plan was "a bad joke."'),
    ("“We won”", "We won"),
    ("it left the U.S.", "it left the U.S."),
    ("it left.", "it left"),
]


@pytest.mark.parametrize(("text", "kept"), CONTENTS)
def test_a_content_keeps_only_its_own_marks(text, kept):
    span = edges.content(text, Span(0, len(text)))
    assert span is not None
    assert span.of(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [("said,", "said"), (":", ":"), (" Orden Jr.", "Orden Jr."), ("「ウ」と呼ばれる人", "「ウ」と呼ばれる人"), ("同省）", "同省")],
)
def test_a_source_or_cue_loses_the_punctuation_at_its_ends(text, kept):
    span = edges.words(text, Span(0, len(text)))
    assert span is not None
    assert span.of(text) == kept


@given(st.text(alphabet="「」『』“”\"'、。,. aあ漢\n", max_size=30))
def test_trimming_ends_and_never_leaves_the_span(text):
    for trim in (edges.content, edges.words):
        span = trim(text, Span(0, len(text)))
        assert span is None or 0 <= span.start < span.end <= len(text)
