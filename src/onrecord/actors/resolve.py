"""Names of one report in, the actor behind each out: one of the knowledge base, a new one of this report, or none.

Nothing is forced: a name that fits two actors alike, or one only by a part of it, becomes an actor of this report. `Found.rule`
says why, and `score` how sure that is: 0.95 by full name, less the more had to be taken from the surroundings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from onrecord.actors import sound
from onrecord.actors.knowledge import Entry, Knowledge, Sense, sounding
from onrecord.actors.local import Circle, Row, circle
from onrecord.actors.names import parts, plain
from onrecord.actors.offices import government, is_home, office
from onrecord.actors.scan import spotted
from onrecord.languages import Language
from onrecord.record import ActorKind, Report, Span, VoiceKind, make_id

Kinds = tuple[ActorKind, ...]
# What the base may call somebody whom the text calls so.
FITS: dict[VoiceKind, Kinds] = {
    "person": ("person",),
    "organization": ("organization", "government", "outlet", "group"),
    "government": ("government", "organization", "place"),
    "outlet": ("outlet", "organization"),
    "group": ("organization", "group"),
    "document": (),
    "unknown": ("person", "organization", "government", "outlet", "group", "place"),
}
PLACE: Kinds = ("place", "government")
FULL, ALIAS, OFFICE, NAMED_TITLE, STATE, KNOWN, LOOSE, SPOKEN = 0.95, 0.9, 0.85, 0.9, 0.9, 0.75, 0.65, 0.85
LOCAL: dict[VoiceKind, ActorKind] = {
    "person": "person", "organization": "organization", "government": "government", "outlet": "outlet", "group": "group",
    "unknown": "organization",
}  # fmt: skip
HEADS = ("head_of_state", "head_of_government", "leader")
WAYS = ("name", "metonym", "capital", "people", "adjective")


class Named(Struct, frozen=True):
    """A name in a report: where, its `words`, its fullest form there, its title, and the whole source where it speaks."""

    span: Span
    words: str
    kind: VoiceKind
    full: str | None = None
    role: str | None = None
    source: str | None = None
    named: bool = True
    place: bool = False


class Found(Struct, frozen=True):
    """The actor of a name: `known` is its entry in the base, None for one of this report."""

    actor: str
    score: float
    rule: str
    known: Entry | None = None
    full: str = ""


def resolve(names: Sequence[Named], report: Report, language: Language, base: Knowledge) -> tuple[Found | None, ...]:
    """Return for each name its actor, or None where it is nobody in particular (officials, "a farmer")."""
    around = circle((Row(n.words, n.full or n.words, n.kind, n.span) for n in names), report, language, base)
    first = tuple(_found(n, around) for n in names)
    sure = {f.actor for f in first if f and f.known and f.known.kind == "person"}
    return tuple(_again(n, f, sure, around) for n, f in zip(names, first, strict=True))


def _again(n: Named, found: Found | None, sure: set[str], around: Circle) -> Found | None:
    """Take a family name that nothing else explains for the one person of that name whom the report is sure of."""
    if n.kind != "person" or (found and found.known):
        return found
    senses = {s.entry.id: s.entry for s in around.base.of(n.words) if s.how == "family" and s.entry.id in sure}
    return _known(next(iter(senses.values())), KNOWN, "by family name of one named before", n.words) if len(senses) == 1 else found


def _found(n: Named, around: Circle) -> Found | None:
    chosen = _person(n, around) if n.kind == "person" else _body(n, around)
    return chosen or _misread(n, around) or _local(n, around)


def _misread(n: Named, around: Circle) -> Found | None:
    """Take a name whose kind the base contradicts for what the base says: マケドニア is no person."""
    senses = {s.entry.id: s.entry for s in around.base.of(n.words) if s.how == "name"}
    return _known(next(iter(senses.values())), ALIAS, "by name against its kind", n.words) if len(senses) == 1 else None


# Persons


def _person(n: Named, around: Circle) -> Found | None:
    full = around.fullest(n.full or n.words) if n.named or n.full else ""
    senses = [s for s in around.base.of(full) if s.entry.kind == "person"] if full else []
    named = [s.entry for s in senses if s.how == "name"]
    if len(named) > 1:
        named = [e for e in named if _in_office(e, around) or _of_its_state(e, n, around)]
    if len(named) == 1:
        return _known(named[0], FULL, "by name", full)
    if len(parts(full)) > 1:
        return _by_sound(full, around)
    return _by_family([s.entry for s in senses if s.how == "family"], n, around) or _by_office(n, around)


def _by_sound(full: str, around: Circle) -> Found | None:
    """Take a full name in another spelling for a holder of office whose state the report speaks of."""
    many = len(parts(full))
    named = ((i, name) for i, name in sounding(around.base, full, around.states) if len(parts(name)) == many)
    near = {i for i, name in named if sound.score(full, name) >= sound.SAME}
    entry = around.base.get(near.pop()) if len(near) == 1 else None
    return _known(entry, KNOWN, "by sound", full) if entry else None


def _by_family(entries: Iterable[Entry], n: Named, around: Circle) -> Found | None:
    """Take a family name for a holder of office: by the title it stands with, else by who was in office on that day."""
    rows = [(score, e) for e in entries if (score := _fits_office(e, n, around))]
    best = [e for score, e in rows if score == max(s for s, _ in rows)]
    return _known(best[0], max(s for s, _ in rows), "by family name and office", n.words) if len(best) == 1 else None


def _fits_office(e: Entry, n: Named, around: Circle) -> float:
    if not around.day:
        return 0.0
    held = [t for t in e.terms if t.holds(around.day)]
    titled = office(n.role or n.source or "", around.language)
    if titled and any(titled.fits(t, around.language.code) for t in held):
        return NAMED_TITLE if any(around.mentions(t.of) for t in held) else OFFICE
    if not titled and not n.role and any(t.role in HEADS and around.mentions(t.of) for t in held):
        return KNOWN
    # who has left office is named by his family name too, beside the state that he led
    past = titled and any(titled.fits(t, around.language.code) and around.mentions(t.of) for t in e.terms if t.since <= around.day)
    return LOOSE if past else 0.0


def _by_office(n: Named, around: Circle) -> Found | None:
    """Find who holds the office that a title without a name tells: 「ロシア大統領」 in 2023 is a person."""
    words = n.source or n.words
    titled = office(words, around.language)
    if not titled or not around.day or (n.named and not titled.state):
        return None
    owners = {s.entry.id for s in around.base.of(titled.state)} if titled.state else set()
    holders = {
        e.id: e
        for owner in owners
        for e in around.base.persons_of(owner)
        for t in e.terms
        if t.of == owner and t.holds(around.day) and titled.fits(t, around.language.code)
    }
    return _known(next(iter(holders.values())), OFFICE, f"in office on {around.day}", words) if len(holders) == 1 else None


def _in_office(e: Entry, around: Circle) -> bool:
    return any(t.holds(around.day) for t in e.terms) if around.day else False


def _of_its_state(e: Entry, n: Named, around: Circle) -> bool:
    return e.of is not None and around.mentions(e.of) and bool(n.role)


# Bodies, states, places


def _body(n: Named, around: Circle) -> Found | None:
    fits = PLACE if n.place else FITS[n.kind]
    for words, score in _forms(n, around):
        senses = [s for s in around.base.of(words) if s.entry.kind in fits]
        if chosen := _chosen(senses, n, around):
            return _known(chosen[0], min(score, chosen[1]), chosen[2], words)
    return _ending(n, around) or _government(n, around)


def _ending(n: Named, around: Circle) -> Found | None:
    """Take a name that ends in one of the base for that one: ロシアのインタファクス通信."""
    whole = Span(0, len(n.words))
    for hit in spotted(n.words, whole, around.base, around.language.code, spaces=around.language.language.spaces):
        entries = {s.entry.id: s.entry for s in hit.senses if s.how == "name" and s.entry.kind in FITS[n.kind]}
        led = re.search(r"(?:の|[’']s|^[A-Za-z ]+) ?$", n.words[: hit.span.start])
        if hit.span.end == whole.end and led and len(entries) == 1 and not next(iter(entries)).startswith("state."):
            return _known(next(iter(entries.values())), ALIAS, "by the name that ends it", n.words)
    return None


def _government(n: Named, around: Circle) -> Found | None:
    words = n.source or n.words
    if state := government(words, around.language, around.base):
        return _known(state, STATE, "government of a state", n.words)
    home = around.base.get(around.home)
    others = {state for _, state in around.places if state != around.home}
    if home and is_home(words, around.language) and (around.mentions(home.id) or not others):
        return _known(home, LOOSE, "government at home", n.words)
    return None


def _forms(n: Named, around: Circle) -> Iterator[tuple[str, float]]:
    """Yield the words under which to look: the name that they shorten, they themselves, the one they stand for."""
    yield from ((words, FULL) for words in dict.fromkeys((n.full, n.words)) if words)
    if alias := around.aliases.get(plain(n.words)):
        yield alias, ALIAS


def _chosen(senses: Sequence[Sense], n: Named, around: Circle) -> tuple[Entry, float, str] | None:
    for how in WAYS:
        found = {s.entry.id: s.entry for s in senses if s.how == how and _counts(s, n)}
        if len(found) > 1:
            found = {e.id: e for e in found.values() if e.of and around.mentions(e.of)}
        if len(found) == 1:
            return next(iter(found.values())), FULL if how == "name" else SPOKEN, f"by {how}"
    return _loose([s.entry for s in senses if s.how == "loose"], n, around)


def _counts(s: Sense, n: Named) -> bool:
    """Tell whether a sense holds: a capital is its state only where it speaks, an adjective never."""
    return s.how == "name" or (not n.place and n.source is not None and s.how != "adjective")


def _loose(entries: Sequence[Entry], n: Named, around: Circle) -> tuple[Entry, float, str] | None:
    """Take a name that means others too where its state, its outlet's state or its kind speaks for it."""
    near = [e for e in entries if e.of and e.of == around.nearest_state(n.span.start)]
    alike = near or ([e for e in entries if e.of == around.home] if around.home else [])
    alike = alike or [e for e in entries if e.id.startswith("state.") or e.kind == "outlet"]
    return (alike[0], LOOSE, "by a short name and its surroundings") if len(alike) == 1 else None


def _known(entry: Entry, score: float, how: str, full: str) -> Found:
    return Found(entry.id, score, f"actors:{how}", entry, full)


# Actors of this report alone


def _local(n: Named, around: Circle) -> Found | None:
    kind: ActorKind = "place" if n.place else LOCAL.get(n.kind, "organization")
    longest = around.fullest(n.full or n.words) if kind == "person" else around.aliases.get(plain(n.words))
    full = longest or n.full or n.words
    full = around.named_in(full) if kind != "person" else full
    if not (n.named or n.full) or n.kind == "document" or not plain(full):
        return None
    return Found(f"local.{make_id(around.report, kind == 'person', plain(full))[:12]}", 1.0, "actors:of this report", None, full)
