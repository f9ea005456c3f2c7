"""A draft goes in; the moment of its main event comes out, where its content gives one."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from msgspec import Struct, convert
from msgspec.structs import replace

from onrecord.extraction.clause import compiled, point, statement
from onrecord.extraction.days import Day, end, place, spread
from onrecord.extraction.said import Draft
from onrecord.extraction.sure import tense
from onrecord.languages import Language
from onrecord.languages._when import Dated, Join, Side, When, Written
from onrecord.record import Moment, Report, Span, Status, Step

SIDES: dict[Status, Side] = {
    "happened": "past",
    "future": "coming",
    "hypothetical": "coming",
}  # what is going on may end on either side
WORDS = ("season", "daytime")
NUMBERS = tuple(name for name in Written.__struct_fields__ if name not in (*WORDS, "ampm"))


class Sighting(Struct, frozen=True):
    """A date that was seen in a sentence: by which entries, where, and what it says."""

    ids: tuple[str, ...]
    start: int
    end: int
    entry: Dated
    written: Written
    last: "Sighting | None" = None


def moment(report: Report, language: Language, draft: Draft) -> tuple[Moment | None, tuple[Step, ...]]:
    """Find the moment of the main event of a draft, and why; None where the content gives none.

    Only the main clause of its first sentence is read: a date outside the content is that of the saying, and one in a side
    clause that of another event.
    """
    words = statement(report, draft.content)
    mask = point(words, language.sure.asides)
    seen = [found for found in sightings(mask, language.when) if not _loose(mask, found, language.when)]
    if not seen:
        return None, ()
    chosen = min(seen, key=lambda found: (found.entry.value is not None, found.start))
    span = words.back(chosen.start, chosen.end)
    status = tense(report, language, draft)
    when = resolved(chosen, span, day_of(report.published), SIDES.get(status) if status else None)
    return when, tuple(Step("when", f"{language.code}/when.toml:{name}", span) for name in chosen.ids)


def day_of(published: str | None) -> date | None:
    """Read the day of an ISO date or date-time; None where it is none."""
    if not published or not re.match(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)", published):
        return None
    year, month, day = (int(part) for part in published[:10].split("-"))
    return date(year, month, day) if Day(year, month, day).exists() else None


def sightings(text: str, when: When) -> list[Sighting]:
    """List the dates of a text from left to right, the longest where two begin together, ranges joined."""
    hits = [(entry, hit) for entry in when.dates for hit in compiled(entry.match).finditer(text)]
    found: list[Sighting] = []
    for entry, hit in sorted(hits, key=lambda pair: (pair[1].start(), -pair[1].end())):
        start, stop = _trimmed(hit)
        if not found or start >= found[-1].end:
            found.append(Sighting((entry.id,), start, stop, entry, _written(hit, when)))
    return list(_joined(text, found, when.joins))


def resolved(seen: Sighting, span: Span, published: date | None, side: Side | None) -> Moment:
    """Say what a sighting means against the day of publication."""
    if seen.entry.value:
        return Moment(seen.entry.value, span)
    entry, written = seen.entry, seen.written
    day, counted = place(written, entry, published, side)
    day, last = spread(day, written, entry.unit)
    if written.to_day or written.to_month or written.to_year:
        last = end(day, written, bare=not written.month)
    elif seen.last:
        last = _last(day, seen.last, published, side, bare=not written.month)
    return Moment(
        value=day.value(),
        span=span,
        until=last.value() if last else None,
        against=published.isoformat() if counted and published else None,
        doubt=_doubt(day, last),
    )


def _last(day: Day, last: Sighting, published: date | None, side: Side | None, *, bare: bool) -> Day:
    """Find the end of a joined range: its own fields over those of the beginning, or counted by itself."""
    own = last.written
    if last.entry.unit or own.weekday or not (own.year or own.month or own.day):
        return place(own, last.entry, published, side)[0]
    ends = replace(own, to_year=own.year, to_month=own.month, to_day=own.day)
    return end(day, ends, bare=bare)


def _doubt(day: Day, last: Day | None) -> str | None:
    if not day.exists() or (last and not last.exists()):
        return "no such day"
    first, final = day.first(), last.last() if last else None
    return "ends before it begins" if first and final and final < first else None


def _trimmed(hit: re.Match[str]) -> tuple[int, int]:
    return hit.start() + len(hit[0]) - len(hit[0].lstrip()), hit.end() - len(hit[0]) + len(hit[0].rstrip())


def _written(hit: re.Match[str], when: When) -> Written:
    """Read the named groups of a match: numbers, words for numbers, eras, seasons and parts of the day."""
    caught = {name: words.strip().lower().rstrip(".") for name, words in hit.groupdict().items() if words}
    found: dict[str, int | str] = {name: _number(words, when) for name, words in caught.items() if name in NUMBERS}
    if "era" in caught and isinstance(year := found.get("year"), int):
        found["year"] = when.eras[caught["era"]] + year
    if "past" in caught:
        found["minute"] = 30
    tables: dict[str, dict[str, str]] = {"season": when.seasons, "daytime": when.daytimes}
    found |= {name: table[caught[name]] for name, table in tables.items() if name in caught}
    if "ampm" in caught:
        found["ampm"] = when.ampm[caught["ampm"].replace(".", "")]
    return convert(found, Written)


def _number(words: str, when: When) -> int:
    bare = words.replace(",", "")
    return int(bare) if bare.isdecimal() else when.numbers[bare]


def _joined(text: str, found: list[Sighting], joins: tuple[Join, ...]) -> Iterator[Sighting]:
    """Make one sighting of two that are the ends of a range."""
    taken: set[int] = set()
    for first, second in pairwise([*found, *found[-1:]]):
        join = next((join for join in joins if second is not first and _between(text, first, second, join)), None)
        if first.start in taken:
            continue
        if join:
            taken.add(second.start)
            yield _range(text, first, second, join)
        else:
            yield first


def _between(text: str, first: Sighting, second: Sighting, join: Join) -> bool:
    return (
        compiled(join.between).fullmatch(text, first.end, second.start) is not None
        and compiled(f"(?:{join.before})$").search(text[: first.start]) is not None
        and compiled(join.after).match(text, second.end) is not None
    )


def _range(text: str, first: Sighting, second: Sighting, join: Join) -> Sighting:
    before = compiled(f"(?:{join.before})$").search(text[: first.start])
    after = compiled(join.after).match(text, second.end)
    return Sighting(
        ids=(*first.ids, join.id, *second.ids),
        start=before.start() if before else first.start,
        end=after.end() if after else second.end,
        entry=first.entry,
        written=first.written,
        last=second,
    )


def _loose(text: str, seen: Sighting, when: When) -> bool:
    """Tell whether a date belongs to something else than the main event."""
    return any(
        (entry.before is None or compiled(f"(?:{entry.before})$").search(text[: seen.start]) is not None)
        and (entry.after is None or compiled(entry.after).match(text, seen.end) is not None)
        for entry in when.loose
    )
