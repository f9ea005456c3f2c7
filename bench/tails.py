"""Invented pasted pages with the report in them marked in, how much furniture is left out and how much report is lost out.

`tails/` holds twenty pages written before the reader could tell a tail, `tails/later/` fourteen written to try it afterwards. On
first reading the first eight of those had 59 percent of their furniture left out, the other six 76; the tables have grown since.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from onrecord.readers import read
from onrecord.record import Report, Span

FOLDER = Path(__file__).parent / "tails"
SPLITS = {"first": FOLDER, "later": FOLDER / "later"}


class Score(Struct, frozen=True):
    """How one page was read, in characters that are not blank."""

    page: str
    furniture: int
    left_out: int
    body: int
    lost: int


def score() -> list[dict[str, object]]:
    """Score all pages; every measure is a share between 0 and 1."""
    return [row for split, folder in SPLITS.items() for row in _rows(split, list(each(folder)))]


def each(folder: Path) -> Iterator[Score]:
    """Score page by page; beside each page lies a JSON file with the span of its report."""
    for page in sorted(folder.glob("*.txt")):
        text = page.read_text("utf-8")
        gold = Span(*json.loads(page.with_suffix(".json").read_text("utf-8"))["body"])
        body = _body(page)
        furniture = [at for at in _letters(text) if not gold.start <= at < gold.end]
        report = [at for at in _letters(text) if gold.start <= at < gold.end]
        yield Score(
            page=page.stem,
            furniture=len(furniture),
            left_out=sum(1 for at in furniture if not body.start <= at < body.end),
            body=len(report),
            lost=sum(1 for at in report if not body.start <= at < body.end),
        )


def _rows(split: str, scores: list[Score]) -> Iterator[dict[str, object]]:
    measures = {
        "furniture left out of the body": sum(s.left_out for s in scores) / sum(s.furniture for s in scores),
        "body text lost": sum(s.lost for s in scores) / sum(s.body for s in scores),
    }
    for measure, value in measures.items():
        yield {"set": "tails", "split": split, "measure": measure, "value": value, "n": len(scores), "seen": False}


def _letters(text: str) -> list[int]:
    return [at for at, mark in enumerate(text) if not mark.isspace()]


def _body(page: Path) -> Span:
    found = next(read(page))
    return found.body if isinstance(found, Report) else Span(0, 0)


if __name__ == "__main__":
    print(json.dumps(score(), indent=1))
