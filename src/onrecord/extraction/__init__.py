"""A report goes in, its claims come out: the tagger reads once, then said, who, sure and when fill the fields."""

from math import prod

from onrecord import actors, languages
from onrecord.actors import Knowledge
from onrecord.extraction.edges import cleaned
from onrecord.extraction.mentions import called, named
from onrecord.extraction.noted import noted
from onrecord.extraction.resolved import resolved
from onrecord.extraction.said import Draft, chains, quote
from onrecord.extraction.sure import certainty
from onrecord.extraction.when import moment
from onrecord.extraction.who import Identified, identify
from onrecord.languages import Language
from onrecord.record import Claim, Mention, Report, Span, Step, Voice, claim_id
from onrecord.tagger import Reading, tag
from onrecord.version import __version__

MAKER = f"onrecord {__version__}"
JOINT = " … "


def extract(report: Report, *, base: Knowledge | None = None) -> tuple[Claim, ...]:
    """Return every claim of `report` in reading order.

    A claim is one attribution: the chain of voices, what is said, how sure, when, and why each field is what it is. The same
    report gives the same claims on every machine. A report in a language without tables gives claims with empty details. `base`
    is the knowledge that names are resolved against, the one that ships unless another is given.
    """
    language = languages.get(report.lang)
    return claims(report, language, tag(report.text, report.body), base)


def claims(report: Report, language: Language, reading: Reading, base: Knowledge | None = None) -> tuple[Claim, ...]:
    """Turn what the tagger read into claims."""
    clean = cleaned(reading.attributions, report.text, language)
    drafts = chains(noted(clean, report.text, language), report.text, language)
    rules = {f"{language.code}/language.toml": clean, "tagger": reading.attributions}
    found = {span: rule for rule, attributions in rules.items() for a in attributions for span in a.spans}
    base = base or actors.base()
    names = named(reading.mentions, report.text, report.body, language, base)
    voiced = identify(report, language, drafts, names)
    made = (_claim(report, language, draft, who, names, found) for draft, who in zip(drafts, voiced, strict=True))
    return resolved(report, language, tuple({claim.id: claim for claim in made}.values()), base)


def _claim(
    report: Report, language: Language, draft: Draft, who: Identified, mentions: tuple[Mention, ...], found: dict[Span, str]
) -> Claim:
    voices, why = who
    sure, sure_why = certainty(report, language, draft, voices[-1])
    when, when_why = moment(report, language, draft)
    within = [m for m in mentions if _within(m.span, draft, voices)]
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
        mentions=tuple(sorted((*within, *called(voices, report.text, language)), key=_place)),
        events=(),
        when=when,
        score=round(prod(a.score for a in draft.chain), 4),
        why=(*_read(draft, voices, found, language), *why, *sure_why, *when_why),
        maker=MAKER,
    )


def _place(m: Mention) -> Span:
    return m.span


def _hull(draft: Draft, voices: tuple[Voice, ...]) -> Span:
    spans = [*draft.content, *(s for v in voices for s in (*v.cue, *([v.source] if v.source else [])))]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _within(span: Span, draft: Draft, voices: tuple[Voice, ...]) -> bool:
    rooms = [*draft.content, *(v.source for v in voices if v.source)]
    return any(room.start <= span.start and span.end <= room.end for room in rooms)


def _read(draft: Draft, voices: tuple[Voice, ...], found: dict[Span, str], language: Language) -> tuple[Step, ...]:
    """Give the steps of sources, cues and contents: the tagger's, unless a table moved an edge or parted two voices."""

    def step(field: str, span: Span) -> Step:
        return Step(field, found.get(span, f"{language.code}/said.toml"), span)

    steps = [step("content", span) for span in draft.content]
    for i, voice in enumerate(voices):
        steps += [step(f"voices.{i}.source", voice.source)] if voice.source else []
        steps += [step(f"voices.{i}.cue", span) for span in voice.cue]
    return tuple(steps)
