import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.extraction.noted import noted
from onrecord.extraction.said import act, bend, chains, quote
from onrecord.languages._said import Cited, Cue, Noted
from onrecord.record import Span
from onrecord.tagger.spans import Attribution

CASES = Path(__file__).parent / "cases"
CODES = ("en", "ja")


def cases(question: str) -> list[object]:
    files = [(code, CASES / f"{question}.{code}.jsonl") for code in CODES]
    rows = [(code, json.loads(line)) for code, file in files for line in file.read_text("utf-8").splitlines()]
    return [pytest.param(code, row, id=f"{code}: {row['name']}") for code, row in rows]


def last(text: str, words: str) -> Span:
    start = text.rindex(words)
    return Span(start, start + len(words))


def attribution(text: str, row: dict[str, object]) -> Attribution:
    """Find the content first; source and cue are those nearest to it, so that a case may use a word twice."""
    content = tuple(last(text, words) for words in row["content"])
    near = content[0].start
    source = nearest(text, row["source"], near) if row["source"] else None
    return Attribution(source, tuple(nearest(text, words, near) for words in row["cue"]), content, 1.0)


def nearest(text: str, words: str, near: int) -> Span:
    starts = [hit.start() for hit in re.finditer(re.escape(words), text)]
    start = min(starts, key=lambda at: (abs(at - near), at))
    return Span(start, start + len(words))


@pytest.mark.parametrize(("code", "row"), cases("said"))
def test_attributions_nest_as_the_case_says(code: str, row: dict[str, list[dict[str, object]]]) -> None:
    language, text = languages.get(code), row["text"]
    drafts = chains([attribution(text, a) for a in row["attributions"]], text, language)
    found = [
        {
            "voices": [a.source and a.source.of(text) for a in d.chain],
            "content": [s.of(text) for s in d.content],
            "quote": quote(text, d.content, language),
        }
        for d in drafts
    ]
    assert found == [{k: v for k, v in d.items() if k != "acts"} for d in row["drafts"]]


@pytest.mark.parametrize(
    ("code", "cue"), [pytest.param(c, e, id=f"{c}: {e.example}") for c in CODES for e in languages.get(c).said.cues]
)
def test_each_family_of_cues_reads_its_example(code: str, cue: Cue) -> None:
    found, step = act(cue.example, (Span(0, len(cue.example)),), languages.get(code), "organization")
    assert found == dict(cue.voices).get("organization", cue.act)
    assert step.span.of(cue.example).lower() == step.rule.partition(":")[2]


@pytest.mark.parametrize("code", CODES)
def test_each_bend_and_each_glue_fits_its_example(code: str) -> None:
    said = languages.get(code).said
    for bends in (said.verbs, said.nouns):
        for b in bends:
            assert b.example[1] in bend(b.example[0], bends)
    for glue in said.glue:
        assert not re.sub(glue.match, "", glue.example, flags=re.IGNORECASE).strip(), glue.example
    for term in said.terms:
        assert re.search(term.match, term.example), term.example


def test_the_tables_know_the_verbs_of_the_field() -> None:
    english, japanese = (languages.get(code).said.cues for code in CODES)
    assert len({verb for cue in english for verb in cue.verbs}) >= 300
    assert len({word for cue in japanese for word in cue.words}) >= 350


@pytest.mark.parametrize(
    ("code", "words", "kind", "expected"),
    [
        ("ja", "明らかにした", "government", "announce"),
        ("ja", "明らかにした", "person", "say"),
        ("ja", "によると", "outlet", "report"),
        ("ja", "によると", "government", "say"),
        ("ja", "懸念を示した", "group", "fear"),
        ("ja", "との見方を示した", "person", "believe"),
        ("ja", "方針を示した", "government", "intend"),
        ("ja", "疑いを否定した", "person", "deny"),
        ("ja", "回答を避けた", "person", "refuse"),
        ("ja", "誤りを認めた", "organization", "admit"),
        ("ja", "認めなかった", "organization", "refuse"),
        ("ja", "呼びかけている", "government", "ask"),
        ("ja", "求めた", "government", "demand"),
        ("ja", "引用した", "outlet", "quote"),
        ("en", "according to", "outlet", "report"),
        ("en", "According to", "government", "say"),
        ("en", "was quoted as saying", "person", "quote"),
        ("en", "has been saying", "person", "say"),
        ("en", "denied", "person", "deny"),
        ("en", "vowing", "person", "promise"),
        ("en", "called for", "group", "demand"),
        ("en", "called on", "group", "ask"),
        ("en", "expressed concern", "group", "fear"),
        ("en", "murbled", "person", "say"),
    ],
)
def test_the_cue_decides_what_is_done(code: str, words: str, kind: str, expected: str) -> None:
    assert act(words, (Span(0, len(words)),), languages.get(code), kind)[0] == expected


