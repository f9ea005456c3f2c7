"""Names become actors: by the base that ships, by what stands round them, or not at all."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Report, Span, languages
from onrecord.actors import Entry, Named, base, known, resolve, spotted
from onrecord.actors.knowledge import Term
from onrecord.actors.names import parts, plain
from onrecord.actors.offices import government, office
from onrecord.languages._who import Government, Mend, Office, pattern
from onrecord.record import ActorKind

CODES = ("en", "ja")
PRESIDENT = {"en": "President", "ja": "大統領"}
FOREIGN = {"en": ("Foreign Ministry",), "ja": ("外務省",)}


def entry(name: str, kind: ActorKind, english: str, japanese: str, **more: Any) -> Entry:  # fields of Entry
    return Entry(name, kind, {"en": (english,), "ja": (japanese,)}, **more)


def president(since: str, until: str | None) -> tuple[Term, ...]:
    return (Term("head_of_state", "state.arl", PRESIDENT, since, until),)


OWN = known(
    [
        entry("state.arl", "government", "Arlund", "アルルンド", capital={"en": ("Tessa",)}, adjectives={"en": ("Arlundian",)}),
        entry("state.bel", "government", "Belmar", "ベルマール"),
        entry(
            "ministry.arl-foreign", "government", "Arlundian Foreign Ministry", "アルルンド外務省", loose=FOREIGN, of="state.arl"
        ),
        entry("ministry.bel-foreign", "government", "Belmar Foreign Ministry", "ベルマール外務省", loose=FOREIGN, of="state.bel"),
        entry("outlet.courier", "outlet", "Tessa Courier", "テッサ通信", of="state.arl"),
        entry("person.orlo-mira", "person", "Mira Orlo", "ミラ・オルロ", of="state.arl", terms=president("2020-03-01", "2024-02")),
        entry("person.orlo-hanno", "person", "Hanno Orlo", "ハンノ・オルロ", of="state.arl", terms=president("2024-02-02", None)),
    ]
)


def told(
    text: str, *names: Named, lang: str = "en", published: str | None = "2023-05-01", publisher: str | None = None
) -> list[str | None]:
    report = Report("r", text, Span(0, len(text)), lang, published=published, publisher=publisher)
    return [found.actor if found else None for found in resolve(names, report, languages.get(lang), OWN)]


def named(text: str, words: str, kind: str, **more: object) -> Named:
    start = text.index(words)
    return Named(Span(start, start + len(words)), words, kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [("U.S.", "US"), ("ＡＦＰ通信", "AFP通信"), ("Jean-Luc Picquard", "Jean Luc Picquard"), ("ミラ＝オルロ", "ミラ・オルロ"),
     ("the Tessa Courier", "Tessa Courier"), ("Belmar’s", "Belmar"), ("Brásil", "brasil")],
)  # fmt: skip
def test_spellings_that_differ_in_dress_only_are_one(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_capitals_and_small_letters_of_a_short_name_are_two_words() -> None:
    assert plain("US") != plain("us")


def test_the_parts_of_a_name_are_parted_by_blanks_and_dots() -> None:
    assert parts("ミラ・オルロ") == ("ミラ", "オルロ")
    assert parts("Mira van Orlo") == ("mira", "van", "orlo")


@given(st.text(max_size=40))
def test_the_plain_form_of_a_plain_form_is_itself_in_small_letters(name: str) -> None:
    assert plain(plain(name).lower()) == plain(plain(plain(name).lower()).lower())


def test_a_state_an_agency_and_a_person_are_found_by_name_in_both_languages() -> None:
    en = "Mira Orlo told the Tessa Courier that Arlund would wait."
    ja = "ミラ・オルロ氏はテッサ通信に、アルルンドは待つと述べた。"
    found = told(en, named(en, "Mira Orlo", "person"), named(en, "Tessa Courier", "outlet"), named(en, "Arlund", "government"))
    assert found == ["person.orlo-mira", "outlet.courier", "state.arl"]
    assert found == told(
        ja,
        named(ja, "ミラ・オルロ", "person"),
        named(ja, "テッサ通信", "outlet"),
        named(ja, "アルルンド", "unknown", place=True),
        lang="ja",
    )


@pytest.mark.parametrize(
    ("published", "who"), [("2023-05-01", "person.orlo-mira"), ("2025-01-01", "person.orlo-hanno"), ("2019-01-01", None)]
)
def test_a_title_without_a_name_is_who_held_the_office_that_day(published: str, who: str | None) -> None:
    en, ja = "Arlund's president said no.", "アルルンド大統領は拒んだ。"
    holder = named(en, "president", "person", source="Arlund's president", named=False)
    assert told(en, holder, published=published) == [who]
    title = Named(Span(0, 8), "アルルンド大統領", "person", role="大統領", source="アルルンド大統領", named=False)
    assert told(ja, title, lang="ja", published=published) == [who]


def test_a_family_name_with_its_title_is_who_held_the_office_that_day() -> None:
    text = "President Orlo of Arlund said no."
    orlo = named(text, "Orlo", "person", role="President", source="President Orlo")
    assert told(text, orlo) == ["person.orlo-mira"]
    assert told(text, orlo, published="2025-01-01") == ["person.orlo-hanno"]


def test_a_family_name_alone_is_nobody_of_the_base_where_nothing_speaks_of_his_state() -> None:
    text = "Orlo, a baker, said no."
    (actor,) = told(text, named(text, "Orlo", "person"))
    assert actor is not None
    assert actor.startswith("local.")


def test_a_capital_is_its_state_where_it_speaks_and_a_place_where_it_is_named() -> None:
    text = "Tessa said no. Snow fell in Tessa."
    speaks, lies = named(text, "Tessa", "government", source="Tessa"), Named(Span(28, 33), "Tessa", "unknown", place=True)
    capital, place = told(text, speaks, lies)
    assert capital == "state.arl"
    assert place is not None
    assert place.startswith("local.")


@pytest.mark.parametrize(
    ("before", "who"), [("Belmar denied it", "ministry.bel-foreign"), ("Arlund denied it", "ministry.arl-foreign")]
)
def test_a_ministry_without_its_state_is_that_of_the_state_named_before(before: str, who: str) -> None:
    text = f"{before}. The Foreign Ministry said no."
    assert told(text, named(text, "Foreign Ministry", "government")) == [who]


def test_a_ministry_that_may_be_two_is_one_of_this_report() -> None:
    text = "The Foreign Ministry said no."
    (actor,) = told(text, named(text, "Foreign Ministry", "government"))
    assert actor is not None
    assert actor.startswith("local.")


def test_the_government_of_a_state_is_that_state() -> None:
    en, ja = "The Arlundian government said no.", "アルルンド政府は拒んだ。"
    assert told(en, named(en, "Arlundian government", "government", source="The Arlundian government")) == ["state.arl"]
    assert told(ja, named(ja, "アルルンド政府", "government", source="アルルンド政府"), lang="ja") == ["state.arl"]


def test_a_short_name_is_the_actor_of_the_full_one_and_namesakes_stay_apart() -> None:
    text = "Ada Brandt and Lena Quill spoke. Brandt left. Tom Quill stayed. Quill sang."
    ada, lena, brandt, tom = (named(text, n, "person") for n in ("Ada Brandt", "Lena Quill", "Brandt left", "Tom Quill"))
    brandt = Named(Span(33, 39), "Brandt", "person")
    quill = Named(Span(64, 69), "Quill", "person")
    a, b, c, d, e = told(text, ada, lena, brandt, tom, quill)
    assert a == c
    assert len({a, b, d, e}) == 4


def test_what_brackets_stand_for_is_one_actor() -> None:
    text = "北方海洋観測機構（NMO）は中止した。NMOは遅れを認めた。"
    full, short = named(text, "北方海洋観測機構", "organization"), Named(Span(19, 22), "NMO", "organization")
    assert len(set(told(text, full, short, lang="ja"))) == 1


def test_officials_and_documents_are_nobody() -> None:
    text = "Officials and a report said no."
    assert told(text, named(text, "Officials", "group", named=False), named(text, "report", "document")) == [None, None]


@pytest.mark.parametrize(
    ("code", "rule"), [pytest.param(c, o, id=f"{c}: {o.words[0]}") for c in CODES for o in languages.get(c).who.offices]
)
def test_each_office_reads_its_example(code: str, rule: Office) -> None:
    found = office(rule.example[0], languages.get(code))
    assert found is not None
    assert (found.office, found.state) == (rule, rule.example[1])


@pytest.mark.parametrize(
    ("code", "rule"), [pytest.param(c, g, id=f"{c}: {g.example[0]}") for c in CODES for g in languages.get(c).who.governments]
)
def test_each_government_reads_its_example(code: str, rule: Government) -> None:
    state = government(rule.example[0], languages.get(code), base())
    assert state == base().state(rule.example[1]) is not None


@pytest.mark.parametrize(
    ("code", "rule"), [pytest.param(c, m, id=f"{c}: {m.example}") for c in CODES for m in languages.get(c).who.mends]
)
def test_each_mend_reads_its_example(code: str, rule: Mend) -> None:
    assert pattern(rule.match, languages.get(code).who).search(rule.example)


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("ja", "インドネシアとインドは、国連の案に賛成した。", ["state.idn", "state.ind", "body.un"]),
        ("en", "Indonesia, India and the United Nations agreed with us.", ["state.idn", "state.ind", "body.un"]),
        ("en", "My sister will chat in turkey feathers.", []),
    ],
)
def test_names_of_the_base_are_spotted_whole(lang: str, text: str, found: list[str]) -> None:
    seen = spotted(text, Span(0, len(text)), base(), lang, spaces=languages.get(lang).language.spaces)
    assert [s.senses[0].entry.id for s in seen] == found


@given(st.text(max_size=80), st.sampled_from(CODES))
def test_spotting_reads_any_text_and_keeps_within_it(text: str, lang: str) -> None:
    seen = list(spotted(text, Span(0, len(text)), base(), lang, spaces=lang == "en"))
    assert all(0 <= s.span.start < s.span.end <= len(text) for s in seen)
    assert all(a.span.end <= b.span.start for a, b in pairwise(seen))
