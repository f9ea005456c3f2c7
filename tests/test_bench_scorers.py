import pytest

from bench import adapter, attributions, claims
from bench.bars import Bar
from bench.results import judged
from bench.sets import Row
from bench.spans import macro, overlap, places, trimmed
from onrecord.record import Certainty, Claim, Span, Voice

# Ten letters a word, so that a span is easy to count: characters 0 to 9, a blank, 11 to 20, a blank, 22 to 31, ...
TEXT = "aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd eeeeeeeeee"
A, B, C, D, E = [0, 10], [11, 21], [22, 32], [33, 43], [44, 54]


def said(source: list[int] | None, cue: list[int], content: list[int]) -> attributions.Attribution:
    return {"source": [source] if source else [], "cue": [cue], "content": [content]}


def spans(gold: list[attributions.Attribution], found: list[attributions.Attribution], text: str = TEXT) -> dict[str, float]:
    return {name: round(value, 2) for name, (value, _) in attributions.score({"one": (text, gold, found)}).items()}


def voice(source: list[int] | None, cue: list[int], act: str = "say") -> claims.Voice:
    return {"source": source, "cue": [cue], "act": act, "kind": "person", "named": True}


def entry(
    voices: list[claims.Voice], content: list[int], level: str = "certain", evidence: list[int] | None = None
) -> claims.Entry:
    return {
        "voices": voices,
        "content": [content],
        "quote": "indirect",
        "sure": {"level": level, "negated": False, "status": "happened"},
        "evidence": [evidence] if evidence else [],
    }


def claimed(gold: list[claims.Entry], found: list[claims.Entry]) -> dict[str, float]:
    return {name: round(value, 2) for name, (value, _) in claims.score([(TEXT, gold, found)]).items()}


def test_blanks_never_count() -> None:
    assert places([[8, 13]], TEXT) == frozenset({8, 9, 11, 12})


def test_overlap_is_shared_characters_over_all_and_nothing_overlaps_nothing() -> None:
    assert overlap(places([[0, 10]], TEXT), places([[5, 13]], TEXT)) == 5 / 12
    assert overlap(frozenset(), frozenset()) == 0


def test_marks_at_the_ends_are_trimmed_and_those_inside_stay() -> None:
    words = "「あ、い。」"
    assert trimmed(places([[0, 6]], words), words, "「」、。") == frozenset({1, 2, 3})


def test_macro_f1_is_over_the_labels_of_gold() -> None:
    # x: 1 hit, 1 found, 2 gold = 2/3. y: 1 hit, 2 found, 1 gold = 2/3. z is found once and is no label of gold.
    assert round(macro([("x", "x"), ("x", "y"), ("y", "y")]), 2) == 66.67
    assert macro([("x", "z")]) == 0


def test_an_attribution_that_is_the_same_scores_full() -> None:
    same = [said(A, B, C)]
    assert {name: spans(same, same)[name] for name in ("content exact", "found", "triple", "triple+cue")} == {
        "content exact": 100,
        "found": 100,
        "triple": 100,
        "triple+cue": 100,
    }


def test_half_a_content_is_found_and_less_is_not() -> None:
    gold = [said(A, B, [22, 32])]
    # 5 of 10 characters: overlap one half. 4 of 10: under it.
    assert spans(gold, [said(A, B, [22, 27])])["found"] == 100
    assert spans(gold, [said(A, B, [22, 27])])["content exact"] == 0
    assert spans(gold, [said(A, B, [22, 26])])["found"] == 0


def test_a_wrong_source_costs_the_triple_and_a_wrong_cue_only_the_triple_with_cue() -> None:
    gold = [said(A, B, C)]
    wrong_source = spans(gold, [said(D, B, C)])
    wrong_cue = spans(gold, [said(A, D, C)])
    assert (wrong_source["found"], wrong_source["triple"], wrong_source["triple+cue"]) == (100, 0, 0)
    assert (wrong_cue["found"], wrong_cue["triple"], wrong_cue["triple+cue"]) == (100, 100, 0)


def test_no_source_agrees_with_no_source_alone() -> None:
    assert spans([said(None, B, C)], [said(None, B, C)])["triple"] == 100
    assert spans([said(None, B, C)], [said(A, B, C)])["triple"] == 0
    assert spans([said(A, B, C)], [said(None, B, C)])["triple"] == 0


def test_too_many_and_too_few_both_cost() -> None:
    # 1 hit of 2 gold and 3 found: F1 = 2 * 1 / (2 + 3)
    gold = [said(A, B, C), said(A, B, D)]
    found = [said(A, B, C), said(A, B, E), said(A, B, A)]
    assert spans(gold, found)["found"] == 40


def test_contents_are_paired_one_to_one_the_better_overlap_first() -> None:
    # Both found contents overlap the one gold content; the exact one is paired, the other is one too many: 2 * 1 / (1 + 2).
    assert spans([said(A, B, [22, 43])], [said(A, B, C), said(A, B, [22, 43])])["content exact"] == 66.67


