"""Amounts in texts: what is read, what is none, and which two can both be right."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.extraction.amounts import Amount, agree, amounts
from onrecord.record import Span

LANGUAGES = ("en", "ja")
UNITS = [pytest.param(c, u, id=f"{c}: {u.match}") for c in LANGUAGES for u in languages.get(c).what.units]
COUNTS = [pytest.param(c, r, id=f"{c}: {r.counts}") for c in LANGUAGES for r in languages.get(c).what.counts]
# A text, and of each amount: low, high, unit, what befell those counted.
READ = [
    ("en", "At least 12 people were killed and 30 hurt.", [(12, math.inf, "person", "dead"), (30, 30, "person", "injured")]),
    ("en", "a toll of twelve dead", [(12, 12, "person", "dead")]),
    ("en", "killing 12", [(12, 12, "person", "dead")]),
    ("en", "Six people were injured", [(6, 6, "person", "injured")]),
    ("en", "took in eleven miners with injuries", [(11, 11, "person", "injured")]),
    ("en", "a loss of $3.5bn", [(3.5e9, 3.5e9, "USD", "")]),
    ("en", "about 1.2 million dollars", [(1.2e6, 1.2e6, "USD", "")]),
    ("en", "twenty-five homes were destroyed", [(25, 25, "house", "")]),
    ("en", "up to 40 vehicles", [(0, 40, "vehicle", "")]),
    ("en", "a strip of 9 miles", [(14484.06, 14484.06, "metre", "")]),
    ("en", "Four frigates", [(4, 4, "ship", "")]),
    ("en", "on April 3, 2031, three men aged 45 died", [(3, 3, "person", "dead")]),
    ("en", "It opened in 1922 at half past seven.", []),
    ("en", "for 30 days", []),
    ("en", "a 61-year-old man", []),
    ("ja", "約1200人が避難した", [(1200, 1200, "person", "evacuated")]),
    ("ja", "死者は12人、けが人は30人に上った", [(12, 12, "person", "dead"), (30, 30, "person", "injured")]),
    ("ja", "3人が死亡し、5人が行方不明", [(3, 3, "person", "dead"), (5, 5, "person", "missing")]),
    ("ja", "1億2000万円", [(1.2e8, 1.2e8, "JPY", "")]),
    ("ja", "12万3千人", [(123000, 123000, "person", "")]),
    ("ja", "三十人がけがをした", [(30, 30, "person", "injured")]),
    ("ja", "少なくとも30人", [(30, math.inf, "person", "")]),
    ("ja", "１８万台を回収", [(180000, 180000, "vehicle", "")]),
    ("ja", "4月3日午後5時、61歳の男性3人が死亡", [(3, 3, "person", "dead")]),
    ("ja", "第3条", []),
    ("ja", "2031年度", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "unit"), UNITS)
def test_each_unit_reads_its_example(code: str, unit: object) -> None:
    (found,) = amounts(unit.example[0], languages.get(code))  # type: ignore[attr-defined]
    assert found.unit == unit.unit  # type: ignore[attr-defined]
    assert math.isclose(found.low, unit.example[1], rel_tol=0.001)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("code", "rule"), COUNTS)
def test_what_befell_those_counted_is_read_from_its_example(code: str, rule: object) -> None:
    (found,) = amounts(rule.example, languages.get(code))  # type: ignore[attr-defined]
    assert (found.counts, found.unit) == (rule.counts, "person")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("code", "text", "expected"), READ)
def test_amounts_of_a_text(code: str, text: str, expected: list[tuple[float, float, str, str]]) -> None:
    assert [(round(a.low, 2), round(a.high, 2), a.unit, a.counts) for a in amounts(text, languages.get(code))] == expected


def amount(low: float, high: float | None = None, unit: str = "person", counts: str = "dead", *, rough: bool = False) -> Amount:
    return Amount(Span(0, 1), low, low if high is None else high, unit, counts, rough)


AGREE = [
    (amount(12), amount(12), True),
    (amount(12), amount(14), False),
    (amount(12), amount(12, counts="injured"), None),
    (amount(12), amount(12, unit="house", counts=""), None),
    (amount(1200, rough=True), amount(1187), True),
    (amount(1200, rough=True), amount(1500), False),
    (amount(12, math.inf), amount(14), True),
    (amount(12, math.inf), amount(9), False),
    (amount(0, 40), amount(30), True),
    (amount(16093.4, unit="metre", counts=""), amount(16000, unit="metre", counts=""), True),
]


@pytest.mark.parametrize(("a", "b", "expected"), AGREE)
def test_two_amounts_agree_where_both_can_be_right(a: Amount, b: Amount, expected: bool | None) -> None:  # noqa: FBT001  # a case
    assert agree(a, b) is expected
    assert agree(b, a) is expected


@given(st.sampled_from(LANGUAGES), st.text(alphabet="0123456789０９,. 人円万億killed people aged-年月$%\n", max_size=60))
def test_no_text_raises_and_every_span_holds_a_number(code: str, text: str) -> None:
    for found in amounts(text, languages.get(code)):
        assert found.span.of(text).strip()
        assert found.low <= found.high


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_very_long_line_is_read(code: str) -> None:
    assert amounts("1,234 " * 2000 + "x" * 20000, languages.get(code)) is not None


def test_a_language_without_a_table_has_no_amounts() -> None:
    assert amounts("12 people", languages.get("xx")) == ()
