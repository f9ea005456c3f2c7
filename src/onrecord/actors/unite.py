"""Actors of many reports in, which of them are one out: by full name within a script, by sound across scripts, as people decided.

Only full names unite: of two reports' "Miller" nobody knows. Two of one name whose titles have nothing in common stay apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from onrecord.actors import sound
from onrecord.actors.names import parts, plain
from onrecord.record import ActorKind

# A body's name of fewer letters is too common to be one across reports.
LEAST = 4


class Bearer(Struct, frozen=True):
    """An actor as one report has it: its id there, its kind, its fullest name, and the titles it was given."""

    id: str
    kind: ActorKind
    name: str
    lang: str
    roles: tuple[str, ...] = ()


class Decided(Struct, frozen=True):
    """What people decided: pairs of ids that are one, and pairs that are not."""

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def unite(bearers: Iterable[Bearer], decided: Decided = Decided()) -> dict[str, str]:  # noqa: B008  # frozen
    """Return for each id the id of the actor that it is: the first of the knowledge base among its equals, else the least.

    What people decided comes first, and what they kept apart no name unites again.
    """
    rows = sorted(set(bearers), key=lambda b: (b.id.startswith("local."), b.id))
    heads = {b.id: b.id for b in rows} | {i: i for pair in decided.same for i in pair}
    apart = {frozenset(pair) for pair in decided.apart}
    for a, b in (*decided.same, *_alike(rows)):
        _join(heads, a, b, apart)
    return {i: _head(heads, i) for i in heads}


def _join(heads: dict[str, str], a: str, b: str, apart: set[frozenset[str]]) -> None:
    first, second = sorted((_head(heads, a), _head(heads, b)), key=lambda i: (i.startswith("local."), i))
    groups = [[i for i in heads if _head(heads, i) == head] for head in (first, second)] if apart else []
    if apart and any(frozenset((x, y)) in apart for x in groups[0] for y in groups[1]):
        return
    heads[second] = first


def _head(heads: Mapping[str, str], i: str) -> str:
    while heads[i] != i:
        i = heads[i]
    return i


def _alike(rows: Sequence[Bearer]) -> Iterator[tuple[str, str]]:
    groups: dict[tuple[bool, str], list[Bearer]] = {}
    for b in rows:
        if _is_full(b):
            groups.setdefault((b.kind == "person", " ".join(parts(b.name)) if b.kind == "person" else plain(b.name)), []).append(b)
    for group in groups.values():
        yield from ((a.id, b.id) for a, b in combinations(group, 2) if a.id != b.id and _agree(a, b))
    yield from _by_sound([group[0] for (person, _), group in groups.items() if person])


def _is_full(b: Bearer) -> bool:
    if b.kind == "person" and not _is_han(b.name):
        return len(parts(b.name)) > 1
    return len(plain(b.name)) >= LEAST - _is_han(b.name)


def _is_han(name: str) -> bool:
    return any("一" <= c <= "龠" for c in name)


def _agree(a: Bearer, b: Bearer) -> bool:
    """Tell whether nothing speaks against two of one name: titles in one language with no word in common do."""
    if a.kind != "person" or a.lang != b.lang or not a.roles or not b.roles:
        return True
    mine, other = ({w for role in x.roles for w in (plain(role).split() if role.isascii() else role)} for x in (a, b))
    return bool(mine & other)


def _by_sound(persons: Sequence[Bearer]) -> Iterator[tuple[str, str]]:
    """Pair a name in another script with the one Latin name that sounds like it; none where two do."""
    latin = [b for b in persons if plain(b.name).isascii()]
    blocks: dict[str, list[Bearer]] = {}
    for b in latin:
        for key in sound.keys(b.name):
            blocks.setdefault(key, []).append(b)
    for a in persons:
        if a not in latin and not _is_han(a.name):
            near = {b for key in sound.keys(a.name) for b in blocks.get(key, ())}
            sure = [b for b in near if sound.score(a.name, b.name) >= sound.SAME]
            yield from ((a.id, b.id) for b in sure if len(sure) == 1)
