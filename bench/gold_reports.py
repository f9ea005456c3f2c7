"""
Scores the invented reports of `bench/reports`: marked-up text in, found, triple and chain for each language out.

A passage is a report. They were written and marked before the machine read them, are not trained on, and no table entry comes
from them. The marks are those of `training/markup.py`; they hold spans alone, so that acts, kinds and certainty are not scored.
"""

from collections.abc import Iterator
from pathlib import Path

from bench import claims
from bench.sets import Absent, Row, entry, report, rows
from onrecord import Span, extract, languages
from onrecord.extraction import said
from onrecord.tagger.spans import Attribution
from training import markup

FOLDER = Path(__file__).parent / "reports"
KEPT = ("found", "exact", "triple", "triple+cue", "chain", "nested recall")


def score(data: Path, folder: Path = FOLDER) -> Iterator[Row]:
    """Score the reports; they lie in the repository, so `data` is not looked at."""
    del data
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise Absent("bench/reports/*.txt")
    passages = [p for file in files for p in markup.read(file)]
    for lang in sorted({p.lang for p in passages}):
        documents = [
            (p.text, gold(p), [entry(c) for c in extract(report(p.text, lang, file=p.where))]) for p in passages if p.lang == lang
        ]
        scored = claims.score(documents)
        yield from rows(f"reports.{lang}", "own", {name: scored[name] for name in KEPT})


def gold(passage: markup.Passage) -> list[claims.Entry]:
    """Nest the marks of a report as the annotation page says; the fields that marks do not hold are filled with anything."""
    drafts = said.chains([_attribution(a) for a in passage.attributions], passage.text, languages.get(passage.lang))
    return [
        claims.Entry(
            voices=[_voice(a) for a in draft.chain],
            content=[[s.start, s.end] for s in draft.content],
            quote="",
            sure=dict.fromkeys(claims.SURE_FIELDS),
            evidence=[],
        )
        for draft in drafts
    ]


def _attribution(a: markup.Marked) -> Attribution:
    source, cue, content = (tuple(Span(*s) for s in spans) for spans in (a.source, a.cue, a.content))
    return Attribution(source[0] if source else None, cue, content, score=1.0)


def _voice(a: Attribution) -> claims.Voice:
    source = [a.source.start, a.source.end] if a.source else None
    return claims.Voice(source=source, cue=[[s.start, s.end] for s in a.cue], act="", kind="", named=False)
