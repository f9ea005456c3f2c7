"""One claim in, where it leads out: the last voice that its words name, or the outlet whose word it is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from onrecord import languages
from onrecord.actors.names import plain
from onrecord.corroboration.alike import one_outlet
from onrecord.corroboration.texts import Text
from onrecord.languages._who import pattern
from onrecord.record import Act, Claim, Mention, OriginKind, Reason, Report, Span, Voice

# Acts by which nothing is told: who is said to have promised something is not the one who tells it.
MEANT: frozenset[Act] = frozenset(
    {"agree", "promise", "intend", "hope", "refuse", "demand", "ask", "propose", "support", "oppose", "fear", "expect", "threaten"}
)


class Ground(Struct, frozen=True):
    """What claims are followed by: reports and their texts by id, the actor that each id is, the claims of each report.

    `outlets` are the names of those who print or own a text of the story, each with the key of that text.
    """

    reports: Mapping[str, Report]
    texts: Mapping[str, Text]
    heads: Mapping[str, str]
    claims: Mapping[str, Sequence[Claim]]
    outlets: tuple[tuple[str, str], ...] = ()

    def of(self, story: Iterable[str]) -> "Ground":
        """Return the ground of one story, told by the ids of its reports."""
        owned = {
            (name, self.texts[i].key): None for i in story for name in (self.texts[i].owner, self.reports[i].publisher) if name
        }
        # who owns a text comes before who prints it
        return replace(self, outlets=tuple(sorted(owned, key=lambda o: (o[1] != f"outlet:{plain(o[0])}", o))))


class Lead(Struct, frozen=True):
    """Where one claim leads: a key that is the same for the same origin, and what is known of it.

    `body` is the body that a person speaks for or belongs to, `passes` are the keys of the voices that the chain passes through.
    `own`: the report has it from the origin itself. `sure`: the origin is identified and tells more than a comment.
    """

    key: str
    name: str
    kind: OriginKind
    actor: str | None
    body: str | None
    passes: tuple[str, ...]
    own: bool
    sure: bool
    claim: Claim
    why: Reason


class Known(Struct, frozen=True):
    """What a voice is as an origin."""

    key: str
    name: str
    kind: OriginKind
    body: str | None = None


def lead(claim: Claim, ground: Ground) -> Lead:
    """Follow a claim."""
    report, text = ground.reports[claim.report], ground.texts[claim.report]
    named = list(_telling(claim, report))
    if not named:
        return _own_word(claim, text, report)
    i, last = named[-1]
    outer = [v for v in claim.voices[:i] if v.name or v.refers_to]
    cited = next((_outlet(v, ground) for v in reversed(outer) if _is_outlet(v, ground)), None)
    holder = cited or text.key
    known = _heard(claim, report) or _known(_meant(last, claim, report, ground), report, ground, holder, claim.mentions)
    where = last.source or (last.cue[0] if last.cue else claim.span)
    anonymous = known.kind == "anonymous"
    return Lead(
        key=known.key,
        name=known.name,
        kind=known.kind,
        actor=ground.heads.get(last.actor, last.actor) if last.actor and not anonymous else None,
        body=known.body,
        passes=tuple(_known(v, report, ground, holder, ()).key for v in outer),
        own=holder == text.key and _is_first_hand(report, text),
        sure=_is_sure(known, last, report, ground),
        claim=claim,
        why=Reason(
            "nobody is named: one voice as far as this text goes" if anonymous else f"the last voice is {known.name}", where
        ),
    )


def _telling(claim: Claim, report: Report) -> Iterator[tuple[int, Voice]]:
    """Yield the voices that tell something: not a "which", nor one whom another voice only says to have agreed or promised."""
    for i, v in enumerate(claim.voices):
        told = v.act not in MEANT or i == 0
        if told and (v.name or v.refers_to or v.source) and not (v.name and _fits("relative", v.name, report)):
            yield i, v


def _is_first_hand(report: Report, text: Text) -> bool:
    """Tell whether a report is the text that others print, and not a print of it."""
    return len(text.reports) == 1 or (text.owner is not None and one_outlet(text.owner, report.publisher or ""))


def _own_word(claim: Claim, text: Text, report: Report) -> Lead:
    eyes = _eyes(claim, report)
    why = (
        Reason("the outlet saw for itself", eyes)
        if eyes
        else Reason(f"nobody is named: the word of its outlet ({text.why})", claim.span)
    )
    name = text.owner or " or ".join(text.publishers) or "an outlet not known"
    return Lead(
        text.key, name, "outlet", None, None, (), own=_is_first_hand(report, text), sure=eyes is not None, claim=claim, why=why
    )


def _eyes(claim: Claim, report: Report) -> Span | None:
    """Return the words by which an outlet says that it saw for itself."""
    match = languages.get(report.lang).origins.eyes
    hit = re.search(match, report.text[claim.span.start : claim.span.end]) if match else None
    return Span(claim.span.start + hit.start(), claim.span.start + hit.end()) if hit else None


def _heard(claim: Claim, report: Report) -> Known | None:
    """Return of whom somebody says that he has it from: "the ministry had told her"."""
    match = languages.get(report.lang).origins.heard
    hit = re.search(match, claim.text) if match else None
    return Known(f"name:{plain(hit['who'])}", hit["who"], "person") if hit else None


# Who a voice is


def _meant(v: Voice, claim: Claim, report: Report, ground: Ground) -> Voice:
    """Return for a pronoun that points to nobody the person who spoke last before it."""
    language = languages.get(report.lang)
    if v.refers_to or not v.name or not any(pattern(p.match, language.who).search(v.name) for p in language.who.pronouns):
        return v
    persons = [(c.span.start, w) for c in ground.claims[report.id] for w in c.voices if w.kind == "person" and w.named]
    chain = [w for w in claim.voices if w.kind == "person" and w.named]
    before = [w for at, w in persons if at < claim.span.start]
    only = {w.refers_to or w.name: w for _, w in persons}
    return (chain or before or (list(only.values()) if len(only) == 1 else []) or [v])[-1]


def _known(v: Voice, report: Report, ground: Ground, holder: str, mentions: Sequence[Mention]) -> Known:
    """Return what a voice is; `holder` is the key of the text that names it."""
    name = v.refers_to or v.name or (v.source.of(report.text) if v.source else "somebody")
    if _is_outlet(v, ground):
        return Known(_outlet(v, ground), name, "outlet")
    if _fits("reporter", name, report) and not v.named:
        return Known(holder, name, "outlet")
    if not v.named and not v.refers_to:
        return Known(f"anonymous:{holder}", name, "anonymous")
    actor = ground.heads.get(v.actor, v.actor) if v.actor else f"name:{plain(name)}"
    if v.kind == "document":
        return Known(f"document:{plain(name)}", name, "document")
    body = _body(v, report, ground, mentions) if v.kind == "person" else Known(actor, name, "body", actor)
    if body and (v.kind != "person" or _speaks(v, report)):
        return body
    return Known(actor, name, "person", body.key if body else None)


def _is_outlet(v: Voice, ground: Ground) -> bool:
    """Tell an outlet, also where it was read as something else and a text here is its."""
    name = v.refers_to or v.name or ""
    return v.kind == "outlet" or (v.kind != "document" and any(one_outlet(o, name) for o, _ in ground.outlets))


def _outlet(v: Voice, ground: Ground) -> str:
    """Return the key of the text that an outlet owns or prints, as far as one of the texts here is its."""
    name = v.refers_to or v.name or ""
    return next((key for o, key in ground.outlets if one_outlet(o, name)), f"outlet:{plain(name)}")


def _body(v: Voice, report: Report, ground: Ground, mentions: Sequence[Mention]) -> Known | None:
    """Return the body that a source names beside the person: "Harbour Ministry spokeswoman Alda Renn"."""
    room = v.source
    inside = [
        m
        for m in mentions
        if room and m.actor and m.kind in ("organization", "place") and room.start <= m.span.start and m.span.end <= room.end
    ]
    if inside:
        return Known(ground.heads.get(inside[0].actor or "", inside[0].actor or ""), inside[0].name, "body", inside[0].actor)
    rules = languages.get(report.lang).origins
    hit = re.search(rules.body, v.role) if rules.body and v.role else None
    rest = hit["body"] if hit else re.sub(rules.spokes, "", v.role).strip(" ,の") if v.role and _speaks(v, report) else ""
    return Known(f"role:{plain(rest)}", rest, "body", f"role:{plain(rest)}") if plain(rest) else None


def _speaks(v: Voice, report: Report) -> bool:
    """Tell whether somebody speaks for a body."""
    return _fits("spokes", " ".join(w for w in (v.role, v.source.of(report.text) if v.source else None) if w), report)


def _is_sure(known: Known, v: Voice, report: Report, ground: Ground) -> bool:
    """Tell whether an origin is identified; one who comments on what others found has no access of his own."""
    if known.kind == "outlet":
        return not _is_outlet(v, ground) and not v.named and _fits("reporter", known.name, report)
    return known.kind != "anonymous" and not _fits("comments", " ".join(w for w in (v.role, v.name) if w), report)


def _fits(what: str, words: str, report: Report) -> bool:
    match: str = getattr(languages.get(report.lang).origins, what)
    return bool(match) and bool(re.search(match, words))
