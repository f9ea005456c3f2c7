"""What when.toml holds: how dates, times, ranges, durations and sets are written, built from named parts."""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from onrecord.languages._tables import compiles
from onrecord.languages._written import Unit, Written

__all__ = ["Dated", "Join", "Kind", "Loose", "Merge", "Modifier", "Offset", "Side", "Unit", "When", "Written"]

Side = Literal["past", "coming"]

Kind = Literal["moment", "period", "duration", "set"]

# Groups that are no field of Written: they change one.
MARKS = ("era", "past")
# Parts that every table has: the words of the table of that name, the longest first.
WORDS = ("numbers", "units", "seasons", "daytimes", "ampm", "zones", "holidays", "eras")

# Parts are not nested deeper.
DEPTH = 12
# What holds patterns.
SINGLE = ("look", "length", "plans", "breaks")
LISTS = ("dates", "joins", "merges", "offsets", "modifiers", "loose")
PATTERNS = ("match", "needs", "between", "before", "after")


class Dated(Struct, frozen=True, forbid_unknown_fields=True):
    """A way of writing a moment. `{part}` in `match` stands for the part of that name, named groups are fields of Written.

    Group `era` moves the year, `past` is a half hour, `unit` a word of [units], `length` words in which `length` of the table
    finds one or more counts with their units. `unit` and `shift` count from the day of publication (`shift = -1`, unit week:
    last week), or with `against = "named"` from the last date that the report named before ("the next day"); where a group
    `count` or `length` is caught, `shift` is its sign. `count` is the count where none is caught. `value` is fixed instead
    (PAST_REF, P1Y). `side` says that the moment lies before or after the day of publication, whatever the tense (last Monday).

    `kind`: a moment; a period (`count` units up to publication or from it on, by the sign of `shift`: the last three weeks); a
    duration (three weeks: P3W, without a count PXW); a set (every Monday: XXXX-WXX-1, every week: P1W). Only moments and
    periods are the `when` of a claim. `alone = false`: it counts only as a part of another moment (at seven, the first week).
    `needs` is a cheap pattern without which `match` finds nothing; entries that need the same are passed over together.

    `gives` and `until` are what the example means when it is published on `published`.
    `near` are contents that look alike and are not meant.
    """

    id: str
    match: str
    example: str
    gives: str
    needs: str = ""
    until: str | None = None
    published: str = "2023-09-13"
    kind: Kind = "moment"
    unit: Unit | None = None
    shift: int = 0
    count: float | None = None
    against: Literal["published", "named"] = "published"
    side: Side | None = None
    value: str | None = None
    alone: bool = True
    near: tuple[str, ...] = ()


