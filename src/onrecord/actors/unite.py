"""Actors of many reports in, which of them are one out: by full name within a script, by sound across scripts, as people decided.

Only full names unite, but in reports of one thing (`beside`): of two reports' "Miller" nobody knows. Two of one name whose titles
have nothing in common stay apart, and two of the knowledge base are one only where people said so.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from onrecord.actors import sound
from onrecord.actors.beside import Tale, beside
from onrecord.actors.names import KANA, parts, plain
from onrecord.actors.sound import LONG
from onrecord.record import ActorKind

# A body's name of fewer letters is too common to be one across reports.
LEAST = 4
LOCAL = "local."


class Bearer(Struct, frozen=True):
    """An actor as one report has it: its id there, its kind, its fullest name, and the titles it was given."""

    id: str
    kind: ActorKind
    name: str
    lang: str
    roles: tuple[str, ...] = ()


class Decided(Struct, frozen=True):
    """What people decided: pairs of ids that are one, and pairs that are not, the odd one out second."""

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def unite(bearers: Iterable[Bearer], decided: Decided = Decided(), tales: Iterable[Tale] = ()) -> dict[str, str]:  # noqa: B008  # frozen
    """Return for each id the id of the actor that it is: the first of the knowledge base among its equals, else the least.

    What people decided comes first, and what they kept apart no name unites again.
    """
    odd = {b for _, b in decided.apart}
    rows = sorted(set(bearers), key=lambda b: (b.id in odd, *_rank(b.id), b.name))
    heads = {i: i for i in (*(b.id for b in rows), *(i for pair in (*decided.same, *decided.apart) for i in pair))}
    for a, b in decided.same:
        _join(heads, _head(heads, a), _head(heads, b), decided)
    _join_local(heads, _alike(rows, odd), decided)
    _join_local(heads, list(beside(tales, {i: _head(heads, i) for i in heads})), decided)
    return {i: _head(heads, i) for i in heads}


def _join_local(heads: dict[str, str], pairs: Iterable[tuple[str, str]], decided: Decided) -> None:
    """Join the pairs of which one side is not of the base."""
    for a, b in pairs:
        first, second = (_head(heads, i) if i in heads else i for i in (a, b))
        if first.startswith(LOCAL) or second.startswith(LOCAL):
            _join(heads, first, second, decided)


def _rank(i: str) -> tuple[bool, str]:
    return i.startswith(LOCAL), i


def _join(heads: dict[str, str], first: str, second: str, decided: Decided) -> None:
    if first == second or any({_head(heads, a), _head(heads, b)} == {first, second} for a, b in decided.apart):
        return
    head, other = sorted((first, second), key=_rank)
    heads.setdefault(head, head)
    heads[other] = head


def _head(heads: dict[str, str], i: str) -> str:
    """Find the head of an id, and halve the way there for the next who asks (Tarjan and van Leeuwen 1984)."""
    while heads[i] != i:
        heads[i] = heads[heads[i]]
        i = heads[i]
    return i


def _alike(rows: Sequence[Bearer], odd: set[str]) -> Iterator[tuple[str, str]]:
    groups: dict[tuple[bool, str], list[Bearer]] = {}
    for b in rows:
        if _is_full(b):
            groups.setdefault((b.kind == "person", " ".join(parts(b.name)) if b.kind == "person" else plain(b.name)), []).append(b)
    for group in groups.values():
        yield from _of_one_name(group, odd)
    yield from _by_sound([group[0] for group in groups.values() if group[0].id.startswith(LOCAL) or group[0].kind == "person"])


def _of_one_name(group: Sequence[Bearer], odd: set[str]) -> Iterator[tuple[str, str]]:
    """Pair the bearers of a name: those of one title with the first of them, the few that differ with one another."""
    alike: dict[tuple[str, tuple[str, ...]] | str, list[Bearer]] = {}
    for b in group:
        alike.setdefault(b.id if b.id in odd else (b.lang, tuple(sorted(b.roles))), []).append(b)
    yield from ((first.id, b.id) for first, *rest in alike.values() for b in rest)
    firsts = [first for first, *_ in alike.values()]
    yield from ((a.id, b.id) for a, b in combinations(firsts, 2) if a.id != b.id and _agree(a, b))


def _is_full(b: Bearer) -> bool:
    if b.kind == "person" and not _is_han(b.name):
        return len(parts(b.name)) > 1 or (len(b.name) >= LONG and bool(KANA.match(b.name)))
    return len(plain(b.name)) >= LEAST - (_is_han(b.name) or b.name.isupper())


def _is_han(name: str) -> bool:
    return any("一" <= c <= "龠" for c in name)


def _agree(a: Bearer, b: Bearer) -> bool:
    """Tell whether nothing speaks against two of one name: titles in one language with no word in common do."""
    if a.kind != "person" or a.lang != b.lang or not a.roles or not b.roles:
        return True
    mine, other = ({w for role in x.roles for w in (plain(role).split() if role.isascii() else role)} for x in (a, b))
    return bool(mine & other)


def _by_sound(persons: Sequence[Bearer]) -> Iterator[tuple[str, str]]:
    """Pair a name in other letters with the one Latin name that sounds so; with none where several do."""
    blocks: dict[str, list[Bearer]] = {}
    for b in persons:
        for key in _keys(b.name) if _is_latin(b.name) else ():
            blocks.setdefault(key, []).append(b)
    for a in persons:
        if not _is_latin(a.name) and not _is_han(a.name):
            near = {b for key in _keys(a.name) for b in blocks.get(key, ())}
            sure = {b.id for b in near if sound.score(a.name, b.name) >= sound.SAME}
            yield from ((a.id, b) for b in sure if len(sure) == 1)


def _keys(name: str) -> frozenset[str]:
    """Key a name by its opening sounds, and by the first alone for one that may be written without marks."""
    return sound.keys(name) | frozenset(
        f"{key}_" for key in sound.keys(parts(name)[0]) if len(parts(name)) > 1 or len(name) >= LONG
    )


def _is_latin(name: str) -> bool:
    return plain(name).isascii()
