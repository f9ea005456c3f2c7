"""The fields of a moment as words write it."""

from typing import Literal

from msgspec import Struct

Unit = Literal[
    "second", "minute", "hour", "day", "workday", "weekend", "week", "fortnight", "month", "quarter", "half", "year", "fiscal",
    "decade", "century",
]  # fmt: skip


class Written(Struct, frozen=True):
    """What a moment says of itself; a field that starts with `to_` is of the end of a range.

    `nth` is that of a weekday in its month and `week` that of a week in its year or month, -1 the last. `short` are minutes
    before the hour (ten to six). `ampm` and `to_ampm` are hours to add, `length` counts
    with their units. A year of two digits is of the century that makes it a year near this one.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    week: int | None = None
    quarter: int | None = None
    half: int | None = None
    third: int | None = None
    century: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    short: int | None = None
    count: float | None = None
    to_year: int | None = None
    to_month: int | None = None
    to_day: int | None = None
    to_hour: int | None = None
    to_minute: int | None = None
    to_second: int | None = None
    ampm: int | None = None
    to_ampm: int | None = None
    season: str | None = None
    daytime: str | None = None
    holiday: str | None = None
    zone: str | None = None
    unit: Unit | None = None
    length: tuple[tuple[float | None, Unit], ...] = ()
