"""The fields of a written date and a frame of reference go in, days come out."""

from collections.abc import Iterator
from datetime import date, time

from msgspec import Struct
from msgspec.structs import replace

from onrecord.extraction.clocks import clock, of_time
from onrecord.extraction.days import (
    MONTHS,
    Day,
    holiday,
    holiday_end,
    monday,
    moved_days,
    moved_months,
    nth_weekday,
    of_week,
    week_of_month,
)
from onrecord.extraction.lengths import CLOCK, Length, day_of, length_of, moved
from onrecord.languages import Dated, Side, Unit, When, Written

# TIMEX3 has no value for a third of a month: it is a range of days.
THIRDS = {1: (1, 10), 2: (11, 20), 3: (21, 31)}
# A year of two digits below this one is of this century.
TURN = 40
EXACT: tuple[Unit, ...] = ("second", "minute", "hour", "day", "workday")

# These are counted from a month or year as well as from a day.
COARSE: tuple[Unit, ...] = ("month", "quarter", "half", "year", "fiscal", "decade", "century")


class Frame(Struct, frozen=True):
    """What a moment is counted from: the day and hour of publication, the last date that was named, and where events lie.

    `named` may be the first of a month or year that was named, `named_day` is a day.
    """

    when: When
    today: date | None = None
    hour: time | None = None
    named: date | None = None
    named_day: date | None = None
    side: Side | None = None


def place(written: Written, entry: Dated, frame: Frame) -> tuple[Day, date | None]:
    """Find the day, and the one it was counted from.

    The side of the frame says where the event lies, so that "Monday" is the last or the next one; where it is not known, the
    nearest.
    """
    length = length_of(written, entry.unit, entry.count)
    today = (_named(frame, length) if entry.against == "named" else None) or frame.today
    if length and not written.year:
        unit = length[-1][1]
        return (counted(today, length, entry.shift, written, frame), today) if today else (_blank(unit, written), None)
    known = refined(Day(written.year, rest=clock(written)), written, frame.when)
    if length and length[0][1] == "fiscal" and not frame.when.fiscal_start:
        return Day(written.year, rest="FY"), None
    open_week = written.weekday and not (written.month or written.day)
    if known.year or not _open(written):
        return known, None
    if today is None:
        return (Day(rest=f"-WXX-{written.weekday}{known.rest}") if open_week else known), None
    # "last Monday" and "next Monday" are never the day of publication.
    there = moved_days(today, {"past": -1, "coming": 1}.get(entry.side or "", 0))
    return _nearest(list(_options(known, written, there, frame.when)), there, entry.side or frame.side) or known, today


def _named(frame: Frame, length: Length) -> date | None:
    """Give the last date that was named, as fine as what is counted from it."""
    return frame.named if length and length[-1][1] in COARSE else frame.named_day


def counted(today: date, length: Length, shift: int, written: Written, frame: Frame) -> Day:
    """Count lengths from today, then set the finer fields that are written."""
    unit, rest = length[-1][1], clock(written)
    there, at = moved(today, frame.hour, length, shift)
    if len(length) > 1 or unit in EXACT:
        return day_of(there, of_time(at) if unit in CLOCK and at else rest)
    if unit in ("week", "fortnight", "weekend"):
        if written.weekday:
            return day_of(moved_days(there, written.weekday - there.isoweekday()), rest)
        return of_week(there, weekend=unit == "weekend")
    return refined(_whole(there, unit, frame.when), written, frame.when)


def refined(day: Day, written: Written, when: When) -> Day:
    """Set the fields that are finer than the year or the month of a day."""
    rest, month = clock(written), written.month or day.month
    if written.holiday and not day.rest.startswith("FY"):
        return _holiday(when.holidays[written.holiday], day.year, rest)
    if (counted_in := _counted_in(day, month, written)) or day.rest.startswith("FY"):
        return replace(counted_in, rest=counted_in.rest or rest) if counted_in else day
    if part := _part(written):
        return Day(day.year, rest=part)
    if day.rest and not (month or written.day):
        return day
    return Day(day.year, month, written.day or day.day, rest)


def _holiday(rule: str, year: int | None, rest: str) -> Day:
    """Find a holiday; of one whose year is not known, the day where it is always the same."""
    if year:
        found = holiday(rule, year)
        return day_of(found, rest) if found else Day(year, rest=rest)
    fixed = holiday(rule, 2000)
    other = holiday(rule, 2001)
    same = fixed and other and (fixed.month, fixed.day) == (other.month, other.day)
    return Day(None, fixed.month, fixed.day, rest) if fixed and same else Day(rest=rest)