class Join(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands between (and `before`) two moments that are the ends of a range, and `after` the second."""

    id: str
    between: str
    example: str
    gives: str
    until: str
    before: str = ""
    after: str = ""
    published: str = "2023-09-13"

    def __post_init__(self) -> None:
        """Check the patterns."""
        compiles(self.between)
        compiles(self.before)
        compiles(self.after)


class Merge(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands between two moments that are one: a day and a time of day, a part and its whole (the Monday of next week)."""

    id: str
    between: str
    example: str
    gives: str
    until: str | None = None
    published: str = "2023-09-13"

    def __post_init__(self) -> None:
        """Check the pattern."""
        compiles(self.between)


class Offset(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands between a length and the moment it is counted from: "two days" " after " "Monday".

    `shift` is 1 or -1. Where it is 0 the moment comes first and the second is a counted one with a sign of its own (今日から2日後).
    With `range` the two are a range of that length that begins with the moment (3 days from Monday on) or, where `shift` is -1,
    ends with it (the three months to June).
    """

    id: str
    between: str
    example: str
    gives: str
    until: str | None = None
    before: str = ""
    shift: int = 0
    range: bool = False
    published: str = "2023-09-13"

    def __post_init__(self) -> None:
        """Check the patterns."""
        compiles(self.between)
        compiles(self.before)


class Modifier(Struct, frozen=True, forbid_unknown_fields=True):
    """Words before or after a moment that bound it or make it vague (since, by, later this): they belong to its span alone.

    They are read where all moments of a text are listed, not for the `when` of a claim. `span` is what the example gives.
    """

    id: str
    example: str
    span: str
    before: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        """Check the patterns."""
        compiles(self.before)
        compiles(self.after)


class Loose(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands before or after a moment that belongs to something else than the main event: no `when` in the example."""

    id: str
    example: str
    before: str | None = None
    after: str | None = None

    def __post_init__(self) -> None:
        """Check the patterns."""
        compiles(self.before or "")
        compiles(self.after or "")


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """when.toml.

    `look` is the first look: a text without it has no moment (every example has it). `length` is one count with its unit, in
    groups `count` and `unit`. `plans` are words of a clause that make a bare weekday in it the next one, not the last; `breaks`
    is what ends a clause.
    `fiscal_start` is the month where the fiscal year begins; without it one is written FY2023.

    `numbers` are words for numbers, months and weekdays among them, and number words made of several are put together from
    them; `units` words for units; `eras` the year before their first; `seasons` and `daytimes` words for the codes of TIMEX3;
    `ampm` words for the hours to add; `zones` words for offsets from UTC; `holidays` words for days: `12-25`, `11-4-4` (the
    fourth Thursday of November), `5--1-1` (the last Monday of May), `easter+1`.
    """

    look: str = ""
    length: str = ""
    plans: str = ""
    breaks: str = ""
    fiscal_start: int | None = None
    parts: dict[str, str] = {}
    numbers: dict[str, float] = {}
    units: dict[str, Unit] = {}
    eras: dict[str, int] = {}
    seasons: dict[str, str] = {}
    daytimes: dict[str, str] = {}
    ampm: dict[str, int] = {}
    zones: dict[str, str] = {}
    holidays: dict[str, str] = {}
    dates: tuple[Dated, ...] = ()
    joins: tuple[Join, ...] = ()
    merges: tuple[Merge, ...] = ()
    offsets: tuple[Offset, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    loose: tuple[Loose, ...] = ()

    def __post_init__(self) -> None:
        """Check that every part is there, every pattern compiles and every group is a field."""
        for name, pattern in self._patterns():
            compiles(pattern, name)
            if unknown := set(re.compile(pattern).groupindex) - {*Written.__struct_fields__, *MARKS}:
                raise ValueError(f"{name!r}: no field is called {', '.join(sorted(unknown))}")

    def _patterns(self) -> Iterator[tuple[str, str]]:
        yield from ((name, self.pattern(getattr(self, name))) for name in SINGLE)
        yield from ((entry.id, self.pattern(pattern)) for entry in self.dates for pattern in (entry.match, entry.needs))

    def needs(self) -> frozenset[str]:
        """List what the entries need."""
        return frozenset(entry.needs for entry in self.dates)

    def expanded(self) -> "When":
        """Return the table with all parts written out."""
        lists = {name: tuple(self._written_out(entry) for entry in getattr(self, name)) for name in LISTS}
        single = {name: self.pattern(getattr(self, name)) for name in SINGLE}
        return replace(self, **lists, **single)

    def _written_out(self, entry: Struct) -> Struct:
        patterns = {name: self.pattern(value) for name in PATTERNS if isinstance(value := getattr(entry, name, None), str)}
        return replace(entry, **patterns)

    def pattern(self, match: str) -> str:
        """Write `match` out with its parts, and the parts of those."""
        for _ in range(DEPTH):
            written = re.sub(r"\{([a-z_]+)\}", lambda hit: self._part(hit[1]), match)
            if written == match:
                return match
            match = written
        raise ValueError("a part holds itself")

    def _part(self, name: str) -> str:
        if name in self.parts:
            return f"(?:{self.parts[name]})"
        if name in WORDS:
            words: dict[str, object] = getattr(self, name)
            return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or '(?!)'})"
        raise ValueError(f"no part is called {name!r}")
