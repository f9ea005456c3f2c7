"""A report and its claims in, what the report says in its own words out: claims without voices, one a sentence.

They are not stored with the rest: they serve the comparison of reports, where an outlet that names nobody counts as its own word.
Names in them are those of the knowledge base and those that the report's claims name.
"""

import re
from collections.abc import Iterator, Sequence

from onrecord import actors, languages
from onrecord.actors import Knowledge, spotted
from onrecord.extraction.mentions import KINDS
from onrecord.extraction.said import Draft
from onrecord.extraction.sure import certainty
from onrecord.extraction.when import moment
from onrecord.languages import Language
from onrecord.record import Claim, Mention, Report, Span, Voice, claim_id
from onrecord.tagger import Attribution
from onrecord.text import sentences
from onrecord.version import __version__

# A sentence of fewer letters tells nothing that could be compared; so much of it may belong to somebody else's words.
LEAST, LEAST_WIDE, TAKEN = 25, 10, 0.3
NOBODY = Voice(None, None, "unknown", named=False, role=None, act="say", cue=())


def own(report: Report, claims: Sequence[Claim], base: Knowledge | None = None) -> tuple[Claim, ...]:
    """Return the statements of a report that it ascribes to nobody, in reading order."""
    language, known = languages.get(report.lang), base or actors.base()
    names = tuple(_names(report, claims, language, known))
    return tuple(
        _claim(report, language, span, names) for span in sentences(report.text, report.body) if _is_own(report, span, claims)
    )


def _is_own(report: Report, span: Span, claims: Sequence[Claim]) -> bool:
    words = span.of(report.text)
    least = LEAST if words.isascii() else LEAST_WIDE
    if sum(c.isalnum() for c in words) < least or words == report.title:
        return False
    said = [
        s
        for c in claims
        for s in (*c.content, *(cue for v in c.voices for cue in v.cue))
        if s.start < span.end and span.start < s.end
    ]
    taken = {i for s in said for i in range(max(s.start, span.start), min(s.end, span.end))}
    return len(taken) < TAKEN * (span.end - span.start)


def _claim(report: Report, language: Language, span: Span, names: Sequence[Mention]) -> Claim:
    draft = Draft((Attribution(None, (Span(span.end, span.end),), (span,), 1.0),), (span,))
    sure, _ = certainty(report, language, draft, NOBODY)
    when, _ = moment(report, language, draft)
    return Claim(
        id=claim_id(report.id, (), (span,)),
        report=report.id,
        file=report.file,
        span=span,
        voices=(),
        content=(span,),
        text=span.of(report.text),
        quote="indirect",
        sure=sure,
        mentions=tuple(m for m in names if span.start <= m.span.start and m.span.end <= span.end),
        events=(),
        when=when,
        score=1.0,
        why=(),
        maker=f"onrecord {__version__}",
    )


def _names(report: Report, claims: Sequence[Claim], language: Language, base: Knowledge) -> Iterator[Mention]:
    """Yield the names of the base, and every place where a name of a claim stands again."""
    for hit in spotted(report.text, report.body, base, language.code, spaces=language.language.spaces):
        ids = {s.entry.id for s in hit.senses if s.how == "name"}
        if len(ids) == 1:
            actor = ids.pop()
            yield Mention(hit.span.of(report.text), hit.span, KINDS.get(actor.partition(".")[0], "organization"), actor)
    told = {m.name: m for c in claims for m in c.mentions if m.actor and m.actor.startswith("local.")}
    for name, m in told.items():
        for at in re.finditer(re.escape(name), report.text):
            yield Mention(name, Span(at.start(), at.end()), m.kind, m.actor)
