"""A moment that was seen and a frame of reference go in, what it means comes out as TIMEX3."""

from datetime import time

from msgspec.structs import replace

from onrecord.extraction.clocks import clock, end_clock, of_time
from onrecord.extraction.days import MONTHS, Day, moved_days
from onrecord.extraction.lengths import CLOCK, Length, day_of, duration, length_of, moved
from onrecord.extraction.place import Frame, place, spread
from onrecord.extraction.sightings import Sighting
from onrecord.languages import Written
from onrecord.record import Moment, Span

# A range that leaves its year or month out runs over the turn of it only where it stays this short, in days.
OVER_YEAR, OVER_MONTH = 183, 15
# An end that has one of these is found by itself, not from the fields of the beginning.
ITSELF = ("weekday", "quarter", "half", "season", "week", "holiday")
BACKWARDS = "ends before it begins"
# Ranges that are counted in these begin with the unit that runs now.
WHOLE = ("quarter", "half")


def resolved(seen: Sighting, span: Span, frame: Frame) -> Moment:
    """Say what a sighting means."""
    entry, written = seen.entry, seen.written
    if entry.value and not seen.last:
        return Moment(entry.value, span)
    if seen.base:
        return _offset(seen, seen.base, span, frame)
    if entry.kind == "duration":
        return Moment(duration(length_of(written, entry.unit, entry.count)), span)
    if entry.kind == "set":
        return Moment(_often(seen), span)
    if entry.kind == "period":
        return _period(seen, span, frame)
    return _dated(seen, span, frame)


def _dated(seen: Sighting, span: Span, frame: Frame) -> Moment:
    first = _with_year_of(seen)
    day, against = _begun(first, frame)
    day, last = spread(day, first.written, first.written.unit or first.entry.unit, frame.when)
    if seen.last:
        last = _last(day, seen.last, frame, bare=not first.written.month)
    elif ends := _ends(day, first.written):
        last = ends
    doubt = _doubt(day, last) or _other_weekday(day, first.written)
    if doubt == BACKWARDS and frame.side:
        # The side sends the two ends apart: where they contradict each other anyway, both are the nearest.
        return _dated(seen, span, replace(frame, side=None))
    return Moment(day.value(), span, last.value() if last else None, against, doubt)


def _begun(seen: Sighting, frame: Frame) -> tuple[Day, str | None]:
    """Find the beginning; in a range, "now" is the day of publication."""
    if seen.entry.value:
        return (day_of(frame.today), frame.today.isoformat()) if frame.today else (Day(rest=seen.entry.value), None)
    day, against = place(seen.written, seen.entry, frame)
    return day, against.isoformat() if against else None


def _with_year_of(seen: Sighting) -> Sighting:
    """Give the beginning of a range the year or month that only its end names."""
    if not seen.last or seen.entry.unit or seen.entry.value:
        return seen
    first, last = seen.written, seen.last.written
    if first.day and not (first.month or first.weekday) and last.month:
        earlier = bool(last.day and first.day > last.day)
        first = replace(first, month=(last.month - earlier - 1) % MONTHS + 1)
    if first.month and not first.year and last.year:
        end = last.month or MONTHS
        first = replace(first, year=last.year - ((first.month, first.day or 0) > (end, last.day or 31)))
    return replace(seen, written=first)


def _ends(day: Day, written: Written) -> Day | None:
    """Find the end of a range that one entry writes."""
    if written.to_day or written.to_month or written.to_year:
        return _end(day, written, bare=not written.month)
    if to := end_clock(written):
        over = to < day.rest
        start = day.first()
        return day_of(moved_days(start, 1), to) if over and start and day.day else replace(day, rest=to)
    return None


def _last(day: Day, last: Sighting, frame: Frame, *, bare: bool) -> Day:
    """Find the end of a joined range: its own fields over those of the beginning, or counted by itself."""
    own = last.written
    whole = last.entry.value or last.entry.unit or own.unit or own.length or any(getattr(own, name) for name in ITSELF)
    if whole or not (own.year or own.month or own.day):
        there = _begun(last, frame)[0]
        return spread(there, own, own.unit or last.entry.unit, frame.when)[1] or there
    ends = replace(own, to_year=own.year, to_month=own.month, to_day=own.day)
    there = replace(_end(day, ends, bare=bare), rest=clock(own))
    return spread(there, own, None, frame.when)[1] or there


def _end(start: Day, written: Written, *, bare: bool) -> Day:
    """Find the last day of a range from the fields that are its own; what it leaves out is as in `start`.

    `bare`: the beginning left its month out too, so that the range may run over the turn of the month.
    """
    month = written.to_month or (start.month if written.to_day or not written.to_year else None)
    last = Day(written.to_year or start.year, month, written.to_day)
    a, b = start.first(), last.last()
    if written.to_year or not (a and b) or a <= b:
        return last
    turned = _next_year(last) if written.to_month else _next_month(last)
    later = turned.first()
    limit = OVER_YEAR if written.to_month else OVER_MONTH * bare
    return turned if later and (later - a).days <= limit else last