def test_a_language_without_tables_says() -> None:
    assert act("сказал", (Span(0, 6),), languages.get("ru"))[0] == "say"


WORDS = st.integers(0, 59)
SPANS = st.tuples(WORDS, st.integers(1, 25)).map(lambda p: Span(p[0], min(p[0] + p[1], 60)))
ATTRIBUTIONS = st.builds(
    Attribution,
    st.none() | SPANS,
    st.lists(SPANS, min_size=1, max_size=2).map(tuple),
    st.lists(SPANS, min_size=1, max_size=2).map(tuple),
    st.floats(0, 1),
)


@given(st.lists(ATTRIBUTIONS, max_size=12), st.sampled_from(CODES))
def test_any_attributions_nest_without_circles_and_no_content_is_lost(found: list[Attribution], code: str) -> None:
    text = "abcde ghij, lmnopq rstu. " * 3
    drafts = chains(found, text, languages.get(code))
    kept = {i for d in drafts for a in d.chain for s in a.content for i in range(s.start, s.end)}
    assert all(kept & set(range(s.start, s.end)) for a in found for s in a.content)
    assert all(len(set(d.chain)) == len(d.chain) <= len(found) for d in drafts)
    assert len(drafts) <= len(found)


@pytest.mark.parametrize(
    ("code", "cited"), [pytest.param(c, e, id=f"{c}: {e.example}") for c in CODES for e in languages.get(c).said.cited]
)
def test_a_cue_that_cites_fits_its_example_and_finds_whom_it_cites(code: str, cited: Cited) -> None:
    assert cited in languages.get(code).said.cited
    hit = re.search(cited.match, cited.example)
    assert hit
    found = re.compile(cited.source).match(cited.example, hit.end()) if cited.source else None
    assert (found["source"] if found else "") == cited.finds


@pytest.mark.parametrize(
    ("code", "entry"), [pytest.param(c, e, id=f"{c}: {e.example}") for c in CODES for e in languages.get(c).said.noted]
)
def test_a_statement_told_as_a_noun_is_a_voice_of_its_own(code: str, entry: Noted) -> None:
    text = entry.example
    read = Attribution(None, (last(text, entry.outer),), (last(text, entry.content),), 1.0)
    (draft,) = chains(noted([read], text, languages.get(code)), text, languages.get(code))
    outer, inner = draft.chain
    assert (inner.source.of(text) if inner.source else "") == entry.source
    assert [s.of(text) for s in (*outer.cue, *inner.cue, *draft.content)] == [entry.outer, entry.cue, entry.said]


def test_a_statement_that_is_only_spoken_of_stays_one_voice() -> None:
    text = "Ms. Orlo said allegations that she lied were false."
    read = Attribution(last(text, "Ms. Orlo"), (last(text, "said"),), (last(text, "allegations that she lied were false"),), 1.0)
    assert noted([read], text, languages.get("en")) == (read,)


def test_a_second_reading_of_the_noun_gives_way_and_its_speaker_is_kept() -> None:
    text = "アルタ国防省は、捕虜を虐待したというベルナ側の主張を一蹴した。"
    content = (last(text, "捕虜を虐待した"),)
    first = Attribution(last(text, "アルタ国防省"), (last(text, "という"),), content, 0.9)
    second = Attribution(last(text, "ベルナ"), (last(text, "主張を一蹴した"),), content, 0.9)
    (draft,) = chains(noted([first, second], text, languages.get("ja")), text, languages.get("ja"))
    voices = [(a.source.of(text) if a.source else None, [s.of(text) for s in a.cue]) for a in draft.chain]
    assert voices == [("アルタ国防省", ["一蹴した"]), ("ベルナ", ["主張"])]


@given(st.lists(ATTRIBUTIONS, max_size=6))
def test_parting_voices_moves_no_span_out_of_the_text(found: list[Attribution]) -> None:
    text = "denied the allegations by two that rejected claims of it that"
    parted = noted(found, text, languages.get("en"))
    assert all(0 <= s.start < s.end <= len(text) for a in parted for s in a.spans)
