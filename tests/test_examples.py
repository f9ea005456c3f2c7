"""Every language's examples.jsonl is read end to end: what is said in it is found, and near misses give no claim.

A line with `"fails": "why"` is a known failure; whoever mends it is told.
"""

import json
from pathlib import Path

import pytest

from onrecord import extract, languages, plugin
from onrecord.record import Report, Span, report_id


def lines() -> list[object]:
    found = []
    for code in languages.supported():
        file = Path(plugin.load("languages", code).__path__[0]) / "examples.jsonl"
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            marks = [pytest.mark.xfail(reason=row["fails"], strict=True)] if "fails" in row else []
            found.append(pytest.param(code, row, id=f"{code}-{number}", marks=marks))
    return found


@pytest.mark.parametrize(("code", "row"), lines())
def test_an_example_gives_the_claims_it_names(code: str, row: dict[str, object]) -> None:
    text = str(row["text"])
    claims = extract(Report(report_id(text, None, None, None), text, Span(0, len(text)), code))
    assert [
        {"voices": [v.source.of(text) if v.source else None for v in c.voices], "content": c.text, "act": c.voices[-1].act}
        for c in claims
    ] == row["claims"]
