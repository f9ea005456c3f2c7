"""A text goes in, all its moments come out: dates, times, ranges, durations and sets, each with its place and its meaning."""

import re
from collections.abc import Iterator
from datetime import date, time

from msgspec.structs import replace

from onrecord.extraction.clause import compiled
from onrecord.extraction.days import Day, part_of
from onrecord.extraction.joined import modified, sightings
from onrecord.extraction.meaning import resolved
from onrecord.extraction.place import Frame
from onrecord.extraction.sightings import Sighting
from onrecord.languages import Language, Side, When
from onrecord.record import Moment, Span

PUBLISHED = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
HOUR = re.compile(r"[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
# Ends of a clause where the language has no table of them, and how far one reaches, in characters.
CLAUSE = r"[,;:()\n.]"
REACH = 200
# What stands before a moment and does not make a clause of it: "On", "by early".
SHORT = 8
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?|(?P<year>\d{4})(?P<part>-[A-Z].*)")


def moments(text: str, language: Language, published: str | None) -> tuple[Moment, ...]:
    """List all moments of a text in reading order; `published` is an ISO date or date-time.

    A bare weekday or day of month is the past one, in a sentence of plans the next one. What counts from a date that was named
    before ("the next day") counts from the last one, or from the day of publication where none was named.
    """
    when = language.when
    return tuple(_resolved(text, when, frame_of(when, published)))


def frame_of(when: When, published: str | None) -> Frame:
    """Make the frame of reference of a report."""
    today = day_of(published)
    hour = HOUR.match(published, 10) if published and today else None
    return Frame(when, today, time.fromisoformat(hour[0][1:]) if hour else None)


def day_of(published: str | None) -> date | None:
    """Read the day of an ISO date or date-time; None where it is none."""
    if not published or not PUBLISHED.match(published):
        return None
    year, month, day = (int(part) for part in published[:10].split("-"))
    return date(year, month, day) if year and Day(year, month, day).exists() else None


def naming(frame: Frame, moment: Moment) -> Frame:
    """Keep what a moment names, from which "the next day" and "the year before" count."""
    found = DATE.fullmatch(moment.until or moment.value)
    if found and found["part"]:
        return replace(frame, named=part_of(int(found["year"]), found["part"])[0])
    year, month, day = (int(part or 1) for part in found.groups()[:3]) if found else (0, 1, 1)
    if not found or not year or not Day(year, month, day).exists():
        return frame
    at = date(year, month, day)
    return replace(frame, named=at, named_day=at if found[3] else frame.named_day)


def _resolved(text: str, when: When, frame: Frame) -> Iterator[Moment]:
    for sighting in sightings(text, when):
        found = modified(text, sighting, when)
        moment = resolved(sighting, Span(found.start, found.end), replace(frame, side=_side(text, sighting, when)))
        yield moment
        frame = naming(frame, moment)


def _side(text: str, seen: Sighting, when: When) -> Side | None:
    """Say where an event lies by the words of its clause; a quarter or half without words of plans is the nearest one."""
    start, end = _clause(text, seen, when)
    if when.plans and compiled(when.plans).search(text, start, end):
        return "coming"
    return None if seen.written.quarter or seen.written.half else "past"


def _clause(text: str, seen: Sighting, when: When) -> tuple[int, int]:
    """Find the clause round a moment; one that is no more than the moment takes the next one in."""
    breaks = compiled(when.breaks or CLAUSE)
    earliest = max(0, seen.start - REACH)
    start = max((hit.end() for hit in breaks.finditer(text, earliest, seen.start)), default=earliest)
    ends = [hit.start() for hit in breaks.finditer(text, seen.end, seen.end + REACH)]
    end = ends[0] if ends else seen.end + REACH
    alone = seen.start - start <= SHORT and end - seen.end <= SHORT
    return start, (ends[1] if len(ends) > 1 else seen.end + REACH) if alone else end
