"""A text and the table of time go in, the moments that its words write come out, each with its fields but no meaning yet."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, convert

from onrecord.extraction.clause import compiled
from onrecord.extraction.numerals import number
from onrecord.extraction.place import near_year
from onrecord.languages import Dated, Unit, When, Written

TEXTS = ("season", "daytime", "holiday", "zone", "unit")
INTEGERS = tuple(
    name for name in Written.__struct_fields__ if name not in (*TEXTS, "ampm", "to_ampm", "count", "length")
)  # fmt: skip
HALF_HOUR = 30
# The last of a year.
LAST = {"quarter": 4, "half": 2}
MONTHS = 12


class Sighting(Struct, frozen=True):
    """A moment that was seen in a text: by which entries, where, and what it says.

    `last` is the end of a range. `base` is what a length is counted from, `sign` whether before or after it, and `ranged`
    says that the length is a range which begins there.
    """

    ids: tuple[str, ...]
    start: int
    end: int
    entry: Dated
    written: Written
    last: "Sighting | None" = None
    base: "Sighting | None" = None
    sign: int = 0
    ranged: bool = False


def spotted(text: str, when: When) -> list[Sighting]:
    """List what the entries find in a text, from left to right, the longest where two begin together."""
    if when.look and not compiled(when.look).search(text):
        return []
    there = {need: compiled(need).search(text) is not None for need in when.needs()}
    hits = [(entry, hit) for entry in when.dates if there[entry.needs] for hit in compiled(entry.match).finditer(text)]
    found: list[Sighting] = []
    for entry, hit in sorted(hits, key=lambda pair: (pair[1].start(), -pair[1].end(), not pair[0].alone)):
        start, stop = _trimmed(hit)
        if stop > start and (not found or start >= found[-1].end):
            found.append(Sighting((entry.id,), start, stop, entry, _written(hit, when)))
    return found


def _trimmed(hit: re.Match[str]) -> tuple[int, int]:
    return hit.start() + len(hit[0]) - len(hit[0].lstrip()), hit.end() - len(hit[0]) + len(hit[0].rstrip())


def _written(hit: re.Match[str], when: When) -> Written:
    """Read the named groups of a match: numbers, words for numbers, eras, seasons and parts of the day."""
    caught = {name: words.strip().lower().rstrip(".") for name, words in hit.groupdict().items() if words}
    found = dict(_numbers(caught, when)) | dict(_words(caught, when))
    if "length" in caught and when.length:
        found["length"] = tuple(_lengths(caught["length"], when))
    if "past" in caught:
        found["minute"] = HALF_HOUR
    return convert(found, Written)


def _numbers(caught: dict[str, str], when: When) -> Iterator[tuple[str, object]]:
    values = {name: number(caught[name], when.numbers) for name in caught if name in (*INTEGERS, "count")}
    known = {name: value if name == "count" else int(value) for name, value in values.items() if value is not None}
    if "year" in known:
        era = when.eras.get(caught.get("era", ""))
        known["year"] = int(known["year"]) + era if era is not None else near_year(int(known["year"]))
    if "century" in known:
        known["year"] = 100 * (int(known["century"]) - 1)
    known |= {name: LAST[name] for name in LAST if known.get(name) == -1}
    # 22/04: where the first number is no month, the second is.
    month, day = known.get("month", 0), known.get("day", 0)
    if month > MONTHS >= day > 0:
        known |= {"month": day, "day": month}
    return iter(known.items())


def _words(caught: dict[str, str], when: When) -> Iterator[tuple[str, object]]:
    tables: Iterable[tuple[str, dict[str, str] | dict[str, Unit]]] = (
        ("season", when.seasons), ("daytime", when.daytimes), ("zone", when.zones), ("unit", when.units),
    )  # fmt: skip
    yield from ((name, table[caught[name]]) for name, table in tables if caught.get(name) in table)
    yield from ((name, when.ampm[word]) for name in ("ampm", "to_ampm") if (word := _bare(caught.get(name, ""))) in when.ampm)
    if (name := caught.get("holiday", "")) in when.holidays:
        yield "holiday", name


def _bare(words: str) -> str:
    return words.replace(".", "")


def _lengths(words: str, when: When) -> Iterator[tuple[float | None, Unit]]:
    """Read counts with their units; a group `half` is half a unit more (3年半: three years and a half)."""
    for hit in compiled(when.length).finditer(words):
        unit = when.units.get(hit["unit"].lower().rstrip("."))
        if unit:
            count = number(hit["count"].strip().lower(), when.numbers) if hit["count"] else None
            yield count + 0.5 if count is not None and hit.groupdict().get("half") else count, unit
