"""The fields of a written date and the day of publication go in, TIMEX3 values come out."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from onrecord.languages._when import Dated, Side, Unit, Written

# TIMEX3 has no value for a third of a month or a fiscal year: they are ranges of days.
THIRDS = {1: (1, 10), 2: (11, 20), 3: (21, 31)}
FISCAL_START = 4
# A range that leaves its year or month out runs over the turn of it only where it stays this short, in days.
OVER_YEAR, OVER_MONTH = 183, 15


class Day(Struct, frozen=True):
    """A point of the calendar as far as it is known, and the rest of its TIMEX3 value."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    rest: str = ""

    def value(self) -> str:
        """Write it as TIMEX3, with X for what is not known above the smallest known field."""
        year = f"{self.year:04}" if self.year else "XXXX"
        month = f"-{self.month:02}" if self.month else "-XX"
        if self.day:
            return f"{year}{month}-{self.day:02}{self.rest}"
        if self.month:
            return f"{year}{month}{self.rest}"
        return f"{year}-XX-XX{self.rest}" if self.rest.startswith("T") else f"{year}{self.rest}"

    def first(self) -> date | None:
        """Give its first day, None where the year is not known or there is no such day."""
        if not self.year or not 1 <= (self.month or 1) <= 12:  # noqa: PLR2004 - months of a year
            return None
        return date(self.year, self.month or 1, self.day or 1) if self.exists() else None

    def last(self) -> date | None:
        """Give its last day."""
        start = self.first()
        if not start or self.day:
            return start
        return date(start.year, self.month or 12, monthrange(start.year, self.month or 12)[1])

    def exists(self) -> bool:
        """Tell whether the calendar has such a day; the leap day of an unknown year exists."""
        return not (self.month and self.day) or 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]


def place(written: Written, entry: Dated, published: date | None, side: Side | None) -> tuple[Day, bool]:
    """Find the day, and say whether it was counted from the day of publication.

    `side` says where the event lies, so that "Monday" is the last or the next one; where it is not known, the nearest.
    """
    if entry.unit and not written.year:
        if published is None:
            return _blank(entry.unit, written), False
        shift = entry.shift * (1 if written.count is None else written.count)
        return _moved(published, entry.unit, shift, written), True
    known = Day(written.year, written.month, written.day, _rest(written))
    open_week = written.weekday and not (written.month or written.day)
    if known.year or not (written.month or written.day or written.weekday):
        return known, False
    if published is None:
        return (Day(rest=f"-WXX-{written.weekday}") if open_week else known), False
    # "last Monday" and "next Monday" are never the day of publication.
    today = {"past": published - timedelta(days=1), "coming": published + timedelta(days=1)}.get(entry.side or "", published)
    return _nearest(known, written.weekday, today, entry.side or side), True


def end(start: Day, written: Written, *, bare: bool) -> Day:
    """Find the last day of a range from the fields that are its own; what it leaves out is as in `start`.

    `bare`: the beginning left its month out too, so that the range may run over the turn of the month.
    """
    month = written.to_month or start.month
    last = Day(written.to_year or start.year, month, written.to_day)
    a, b = start.first(), last.first()
    if written.to_year or not (a and b) or a <= b:
        return last
    turned = _next_year(last) if written.to_month else _next_month(last)
    later = turned.first()
    limit = OVER_YEAR if written.to_month else OVER_MONTH * bare
    return turned if later and (later - a).days <= limit else last


def spread(day: Day, written: Written, unit: Unit | None) -> tuple[Day, Day | None]:
    """Write a third of a month, a fiscal year or a decade out as its first and last part."""
    if written.third and day.month:
        first, last = THIRDS[written.third]
        cap = monthrange(day.year or 2000, day.month)[1]
        return replace(day, day=first), replace(day, day=min(last, cap))
    if unit == "fiscal" and day.year:
        return Day(day.year, FISCAL_START, 1), Day(day.year + 1, FISCAL_START - 1, 31)
    if unit == "decade" and day.year:
        return day, Day(day.year + 9)
    return day, None


