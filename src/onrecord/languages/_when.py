"""What when.toml holds: how dates and times are written, built from named parts."""

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from onrecord.languages._tables import compiles

Unit = Literal["day", "weekend", "week", "month", "quarter", "half", "year", "fiscal", "decade"]

Side = Literal["past", "coming"]


class Written(Struct, frozen=True):
    """The fields of a moment as it is written; a field that starts with `to_` is of the end of a range."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    half: int | None = None
    third: int | None = None
    hour: int | None = None
    minute: int | None = None
    count: int | None = None
    to_year: int | None = None
    to_month: int | None = None
    to_day: int | None = None
    ampm: int | None = None
    season: str | None = None
    daytime: str | None = None


class Dated(Struct, frozen=True, forbid_unknown_fields=True):
    """A way of writing a moment. `{part}` in `match` stands for the part of that name, named groups are fields of Written.

    Group `era` moves the year, `past` is a half hour. `unit` and `shift` count from the day of publication (`shift = -1`,
    unit week: last week); where a group `count` is caught, `shift` is its sign. `value` is fixed instead (PAST_REF). `side`
    says that the moment lies before or after the day of publication, whatever the tense (last Monday). `gives` and `until`
    are what the example means when it is published on `published`. `near` are contents that look alike and are not meant.
    """

    id: str
    match: str
    example: str
    gives: str
    until: str | None = None
    published: str = "2023-09-13"
    unit: Unit | None = None
    shift: int = 0
    side: Side | None = None
    value: str | None = None
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

    `numbers` are words for numbers, months and weekdays among them; `eras` the year before their first; `seasons` and
    `daytimes` words for the codes of TIMEX3; `ampm` words for the hours to add.
    """

    parts: dict[str, str] = {}
    numbers: dict[str, int] = {}
    eras: dict[str, int] = {}
    seasons: dict[str, str] = {}
    daytimes: dict[str, str] = {}
    ampm: dict[str, int] = {}
    dates: tuple[Dated, ...] = ()
    joins: tuple[Join, ...] = ()
    loose: tuple[Loose, ...] = ()

    def __post_init__(self) -> None:
        """Check that every part is there, every pattern compiles and every group is a field."""
        for entry in self.dates:
            pattern = self.pattern(entry.match)
            compiles(pattern, entry.id)
            if unknown := set(re.compile(pattern).groupindex) - {*Written.__struct_fields__, "era", "past"}:
                raise ValueError(f"{entry.id!r}: no field is called {', '.join(sorted(unknown))}")

    def expanded(self) -> "When":
        """Return the table with all parts written out in its dates."""
        return replace(self, dates=tuple(replace(entry, match=self.pattern(entry.match)) for entry in self.dates))

    def pattern(self, match: str) -> str:
        """Write `match` out with its parts, and the parts of those."""
        while re.search(r"\{[a-z_]+\}", match):
            match = re.sub(r"\{([a-z_]+)\}", lambda hit: self._part(hit[1]), match)
        return match

    def _part(self, name: str) -> str:
        if name not in self.parts:
            raise ValueError(f"no part is called {name!r}")
        return f"(?:{self.parts[name]})"
