"""Counts and units go in, TIMEX3 durations and moved days come out."""

from datetime import date, datetime, time, timedelta

from onrecord.extraction.days import Day, moved_days, moved_months, moved_workdays
from onrecord.languages import Unit, Written

CLOCK = {"second": 1, "minute": 60, "hour": 3600}
# A unit that is several of another, for counting and for writing.
MADE_OF: dict[Unit, tuple[int, Unit]] = {
    "fortnight": (2, "week"), "half": (6, "month"), "quarter": (3, "month"), "decade": (10, "year"), "century": (100, "year"),
    "fiscal": (1, "year"), "weekend": (1, "week"),
}  # fmt: skip
SMALLER: dict[Unit, tuple[int, Unit]] = {
    "year": (12, "month"),
    "week": (7, "day"),
    "month": (30, "day"),
    "day": (24, "hour"),
    "hour": (60, "minute"),
}
LETTERS: dict[Unit, str] = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "workday": "BD", "weekend": "WE", "week": "W", "fortnight": "W",
    "month": "M", "quarter": "Q", "half": "M", "year": "Y", "fiscal": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
FAR_COUNT = 10_000
MADE_TO_WRITE = ("fortnight", "half")

Length = tuple[tuple[float | None, Unit], ...]


def length_of(written: Written, unit: Unit | None, count: float | None) -> Length:
    """Give the counts and units that are written, else the unit and count of the entry; a count that is not known is None."""
    if written.length:
        return written.length
    unit = written.unit or unit
    return ((written.count if written.count is not None else count, unit),) if unit else ()


def duration(length: Length) -> str:
    """Write a duration, the units in the order of the words: P2Y6M, PT3H, PXD."""
    days = "".join(_one(count, unit) for count, unit in length if unit not in CLOCK)
    clock = "".join(_one(count, unit) for count, unit in length if unit in CLOCK)
    return f"P{days}" + (f"T{clock}" if clock else "")


def moved(day: date, at: time | None, length: Length, sign: int) -> tuple[date, time | None]:
    """Count lengths from a day, and from a time of day where one is known."""
    for count, unit in length:
        day, at = _moved(day, at, *_whole(1.0 if count is None else count, unit), sign)
    return day, at


def day_of(at: date, rest: str = "") -> Day:
    """Write a date as a Day."""
    return Day(at.year, at.month, at.day, rest)


def _one(count: float | None, unit: Unit) -> str:
    times = MADE_OF[unit][0] if unit in MADE_TO_WRITE else 1
    return f"{'X' if count is None else f'{count * times:g}'}{LETTERS[unit]}"


def _whole(count: float, unit: Unit) -> tuple[int, Unit]:
    """Write a broken count in a smaller unit."""
    if unit in MADE_OF:
        times, unit = MADE_OF[unit]
        count *= times
    if count % 1 and unit in SMALLER:
        times, unit = SMALLER[unit]
        count *= times
    return round(count), unit


def _moved(day: date, at: time | None, count: int, unit: Unit, sign: int) -> tuple[date, time | None]:
    if unit in CLOCK:
        start = datetime.combine(day, at or time())
        there = start + timedelta(seconds=sign * min(count, FAR_COUNT) * CLOCK[unit])
        return (there.date(), there.time()) if at is not None else (day, None)
    if unit == "workday":
        return moved_workdays(day, sign * min(count, FAR_COUNT)), at
    if unit in ("month", "year"):
        return moved_months(day, sign * count * (12 if unit == "year" else 1)), at
    return moved_days(day, sign * count * (7 if unit == "week" else 1)), at
