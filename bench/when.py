"""Sentences with marked dates and times in, figures for span and value out (the test files of Microsoft's Recognizers-Text).

The files mark every expression of time; onrecord reads moments, so that durations and sets ("every Monday") are left out.
A value counts as right where it is one of the values that the file allows.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple, TypedDict

from bench.sets import Row
from onrecord import languages
from onrecord.extraction.when import day_of, resolved, sightings
from onrecord.record import Moment, Span

FILES = {"en": "English", "ja": "Japanese"}
# Kinds of expression that are no moment.
OTHER = ("duration", "set", "timezone")
RANGE = re.compile(r"\((?P<first>[^,]+),(?P<after>[^,]+),P[^)]*\)")


class Resolved(TypedDict, total=False):
    """One meaning that a file allows."""

    timex: str
    value: str
    start: str
    end: str


class Resolution(TypedDict, total=False):
    """All meanings of one expression."""

    values: list[Resolved]


class Result(TypedDict, total=False):
    """One marked expression; `End` is its last character."""

    Text: str
    Start: int
    End: int
    TypeName: str
    Resolution: Resolution


class Counts(NamedTuple):
    """How many expressions were marked, read, read with the very span, and read with the very value."""

    gold: int
    found: int
    span: int
    value: int


def score(data: Path) -> list[Row]:
    """Score each language whose file is in `data` (the folder recognizers, or the one that holds it)."""
    folder = data / "recognizers" if (data / "recognizers").is_dir() else data
    return [row for code, name in FILES.items() for row in _rows(code, folder / name / "DateTimeModel.json")]


def _rows(code: str, path: Path) -> Iterator[Row]:
    if not path.is_file():
        return
    counts = [_sentence(code, case) for case in json.loads(path.read_text("utf-8-sig"))]
    total = Counts(*(sum(column) for column in zip(*counts, strict=True)))
    figures = {
        "span precision": (total.span, total.found),
        "span recall": (total.span, total.gold),
        "span F1": (2 * total.span, total.gold + total.found),
        "value, of spans found": (total.value, total.span),
    }
    for measure, (right, of) in figures.items():
        value = round(100 * right / of, 1) if of else 0.0
        yield Row(set="recognizers", split=code, measure=measure, value=value, n=total.gold, seen=False)


def _sentence(code: str, case: dict[str, object]) -> Counts:
    text, context = str(case["Input"]), case.get("Context")
    today = day_of(str(context.get("ReferenceDateTime", ""))[:10]) if isinstance(context, dict) else None
    gold = {(r["Start"], r["End"] + 1): r for r in _results(case.get("Results")) if not r["TypeName"].endswith(OTHER)}
    found = {(s.start, s.end): resolved(s, Span(s.start, s.end), today, None) for s in sightings(text, languages.get(code).when)}
    both = gold.keys() & found.keys()
    return Counts(len(gold), len(found), len(both), sum(_right(found[place], gold[place]) for place in both))


def _results(results: object) -> list[Result]:
    return [r for r in results if "Start" in r and "End" in r] if isinstance(results, list) else []


def _right(found: Moment, gold: Result) -> bool:
    """Compare after writing both alike: days instead of the day after, minutes always, no date before a bare time."""
    allowed = {form for value in gold.get("Resolution", Resolution()).get("values", []) for form in _forms(value)}
    ours = re.sub(r"^XXXX-XX-XX(?=T)", "", found.value)
    return bool({ours, f"{ours}/{found.until}"} & allowed)


def _forms(value: Resolved) -> Iterator[str]:
    timex = value.get("timex", "")
    yield re.sub(r"(T\d\d)$", r"\1:00", timex)
    if hit := RANGE.fullmatch(timex):
        yield _range(hit["first"], hit["after"])
    yield value.get("value", "")
    yield _range(value.get("start", ""), value.get("end", ""))


def _range(first: str, after: str) -> str:
    """Write a range with its last day, where the file has the day after it."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", after):
        return f"{first}/{after}"
    return f"{first}/{date.fromisoformat(after) - timedelta(days=1)}"
