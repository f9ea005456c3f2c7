"""The rows of a record and what people decided in; the actors that are one, how often they speak, and whom a name means, out."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from msgspec import Struct, json

from onrecord.actors import Entry, Knowledge, codes
from onrecord.actors.beside import Member, Tale
from onrecord.actors.decided import Standing
from onrecord.actors.knowledge import FAMILY
from onrecord.actors.names import HAN, parts, plain
from onrecord.actors.unite import LOCAL, Bearer, unite
from onrecord.record import Actor, ActorKind
from onrecord.store.filters import Condition

SEEN = """
    SELECT t.actor, t.name, t.kind, t.role, t.part = 'voice' AS speaks, r.lang, count(*) AS n
    FROM called t JOIN claims c ON c.n = t.claim JOIN reports r ON r.n = c.report
    WHERE {} IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3, 4, 5, 6
"""
NAMED = """
    SELECT DISTINCT r.n, r.lang, r.published, t.actor FROM called t JOIN claims c ON c.n = t.claim JOIN reports r ON r.n = c.report
    WHERE NOT c.withdrawn AND t.actor IS NOT NULL ORDER BY r.n, t.actor
"""
# `head_of` is ours: the actor that an id is. Who is mentioned in the words of a source is spoken of, unless it is that source.
COUNTED = """
    SELECT head, sum(speaks), sum(named OR NOT speaks), min(day), max(day) FROM (
        SELECT
            head_of(t.actor) AS head, max(t.part = 'voice') AS speaks, max(t.part = 'content') AS named,
            substr(r.published, 1, 10) AS day
        FROM reports r JOIN claims c ON c.report = r.n JOIN called t ON t.claim = c.n
        WHERE NOT c.withdrawn AND {} GROUP BY head, t.claim
    ) GROUP BY head ORDER BY 2 DESC, 3 DESC, 1
"""
MANY = 1000
KINDS: dict[str, ActorKind] = {
    "person": "person", "organization": "organization", "government": "government", "outlet": "outlet", "group": "group",
    "place": "place",
}  # fmt: skip


class Presence(Struct, frozen=True):
    """An actor as the record knows it: in how many claims it speaks and is spoken of, in reports of which days.

    `id` to `codes` are those of `Actor`: the base's for one of the base, else as reports call it, the fullest name first, then
    by how often. `members` are the ids of all that are one with it.
    """

    id: str
    kind: ActorKind
    names: dict[str, tuple[str, ...]]
    codes: dict[str, str]
    spoke: int
    spoken_of: int
    first: str | None
    last: str | None
    members: tuple[str, ...]


class Form(Struct, frozen=True):
    """A way in which a member is called, and how often."""

    name: str
    kind: str
    role: str | None
    speaks: bool
    lang: str
    n: int


class Cast(Struct, frozen=True, dict=True):
    """All whom the record names: how they are called, which of them are one, and what is known of them.

    `seen` are the forms of each member, `heads` the actor that each is.
    """

    seen: dict[str, tuple[Form, ...]]
    heads: dict[str, str]
    standing: Standing
    base: Knowledge

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The ids that are one actor, by the actor."""
        found: dict[str, list[str]] = {}
        for member, head in sorted(self.heads.items()):
            found.setdefault(head, []).append(member)
        return {head: tuple(ids) for head, ids in found.items()}

    @cached_property
    def renamed(self) -> dict[str, dict[str, str]]:
        """What people call an actor, by language."""
        found: dict[str, dict[str, str]] = {}
        for member, lang, name in self.standing.names:
            found.setdefault(self.head(member), {})[lang] = name
        return found

    def head(self, member: str) -> str:
        """Return the actor that an id is."""
        return self.heads.get(member, member)

    def of(self, head: str) -> tuple[str, ...]:
        """Return the ids that are one actor, itself included."""
        return self.members.get(head, (head,))

    def names(self, head: str) -> dict[str, tuple[str, ...]]:
        """Return the names of an actor by language: what people decided, then the base's, then those seen."""
        found: dict[str, dict[str, None]] = {lang: {name: None} for lang, name in self.renamed.get(head, {}).items()}
        for lang, name in (*self._known(head), *self._seen(head)):
            found.setdefault(lang, {})[name] = None
        return {lang: tuple(names) for lang, names in found.items()}

    def kind(self, head: str) -> ActorKind:
        """Return what an actor is: as the base has it, else as it is called most often where it speaks."""
        if entry := self.base.get(head):
            return entry.kind
        return _kind([form for member in self.of(head) for form in self.seen.get(member, ())])

    def actor(self, head: str) -> Actor:
        """Tell all that is known of an actor."""
        entry = self.base.get(head)
        return Actor(head, self.kind(head), self.names(head), codes(entry, self.base) if entry else {})

    def _known(self, head: str) -> Iterator[tuple[str, str]]:
        for member in self.of(head):
            if entry := self.base.get(member):
                yield from ((lang, name) for lang, names in entry.names.items() for name in names)

    def _seen(self, head: str) -> Iterator[tuple[str, str]]:
        forms = [f for m in self.of(head) if m not in self.base.entries for f in self.seen.get(m, ()) if f.name]
        fullest = {_fullest(self.seen[m]) for m in self.of(head) if m not in self.base.entries and self.seen.get(m)}
        often: Counter[tuple[str, str]] = Counter()
        for form in forms:
            often[form.lang, form.name] += form.n
        yield from sorted(often, key=lambda key: (key[1] not in fullest, -often[key], key))


