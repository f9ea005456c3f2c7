"""Holds every stored word against the text: names, roles, refers_to, texts and steps that their spans do not cut are counted."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.sets import Row, report
from onrecord import Claim, Report, Span, extract
from onrecord.extraction import JOINT

FIRST = 15  # documents of each further language


def faults(report: Report, claims: tuple[Claim, ...]) -> Iterator[str]:
    """Yield what is stored and does not stand in the text, as claim id and field."""
    text = report.text
    for claim in claims:
        spans = [claim.span, *claim.content, *claim.sure.evidence, *(step.span for step in claim.why)]
        spans += [s for v in claim.voices for s in (*v.cue, *([v.source] if v.source else []))]
        spans += [m.span for m in claim.mentions] + ([claim.when.span] if claim.when else [])
        yield from (f"{claim.id} span {s.start}-{s.end}" for s in spans if not _cuts(s, report))
        if claim.text != JOINT.join(s.of(text) for s in claim.content):
            yield f"{claim.id} text"
        yield from (f"{claim.id} mention {m.span.start}" for m in claim.mentions if m.span.of(text) != m.name)
        for i, voice in enumerate(claim.voices):
            source = voice.source.of(text) if voice.source else ""
            yield from (f"{claim.id} voices.{i}.name" for name in [voice.name] if name and name not in source)
            told = {"role": voice.role, "refers_to": voice.refers_to}
            yield from (f"{claim.id} voices.{i}.{field}" for field, words in told.items() if words and words not in text)
        yield from _unexplained(claim)


def _cuts(span: Span, report: Report) -> bool:
    return report.body.start <= span.start < span.end <= report.body.end


def _unexplained(claim: Claim) -> Iterator[str]:
    """Yield filled fields of a claim that no step explains."""
    explained = {step.field for step in claim.why}
    for i, voice in enumerate(claim.voices):
        filled = {"act": True, "kind": voice.kind != "unknown", "role": voice.role, "refers_to": voice.refers_to}
        yield from (f"{claim.id} why voices.{i}.{f}" for f, value in filled.items() if value and f"voices.{i}.{f}" not in explained)
    if claim.when and "when" not in explained:
        yield f"{claim.id} why when"


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """Yield shared texts with their language: all annotated ones, all of NTREX in Japanese and English, the first of the others."""
    for file in sorted((data / "attribution").glob("*.gold.jsonl")) + sorted((data / "ntrex").glob("*.jsonl")):
        whole = file.stem in {"ja", "en"} or file.parent.name == "attribution"
        for line in islice(file.open(encoding="utf-8"), None if whole else FIRST):
            d = json.loads(line)
            yield d["text"], d["lang"]
    polnear = data / "polnear" / "dev.jsonl"
    if polnear.exists():
        yield from ((json.loads(line)["text"], "en") for line in islice(polnear.open(encoding="utf-8"), 2 * FIRST))


def score(data: Path) -> list[Row]:
    """Count the faults over all shared texts."""
    wrong = seen = 0
    for text, lang in texts(data):
        read = report(text, lang)
        found = extract(read)
        seen += len(found)
        wrong += len(list(faults(read, found)))
    return (
        [Row(set="grounded", split="all", measure="words that their spans do not cut", value=wrong, n=seen, seen=False)]
        if seen
        else []
    )
