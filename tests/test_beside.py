"""Actors of two reports in: which of them are one because the reports share others."""

import pytest

from onrecord import languages
from onrecord.actors.beside import Member, Tale, beside, kinds_of
from onrecord.actors.unite import Bearer, Decided, unite

DAY = "2031-04-12"


def tale(lang: str, *members: tuple[str, str, str], day: str | None = DAY) -> Tale:
    return Tale(lang, day, tuple(Member(i, kind, (name,)) for i, kind, name in members))  # type: ignore[arg-type]


SHARED = (("a", "person", "Alda Renn"), ("b", "organization", "Harbour Wire"))
ENGLISH = tale("en", *SHARED, ("local.1", "person", "Selma"), ("local.2", "organization", "Tessa Police"))
JAPANESE = tale("ja", *SHARED, ("local.3", "person", "セルマ"), ("local.4", "organization", "テッサ警察"))


def pairs(*tales: Tale) -> set[tuple[str, str]]:
    return {(min(pair), max(pair)) for pair in beside(tales, {})}


def test_short_names_that_sound_alike_are_one_in_reports_that_share_two_others() -> None:
    assert pairs(ENGLISH, JAPANESE) == {("local.1", "local.3"), ("local.2", "local.4")}


def test_reports_that_share_nobody_say_nothing_of_each_other() -> None:
    assert pairs(tale("en", ("local.1", "person", "Selma")), tale("ja", ("local.3", "person", "セルマ"))) == set()


def test_reports_of_one_language_say_nothing_of_each_other() -> None:
    assert pairs(ENGLISH, tale("en", *SHARED, ("local.9", "person", "Selma"))) == set()


def test_reports_of_days_far_apart_say_nothing_of_each_other() -> None:
    assert pairs(ENGLISH, tale("ja", *SHARED, ("local.3", "person", "セルマ"), day="2031-05-20")) == set()


def test_states_alone_do_not_make_two_reports_tell_of_one_thing() -> None:
    states = (("state.jpn", "government", "Japan"), ("state.usa", "government", "United States"))
    one, other = tale("en", *states, ("local.1", "person", "Selma")), tale("ja", *states, ("local.3", "person", "セルマ"))
    assert pairs(one, other) == set()


def test_where_two_names_come_as_near_none_is_taken() -> None:
    both = tale("ja", *SHARED, ("local.3", "person", "セルマ"), ("local.5", "person", "セルマー"))
    assert not any("local.1" in pair for pair in pairs(tale("en", *SHARED, ("local.1", "person", "Selma")), both))


def test_a_family_name_is_the_full_name_of_the_other_report() -> None:
    one = tale("en", *SHARED, ("local.1", "person", "Teresa"))
    assert pairs(one, tale("ja", *SHARED, ("local.3", "person", "テレサ・マルク"))) == {("local.1", "local.3")}


def test_bodies_of_two_kinds_are_never_one() -> None:
    one = tale("en", *SHARED, ("local.1", "organization", "Tessa Hospital"))
    assert pairs(one, tale("ja", *SHARED, ("local.3", "organization", "テッサ警察"))) == set()


def test_what_people_kept_apart_is_not_united_by_its_surroundings() -> None:
    bearers = [Bearer("local.1", "person", "Selma", "en"), Bearer("local.3", "person", "セルマ", "ja")]
    assert unite(bearers, tales=(ENGLISH, JAPANESE))["local.3"] == "local.1"
    apart = unite(bearers, Decided(apart=(("local.1", "local.3"),)), (ENGLISH, JAPANESE))
    assert apart["local.3"] == "local.3"


BODIES = [
    pytest.param(code, rule, id=f"{code}: {rule.is_}") for code in languages.supported() for rule in languages.get(code).who.bodies
]


@pytest.mark.parametrize(("code", "rule"), BODIES)
def test_what_a_body_is_stands_in_its_example(code: str, rule: object) -> None:
    assert rule.is_ in kinds_of(rule.example), code  # type: ignore[attr-defined]


def test_each_language_knows_the_same_bodies() -> None:
    known = [{rule.is_ for rule in languages.get(code).who.bodies} for code in ("en", "ja")]
    assert known[0] == known[1]
