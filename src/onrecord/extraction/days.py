"""A point of the calendar as far as it is known, and the arithmetic of the calendar."""

import re
from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct

# TIMEX3 seasons by the months they are taken to be, only to tell which comes first.
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 12)}
PART = re.compile(r"-(?P<kind>[WQH])(?P<number>\d+)|-(?P<season>SP|SU|FA|WI)")
RULE = re.compile(r"(\d+)-(-?\d+)(?:-(\d))?")
# The last day that is counted to.
FAR = date(9990, 12, 31).toordinal()
MONTHS = 12
WEEK = 7


class Day(Struct, frozen=True):
    """A point of the calendar as far as it is known, and the rest of its TIMEX3 value."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    rest: str = ""

    def value(self) -> str:
        """Write it as TIMEX3, with X for what is not known above the smallest known field."""
        if self.rest.startswith("FY"):
            return f"FY{self.year:04}{self.rest[2:]}" if self.year else f"FYXXXX{self.rest[2:]}"
        year = f"{self.year:04}" if self.year else "XXXX"
        month = f"-{self.month:02}" if self.month else "-XX"
        if self.day:
            return f"{year}{month}-{self.day:02}{self.rest}"
        if self.month:
            return f"{year}{month}{self.rest}"
        return f"{year}-XX-XX{self.rest}" if self.rest.startswith("T") else f"{year}{self.rest}"

    def first(self) -> date | None:
        """Give its first day, None where the year is not known or there is no such day."""
        return (span := self._span()) and span[0]

    def last(self) -> date | None:
        """Give its last day."""
        return (span := self._span()) and span[1]

    def exists(self) -> bool:
        """Tell whether the calendar has such a day; the leap day of an unknown year exists."""
        if self.month and not 1 <= self.month <= MONTHS:
            return False
        return not (self.month and self.day) or 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]

    def _span(self) -> tuple[date, date] | None:
        if not self.year or not 1 <= self.year < 9999 or not self.exists():  # noqa: PLR2004 - the last year date has
            return None
        if self.day:
            day = date(self.year, self.month or 1, self.day)
            return day, day
        if self.month:
            return date(self.year, self.month, 1), _last_of(self.year, self.month)
        return part_of(self.year, self.rest)


def part_of(year: int, rest: str) -> tuple[date, date]:
    """Give the first and last day of a week, quarter, half or season of a year, or of the year."""
    part = PART.match(rest)
    if part and part["kind"] == "W":
        start = monday(year, int(part["number"]))
        return start + timedelta(days=5 if rest.endswith("WE") else 0), start + timedelta(days=6)
    months = (1, MONTHS)
    if part and part["season"]:
        months = SEASONS[part["season"]]
    elif part:
        size = {"Q": 3, "H": 6}[part["kind"]]
        end = min(int(part["number"]) * size, MONTHS)
        months = (end - size + 1, end)
    return date(year, months[0], 1), _last_of(year, months[1])


def monday(year: int, week: int) -> date:
    """Give the first day of a week by ISO 8601: week 1 is the one with the fourth of January; -1 the last of the year."""
    if week < 0:
        return monday(year + 1, 1) + timedelta(days=WEEK * week)
    fourth = date(year, 1, 4)
    return fourth + timedelta(days=WEEK * (week - 1) - fourth.isoweekday() + 1)


def of_week(day: date, *, weekend: bool = False) -> Day:
    """Give the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return Day(year, rest=f"-W{week:02}" + ("-WE" if weekend else ""))


def week_of_month(year: int, month: int, nth: int) -> date:
    """Give the first day of the nth week of a month: as by ISO 8601, the first is the one with its first Thursday."""
    if nth < 0:
        after = date(year + month // MONTHS, month % MONTHS + 1, 4)
        return after - timedelta(days=after.isoweekday() - 1) + timedelta(days=WEEK * nth)
    fourth = date(year, month, 4)
    return fourth + timedelta(days=WEEK * (nth - 1) - fourth.isoweekday() + 1)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Give the nth Monday (1) to Sunday (7) of a month, from its end where `nth` is negative; None where it has none."""
    if nth < 0:
        last = _last_of(year, month)
        found = last - timedelta(days=(last.isoweekday() - weekday) % WEEK - WEEK * (nth + 1))
    else:
        first = date(year, month, 1)
        found = first + timedelta(days=(weekday - first.isoweekday()) % WEEK + WEEK * (nth - 1))
    return found if found.month == month else None


def holiday(rule: str, year: int) -> date | None:
    """Give the day of a rule of [holidays] in a year, the first where it has several."""
    rule = rule.partition("..")[0]
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[len("easter") :] or 0))
    parts = RULE.fullmatch(rule)
    if not parts:
        return None
    month, number = int(parts[1]), int(parts[2])
    if parts[3]:
        return nth_weekday(year, month, number, int(parts[3]))
    return date(year, month, number) if Day(year, month, number).exists() else None


def holiday_end(rule: str, year: int) -> date | None:
    """Give the last day of a rule with several (12-29..1-3), which may be in the year after; None where it has one."""
    first, _, last = rule.partition("..")
    ends = holiday(last, year) if last else None
    starts = holiday(first, year)
    return holiday(last, year + 1) if ends and starts and ends < starts else ends


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, of_century = divmod(year, 100)
    skipped = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - skipped - of_century % 4) % 7
    shift = (year % 19 + 11 * skipped + 22 * weekday) // 451
    month, day = divmod(skipped + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def moved_days(day: date, days: int) -> date:
    """Count days from a day, no further than the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + days, 366), FAR))


def moved_months(day: date, months: int) -> date:
    """Count months from a day; the last day of the month where it has no such day."""
    year, month = divmod(min(max(day.year * MONTHS + day.month - 1 + months, 24), FAR // 31), MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved_workdays(day: date, count: int) -> date:
    """Count Mondays to Fridays from a day."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if day.isoweekday() <= 5:  # noqa: PLR2004 - Friday
            count -= 1 if count > 0 else -1
    return day


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
