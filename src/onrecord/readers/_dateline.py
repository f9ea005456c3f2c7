"""A report that nobody dated in; its day and its outlet, as its dateline, its address or a line with a date tells them, out."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from onrecord.languages._tables import compiles, read
from onrecord.plugin import load, names
from onrecord.record import Span

# A dateline opens the body; a line with a date stands near its head or its end.
HEAD, LINES = 400, 6
ADDRESS = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]\d)(?!\d)")


class Dateline(Struct, frozen=True, forbid_unknown_fields=True):
    """How a language writes where, when and by whom a report was filed: groups `year`, `month`, `day` and `outlet`.

    `alone`: the whole line is nothing but a date. Example: a text, the day in ISO 8601 or "", the outlet or "".
    """

    match: str
    example: tuple[str, str, str]
    alone: bool = False

    def __post_init__(self) -> None:
        """Check the pattern, months left out."""
        compiles(self.match.replace("{month}", "x"))


class Datelines(Struct, frozen=True):
    """What page.toml says of datelines; the rest of that table is not looked at."""

    months: dict[str, int] = {}
    datelines: tuple[Dateline, ...] = ()


class Told(Struct, frozen=True):
    """A day in ISO 8601 and what told it (`dateline`, `url`, `text`), and an outlet; None for what nothing tells."""

    published: str | None = None
    by: str | None = None
    outlet: str | None = None


def told(text: str, body: Span, url: str | None) -> Told:
    """Look at the dateline, then at the address, at last at lines that hold a date and nothing else."""
    places = [
        ("dateline", text[body.start : min(body.end, body.start + HEAD)], False),
        ("url", url or "", None),
        ("text", "\n".join(_edges(text)), True),
    ]
    found = [(by, *said) for by, words, alone in places for said in _read(words, alone=alone)]
    day = next(((by, said) for by, said, _ in found if said), (None, None))
    outlet = next((outlet for _, _, outlet in found if outlet), None)
    return Told(day[1], day[0], outlet or _host(url))


def _read(words: str, *, alone: bool | None) -> Iterator[tuple[str | None, str | None]]:
    if alone is None:
        yield from ((day, None) for hit in ADDRESS.finditer(_part(words, "path")) if (day := _day(hit, {})))
        return
    for table in _tables():
        for line in table.datelines:
            if line.alone is alone and (hit := _pattern(line, table).search(words)):
                yield _day(hit, table.months), hit.groupdict().get("outlet")


def _day(hit: re.Match[str], months: dict[str, int]) -> str | None:
    parts = hit.groupdict()
    if not (parts.get("year") and parts.get("month") and parts.get("day")):
        return None
    name = parts["month"].lower().rstrip(".")
    month = months.get(name, int(name) if name.isdecimal() else 0)
    try:
        return date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        return None


def _edges(text: str) -> list[str]:
    lines = [line.strip() for line in text[: 8 * HEAD].splitlines() if line.strip()][:LINES]
    return lines + [line.strip() for line in text[-2 * HEAD :].splitlines() if line.strip()][-LINES:]


def _host(url: str | None) -> str | None:
    return _part(url, "hostname").removeprefix("www.") or None if url else None


def _part(url: str, name: str) -> str:
    """Return a part of an address, "" where it is none or no address at all."""
    try:
        return str(getattr(urlsplit(url), name) or "")
    except ValueError:
        return ""


def _pattern(line: Dateline, table: Datelines) -> re.Pattern[str]:
    return _compiled(line.match, tuple(sorted(table.months, key=len, reverse=True)))


@cache
def _compiled(match: str, months: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(f"{m}\\.?" for m in months) or r"\d{1,2}"
    return re.compile(match.replace("{month}", f"(?P<month>(?i:{either}))"), re.MULTILINE)


@cache
def _tables() -> tuple[Datelines, ...]:
    folders = (Path(load("languages", code).__path__[0]) / "page.toml" for code in names("languages"))
    return tuple(read(path, Datelines) for path in folders if path.exists())