def _rest(written: Written) -> str:
    """Write what follows the calendar fields: season, quarter, half year, clock time or part of the day."""
    if written.hour is not None:
        hour = written.hour % 12 + written.ampm if written.ampm is not None else written.hour
        return f"T{hour:02}:{written.minute or 0:02}"
    for mark, value in (("-", written.season), ("-Q", written.quarter), ("-H", written.half), ("T", written.daytime)):
        if value is not None:
            return f"{mark}{value}"
    return ""


def _blank(unit: Unit, written: Written) -> Day:
    """Write a moment that is counted from a day that is not known."""
    own = Day(None, written.month, written.day, _rest(written))
    if written.month or written.day or own.rest or unit in ("year", "fiscal"):
        return own
    rests: dict[Unit, str] = {
        "day": "-XX-XX", "weekend": "-WXX-WE", "week": "-WXX", "month": "-XX", "quarter": "-QX", "half": "-HX",
    }  # fmt: skip
    return Day(rest=rests.get(unit, ""))


def _moved(today: date, unit: Unit, shift: int, written: Written) -> Day:
    """Count `shift` units from today, then set the finer fields that are written."""
    rest = _rest(written)
    if unit in ("day", "week", "weekend"):
        return _moved_days(today, unit, shift, written)
    if unit in ("month", "quarter", "half"):
        size = {"month": 1, "quarter": 3, "half": 6}[unit]
        year, part = divmod((today.year * 12 + today.month - 1) // size + shift, 12 // size)
        return Day(year, part + 1, written.day, rest) if unit == "month" else Day(year, rest=f"-{unit[0].upper()}{part + 1}")
    if unit == "decade":
        return Day((today.year // 10 + shift) * 10)
    year = today.year - (unit == "fiscal" and today.month < FISCAL_START) + shift
    return Day(year, written.month, written.day, rest)


def _moved_days(today: date, unit: Unit, shift: int, written: Written) -> Day:
    there = today + timedelta(days=shift * (1 if unit == "day" else 7))
    if unit != "day" and written.weekday:
        there += timedelta(days=written.weekday - there.isoweekday())
    elif unit != "day":
        year, week, _ = there.isocalendar()
        return Day(year, rest=f"-W{week:02}" + ("-WE" if unit == "weekend" else ""))
    return Day(there.year, there.month, there.day, _rest(written))


def _nearest(known: Day, weekday: int | None, today: date, side: Side | None) -> Day:
    """Choose the year, the month or the week that a date leaves out."""
    options = [day for day in _options(known, weekday, today) if day.first() and day.last()]
    if not options:
        return known
    past = [day for day in options if (first := day.first()) and first <= today]
    coming = [day for day in options if (last := day.last()) and last >= today]
    if side == "past" and past:
        return past[-1]
    if side == "coming" and coming:
        return coming[0]
    return min(options, key=lambda day: abs(((day.first() or today) - today).days))


def _options(known: Day, weekday: int | None, today: date) -> Iterator[Day]:
    if known.month:
        yield from (replace(known, year=today.year + n) for n in (-1, 0, 1))
    elif known.day:
        months = (today.year * 12 + today.month - 1 + n for n in (-1, 0, 1))
        yield from (replace(known, year=place // 12, month=place % 12 + 1) for place in months)
    elif weekday:
        week = today + timedelta(days=weekday - today.isoweekday())
        days = (week + timedelta(days=n) for n in (-7, 0, 7))
        yield from (replace(known, year=day.year, month=day.month, day=day.day) for day in days)


def _next_year(day: Day) -> Day:
    return replace(day, year=day.year + 1) if day.year else day


def _next_month(day: Day) -> Day:
    if not (day.year and day.month):
        return day
    turn = day.month == 12  # noqa: PLR2004 - December
    return replace(day, year=day.year + turn, month=1 if turn else day.month + 1)
