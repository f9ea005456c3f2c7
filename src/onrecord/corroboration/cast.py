"""Claims of many reports in, the actor that each id in them is out: as a record unites them, but for what people decided."""

from collections.abc import Iterable, Iterator, Mapping

from onrecord import actors
from onrecord.actors.beside import Member, Tale
from onrecord.actors.names import parts
from onrecord.actors.unite import LOCAL, Bearer, Decided, unite
from onrecord.record import ActorKind, Claim, MentionKind, Report, VoiceKind

KINDS: dict[VoiceKind | MentionKind, ActorKind] = {
    "person": "person", "organization": "organization", "government": "government", "outlet": "outlet", "group": "group",
    "place": "place", "unknown": "organization",
}  # fmt: skip


def heads(
    reports: Mapping[str, Report],
    claims: Iterable[Claim],
    base: actors.Knowledge | None = None,
    decided: Decided = Decided(),  # noqa: B008  # frozen
) -> dict[str, str]:
    """Return for each actor's id the id of the actor that it is."""
    known = base or actors.base()
    seen: dict[str, list[tuple[str, ActorKind, str, str | None]]] = {}
    within: dict[str, dict[str, None]] = {}
    for report, actor, name, kind, role in (row for c in claims for row in _called(c)):
        within.setdefault(report, {})[actor] = None
        seen.setdefault(actor, []).append((name, kind, reports[report].lang, role))
    bearers = {actor: _bearer(actor, rows) for actor, rows in seen.items() if actor.startswith(LOCAL)}
    persons = (
        Bearer(e.id, e.kind, n, lang)
        for a in seen
        if (e := known.get(a)) and e.kind == "person"
        for lang, ns in e.names.items()
        for n in ns
    )
    tales = (Tale(reports[r].lang, reports[r].published, tuple(_members(ids, bearers, known))) for r, ids in sorted(within.items()))
    return unite((*bearers.values(), *persons), decided, tales)


def _called(claim: Claim) -> Iterator[tuple[str, str, str, ActorKind, str | None]]:
    for v in claim.voices:
        if v.actor and (name := v.refers_to or v.name):
            yield claim.report, v.actor, name, KINDS.get(v.kind, "organization"), v.role
    for m in claim.mentions:
        if m.actor:
            yield claim.report, m.actor, m.name, KINDS.get(m.kind, "organization"), None


def _bearer(actor: str, rows: list[tuple[str, ActorKind, str, str | None]]) -> Bearer:
    name, kind, lang, _ = max(rows, key=lambda row: (len(parts(row[0])), len(row[0]), row[0]))
    kinds = [k for _, k, _, _ in rows]
    return Bearer(actor, max(sorted(set(kinds)), key=kinds.count) or kind, name, lang, tuple(sorted({r for *_, r in rows if r})))


def _members(ids: Iterable[str], bearers: Mapping[str, Bearer], base: actors.Knowledge) -> Iterator[Member]:
    for i in sorted(ids):
        if entry := base.get(i):
            yield Member(i, entry.kind, tuple(n for names in entry.names.values() for n in names))
        elif i in bearers:
            yield Member(i, bearers[i].kind, (bearers[i].name,))
