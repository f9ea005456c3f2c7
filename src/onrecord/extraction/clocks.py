"""The fields of a written time of day go in, the T part of a TIMEX3 value comes out."""

from datetime import time

from onrecord.languages import Written

NOON = 12
DAY = 24
# Hours that are of the night though they are before noon.
SMALL_HOURS = 6
HALVES = {"MO": 0, "AF": NOON, "EV": NOON, "NI": NOON}


def clock(written: Written) -> str:
    """Write the time of day, or its part: T09:30, T09:30Z, TMO; empty where none is written."""
    if written.hour is None:
        return f"T{written.daytime}" if written.daytime else ""
    return _write(_begin(written), written.second, written.zone)


def end_clock(written: Written) -> str:
    """Write the time of day that ends a range; empty where none is written."""
    return _write(_end(written), written.to_second, written.zone) if written.to_hour is not None else ""


def of_time(at: time) -> str:
    """Write a time, seconds only where there are some."""
    return f"T{at:%H:%M:%S}" if at.second else f"T{at:%H:%M}"


def _write(minutes: int, second: int | None, zone: str | None) -> str:
    hour, minute = divmod(minutes, 60)
    return f"T{hour:02}:{minute:02}" + (f":{second:02}" if second else "") + (zone or "")


def _begin(written: Written) -> int:
    """Count the minutes from midnight; a half of the day that only the end names is that of the beginning too, if it can be."""
    if written.hour is None:
        return 0
    minutes = 60 * written.hour + (written.minute or 0) - (written.short or 0)
    half = _half(written.ampm, written.daytime, written.hour)
    if half is not None:
        return _within(minutes, half)
    if written.to_hour is not None and written.to_ampm is not None and written.hour <= NOON:
        end = _within(60 * written.to_hour + (written.to_minute or 0), written.to_ampm)
        return max((m for m in (_within(minutes, 0), _within(minutes, NOON)) if m < end), default=minutes)
    return minutes


def _end(written: Written) -> int:
    """Count the minutes to the end of a range: where its half of the day is not said, the next one after the beginning."""
    begin, hour = _begin(written), written.to_hour or 0
    minutes = 60 * hour + (written.to_minute or 0)
    half = _half(written.to_ampm, written.daytime, hour)
    if half is not None:
        return _within(minutes, half)
    later = [m for m in (minutes, minutes + 60 * NOON) if m > begin and hour <= NOON]
    return min(later, default=minutes) % (60 * DAY)


def _half(ampm: int | None, daytime: str | None, hour: int) -> int | None:
    if ampm is not None:
        return ampm
    if daytime is None or hour > NOON or daytime not in HALVES:
        return None
    return 0 if daytime == "NI" and (hour < SMALL_HOURS or hour == NOON) else HALVES[daytime]


def _within(minutes: int, half: int) -> int:
    """Put a time of the twelve-hour clock into a half of the day; one above twelve says its half itself."""
    return minutes % (60 * NOON) + 60 * half if minutes < 60 * (NOON + 1) else minutes
