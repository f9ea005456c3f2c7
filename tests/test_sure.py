"""Contents in, certainty out: the cases are lines of data, invented, with what each voice means."""

import json
from pathlib import Path

import pytest
from msgspec import convert

from onrecord import languages
from onrecord.extraction.said import Draft
from onrecord.extraction.sure import certainty
from onrecord.record import Act, Certainty, Report, Span, Step, Voice
from onrecord.tagger.spans import Attribution

CASES = Path(__file__).parent / "cases"


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(CASES.glob("sure.*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            case = json.loads(line)
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            found.append(pytest.param(path.name.split(".")[1], case, id=f"{path.name}:{number}", marks=marks))
    return found


def read(code: str, parts: list[str], *, cue: str, outer: str = "", act: Act = "say") -> tuple[Report, Certainty, tuple[Step, ...]]:
    """Build a report of the cues and the parts of a content, and read the certainty of it."""
    text, spans = "", []
    for part in (outer, cue, *parts):
        spans.append(Span(len(text), len(text) + len(part)))
        text += part + "\n"
    chain = [Attribution(None, (span,), tuple(spans[2:]), 1.0) for span in spans[:2] if span.end > span.start]
    report = Report("r", text, Span(0, len(text)), code)
    voice = Voice(None, None, "unknown", named=False, role=None, act=act, cue=(spans[1],))
    return report, *certainty(report, languages.get(code), Draft(tuple(chain), tuple(spans[2:])), voice)


@pytest.mark.parametrize(("code", "case"), cases())
def test_a_content_is_as_sure_as_its_words(code: str, case: dict[str, str]) -> None:
    act = convert(case.get("act", "say"), Act)
    report, sure, why = read(code, [case["content"]], cue=case["cue"], outer=case.get("outer", ""), act=act)
    assert sure.level == case.get("level", "certain")
    assert (sure.low, sure.high) == (case.get("low", sure.low), case.get("high", sure.high))
    assert sure.negated is case.get("negated", False)
    assert sure.status == case.get("status", sure.status)
    assert sorted(span.of(report.text) for span in sure.evidence) == sorted(case.get("evidence", []))
    assert [step.field for step in why] == ["sure.level", "sure.negated", "sure.status"]
    assert all(step.span.of(report.text) for step in why)


def test_a_sentence_goes_on_where_the_cue_is_set_into_it() -> None:
    _, sure, _ = read("en", ["A ruling", "is not likely this week"], cue="it is believed", act="believe")
    assert sure.negated or sure.level == "unlikely"


def test_a_certain_voice_has_no_band_and_no_evidence() -> None:
    _, sure, _ = read("en", ["The port is closed."], cue="said")
    assert (sure.level, sure.low, sure.high, sure.evidence) == ("certain", None, None, ())


@pytest.mark.parametrize("content", ["", "?", "。", "…", "\u200b", "not", "ない", "if", "(" * 50])
@pytest.mark.parametrize("code", ["en", "ja", "xx"])
def test_any_content_has_a_certainty(code: str, content: str) -> None:
    _, sure, _ = read(code, [content], cue="-")
    assert sure.level
