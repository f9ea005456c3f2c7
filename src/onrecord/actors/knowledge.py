"""The knowledge base: actors with their names, codes and terms of office; a name goes in, those who bear it come out."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from msgspec import Struct, json
from msgspec.structs import replace

from onrecord.actors.names import HAN, plain
from onrecord.record import ActorKind

Names = dict[str, tuple[str, ...]]
# A family name of Han letters is the first one to three of the full name.
FAMILY = 3
STATE, ALPHA_3 = "state.", 3


class Term(Struct, frozen=True, omit_defaults=True):
    """A time in office: `of` a state or body, from `since` to `until` (ISO 8601 prefixes; None: still, as far as we know)."""

    role: str
    of: str
    title: dict[str, str]
    since: str
    until: str | None = None

    def holds(self, day: str) -> bool:
        """Tell whether `day` (ISO 8601) lies in it; a term known to the year or month holds in all of that."""
        return self.since <= day[: max(len(self.since), 4)] and (self.until is None or day[: len(self.until)] <= self.until)


class Entry(Struct, frozen=True, omit_defaults=True):
    """One actor of the base.

    `names` are sure; `loose` ones mean others too and count only with support; `metonyms` and `capital` are a state where they
    speak; `adjectives` and `people` are its own ("Russian", "Russians").
    """

    id: str
    kind: ActorKind
    names: Names
    loose: Names = {}
    of: str | None = None
    sector: str | None = None
    iso2: str | None = None
    cameo: str | None = None
    capital: Names = {}
    metonyms: Names = {}
    adjectives: Names = {}
    people: Names = {}
    terms: tuple[Term, ...] = ()

    @property
    def family(self) -> str:
        """The family name of a person as the id writes it, in plain letters."""
        return self.id.partition(".")[2].split("-")[0]


class Sense(Struct, frozen=True):
    """One meaning of a name: whose it is, and how (name, loose, metonym, capital, adjective, people, family)."""

    entry: Entry
    how: str


class Knowledge(Struct, frozen=True):
    """The base, looked up by name and by id."""

    entries: dict[str, Entry]
    senses: dict[str, tuple[Sense, ...]]

    def of(self, name: str) -> tuple[Sense, ...]:
        """Return all meanings of a name, sure ones first."""
        return self.senses.get(plain(name), ())

    def state(self, name: str) -> Entry | None:
        """Return the one state that a name or adjective means."""
        found = {s.entry.id: s.entry for s in self.of(name) if s.entry.id.startswith("state.") and s.how != "family"}
        return next(iter(found.values())) if len(found) == 1 else None

    def officers(self, of: str, role: str, day: str) -> tuple[Entry, ...]:
        """Return who held an office of a state or body on a day."""
        return tuple(e for e in self.persons_of.get(of, ()) if any(t.of == of and t.role == role and t.holds(day) for t in e.terms))

    @property
    def persons_of(self) -> dict[str, tuple[Entry, ...]]:
        """Persons by what they held office of."""
        return _offices(self)

    def __hash__(self) -> int:
        """Count each base as itself, so that what is derived from it is kept."""
        return id(self)


def codes(entry: Entry, base: Knowledge) -> dict[str, str]:
    """Return the codes that others know an actor by, as `Actor.codes` has them; only those that are known."""
    owner = base.entries.get(entry.of or "")
    country = entry.cameo or (owner.cameo if owner else None)
    iso = entry.id.removeprefix(STATE).upper()
    found = {
        "iso": iso if entry.id.startswith(STATE) and len(iso) == ALPHA_3 else None,
        "cameo": entry.cameo or (f"{country}{entry.sector or ''}" if country else None),
        "sector": entry.sector,
        "of": entry.of,
    }
    return {name: code for name, code in found.items() if code}


@cache
def _offices(base: Knowledge) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, dict[str, Entry]] = {}
    for entry in base.entries.values():
        for term in entry.terms:
            found.setdefault(term.of, {})[entry.id] = entry
    return {of: tuple(entries.values()) for of, entries in found.items()}


@cache
def base() -> Knowledge:
    """Load the base that is shipped, once."""
    raw = files("onrecord.actors").joinpath("knowledge.json").read_bytes()
    return known(json.decode(raw, type=tuple[Entry, ...]))


def joined(own: Sequence[Entry]) -> Knowledge:
    """Return the base that is shipped with a user's own actors; a name that they give to somebody is nobody else's any more.

    An actor of the base that the user brings, too, keeps what it has, and gains the names. This takes a third of a second.
    """
    if not own:
        return base()
    shipped = base()
    mine = {e.id: _gained(e, shipped.entries.get(e.id)) for e in own}
    taken = {plain(name) for e in own for names in e.names.values() for name in names}
    losers = {s.entry.id for name in taken for s in shipped.senses.get(name, ())}
    others = (_without(e, taken) if e.id in losers else e for e in shipped.entries.values() if e.id not in mine)
    return known((*others, *mine.values()))


def _gained(own: Entry, shipped: Entry | None) -> Entry:
    if shipped is None:
        return own
    langs = {**own.names, **shipped.names}
    names = {lang: tuple(dict.fromkeys((*own.names.get(lang, ()), *shipped.names.get(lang, ())))) for lang in langs}
    return replace(shipped, names=names, of=own.of or shipped.of)


def _without(entry: Entry, taken: set[str]) -> Entry:
    """Take names from an actor of the base, whatever they are to it."""

    def kept(names: Names) -> Names:
        return {lang: left for lang, all_ in names.items() if (left := tuple(n for n in all_ if plain(n) not in taken))}

    return replace(
        entry, names=kept(entry.names), loose=kept(entry.loose), capital=kept(entry.capital), metonyms=kept(entry.metonyms),
        adjectives=kept(entry.adjectives), people=kept(entry.people),
    )  # fmt: skip


def known(entries: Iterable[Entry]) -> Knowledge:
    """Index entries; a later one of the same id takes the place of an earlier one."""
    whole = {e.id: e for e in entries}
    senses: dict[str, dict[tuple[str, str], Sense]] = {}
    for entry in whole.values():
        for name, how in _spellings(entry):
            senses.setdefault(plain(name), {}).setdefault((entry.id, ""), Sense(entry, how))
    return Knowledge(whole, {name: tuple(found.values()) for name, found in senses.items()})


def _spellings(entry: Entry) -> Iterator[tuple[str, str]]:
    tables = {
        "name": entry.names, "adjective": entry.adjectives, "people": entry.people, "metonym": entry.metonyms,
        "capital": entry.capital, "loose": entry.loose,
    }  # fmt: skip
    for how, names in tables.items():
        yield from ((name, how) for spellings in names.values() for name in spellings)
    if entry.kind == "person":
        yield from ((name, "family") for spellings in entry.names.values() for full in spellings for name in _families(full, entry))


def _families(full: str, entry: Entry) -> Iterator[str]:
    """Yield what news calls a person by after the first mention: プーチン, Putin, 岸田, 金."""
    if HAN.match(full):
        yield from (full[:n] for n in range(1, min(FAMILY, len(full) - 1) + 1))
        return
    words = full.replace("・", " ").replace("＝", " ").split()
    if len(words) < 2:  # noqa: PLR2004  # one word is no full name
        return
    latin = [w for w in words if plain(w).replace("'", "") == entry.family]
    yield latin[0] if latin else words[-1]