def _next_year(day: Day) -> Day:
    return replace(day, year=day.year + 1) if day.year else day


def _next_month(day: Day) -> Day:
    if not (day.year and day.month):
        return day
    turn = day.month == MONTHS
    return replace(day, year=day.year + turn, month=1 if turn else day.month + 1)


def _doubt(day: Day, last: Day | None) -> str | None:
    if not day.exists() or (last and not last.exists()):
        return "no such day"
    first, final = day.first(), last.last() if last else None
    return BACKWARDS if first and final and final < first else None


def _other_weekday(day: Day, written: Written) -> str | None:
    first = day.first()
    named = written.weekday and written.day and day.day and first
    return "another day of the week" if named and first and first.isoweekday() != written.weekday else None


def _period(seen: Sighting, span: Span, frame: Frame) -> Moment:
    """Write lengths up to the day of publication, that day not in, or from the day after it on."""
    length, sign = length_of(seen.written, seen.entry.unit, seen.entry.count), seen.entry.shift or -1
    if not frame.today or not length or any(count is None for count, _ in length):
        return Moment(duration(length), span)
    if length[-1][1] in WHOLE:
        return _whole(seen, length, sign, span, frame)
    there, at = moved(frame.today, frame.hour, length, sign)
    if length[-1][1] in CLOCK:
        ends = sorted([(frame.today, frame.hour or time()), (there, at or time())])
        first, last = (day_of(day, of_time(hour)) for day, hour in ends)
    elif sign < 0:
        first, last = day_of(there), day_of(moved_days(frame.today, -1))
    else:
        first, last = day_of(moved_days(frame.today, 1)), day_of(there)
    return Moment(first.value(), span, last.value(), frame.today.isoformat())


def _whole(seen: Sighting, length: Length, sign: int, span: Span, frame: Frame) -> Moment:
    """Write a number of whole quarters or decades before the present one or after it."""
    unit, count = length[-1][1], length[-1][0] or 1
    bare = replace(seen.written, count=None, unit=unit, length=())
    near, far = (place(replace(bare, count=n), replace(seen.entry, shift=sign), frame)[0] for n in (1, count))
    first, last = (far, near) if sign < 0 else (near, far)
    end = spread(last, bare, unit, frame.when)[1] or last
    against = frame.today.isoformat() if frame.today else None
    return Moment(spread(first, bare, unit, frame.when)[0].value(), span, end.value() if end != first else None, against)


def _often(seen: Sighting) -> str:
    """Write a set: the moment that comes again with X for what changes, else how long from one to the next."""
    written = seen.written
    if written.weekday:
        return f"XXXX-WXX-{written.weekday}{clock(written)}"
    if written.month or written.day:
        return Day(None, written.month, written.day, clock(written)).value()
    if at := clock(written):
        return f"XXXX-XX-XX{at}"
    return duration(length_of(written, seen.entry.unit, seen.entry.count if seen.entry.count is not None else 1))


def _offset(seen: Sighting, base: Sighting, span: Span, frame: Frame) -> Moment:
    """Count a length from the moment it names; without a day there, nothing but X is known."""
    length = length_of(seen.written, seen.entry.unit, seen.entry.count)
    start = resolved(base, span, frame)
    day = _begun(base, frame)[0]
    first = day.first()
    if not first or not length:
        return Moment("XXXX-XX-XX", span)
    hour = base.written.hour
    at = time.fromisoformat(clock(base.written)[1:6]) if hour is not None else frame.hour
    if seen.ranged and seen.sign < 0:
        last = day.last() or first
        start_day = moved(moved_days(last, 1), None, length, -1)[0]
        return Moment(day_of(start_day).value(), span, day_of(last).value(), start.against)
    there, clocked = moved(first, at, length, seen.sign)
    rest = of_time(clocked) if clocked and (hour is not None or length[-1][1] in CLOCK) else ""
    if not seen.ranged:
        return Moment(_fine(day_of(there, rest), day, length).value(), span, None, start.value)
    if rest:
        return Moment(start.value, span, day_of(there, rest).value(), start.against)
    return Moment(day_of(first).value(), span, day_of(moved_days(there, -1)).value(), start.against)


def _fine(there: Day, base: Day, length: Length) -> Day:
    """Write a point no finer than what it was counted in and, over months, than what it was counted from."""
    unit = length[-1][1]
    if unit in ("year", "decade", "century"):
        return Day(there.year)
    return Day(there.year, there.month) if unit == "month" and not base.day else there
