"""Actors of reports that share others in, more pairs that are one out: by names too short or too unlike to unite by themselves.

"Miller" of one report is not "Miller" of another. But where two reports in different letters name the same persons and bodies
besides, they tell of one thing, and what sounds alike in them is one: リアーナ is Rihanna, キム is Kim.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations

from msgspec import Struct

from onrecord import languages
from onrecord.actors import sound
from onrecord.actors.names import parts, plain
from onrecord.record import ActorKind

# Two reports tell of one thing where they share so many actors that are no states; where they share one, names must sound the same.
SHARED = 2
# Whom more reports name tells nothing of what they are about.
COMMON, STATES = 40, ("state.", "place.")
# Days that reports of one thing lie apart.
DAYS = 7
# Two names from this score on are one, where no other comes so near by `CLEAR`; those of two kinds must sound the same.
NEAR, CLEAR = 0.45, 0.1
# What it counts that two bodies are of one kind, and that a word of both sounds alike.
SAME_KIND, HEARD = 0.5, 0.45
KANA = re.compile(r"[ァ-ヺー]{2,}")


class Member(Struct, frozen=True):
    """An actor in a report: its id, its kind and its names; a local one has one name, one of the base all of its own."""

    id: str
    kind: ActorKind
    names: tuple[str, ...]


class Tale(Struct, frozen=True):
    """A report by whom it names: its language, its day (ISO 8601, None where it has none) and its actors."""

    lang: str
    day: str | None
    members: tuple[Member, ...]


def beside(tales: Iterable[Tale], heads: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of ids that are one. `heads` maps each id to the actor that it is so far."""
    told = [(tale, {heads.get(m.id, m.id): m for m in tale.members}) for tale in tales]
    for i, j, shared in _near(told):
        one, other = told[i][1], told[j][1]
        mine = [m for head, m in one.items() if head not in other]
        yours = [m for head, m in other.items() if head not in one]
        yield from _matched(mine, yours, NEAR if shared >= SHARED else sound.SAME)


def _near(told: Sequence[tuple[Tale, Mapping[str, Member]]]) -> Iterator[tuple[int, int, int]]:
    """Yield the places of two reports that share actors, and how many: of two languages, and of days that are not far apart."""
    where: dict[str, list[int]] = {}
    for i, (_, members) in enumerate(told):
        for head in members:
            where.setdefault(head, []).append(i)
    few = (at for head, at in where.items() if not head.startswith(STATES) and len(at) <= COMMON)
    shared = Counter(pair for at in few for pair in combinations(at, 2) if _may_meet(*(told[i][0] for i in pair)))
    yield from ((i, j, n) for (i, j), n in sorted(shared.items()))


def _may_meet(one: Tale, other: Tale) -> bool:
    if one.lang == other.lang:
        return False
    days = [date.fromisoformat(day[:10]) for day in (one.day, other.day) if day]
    return len(days) < len((one, other)) or abs((days[0] - days[1]).days) <= DAYS


def _matched(mine: Sequence[Member], yours: Sequence[Member], least: float) -> Iterator[tuple[str, str]]:
    """Pair those that are nearest to each other, and to no third as near."""
    scores = {(a, b): s for a in mine for b in yours if (s := _score(a, b)) >= least}
    for (a, b), score in scores.items():
        rivals = [s for (x, y), s in scores.items() if (x == a) != (y == b)]
        if all(score - s >= CLEAR for s in rivals):
            yield a.id, b.id


def _score(a: Member, b: Member) -> float:
    if len(a.names) > 1 and len(b.names) > 1:
        return 0.0
    best = max((_alike(x, y) for x in a.names for y in b.names if not _differ(x, y)), default=0.0)
    if "person" in (a.kind, b.kind):
        return best if a.kind == b.kind or best >= sound.SAME else 0.0
    return max(best, *(bodies(x, y) for x in a.names for y in b.names))


def _alike(one: str, other: str) -> float:
    """Compare two names by sound where one is in kana, else part by part: a part alone is the family name or the given name."""
    if bool(KANA.search(one)) != bool(KANA.search(other)):
        return sound.score(one, other)
    if plain(one) == plain(other):
        return 1.0
    short, full = sorted((parts(one), parts(other)), key=len)
    return sound.PARTIAL if len(short) == 1 and len(full) > 1 and short[0] in (full[0], full[-1]) else 0.0


def bodies(one: str, other: str) -> float:
    """Compare bodies in two scripts by what they are, and by words that sound alike: ニューポート警察, Newport Police."""
    if one.isascii() == other.isascii() or _differ(one, other):
        return 0.0
    latin, wide = (one, other) if one.isascii() else (other, one)
    pairs = ((a, b) for a in KANA.findall(wide) for b in latin.split() if b[:1].isupper())
    heard = any(sound.score(a, b) >= sound.SAME for a, b in pairs)
    return SAME_KIND * bool(kinds_of(one) & kinds_of(other)) + HEARD * heard


def _differ(one: str, other: str) -> bool:
    """Tell whether two names say of themselves that they are bodies of two kinds."""
    mine, yours = kinds_of(one), kinds_of(other)
    return bool(mine and yours) and not mine & yours


@lru_cache(1 << 14)
def kinds_of(name: str) -> frozenset[str]:
    """Return what a body is by the words of its name, as the tables of the languages have it ("police", "court")."""
    rules = (rule for code in languages.supported() for rule in languages.get(code).who.bodies)
    return frozenset(rule.is_ for rule in rules if re.search(rule.match, name))
