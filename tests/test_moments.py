"""Texts in, all their moments out: the cases are invented lines of data, published on 2023-09-13 unless they say otherwise."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.extraction.days import easter, holiday
from onrecord.extraction.moments import moments
from onrecord.extraction.numerals import number

CASES = Path(__file__).parent / "cases"
WORDS = {"two": 2, "five": 5, "six": 6, "nineteen": 19, "twenty": 20, "eighty": 80, "hundred": 100, "thousand": 1000, "and": 0}
KANJI = {"〇": 0, "一": 1, "二": 2, "三": 3, "六": 6, "十": 10, "百": 100, "千": 1000}


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(CASES.glob("moments.*.jsonl")):
        for at, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            case = json.loads(line)
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            found.append(pytest.param(path.name.split(".")[1], case, id=f"{path.name}:{at}", marks=marks))
    return found


@pytest.mark.parametrize(("code", "case"), cases())
def test_a_text_has_its_moments(code: str, case: dict[str, str]) -> None:
    text, published = case["text"], case.get("published", "2023-09-13")
    found = [(m.span.of(text), m.value, m.until, m.doubt) for m in moments(text, languages.get(code), published)]
    assert found == [tuple([*moment, None, None][:4]) for moment in case["moments"]]


@pytest.mark.parametrize(
    ("words", "known", "value"),
    [
        ("1,200", {}, 1200),
        ("２０", {}, 20),
        ("2.5", {}, 2.5),
        ("twenty-five", WORDS, 25),
        ("nineteen eighty-six", WORDS, 1986),
        ("two thousand and six", WORDS, 2006),
        ("nineteen hundred", WORDS, 1900),
        ("二〇一六", KANJI, 2016),
        ("三十一", KANJI, 31),
        ("二千百六", KANJI, 2106),
        ("none", KANJI, None),
    ],
)
def test_a_number_is_put_together(words: str, known: dict[str, float], value: float | None) -> None:
    assert number(words, known) == value


@pytest.mark.parametrize(
    ("rule", "day"),
    [("12-25", "2023-12-25"), ("11-4-4", "2023-11-23"), ("5--1-1", "2023-05-29"), ("easter+1", "2023-04-10"), ("2-30", None)],
)
def test_a_holiday_is_a_day_of_its_year(rule: str, day: str | None) -> None:
    assert holiday(rule, 2023) == (date.fromisoformat(day) if day else None)


def test_easter_is_where_the_tables_have_it() -> None:
    assert [easter(year) for year in (1961, 2000, 2024, 2038)] == [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2038, 4, 25),
    ]


@given(
    st.sampled_from(languages.supported()),
    st.text(alphabet="0123456789月日年から〜午前時半先来週間 -/:lastSeptMondayweeksofthnextfor,.元令和第四期", max_size=60),
    st.dates(),
)
def test_no_text_breaks_the_listing(code: str, text: str, published: date) -> None:
    for moment in moments(text, languages.get(code), f"{published}T10:00:00"):
        assert moment.span.of(text)
        assert moment.value
