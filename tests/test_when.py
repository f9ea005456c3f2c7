"""Contents in, moments out: the cases are lines of data, invented, published on 2023-09-13 where they do not say otherwise."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.extraction.moments import day_of
from onrecord.extraction.said import Draft
from onrecord.extraction.when import moment
from onrecord.record import Moment, Report, Span, Step
from onrecord.tagger.spans import Attribution

CASES = Path(__file__).parent / "cases"


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(CASES.glob("when.*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            case = json.loads(line)
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            found.append(pytest.param(path.name.split(".")[1], case, id=f"{path.name}:{number}", marks=marks))
    return found


def read(
    code: str, content: str, published: str | None = "2023-09-13", before: str = "said on Friday\n"
) -> tuple[Report, Moment | None, tuple[Step, ...]]:
    text = before + content
    cue, what = Span(0, len(before.rstrip())), Span(len(before), len(text))
    report = Report("r", text, Span(0, len(text)), code, published=published)
    return report, *moment(report, languages.get(code), Draft((Attribution(None, (cue,), (what,), 1.0),), (what,)))


@pytest.mark.parametrize(("code", "case"), cases())
def test_a_content_is_of_its_moment(code: str, case: dict[str, str]) -> None:
    report, found, why = read(code, case["content"], case.get("published", "2023-09-13"))
    if case["value"] is None:
        assert (found, why) == (None, ())
        return
    assert found is not None
    assert (found.value, found.until, found.doubt) == (case["value"], case.get("until"), case.get("doubt"))
    assert found.against == case.get("against", found.against)
    assert found.span.of(report.text) == case.get("span", found.span.of(report.text))
    assert all(step.field == "when" and step.span == found.span for step in why)
    assert why


def test_a_date_outside_the_content_is_that_of_the_saying() -> None:
    assert read("en", "The port is closed")[1] is None


@pytest.mark.parametrize("published", [None, "", "soon", "2023-13-01", "2023-02-30", "20230913"])
def test_a_day_of_publication_that_is_none_is_not_counted_from(published: str | None) -> None:
    assert day_of(published) is None
    _, found, _ = read("en", "The ferry sank yesterday", published)
    assert found is not None
    assert (found.value, found.against) == ("XXXX-XX-XX", None)


def test_the_next_day_counts_from_the_last_date_named_before() -> None:
    _, found, _ = read("en", "The ferry sank the next day", before="The storm came on 3 September.\nIt was bad, she said\n")
    assert found is not None
    assert (found.value, found.against) == ("2023-09-04", "2023-09-03")


def test_how_long_and_how_often_are_no_moment_of_an_event() -> None:
    assert read("en", "The ferry sails every Monday for three hours")[1] is None


def test_the_hour_of_publication_does_not_matter() -> None:
    assert day_of("2023-09-13T23:59:00+09:00") == date(2023, 9, 13)


@given(
    st.sampled_from(["en", "ja"]),
    st.text(alphabet="0123456789月日年から〜午前時半先来週 -SeptMonday,.元令和第四期", max_size=40),
    st.dates(),
)
def test_no_text_breaks_the_reading(code: str, content: str, published: date) -> None:
    report, found, _ = read(code, content, published.isoformat())
    assert found is None or found.span.of(report.text)
