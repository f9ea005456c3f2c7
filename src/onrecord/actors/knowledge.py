"""The knowledge base: actors with their names, codes and terms of office; a name goes in, those who bear it come out."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from msgspec import Raw, Struct, json

from onrecord.actors import sound
from onrecord.actors.names import HAN, plain
from onrecord.record import ActorKind

Names = dict[str, tuple[str, ...]]
# A family name of Han letters is the first one to three of the full name.
FAMILY = 3
# Names that are ordinary words where nobody tagged them are left to the tagger: companies, parties, places.
ROOMS = ("state", "ministry", "office", "force", "body", "group", "outlet", "person")
# Languages without blanks, in which a name is looked for letter by letter.
UNPARTED = ("ja", "zh")


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

    def is_written(self, name: str) -> bool:
        """Tell whether a name is one of the entry's spellings, letter for letter."""
        return any(name in spellings for names in (self.names, self.loose) for spellings in names.values())

    @property
    def family(self) -> str:
        """The family name of a person as the id writes it, in plain letters."""
        return self.id.partition(".")[2].split("-")[0]


class Sense(Struct, frozen=True):
    """One meaning of a name: whose it is, and how (name, loose, metonym, capital, adjective, people, family)."""

    entry: Entry
    how: str


class Knowledge(Struct, frozen=True):
    """The base, looked up by name and by id. An entry is decoded when it is asked for, so that the base is there at once.

    `entries` are JSON by id; `senses` lead from the plain form of a name to "how id" of each that bears it; `offices` from a
    state or body to those who ever held office of it; `heads` from a language to its names as they are written.
    """

    entries: dict[str, Raw]
    senses: dict[str, tuple[str, ...]]
    offices: dict[str, tuple[str, ...]]
    spellings: dict[str, tuple[str, ...]]

    def get(self, name: str | None) -> Entry | None:
        """Return the entry with an id, if there is one."""
        raw = self.entries.get(name) if name else None
        return _entry(bytes(raw)) if raw is not None else None

    def of(self, name: str) -> tuple[Sense, ...]:
        """Return all meanings of a name. One that is written small all through means none that the base writes with a capital."""
        told = (sense.partition(" ") for sense in self.senses.get(plain(name), ()))
        found = (Sense(entry, how) for how, _, i in told if (entry := self.get(i)))
        return tuple(s for s in found if not name.islower() or s.entry.is_written(name))

    def state(self, name: str) -> Entry | None:
        """Return the one state that a name or adjective means."""
        found = {i for sense in self.senses.get(plain(name), ()) if (i := sense.partition(" ")[2]).startswith("state.")}
        return self.get(found.pop()) if len(found) == 1 else None

    def persons_of(self, of: str) -> tuple[Entry, ...]:
        """Return all who ever held an office of a state or body."""
        return tuple(entry for i in self.offices.get(of, ()) if (entry := self.get(i)))

    def extended(self, entries: Iterable[Entry]) -> "Knowledge":
        """Return the base with more actors; one of an id that is there takes its place."""
        more = known(entries)
        kept = self.senses
        if taken := more.entries.keys() & self.entries.keys():
            kept = {name: tuple(x for x in found if x.partition(" ")[2] not in taken) for name, found in kept.items()}
        return Knowledge(
            self.entries | more.entries,
            kept | {name: kept.get(name, ()) + found for name, found in more.senses.items()},
            self.offices | {of: self.offices.get(of, ()) + ids for of, ids in more.offices.items()},
            self.spellings | {code: self.spellings.get(code, ()) + names for code, names in more.spellings.items()},
        )

    def __hash__(self) -> int:
        """Count each base as itself, so that what is derived from it is kept."""
        return id(self)


@lru_cache(maxsize=4096)
def _entry(raw: bytes) -> Entry:
    return json.decode(raw, type=Entry)


@cache
def base() -> Knowledge:
    """Load the base that ships, once. Names were put into plain form when it was made, which takes a second."""
    return json.decode(files("onrecord.actors").joinpath("knowledge.json").read_bytes(), type=Knowledge)


def sounding(base: Knowledge, full: str, states: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the persons of some states that may sound like a full name, those that begin and end like it: id and name."""
    keys = sound.keys(full)
    yield from ((i, name) for state in sorted(states) for i, name, own in _sounds(base, state) if keys & own)


@cache
def _sounds(base: Knowledge, state: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """List the full Latin names of those who held office of a state, with the sounds that they open with."""
    names = ((e.id, e.names["en"][0]) for e in base.persons_of(state) if "en" in e.names)
    return tuple((i, name, sound.keys(name)) for i, name in names if " " in name)


def known(entries: Iterable[Entry]) -> Knowledge:
    """Index entries; a later one of the same id takes the place of an earlier one."""
    whole = {e.id: e for e in entries}
    senses: dict[str, dict[str, str]] = {}
    offices: dict[str, dict[str, None]] = {}
    spellings: dict[str, dict[str, None]] = {}
    for entry in whole.values():
        for name, how in _spellings(entry):
            senses.setdefault(plain(name), {}).setdefault(entry.id, how)
        for term in entry.terms:
            offices.setdefault(term.of, {})[entry.id] = None
        for code, names in chain(entry.names.items(), entry.metonyms.items()):
            spellings.setdefault(code, {}).update(dict.fromkeys(names if entry.id.partition(".")[0] in ROOMS else ()))
    return Knowledge(
        {i: Raw(json.encode(e)) for i, e in whole.items()},
        {name: tuple(f"{how} {i}" for i, how in found.items()) for name, found in senses.items()},
        {of: tuple(ids) for of, ids in offices.items()},
        {code: tuple(names) for code, names in spellings.items() if code in UNPARTED},
    )


def _spellings(entry: Entry) -> Iterator[tuple[str, str]]:
    # a spelling that stands in both is a name to show, but means others too
    tables = {
        "loose": entry.loose, "name": entry.names, "adjective": entry.adjectives, "people": entry.people, "metonym": entry.metonyms,
        "capital": entry.capital,
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
    latin = [w for w in words if plain(w).replace("'", "").split(" ")[-1] == entry.family]
    yield latin[0] if latin else words[-1]
