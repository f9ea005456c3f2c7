"""Sentences and reports with marked expressions of time in, figures for span and value out.

The first are the test files of Microsoft's Recognizers-Text, which mark every date, time, range, duration and set and allow
several values for each. A span counts where it overlaps the marked one; a value where it is one of those allowed, once both are
written alike (`bench/timex.py`). The second are reports of MEANTIME (Minard et al. 2016) with TIMEX3 values, of which the first
six sentences are annotated; the date of the report itself is left out.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypedDict
from xml.etree import ElementTree as ET

from bench.sets import Row
from bench.timex import Resolved, same_value, within
from onrecord import languages
from onrecord.extraction.moments import moments
from onrecord.record import Moment, Span

HERE = Path(__file__).parent
SAMPLE_PUBLISHED = "2023-09-13"
FILES = {"en": "English", "ja": "Japanese", "ko": "Korean", "zh": "Chinese"}
# The kinds whose values are scored.
VALUED = ("date", "daterange", "datetime", "datetimerange")
ANNOTATED = 5
TIGHT_BEFORE, TIGHT_AFTER = set(",.;:!?)]%'’”") | {"'s", "n't", "’s", "''"}, set("([$“") | {"``"}


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


class Marked(NamedTuple):
    """A marked expression: where it stands, the values it may have, and whether its value is scored."""

    span: Span
    values: list[Resolved]
    valued: bool


class Pair(NamedTuple):
    """A marked expression and what was read over it, or one of the two alone."""

    gold: Marked | None
    found: Moment | None

    @property
    def right(self) -> bool:
        """Whether the value is one that is allowed."""
        return bool(self.gold and self.found and any(same_value(self.found, value) for value in self.gold.values))


def score(data: Path) -> list[Row]:
    """Score each language whose file is in `data`, and the reports of MEANTIME where they are there."""
    return [*_recognizers(data), *_meantime(data), *sample(data)]


def sample(data: Path) -> Iterator[Row]:
    """Hold the moments of the sample against a list made by hand: offsets, value, last day. A moment too many is a fault too."""
    file = data / "attribution" / "sample.ja.gold.jsonl"
    if not file.exists():
        return
    text = json.loads(file.read_text("utf-8").splitlines()[0])["text"]
    checked = {tuple(row) for row in json.loads((HERE / "sample_moments.json").read_text("utf-8"))}
    found = {(m.span.start, m.span.end, m.value, m.until) for m in moments(text, languages.get("ja"), SAMPLE_PUBLISHED)}
    value = round(100 * len(checked & found) / len(checked | found), 1)
    yield Row(set="sample moments", split="ja", measure="right, of those read or there", value=value, n=len(checked), seen=False)


def _recognizers(data: Path) -> Iterator[Row]:
    folder = data / "recognizers" if (data / "recognizers").is_dir() else data
    for code in FILES:
        if pairs := list(recognizers(folder, code)):
            yield from _rows("recognizers", code, [pair for _, found in pairs for pair in found])


def recognizers(folder: Path, code: str) -> Iterator[tuple[str, list[Pair]]]:
    """Give each sentence of a language with its marked expressions beside those read; none without its file or table."""
    path = folder / FILES[code] / "DateTimeModel.json"
    if not path.is_file() or code not in languages.supported():
        return
    for case in json.loads(path.read_text("utf-8-sig")):
        text, context = str(case["Input"]), case.get("Context") or {}
        found = moments(text, languages.get(code), context.get("ReferenceDateTime"))
        yield text, paired([_marked(result) for result in case["Results"]], found)


def _marked(result: Result) -> Marked:
    values = (result.get("Resolution") or Resolution()).get("values", [])
    kind = result["TypeName"].rpartition(".")[2]
    return Marked(Span(result["Start"], result["End"] + 1), values, kind in VALUED)


def paired(gold: list[Marked], found: Iterable[Moment]) -> list[Pair]:
    """Put each marked expression beside the one read that overlaps it most, each of which is used once."""
    left, pairs = list(found), []
    for mark in gold:
        best = max(left, key=lambda moment: within(moment.span, mark.span), default=None)
        if best is not None and within(best.span, mark.span):
            left.remove(best)
        else:
            best = None
        pairs.append(Pair(mark, best))
    return [*pairs, *(Pair(None, moment) for moment in left)]


def _rows(name: str, split: str, pairs: list[Pair]) -> Iterator[Row]:
    """Count; the value accuracy is of the four kinds of moment, the value F1 of all kinds."""
    gold, found = sum(pair.gold is not None for pair in pairs), sum(pair.found is not None for pair in pairs)
    both = [pair for pair in pairs if pair.gold and pair.found]
    valued = [pair for pair in pairs if pair.gold and pair.gold.valued]
    valued_both = [pair for pair in valued if pair.found]
    figures = {
        "relaxed span precision": (len(both), found),
        "relaxed span recall": (len(both), gold),
        "relaxed span F1": (2 * len(both), gold + found),
        "value F1": (2 * sum(pair.right for pair in both), gold + found),
        "value accuracy, of found": (sum(pair.right for pair in valued), len(valued_both)),
        "value accuracy, of all": (sum(pair.right for pair in valued), len(valued)),
    }
    for measure, (right, of) in figures.items():
        value = round(100 * right / of, 1) if of else 0.0
        yield Row(set=name, split=split, measure=measure, value=value, n=gold, seen=False)


def _meantime(data: Path) -> Iterator[Row]:
    pairs = [pair for _, found in meantime(data / "meantime") for pair in found]
    if pairs:
        yield from _rows("meantime", "en", pairs)


def meantime(folder: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Give each report of MEANTIME with its marked expressions beside those read."""
    for path in sorted(folder.glob("*/*.xml")):
        root = ET.parse(path).getroot()  # noqa: S314 - the data is ours
        text, places = _text(root)
        marks = [(mark, span) for mark in root.iter("TIMEX3") if (span := _place(mark, places))]
        own = [(mark, span) for mark, span in marks if mark.get("functionInDocument") == "CREATION_TIME"]
        published = next((_iso(mark.get("value", "")) for mark in root.iter("TIMEX3") if _creates(mark)), None)
        found = moments(text, languages.get("en"), published)
        kept = [moment for moment in found if not any(within(moment.span, span) for _, span in own)]
        gold = [Marked(span, [Resolved(timex=mark.get("value", ""))], valued=True) for mark, span in marks if not _creates(mark)]
        yield text, paired(sorted(gold), kept)


def _creates(mark: ET.Element) -> bool:
    return mark.get("functionInDocument") == "CREATION_TIME"


def _iso(day: str) -> str:
    """Mend the one date that is written day first."""
    return "-".join(reversed(day.split("-"))) if day[2:3] == "-" else day


def _text(root: ET.Element) -> tuple[str, dict[str, Span]]:
    """Write the annotated sentences as a newspaper does, with the place of each token."""
    text, places, line, before = "", {}, 0, "("
    for token in root.iter("token"):
        word, sentence = token.text or "", int(token.get("sentence", 0))
        if sentence > ANNOTATED:
            break
        tight = before in TIGHT_AFTER or word in TIGHT_BEFORE
        text += "\n" if sentence != line else "" if tight else " "
        places[token.get("t_id", "")] = Span(len(text), len(text) + len(word))
        text, line, before = text + word, sentence, word
    return text, places


def _place(mark: ET.Element, places: dict[str, Span]) -> Span | None:
    spans = [places[name] for anchor in mark.iter("token_anchor") if (name := anchor.get("t_id", "")) in places]
    return Span(spans[0].start, spans[-1].end) if spans else None
