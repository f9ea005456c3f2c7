"""The moments of a text go in, left to right; those that are one moment or the two ends of a range come out as one."""

from collections.abc import Callable, Iterable
from re import Match
from typing import Literal

from msgspec.structs import asdict, replace

from onrecord.extraction.clause import compiled
from onrecord.extraction.sightings import Sighting, spotted
from onrecord.languages import When, Written

TIMES = ("hour", "minute", "second", "short", "ampm", "daytime", "zone", "to_hour", "to_minute", "to_second", "to_ampm")
Level = Literal["time", "weekday", "day", "holiday", "week", "month", "part", "year"]
# How fine a field is: a part must be finer than its whole.
LEVELS: dict[str, Level] = {
    **dict.fromkeys(TIMES, "time"), "weekday": "weekday", "day": "day", "holiday": "holiday", "week": "week", "month": "month",
    "third": "part", "quarter": "part", "half": "part", "season": "part", "year": "year", "century": "year",
}  # fmt: skip
UNITS: dict[str, Level] = {
    "day": "day", "workday": "day", "week": "week", "weekend": "holiday", "fortnight": "week", "month": "month", "quarter": "part",
    "half": "part", "year": "year", "fiscal": "year",
}  # fmt: skip
ORDER: tuple[Level, ...] = ("time", "day", "weekday", "holiday", "week", "month", "part", "year")
# The finest thing that the whole may name, by the coarsest that the part names.
WHOLES: dict[Level, tuple[Level, ...]] = {
    "time": ("day", "weekday", "holiday"), "weekday": ("week", "day"), "day": ("month",), "holiday": ("year",),
    "week": ("month", "year"), "month": ("year",), "part": ("year",),
}  # fmt: skip
# What stands before a moment and belongs to it is no longer than this.
REACH = 40

Maker = Callable[[str, Sighting, Sighting], Sighting | None]


def sightings(text: str, when: When) -> list[Sighting]:
    """List the moments of a text from left to right: parts and wholes in one, ranges joined, lengths counted from their point."""
    found = spotted(text, when)
    steps: tuple[Maker, ...] = (
        lambda words, a, b: _joined(words, a, b, when) if _timely(a) and _timely(b) else None,
        lambda words, a, b: _merged(words, a, b, when),
        lambda words, a, b: _offset(words, a, b, when),
        lambda words, a, b: _merged(words, a, b, when),
        lambda words, a, b: _joined(words, a, b, when),
    )
    for step in steps if len(found) > 1 else ():
        found = _folded(text, found, step)
    return [sighting for sighting in found if sighting.entry.alone or len(sighting.ids) > 1]


def modified(text: str, found: Sighting, when: When) -> Sighting:
    """Take the words in that bound a moment or make it vague."""
    for entry in when.modifiers:
        before = _before(entry.before, text, found.start) if entry.before else None
        after = compiled(entry.after).match(text, found.end) if entry.after else None
        if (before or not entry.before) and (after or not entry.after):
            start, end = before.start() if before else found.start, after.end() if after else found.end
            found = replace(found, ids=(*found.ids, entry.id), start=start, end=end)
    return found


def fields(written: Written) -> set[str]:
    """Name the fields that are written."""
    return {name for name, value in asdict(written).items() if value not in (None, ())}


def _folded(text: str, found: Iterable[Sighting], step: Maker) -> list[Sighting]:
    kept: list[Sighting] = []
    for sighting in found:
        made = step(text, kept[-1], sighting) if kept else None
        kept[-1:] = [made] if made else [*kept[-1:], sighting]
    return kept


def _merged(text: str, first: Sighting, second: Sighting, when: When) -> Sighting | None:
    """Make one of a part and its whole."""
    gap = text[first.end : second.start]
    entry = next((entry for entry in when.merges if compiled(entry.between).fullmatch(gap)), None)
    if not entry:
        return None
    for part, whole in ((first, second), (second, first)):
        if _fits(part, whole):
            return replace(
                whole,
                ids=(*first.ids, entry.id, *second.ids),
                start=first.start,
                end=second.end,
                written=_union(whole.written, part.written),
            )
    return None


