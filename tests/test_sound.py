"""Names are compared across scripts by their sound. The names are of the far past or invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.actors.nearest import nearest
from onrecord.actors.sound import SAME, keys, score
from onrecord.actors.spelling import parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ウィリアム・シェイクスピア", "William Shakespeare"),
        ("ジョン・ニュートン", "John Newton"),
        ("ナポレオン・ボナパルト", "Napoleon Bonaparte"),
        ("Михаил Ломоносов", "Mikhail Lomonosov"),
        ("ミハイル・ロモノソフ", "Mikhail Lomonosov"),
        ("ミハイル・ロモノソフ", "Михаил Ломоносов"),
        ("Newton Isaac", "Isaac Newton"),
        ("ヨハン・セバスティアン・バッハ", "Johann Sebastian Bach"),
        ("ヨハン・バッハ", "Johann Sebastian Bach"),
        ("Mikhail Lomonosow", "Mikhail Lomonosov"),
    ],
)
def test_two_spellings_of_one_full_name_are_one(one: str, other: str) -> None:
    assert score(one, other) >= SAME
    assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("アイザック・ニュートン", "Isaac Walton"),
        ("ウィリアム・シェイクスピア", "William Wordsworth"),
        ("ジェームズ・ワット", "John Watt"),
        ("Михаил Ломоносов", "Mikhail Lermontov"),
        ("シェイクスピア", "William Shakespeare"),
        ("", "Isaac Newton"),
        ("牛頓", "Isaac Newton"),
    ],
)
def test_another_name_or_a_part_of_one_is_not(one: str, other: str) -> None:
    assert score(one, other) < SAME


def test_a_short_name_can_be_told_from_a_full_one() -> None:
    assert 0.2 < score("シェイクスピア", "William Shakespeare") <= 0.5  # as the docstring says


def test_the_nearest_of_many_comes_first() -> None:
    names = ["Newton", "Shakespeare", "Bonaparte", "Lomonosov", "Wordsworth"]
    assert [nearest(name, names, limit=1)[0][0] for name in ("シェイクスピア", "ボナパルト", "ロモノソフ")] == [1, 2, 3]
    assert nearest("Bonaparte", ["シェイクスピア", "ボナパルト"], limit=1)[0][0] == 1
    assert nearest("Lomonosov", ["Ломоносов", "Лермонтов"], limit=1)[0][0] == 0
    assert nearest("Bonaparte", []) == nearest("", names) == ()


def test_the_parts_of_a_name_are_read_in_their_script() -> None:
    assert [(p.word, p.script, p.initial) for p in parts("J. バッハ")] == [("j", "latin", True), ("バッハ", "kana", False)]


NAMES = st.one_of(st.text(max_size=20), st.text("アイシスマルョンーッ・", max_size=12), st.text("abcdeiklmnorst .-", max_size=12))


@given(NAMES, NAMES)
def test_any_two_texts_have_a_score_and_it_does_not_mind_which_comes_first(one: str, other: str) -> None:
    assert 0 <= score(one, other) <= 1
    assert score(one, other) == pytest.approx(score(other, one))


@given(NAMES.filter(lambda name: bool(parts(name))))
def test_nothing_is_more_like_a_name_than_itself(name: str) -> None:
    assert score(name, name) == 1


def test_a_word_that_is_too_long_for_a_name_is_none() -> None:
    assert score("ア" * 4000, "a" * 4000) == score("a" * 4000, "b" * 4000) == 0
