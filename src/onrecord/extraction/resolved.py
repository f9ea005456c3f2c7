"""Claims of one report in, the same out with an actor for each voice and each mention that has one, and why."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.actors import Found, Knowledge, Named, resolve
from onrecord.languages import Language
from onrecord.record import Claim, MentionKind, Report, Span, Step, Voice, VoiceKind

KINDS: dict[MentionKind, VoiceKind] = {"person": "person", "organization": "organization", "place": "unknown"}
# What a voice and a mention of an entry of the base are, whatever they looked like.
ROOMS: dict[str, tuple[VoiceKind, MentionKind]] = {
    "state": ("government", "place"),
    "place": ("government", "place"),
    "ministry": ("government", "organization"),
    "office": ("government", "organization"),
    "person": ("person", "person"),
    "outlet": ("outlet", "organization"),
}
BODY: tuple[VoiceKind, MentionKind] = ("organization", "organization")
SURE = 0.9
Key = tuple[str, Span, str]


def resolved(report: Report, language: Language, claims: Sequence[Claim], base: Knowledge) -> tuple[Claim, ...]:
    """Resolve all names of a report together, so that one tells of another."""
    names = {key: named for claim in claims for key, named in _names(claim, report.text)}
    found = dict(zip(names, resolve(tuple(names.values()), report, language, base), strict=True))
    return tuple(_filled(claim, found) for claim in claims)


def _names(claim: Claim, text: str) -> Iterator[tuple[Key, Named]]:
    for i, voice in enumerate(claim.voices):
        if (words := voice.refers_to or voice.name) and (span := voice.source or _why(claim, i)):
            source = voice.source.of(text) if voice.source else None
            yield (
                ("voice", span, words),
                Named(span, voice.name or words, voice.kind, voice.refers_to, voice.role, source, voice.named),
            )
    for m in claim.mentions:
        if m.kind in KINDS:
            yield ("mention", m.span, m.kind), Named(m.span, m.name, KINDS[m.kind], place=m.kind == "place")


def _why(claim: Claim, i: int) -> Span | None:
    """Return the words that a voice without a source was taken from."""
    return next((step.span for step in claim.why if step.field == f"voices.{i}.refers_to"), None)


def _filled(claim: Claim, found: dict[Key, Found | None]) -> Claim:
    voices, mentions, why = list(claim.voices), list(claim.mentions), list(claim.why)
    for i, voice in enumerate(voices):
        words, span = voice.refers_to or voice.name, voice.source or _why(claim, i)
        if words and span and (actor := found.get(("voice", span, words))):
            kind = _kind(voice, actor)
            voices[i] = replace(voice, actor=actor.actor, kind=kind)
            why.append(_step(f"voices.{i}.actor", actor, span))
            why = [s for s in why if s.field != f"voices.{i}.kind" or kind == voice.kind]
            why += [_step(f"voices.{i}.kind", actor, span)] if kind != voice.kind else []
    for k, m in enumerate(mentions):
        if actor := found.get(("mention", m.span, m.kind)):
            mentions[k] = replace(m, actor=actor.actor, kind=_kinds(actor.actor)[1] if actor.known else m.kind)
            why.append(_step(f"mentions.{k}.actor", actor, m.span))
    return replace(claim, voices=tuple(voices), mentions=tuple(mentions), why=tuple(why))


def _kind(voice: Voice, actor: Found) -> VoiceKind:
    """Mend a kind that the words contradict: a state is no person."""
    sure = actor.known is not None and actor.score >= SURE
    return _kinds(actor.actor)[0] if sure and voice.kind in ("person", "unknown") else voice.kind


def _kinds(actor: str) -> tuple[VoiceKind, MentionKind]:
    return ROOMS.get(actor.partition(".")[0], BODY)


def _step(field: str, actor: Found, span: Span) -> Step:
    return Step(field, f"{actor.rule}, {actor.score:.2f}", span)