def gather(db: sqlite3.Connection, standing: Standing, base: Knowledge) -> Cast:
    """Gather all whom the record names. `base` is the knowledge with the user's own actors."""
    pairs = (*standing.decided.same, *standing.decided.apart)
    named = {*(i for pair in pairs for i in pair), *(i for i, _, _ in standing.names)}
    seen = _forms(db, "NOT c.withdrawn OR t.actor", named)
    gone = (b for b in _remembered(db) if b.id in named and b.id not in seen)
    bearers = (*_bearers(seen, base), *_borne(standing.entries), *gone)
    return Cast(seen, unite(bearers, standing.decided, _tales(db, seen, base)), standing, base)


def _tales(db: sqlite3.Connection, seen: Mapping[str, Sequence[Form]], base: Knowledge) -> Iterator[Tale]:
    """Yield whom each report names."""
    for _, rows in groupby(db.execute(NAMED), key=itemgetter(0)):
        told = list(rows)
        members = (_member(actor, seen, base) for _, _, _, actor in told)
        yield Tale(told[0][1], told[0][2], tuple(m for m in members if m))


def _member(actor: str, seen: Mapping[str, Sequence[Form]], base: Knowledge) -> Member | None:
    if entry := base.get(actor):
        return Member(actor, entry.kind, tuple(name for names in entry.names.values() for name in names))
    name = _fullest(seen.get(actor, ()))
    return Member(actor, _kind(seen[actor]), (name,)) if name else None


def _remembered(db: sqlite3.Connection) -> Iterator[Bearer]:
    return (Bearer(*row) for row in db.execute("SELECT actor, kind, name, lang FROM remembered"))


def remember(db: sqlite3.Connection, cast: Cast, ids: Iterable[str]) -> None:
    """Keep how those are called now about whom something is decided."""
    for bearer in _bearers({i: cast.seen[i] for i in ids if i.startswith(LOCAL) and i in cast.seen}, cast.base):
        values = (bearer.id, bearer.kind, bearer.name, bearer.lang)
        db.execute("INSERT OR IGNORE INTO remembered (actor, kind, name, lang) VALUES (?, ?, ?, ?)", values)


