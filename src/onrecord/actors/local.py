"""What a report says about its own names: the fullest form of each, what brackets stand for, which states it speaks of."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from onrecord.actors.knowledge import FAMILY, Knowledge
from onrecord.actors.names import HAN, parts, plain
from onrecord.actors.scan import spotted
from onrecord.languages import Language
from onrecord.record import Report, Span, VoiceKind

# IAEA（国際原子力機関）, International Atomic Energy Agency (IAEA): one name in brackets behind the other.
# What stands between a body and whose it is: Japan's Harbour Wire, 隣国の港湾通信.
LEADS = re.compile(r"[’']s (?=[A-Z])|の(?!$)")
BRACKET = re.compile(r"\s?[（(](?P<short>[A-Z][A-Za-z.&-]{1,11}|[ァ-ヴー・]{2,20}|[一-龠々]{2,12})[）)]")

# A body without its state is that of a state named at most so many letters before.
NEAR = 90


class Circle(Struct, frozen=True):
    """The surroundings of a name: see the functions for what each is asked."""

    report: str
    day: str
    language: Language
    base: Knowledge
    persons: tuple[str, ...]
    aliases: dict[str, str]
    places: tuple[tuple[int, str], ...]
    states: frozenset[str]
    home: str | None
    bodies: frozenset[str]

    def named_in(self, name: str) -> str:
        """Return the name of the report that `name` ends in, 's or の before it, or whose government it is; else `name`."""
        tails = [name[hit.end() :] for hit in LEADS.finditer(name)]
        tails += [hit["state"] for rule in self.language.who.governments if (hit := re.search(rule.match, name))]
        return next((tail for tail in tails if plain(tail) in self.bodies), name)

    def fullest(self, name: str) -> str:
        """Return the one longer personal name of the report that holds all parts of `name`, else `name`.

        In Han letters, whose parts no mark tells apart, a longer name begins with the short one: 金 and 金正恩.
        """
        own = parts(name)
        longer = {p for p in self.persons if len(parts(p)) > len(own) and set(own) <= set(parts(p))}
        if HAN.match(name) and len(name) <= FAMILY:
            longer = {p for p in self.persons if HAN.match(p) and len(p) > len(name) and p.startswith(name)}
        return longer.pop() if len(longer) == 1 else name

    def mentions(self, of: str) -> bool:
        """Tell whether the report speaks of a state, or of the state of a body."""
        entry = None if of in self.states else self.base.get(of)
        return of in self.states or (entry is not None and entry.of in self.states)

    def nearest_state(self, at: int) -> str | None:
        """Return the state named last before a place in the text, if it is near; else the only one of the report."""
        i = bisect_right(self.places, (at, "\uffff"))
        if i and at - self.places[i - 1][0] <= NEAR:
            return self.places[i - 1][1]
        states = {state for _, state in self.places}
        return states.pop() if len(states) == 1 else None


class Row(Struct, frozen=True):
    """A name as the report has it: its words, the fullest form that is known of it, its kind, and where it stands."""

    words: str
    full: str
    kind: VoiceKind
    span: Span


def circle(names: Iterable[Row], report: Report, language: Language, base: Knowledge) -> Circle:
    """Gather the surroundings from all names of a report."""
    rows = list(names)
    places = _places(report, language, base)
    publisher = [s.entry for s in base.of(report.publisher)] if report.publisher else []
    return Circle(
        report=report.id,
        day=(report.published or "")[:10],
        language=language,
        base=base,
        persons=tuple(dict.fromkeys(row.full for row in rows if row.kind == "person")),
        aliases=_aliases(rows, report.text),
        places=places,
        states=frozenset(state for _, state in places),
        bodies=frozenset(plain(row.words) for row in rows if row.kind != "person"),
        home=publisher[0].of if len(publisher) == 1 else language.language.home,
    )


def _aliases(rows: Sequence[Row], text: str) -> dict[str, str]:
    bodies = [row for row in rows if row.kind != "person"]
    known = {plain(row.words): row.full for row in bodies if row.full != row.words}
    return known | {plain(hit["short"]): row.full for row in bodies if (hit := BRACKET.match(text, row.span.end))}


def _places(report: Report, language: Language, base: Knowledge) -> tuple[tuple[int, str], ...]:
    """List the states that a report speaks of, by name, adjective or the name of a body of theirs, where they stand."""
    seen = spotted(report.text, report.body, base, language.code, spaces=language.language.spaces)
    owners = ((s.span.start, {x.entry.id if x.entry.id.startswith("state.") else x.entry.of for x in s.senses}) for s in seen)
    return tuple((at, state) for at, states in owners if len(states) == 1 and (state := states.pop()))
