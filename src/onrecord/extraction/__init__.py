"""A report goes in, its claims come out: the tagger reads once, then said, who, sure and when fill the fields."""

from math import prod

from onrecord import languages
from onrecord.extraction.edges import cleaned
from onrecord.extraction.names import mended
from onrecord.extraction.said import Draft, chains, quote
from onrecord.extraction.sure import certainty
from onrecord.extraction.when import moment
from onrecord.extraction.who import identify
from onrecord.languages import Language
from onrecord.record import Claim, Mention, Report, Span, Step, Voice, claim_id
from onrecord.tagger import Reading, tag
from onrecord.version import __version__

MAKER = f"onrecord {__version__}"
JOINT = " … "


def extract(report: Report) -> tuple[Claim, ...]:
    """Return every claim of `report` in reading order.

    A claim is one attribution: the chain of voices, what is said, how sure, when, and why each field is what it is. The same
    report gives the same claims on every machine. A report in a language without tables gives claims with empty details.
    """
    language = languages.get(report.lang)
    return claims(report, language, tag(report.text, report.body))


def claims(report: Report, language: Language, reading: Reading) -> tuple[Claim, ...]:
    """Turn what the tagger read into claims."""
    drafts = chains(cleaned(reading.attributions, report.text, language), report.text, language)
    mentions = mended(reading.mentions, report.text, language)
    voiced = identify(report, language, drafts, mentions)
    made = (_claim(report, language, draft, who, mentions) for draft, who in zip(drafts, voiced, strict=True))
    return tuple({claim.id: claim for claim in made}.values())


def _claim(
    report: Report, language: Language, draft: Draft, who: tuple[tuple[Voice, ...], tuple[Step, ...]], mentions: tuple[Mention, ...]
) -> Claim:
    voices, why = who
    sure, sure_why = certainty(report, language, draft, voices[-1])
    when, when_why = moment(report, language, draft)
    return Claim(
        id=claim_id(report.id, voices, draft.content),
        report=report.id,
        file=report.file,
        span=_hull(draft, voices),
        voices=voices,
        content=draft.content,
        text=JOINT.join(span.of(report.text) for span in draft.content),
        quote=quote(report.text, draft.content, language),
        sure=sure,
        mentions=tuple(m for m in mentions if _within(m.span, draft, voices)),
        events=(),
        when=when,
        score=round(prod(a.score for a in draft.chain), 4),
        why=(*_read(draft, voices), *why, *sure_why, *when_why),
        maker=MAKER,
    )


def _hull(draft: Draft, voices: tuple[Voice, ...]) -> Span:
    spans = [*draft.content, *(s for v in voices for s in (*v.cue, *([v.source] if v.source else [])))]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _within(span: Span, draft: Draft, voices: tuple[Voice, ...]) -> bool:
    rooms = [*draft.content, *(v.source for v in voices if v.source)]
    return any(room.start <= span.start and span.end <= room.end for room in rooms)


def _read(draft: Draft, voices: tuple[Voice, ...]) -> tuple[Step, ...]:
    """Give the steps of what the tagger itself filled: sources, cues and contents."""
    steps = [Step("content", "tagger", span) for span in draft.content]
    for i, voice in enumerate(voices):
        steps += [Step(f"voices.{i}.source", "tagger", voice.source)] if voice.source else []
        steps += [Step(f"voices.{i}.cue", "tagger", span) for span in voice.cue]
    return tuple(steps)
