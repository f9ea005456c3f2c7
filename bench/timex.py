"""Two expressions of time in, whether they mean the same out.

The files of Recognizers-Text write a range with the day after its last, or with its last part by the first day of it (2007 to
2009 ends on 2009-01-01); onrecord writes the last day or part itself. Their X stands for what the text leaves out, beside which
the days that a reader may put in are listed.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TypedDict

from onrecord.record import Moment, Span

RANGE = re.compile(r"\((?P<first>[^,]+),(?P<after>[^,]+),P[^)]*\)")
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
PART = re.compile(r"(\d{4})-([WQH])(\d+)(-WE)?")
DECADE = 3
# Words of the file that bound an expression or make it vague: its value is that of the whole.
VAGUE = ("start", "mid", "end", "approx", "ref_undef")


class Resolved(TypedDict, total=False):
    """One meaning that a file allows."""

    timex: str
    value: str
    start: str
    end: str
    Mod: str


def within(a: Span, b: Span) -> int:
    """Count the characters that two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def same_value(found: Moment, allowed: Resolved) -> bool:
    """Tell whether a moment means what the file allows."""
    timex, ours = _plain(allowed.get("timex", "")), _plain(found.value)
    if ours in (timex, _plain(allowed.get("value", ""))) and not (found.until and RANGE.fullmatch(timex)):
        return True
    first, last = _ends(found)
    if len(timex) == DECADE and timex.isdecimal():
        return (first, last) == (f"{timex}0-01-01", f"{timex}9-12-31")
    start, end = _bounds(allowed, timex)
    if "Mod" in allowed and allowed["Mod"].partition("-")[0] in ("since", "after", "before", "until"):
        return _bounded(first, last, start or end)
    if "Mod" in allowed and allowed["Mod"] in VAGUE and start and first <= start[:10] <= last:
        return found.until is not None or _like(ours, timex)
    if "T" in ours and re.search(r"T[A-Z]{2}$", timex):
        return ours.partition("T")[2] == timex.partition("T")[2] and first[:10] == start[:10]
    return bool(start) and first == start and end in _exclusive(found, last)


def _plain(value: str) -> str:
    """Write times with minutes and no more, no offset, no date before a bare time."""
    value = re.sub(r"^XXXX-XX-XX(?=T)", "", value.replace(" ", "T"))
    value = re.sub(r"(?<=\d)(?:Z|[+-]\d\d:\d\d)$", "", value) if "T" in value else value
    value = re.sub(r"T(\d)(?!\d)", r"T0\1", re.sub(r"^(\d\d:\d\d)", r"T\1", value))
    return re.sub(r"(T\d\d:\d\d):00", r"\1", re.sub(r"(T\d\d)(?![:\d])", r"\1:00", value))


def _bounds(allowed: Resolved, timex: str) -> tuple[str, str]:
    """Give the two ends that the file writes."""
    start, end = _plain(allowed.get("start", "")), _plain(allowed.get("end", ""))
    if not (start or end) and (hit := RANGE.fullmatch(timex)):
        return _plain(hit["first"]), _plain(hit["after"])
    return start, end


def _ends(found: Moment) -> tuple[str, str]:
    """Give the first and the last day, or the first and the last minute, of a moment."""
    first = _extent(found.value)
    last = _extent(found.until) if found.until else first
    return first[0], last[1]


def _extent(value: str) -> tuple[str, str]:
    plain = _plain(value)
    if "T" in plain:
        return plain, plain
    part, day = PART.fullmatch(plain), DAY.fullmatch(plain)
    if part:
        return _part(int(part[1]), part[2], int(part[3]), weekend=bool(part[4]))
    if not day or not day[1]:
        return plain, plain
    year, month = int(day[1]), int(day[2] or 0)
    if day[3]:
        return plain, plain
    start, end = (month, month) if month else (1, 12)
    return f"{year:04}-{start:02}-01", f"{year:04}-{end:02}-{monthrange(year, end)[1] if 1 <= end <= 12 else 0:02}"  # noqa: PLR2004


def _part(year: int, kind: str, number: int, *, weekend: bool) -> tuple[str, str]:
    if kind == "W":
        monday = date.fromisocalendar(year, number, 1)
        return str(monday + timedelta(days=5 * weekend)), str(monday + timedelta(days=6))
    size = {"Q": 3, "H": 6}[kind]
    end = number * size
    return f"{year:04}-{end - size + 1:02}-01", f"{year:04}-{end:02}-{monthrange(year, end)[1]}"


def _exclusive(found: Moment, last: str) -> set[str]:
    """Write the end as the file may: the day after, or the first day of the last part of a range of two named parts."""
    ends = {last if "T" in last else _day_after(last)}
    return ends | ({_extent(found.until)[0]} if found.until else set())


def _day_after(day: str) -> str:
    whole = re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    known = whole and 1 <= int(day[5:7]) <= 12 and 1 <= int(day[8:]) <= monthrange(int(day[:4]), int(day[5:7]))[1]  # noqa: PLR2004
    return str(date.fromisoformat(day) + timedelta(days=1)) if known and day < "9999" else ""


def _bounded(first: str, last: str, bound: str) -> bool:
    """Tell whether a moment is the one before which or since which the file counts."""
    return bool(bound) and bound in (first, last, _day_after(last))


def _like(ours: str, timex: str) -> bool:
    """Tell whether a value is one that a value with X may mean."""
    return re.fullmatch(re.sub("X+", r"\\w+", re.escape(timex).replace(r"\-", "-")), ours) is not None or "WXX" in timex