def test_of_two_equal_contents_the_one_with_the_right_source_and_cue_is_paired() -> None:
    assert spans([said(A, B, C)], [said(D, E, C), said(A, B, C)])["triple+cue"] == 66.67


def test_spans_are_cut_at_sentence_ends_before_they_are_compared_unlinked() -> None:
    text = "One two. Three"
    # Gold [0, 14] is cut into [0, 8] and [9, 14]; of the two found, one is right: 2 * 1 / (2 + 1).
    assert spans([said(None, [0, 3], [0, 14])], [said(None, [0, 3], [9, 14])], text)["g-cut content"] == 66.67


def test_recall_is_told_by_the_marks_of_the_gold_content() -> None:
    text = 'He said "all of it" and that "a part" of it'
    direct, mixed = said([0, 2], [3, 7], [8, 19]), said([0, 2], [3, 7], [25, 43])
    assert text[8:19] == '"all of it"'
    scored = spans([direct, mixed], [direct], text)
    assert (scored["recall direct"], scored["recall mixed"], scored["recall pronoun source"]) == (100, 0, 50)


def test_a_chain_counts_where_every_voice_agrees() -> None:
    gold = [entry([voice(A, B), voice(C, D)], E)]
    assert claimed(gold, gold)["chain"] == 100
    assert claimed(gold, gold)["nested recall"] == 100
    flat = claimed(gold, [entry([voice(C, D)], E)])
    assert (flat["triple+cue"], flat["chain"], flat["nested recall"]) == (100, 0, 0)
    wrong_outside = claimed(gold, [entry([voice(B, A), voice(C, D)], E)])
    assert (wrong_outside["triple+cue"], wrong_outside["chain"]) == (100, 0)


def test_a_claim_without_a_voice_is_the_reports_own_and_left_out() -> None:
    gold = [entry([voice(A, B)], C)]
    assert claimed(gold, [*gold, entry([], D)])["found"] == 100


def test_fields_are_compared_on_what_was_found_alone() -> None:
    gold = [entry([voice(A, B, "deny")], C), entry([voice(A, B, "ask")], D)]
    # The second content is not found, so that its act counts for nothing.
    assert claimed(gold, [entry([voice(A, B, "deny")], C), entry([voice(A, B, "ask")], E)])["act"] == 100
    assert claimed(gold, [entry([voice(A, B, "say")], C), entry([voice(A, B, "ask")], D)])["act"] == 50


def test_evidence_is_pooled_over_characters() -> None:
    # Gold 10 characters, found 5 of them and 5 others: 2 * 5 / (10 + 10).
    gold, found = entry([voice(A, B)], C, "possible", D), entry([voice(A, B)], C, "possible", [38, 49])
    assert len(places([[38, 49]], TEXT)) == 10
    assert claimed([gold], [found])["evidence"] == 50


def claim(content: Span, source: Span | None = None) -> Claim:
    voiced = Voice("He", source, "person", named=True, role=None, act="say", cue=(Span(3, 7),))
    return Claim("", "", "", content, (voiced,), (content,), "", "direct", Certainty(), (), (), None, 0.9, (), "")


@pytest.mark.parametrize(
    ("text", "content", "widened"),
    [
        ('He said "so it is," and left', [9, 17], [8, 19]),
        ("He said “so it is.” Then", [9, 18], [8, 19]),
        ("He said that it is so", [13, 21], [8, 21]),
        ('He said that "it is so"', [14, 22], [8, 23]),
        ("He said it is so, and left", [8, 16], [8, 16]),
    ],
)
def test_a_content_is_widened_to_the_marks_and_the_that_of_polnear(text: str, content: list[int], widened: list[int]) -> None:
    (made,) = adapter.attributions(text, [claim(Span(*content), Span(0, 2))])
    assert made == {"source": [[0, 2]], "cue": [[3, 7]], "content": [widened]}


def test_a_claim_inside_the_content_of_another_is_left_out_for_polnear() -> None:
    text = "He said they said it is so"
    made = adapter.attributions(text, [claim(Span(8, 26)), claim(Span(18, 26))])
    assert [a["content"] for a in made] == [[[8, 26]]]


def test_a_bar_is_held_from_its_own_value_on() -> None:
    floor, ceiling = Bar("s", "m", at_least=58), Bar("s", "m", at_most=2.5)
    assert (floor.held(58), floor.held(57.9), str(floor)) == (True, False, "≥ 58")
    assert (ceiling.held(2.5), ceiling.held(2.51), str(ceiling)) == (True, False, "≤ 2.5")


def test_a_set_that_was_trained_on_is_held_against_its_unseen_figure() -> None:
    row = Row(set="s", split="dev", measure="found", value=99, n=10, seen=True)
    unseen = Row(set="s", split="dev", measure="found", value=81, n=10, seen=False)
    assert judged(row, [unseen]) == unseen
    assert judged(Row(**{**row, "seen": False}), [unseen])["value"] == 99
