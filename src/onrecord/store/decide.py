"""What a person wants to decide in; the ids that the verdict is to hold, or an error that says what stands against it, out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from getpass import getuser

from msgspec import json

from onrecord.actors import Entry
from onrecord.actors.decided import APART, ENTRY, NAME, SAME, standing, undone
from onrecord.actors.names import plain
from onrecord.actors.own import language
from onrecord.actors.unite import Decided, unite
from onrecord.errors import ActorError, OptionError, UnknownNameError
from onrecord.record import Verdict, make_id
from onrecord.store.actors import Cast, whom

SHORT = 8  # digits of a verdict's id that are shown
SHORTEST = 4  # and that are enough to name it
MOST = 4  # of the actors of one name that are listed
CODE = re.compile(r"[a-z]{2,3}")
Fields = tuple[str, str, str]


def verdict(n: int, fields: Fields, by: str | None, undoes: str | None = None) -> Verdict:
    """Make the verdict number `n` of a record, of target, field and value, said now by `by` or by whoever is logged in."""
    target, field, value = fields
    who, at = by or login(), datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Verdict(make_id(n, target, field, value, who, at, undoes), target, field, value, who, at, undoes)


def login() -> str:
    """Return the login name, or `unknown` where the system has none."""
    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return "unknown"


def one(cast: Cast, name: str) -> str:
    """Return the one actor that a name or id means. Raises UnknownNameError."""
    found = whom(cast, name)
    if not found:
        shipped = {s.entry.id for s in cast.base.of(name) if s.how == "name"}
        found = tuple(sorted(cast.head(i) for i in shipped))
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError(f"{name!r} may be {', '.join(found[:MOST])}{' ...' * (len(found) > MOST)}; write the id")
    raise UnknownNameError(f"nobody in this record is called {name!r}; onrecord actors lists who is there")


def merged(cast: Cast, verdicts: Sequence[Verdict], a: str, b: str) -> Fields:
    """Check that two can be made one. Raises UnknownNameError, ActorError."""
    first, second = one(cast, a), one(cast, b)
    if first == second:
        raise ActorError(f"{a!r} and {b!r} are one already, {first}; onrecord actors lists its names")
    against = [v for v in standing(verdicts) if v.field == APART and {cast.head(v.target), cast.head(v.value)} == {first, second}]
    if against:
        raise ActorError(_against(f"{a!r} and {b!r} are kept apart", against[-1]))
    return first, SAME, second


def parted(cast: Cast, verdicts: Sequence[Verdict], a: str, b: str) -> Fields:
    """Check that two can be taken apart. A name stands for the first member that bears it. Raises as `merged` does."""
    second = _member(cast, b, other=None)
    first = _member(cast, a, other=second)
    if first == second:
        raise ActorError(f"{a!r} and {b!r} are one actor of one report, {first}; there is nothing to take apart")
    stand = standing(verdicts)
    if any(v.field == APART and {v.target, v.value} == {first, second} for v in stand):
        raise ActorError(f"{a!r} and {b!r} are apart already; onrecord actors verdicts lists what was decided")
    same = [v for v in stand if v.field == SAME]
    heads = unite((), Decided(tuple((v.target, v.value) for v in same)))
    if first in heads and heads[first] == heads.get(second):
        exact = [v for v in same if {v.target, v.value} == {first, second}]
        near = [v for v in same if heads[v.target] == heads[first]]
        raise ActorError(_against(f"{a!r} and {b!r} were made one", (exact or near)[-1]))
    return first, APART, second


def renamed(cast: Cast, a: str, name: str, lang: str | None) -> Fields:
    """Check that somebody can be called so. Raises UnknownNameError, OptionError."""
    if not plain(name):
        raise OptionError(f"{name!r} is no name; write at least a letter")
    code = language(name) if lang is None else lang.lower()
    if not CODE.fullmatch(code):
        raise OptionError(f"language {lang!r} is no code; write one like en or ja")
    return one(cast, a), f"{NAME}.{code}", " ".join(name.split())


def brought(cast: Cast, entries: Iterable[Entry]) -> Iterator[Fields]:
    """Yield the user's actors that are not known just so already."""
    stand = {e.id: e for e in cast.standing.entries}
    for entry in entries:
        if stand.get(entry.id) != entry:
            stand[entry.id] = entry
            yield entry.id, ENTRY, json.encode(entry).decode()


def _against(what: str, by: Verdict) -> str:
    return f"{what} by verdict {by.id[:SHORT]}; take that back first: onrecord actors undo {by.id[:SHORT]}"


def _member(cast: Cast, name: str, *, other: str | None) -> str:
    """Return one id of those that are one: the id itself, else the first that bears the name, `other` left out."""
    head = one(cast, name)
    if name in cast.of(head):
        return name
    members = sorted(m for m in cast.of(head) if m != other) or [head]
    bearing = [m for m in members if m.startswith(name) or plain(name) in set(_names(cast, m))]
    return (bearing or members)[0]


def _names(cast: Cast, member: str) -> Iterator[str]:
    yield from (plain(form.name) for form in cast.seen.get(member, ()))
    if entry := cast.base.get(member):
        yield from (plain(name) for names in entry.names.values() for name in names)


def called(verdicts: Sequence[Verdict], name: str) -> Verdict:
    """Return the verdict with an id, or the only one whose id begins so, which still stands.

    Raises UnknownNameError where there is none, ActorError where it was taken back.
    """
    found = [v for v in verdicts if v.id == name or (len(name) >= SHORTEST and v.id.startswith(name))]
    if len(found) != 1:
        what = "several verdicts begin with" if found else "no verdict is called"
        raise UnknownNameError(f"{what} {name!r}; onrecord actors verdicts lists them")
    if by := undone(verdicts).get(found[0].id):
        again = f"to have it again: onrecord actors undo {by[:SHORT]}"
        raise ActorError(f"verdict {name!r} was taken back by {by[:SHORT]}; {again}")
    return found[0]
