import re

import pytest
from test_said import CODES, attribution, cases, last

from onrecord import languages
from onrecord.actors import base, known
from onrecord.extraction.mentions import named
from onrecord.extraction.said import chains
from onrecord.extraction.who import identify
from onrecord.languages._who import Who, pattern
from onrecord.record import Mention, Report, Span, Step, Voice


def identified(code: str, row: dict[str, object]) -> list[tuple[Voice, tuple[Step, ...]]]:
    text, language = row["text"], languages.get(code)
    drafts = chains([attribution(text, a) for a in row["attributions"]], text, language)
    mentions = [Mention(name, last(text, name), kind) for name, kind in row["mentions"]]
    found = identify(Report("", text, Span(0, len(text)), code), language, drafts, mentions)
    return [(voices[-1], why) for voices, why in found]


@pytest.mark.parametrize(("code", "row"), cases("who"))
def test_voices_are_read_as_the_case_says(code: str, row: dict[str, object]) -> None:
    text = row["text"]
    found = [
        {"source": v.source and v.source.of(text)} | {k: getattr(v, k) for k in ("kind", "named", "name", "role", "refers_to")}
        for v, _ in identified(code, row)
    ]
    assert found == row["voices"]


@pytest.mark.parametrize(("code", "row"), cases("who"))
def test_what_is_stored_stands_in_the_text_and_has_a_step(code: str, row: dict[str, object]) -> None:
    text = row["text"]
    for voice, why in identified(code, row):
        filled = {f for f in ("name", "role", "refers_to") if getattr(voice, f)}
        assert all(getattr(voice, f) in text for f in filled)
        assert voice.name is None or voice.name in voice.source.of(text)
        steps = {step.field.rpartition(".")[2] for step in why}
        assert filled | {"act"} | ({"kind"} if voice.kind != "unknown" else set()) <= steps
        assert all(step.span.of(text) for step in why)


def head(who: Who, words: str) -> str:
    bare = re.sub(who.article, "", words, count=1)
    tail = pattern(who.tail, who).search(bare, 1)
    return bare[: tail.start()] if tail else bare


@pytest.mark.parametrize("code", CODES)
def test_each_entry_fits_its_example_before_any_other(code: str) -> None:
    who = languages.get(code).who
    for kind in who.kinds:
        first = next(k for k in who.kinds if pattern(k.match, who).search(head(who, kind.example)))
        assert first.example == kind.example
    for form in who.forms:
        first = next(hit for f in who.forms if (hit := pattern(f.match, who).search(form.example[0])))
        assert (first["name"], first["role"]) == form.example[1:]


@pytest.mark.parametrize("code", CODES)
def test_each_pointer_fits_its_example(code: str) -> None:
    who = languages.get(code).who
    for entry in (*who.pronouns, *who.dropped, *who.hints):
        assert pattern(entry.match, who).search(entry.example), entry.example
    for description in who.descriptions:
        assert pattern(description.match, who).search(description.example[0]), description.example
    for short in who.shorts:
        words, text, full = short.example
        hit = pattern(short.match.replace("{short}", re.escape(words)), who).search(text)
        assert hit, short.example
        assert hit["full"].endswith(full), short.example
        assert re.search(pattern(short.short, who), words), short.example


def names(text: str, lang: str, *tagged: Mention) -> list[tuple[str, str]]:
    body = Span(0, len(text))
    return [(m.name, m.kind) for m in named(tagged, text, body, languages.get(lang), base())]


def test_a_name_in_kana_is_one_wherever_it_stands_again() -> None:
    text = "レノルド氏は述べた。その後、レノルドは帰国した。レノルドソンは残った。"
    assert names(text, "ja", Mention("レノルド", Span(0, 4), "person", score=0.9)) == [("レノルド", "person")] * 2


def test_a_name_that_runs_on_into_the_next_word_is_cut_where_the_base_ends_it() -> None:
    found = names("金正恩朝鮮労働党委員長", "ja", Mention("金正恩朝鮮", Span(0, 5), "person", score=0.9))
    assert ("金正恩", "person") in found


def test_a_short_name_that_is_part_of_one_persons_name_is_that_person() -> None:
    text = "Selma Orvik spoke. Orvik left."
    tagged = (Mention("Selma Orvik", Span(0, 11), "person", score=0.9), Mention("Orvik", Span(19, 24), "organization", score=0.6))
    assert names(text, "en", *tagged) == [("Selma Orvik", "person"), ("Orvik", "person")]


def test_a_name_that_words_mend_at_one_place_is_mended_at_the_others() -> None:
    text = "Dovane's foreign minister spoke. Dovane has denied this. Orvik left."
    seen = [
        Mention("Dovane", Span(0, 6), "person"),
        Mention("Dovane", Span(33, 39), "person"),
        Mention("Orvik", Span(57, 62), "person"),
    ]
    assert [m.kind for m in named(seen, text, Span(0, len(text)), languages.get("en"), known([]))] == ["place", "place", "person"]


def test_two_bearers_of_one_name_are_told_apart_by_the_words() -> None:
    text = "Mr. Jordan met Jordan's prime minister."
    seen = [Mention("Jordan", Span(4, 10), "organization"), Mention("Jordan", Span(15, 21), "organization")]
    assert [m.kind for m in named(seen, text, Span(0, len(text)), languages.get("en"), known([]))] == ["person", "place"]