def few(db: sqlite3.Connection, ids: Iterable[str], base: Knowledge) -> Cast:
    """Gather some as the reports name them, each for itself: quick in a large record."""
    wanted = sorted(ids)
    gone = {b.id: (Form(b.name, b.kind, None, False, b.lang, 1),) for b in _remembered(db) if b.id in wanted}  # noqa: FBT003  # a row
    return Cast(gone | _forms(db, "t.actor", wanted), {}, Standing(), base)


def _forms(db: sqlite3.Connection, asked: str, ids: Iterable[str]) -> dict[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for actor, name, kind, role, speaks, lang, n in db.execute(SEEN.format(asked), (json.encode(sorted(ids)).decode(),)):
        found.setdefault(actor, []).append(Form(name, kind, role, bool(speaks), lang, n))
    return {actor: tuple(forms) for actor, forms in found.items()}


def _bearers(seen: Mapping[str, Sequence[Form]], base: Knowledge) -> Iterator[Bearer]:
    """Yield the actors of reports, and the persons of the base among them by all of their names: those unite by sound, too."""
    for actor, forms in seen.items():
        if entry := base.get(actor):
            yield from _borne([entry]) if entry.kind == "person" else ()
        elif name := _fullest(forms):
            roles = tuple(sorted({form.role for form in forms if form.role}))
            yield Bearer(actor, _kind(forms), name, forms[0].lang, roles)


def _borne(entries: Iterable[Entry]) -> Iterator[Bearer]:
    return (Bearer(e.id, e.kind, name, lang) for e in entries for lang, names in e.names.items() for name in names)


def _fullest(forms: Sequence[Form]) -> str:
    return max((form.name for form in forms), key=lambda name: (len(parts(name)), len(name), name), default="")


def _kind(forms: Sequence[Form]) -> ActorKind:
    """Tell what somebody is called most often, voices before mentions, which have fewer kinds."""
    often: Counter[str] = Counter()
    for form in forms:
        often[form.kind] += form.n * (MANY if form.speaks else 1)
    return next((KINDS[kind] for kind, _ in often.most_common() if kind in KINDS), "organization")


def presences(db: sqlite3.Connection, cast: Cast, asked: Condition) -> Iterator[Presence]:
    """Yield the actors of the claims that are asked for, those that speak most first."""
    sql, values = asked
    db.create_function("head_of", 1, cast.head, deterministic=True)
    for head, spoke, spoken_of, first, last in db.execute(COUNTED.format(sql), values):
        who = cast.actor(head)
        yield Presence(who.id, who.kind, who.names, who.codes, spoke, spoken_of, first, last, cast.of(head))


def whom(cast: Cast, name: str) -> tuple[str, ...]:
    """Return the actors that a name means: an id, else all of that name, else all with it as a whole part of a name."""
    if name in cast.heads or name in cast.seen or name in cast.base.entries:
        return (cast.head(name),)
    beginning = {head for member, head in cast.heads.items() if member.startswith(name)}
    if name.startswith(LOCAL) and len(beginning) == 1:
        return tuple(beginning)
    heads = dict.fromkeys(cast.head(member) for member in (*cast.seen, *(e.id for e in cast.standing.entries)))
    called = {head: [n for names in cast.names(head).values() for n in names] for head in heads}
    wanted = plain(name)
    whole = tuple(head for head, names in called.items() if wanted and any(plain(n) == wanted for n in names))
    return whole or tuple(head for head, names in called.items() if any(_is_part(name, n, cast.kind(head)) for n in names))


def _is_part(name: str, whole: str, kind: ActorKind) -> bool:
    """Tell whether a name is a whole part of another: Renn of Alda Renn, but not of Rennfield; of persons, 潮見 of 潮見健."""
    if HAN.match(name) and HAN.match(whole):
        return kind == "person" and len(name) <= FAMILY and whole.startswith(name)
    marked = "\n".join(("", *parts(whole), ""))
    return bool(parts(name)) and "\n".join(("", *parts(name), "")) in marked