def _fits(part: Sighting, whole: Sighting) -> bool:
    """Tell whether the one is finer than the other and says nothing that it says."""
    plain = part.entry.kind == "moment" and not (part.entry.value or part.entry.side or _unit(part))
    timely = plain and _levels(part) <= {"time"}
    if not plain or whole.entry.value or any(s.last or s.base for s in (part, whole)):
        return False
    if whole.entry.kind != "moment" and not (timely and whole.entry.kind == "set"):
        return False
    if fields(part.written) & fields(whole.written) - {"daytime"}:
        return False
    if whole.entry.kind == "set":
        return True
    coarse: Level = max(_levels(part), key=ORDER.index, default="year")
    fine = min(_levels(whole) - {"time"}, key=ORDER.index, default="time")
    nth_of_month = coarse == "weekday" and part.written.nth is not None and fine == "month"
    return fine in WHOLES.get(coarse, ()) or nth_of_month or _weekday_and_date(part, whole)


def _weekday_and_date(part: Sighting, whole: Sighting) -> bool:
    return _levels(part) - {"time"} == {"weekday"} and "day" in _levels(whole) and not part.written.nth


def _levels(found: Sighting) -> set[Level]:
    unit = _unit(found)
    return {LEVELS[name] for name in fields(found.written) if name in LEVELS} | ({UNITS[unit]} if unit in UNITS else set())


def _unit(found: Sighting) -> str:
    return found.written.unit or found.entry.unit or (found.written.length[-1][1] if found.written.length else "")


def _union(whole: Written, part: Written) -> Written:
    return replace(whole, **{name: value for name, value in asdict(part).items() if value not in (None, ())})


def _joined(text: str, first: Sighting, second: Sighting, when: When) -> Sighting | None:
    """Make one of the two ends of a range."""
    if not (_point(first) and _point(second)):
        return None
    for entry in when.joins:
        if not compiled(entry.between).fullmatch(text, first.end, second.start):
            continue
        before, after = _before(entry.before, text, first.start), compiled(entry.after).match(text, second.end)
        if before and after:
            ids = (*first.ids, entry.id, *second.ids)
            made = _range(first, second)
            return replace(made, ids=ids, start=before.start(), end=after.end()) if made else None
    return None


def _point(found: Sighting) -> bool:
    return found.entry.kind == "moment" and not (found.last or found.written.to_hour is not None or found.written.to_day)


def _range(first: Sighting, second: Sighting) -> Sighting | None:
    """Write the second of two times of day into the fields of the first; keep the second of two dates as the last."""
    if _timely(second):
        return replace(first, written=_timed(first.written, second.written)) if first.written.hour is not None else None
    if _timely(first):
        own = second.written
        at = replace(
            own, hour=first.written.hour, minute=first.written.minute, second=first.written.second, ampm=first.written.ampm
        )
        return replace(second, written=_timed(at, own)) if own.hour is not None else None
    return replace(first, last=second)


def _timed(first: Written, second: Written) -> Written:
    half = second.ampm
    return replace(
        first, to_hour=second.hour, to_minute=second.minute, to_second=second.second, to_ampm=half, zone=second.zone or first.zone,
        daytime=first.daytime or (second.daytime if half is None else None),
    )  # fmt: skip


def _timely(found: Sighting) -> bool:
    plain = found.entry.kind == "moment" and not found.entry.value and not _unit(found)
    return plain and found.written.hour is not None and _levels(found) == {"time"}


def _offset(text: str, first: Sighting, second: Sighting, when: When) -> Sighting | None:
    """Make one of a length and the moment it is counted from."""
    for entry in when.offsets:
        if not compiled(entry.between).fullmatch(text, first.end, second.start):
            continue
        length, base = (first, second) if entry.shift else (second, first)
        before = _before(entry.before, text, first.start)
        if before and _counts(length, entry.shift or int(entry.range)) and _point(base) and not base.base:
            return replace(
                length,
                ids=(*first.ids, entry.id, *second.ids),
                start=before.start(),
                end=second.end,
                base=base,
                sign=entry.shift or length.entry.shift or 1,
                ranged=entry.range,
            )
    return None


def _counts(length: Sighting, shift: int) -> bool:
    """Tell whether a sighting is a length: a duration where the words between say which way it goes, else a counted moment.

    A counted moment has its count in words (two days later); next year counts from the publication, whatever stands before.
    """
    if shift:
        return length.entry.kind == "duration" and not length.entry.value
    counted = length.written.length or length.written.count is not None
    return bool(length.entry.kind == "moment" and length.entry.shift and counted)


def _before(pattern: str, text: str, end: int) -> Match[str] | None:
    return compiled(rf"(?:{pattern})\Z").search(text, max(0, end - REACH), end)