def _counted_in(day: Day, month: int | None, written: Written) -> Day | None:
    """Find the nth week of a year or month and the nth weekday of a month."""
    if not day.year or (month and not 1 <= month <= MONTHS):
        return None
    if written.week:
        start = week_of_month(day.year, month, written.week) if month else monday(day.year, written.week)
        return day_of(moved_days(start, written.weekday - 1)) if written.weekday else of_week(start)
    if written.nth and written.weekday and month:
        found = nth_weekday(day.year, month, written.nth, written.weekday)
        return day_of(found) if found else Day(day.year, month)
    return None


def _part(written: Written) -> str:
    """Write the season, quarter or half of a year."""
    fields = (("-", written.season), ("-Q", written.quarter), ("-H", written.half))
    return next((f"{mark}{value}" for mark, value in fields if value is not None), "")


def spread(day: Day, written: Written, unit: Unit | None, when: When) -> tuple[Day, Day | None]:
    """Write a third of a month, holidays, a fiscal year, a decade or a century out as their first and last part."""
    if written.holiday and day.year and (end := holiday_end(when.holidays[written.holiday], day.year)):
        return day, day_of(end)
    if written.third and day.month:
        first, last = THIRDS[written.third]
        cap = (replace(day, day=None).last() or date(2000, 1, 31)).day if day.year else last
        return replace(day, day=first), replace(day, day=min(last, cap))
    if unit == "fiscal" and day.year and (month := when.fiscal_start):
        return Day(day.year, month, 1), day_of(moved_days(date(day.year + 1, month, 1), -1))
    years = {"decade": 9, "century": 99}.get(unit or "", 0)
    return (Day(day.year), Day(day.year + years)) if years and day.year else (day, None)


def _open(written: Written) -> bool:
    """Tell whether what is written leaves out the year, the month or the week that a reader puts in."""
    fields = (
        written.month, written.day, written.weekday, written.holiday, written.week, written.season, written.quarter, written.half,
    )  # fmt: skip
    return any(field is not None for field in fields)


def _blank(unit: Unit, written: Written) -> Day:
    """Write a moment that is counted from a day that is not known."""
    rest = clock(written)
    own = Day(None, written.month, written.day, rest)
    if part := _part(written):
        return Day(rest=part)
    if written.month or written.day or rest or unit in ("year", "fiscal"):
        return own
    rests: dict[Unit, str] = {
        "day": "-XX-XX", "weekend": "-WXX-WE", "week": "-WXX", "month": "-XX", "quarter": "-QX", "half": "-HX",
    }  # fmt: skip
    return Day(rest=rests.get(unit, ""))


def _whole(there: date, unit: Unit, when: When) -> Day:
    """Write the month, quarter, half, year, decade or century of a day."""
    if unit == "month":
        return Day(there.year, there.month)
    if unit in ("quarter", "half"):
        part = (there.month - 1) // {"quarter": 3, "half": 6}[unit] + 1
        return Day(there.year, rest=f"-{unit[0].upper()}{part}")
    if unit == "fiscal":
        return Day(there.year - (there.month < (when.fiscal_start or 1)), rest="" if when.fiscal_start else "FY")
    size = {"decade": 10, "century": 100}.get(unit, 1)
    return Day(there.year // size * size)


def _nearest(options: list[Day], today: date, side: Side | None) -> Day | None:
    """Choose the year, the month or the week that a date leaves out."""
    dated = [(first, last, day) for day in options if (first := day.first()) and (last := day.last())]
    past = [day for first, _, day in dated if first <= today]
    coming = [day for _, last, day in dated if last >= today]
    if side == "past" and past:
        return past[-1]
    if side == "coming" and coming:
        return coming[0]
    return min(dated, key=lambda option: abs((option[0] - today).days))[2] if dated else None


def _options(known: Day, written: Written, today: date, when: When) -> Iterator[Day]:
    """List the days that a date with a field left out can be, the earliest first."""
    if written.weekday and not (written.month or written.day or written.nth or written.week):
        week = moved_days(today, written.weekday - today.isoweekday())
        yield from (day_of(moved_days(week, n), known.rest) for n in (-7, 0, 7))
    elif written.day and not written.month:
        reach = 12 if written.weekday else 1
        months = (moved_months(date(today.year, today.month, 1), n) for n in range(-reach, reach + 1))
        yield from _fitting((replace(known, year=month.year, month=month.month) for month in months), written.weekday)
    else:
        # A leap day may be eight years away.
        reach = 8 if written.day == 29 and written.month == 2 else 1  # noqa: PLR2004
        years = range(today.year - reach, today.year + reach + 1)
        yield from (refined(Day(year, rest=known.rest), written, when) for year in years)


def _fitting(days: Iterator[Day], weekday: int | None) -> Iterator[Day]:
    for day in days:
        first = day.first()
        if first and (weekday is None or first.isoweekday() == weekday):
            yield day


def near_year(year: int) -> int:
    """Write a year of two digits in full."""
    return year if year >= 100 else year + (2000 if year < TURN else 1900)  # noqa: PLR2004
