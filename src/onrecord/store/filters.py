"""The options of a question in; conditions of SQL with their values out, or an OptionError that says how to write them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

from msgspec import json

from onrecord.errors import OptionError
from onrecord.record import Act, ActorKind, Level
from onrecord.store import words
from onrecord.store.rows import key

# A condition and the values of its question marks. `r` is the row of a report, `c` that of a claim.
Condition = tuple[str, tuple[str | int, ...]]
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def where(conditions: list[Condition]) -> Condition:
    """Join conditions, all of which must hold."""
    return " AND ".join(sql for sql, _ in conditions) or "TRUE", tuple(value for _, values in conditions for value in values)


def voice(name: str | None, act: str | None) -> Iterator[Condition]:
    """Ask for claims where one and the same voice has `name` in its words, its name or what it refers to, and does `act`."""
    if act is not None and act not in get_args(Act):
        raise OptionError(f"act {act!r} is not one of: {', '.join(get_args(Act))}")
    asked = [("instr(v.key, ?)", key(name))] if name is not None else []
    asked += [("v.act = ?", act)] if act is not None else []
    if asked:
        same = " AND ".join(sql for sql, _ in asked)
        yield f"EXISTS (SELECT 1 FROM voices v WHERE v.claim = c.n AND {same})", tuple(value for _, value in asked)  # noqa: S608  # our own conditions


def actor(name: str | None) -> Iterator[Condition]:
    """Ask for claims by or about somebody whom no reading resolved: a voice or a mention has `name` in it."""
    if name is None:
        return
    ways = [f"SELECT 1 FROM {table} t WHERE t.claim = c.n AND instr(t.key, ?)" for table in ("voices", "mentions")]  # noqa: S608  # our own names
    yield f"EXISTS ({ways[0]} UNION ALL {ways[1]})", (key(name),) * 2


def actors(ids: Iterable[str]) -> Condition:
    """Ask for claims by or about one of some actors."""
    listed = json.encode(list(ids)).decode()
    return "c.n IN (SELECT t.claim FROM called t WHERE t.actor IN (SELECT value FROM json_each(?)))", (listed,)


def kind(name: str | None) -> Iterator[Condition]:
    """Check a kind of actor, which no column holds."""
    if name is not None and name not in get_args(ActorKind):
        raise OptionError(f"kind {name!r} is not one of: {', '.join(get_args(ActorKind))}")
    yield from ()


def level(name: str | None) -> Iterator[Condition]:
    """Ask for claims of one level of certainty."""
    if name is None:
        return
    if name not in get_args(Level):
        raise OptionError(f"level {name!r} is not one of: {', '.join(get_args(Level))}")
    yield "c.level = ?", (name,)


def published(since: str | None, until: str | None) -> Iterator[Condition]:
    """Ask for reports of a stretch of days, first and last included; a year or a month stands for all of its days."""
    if since is not None:
        yield "r.published >= ?", (_day("since", since),)
    if until is not None:
        yield "substr(r.published, 1, length(?)) <= ?", (_day("until", until),) * 2


def outlet(name: str | None) -> Iterator[Condition]:
    """Ask for reports whose publisher has `name` in it."""
    if name is not None:
        yield "instr(r.outlet_key, ?)", (key(name),)


def lang(code: str | None) -> Iterator[Condition]:
    """Ask for reports in one language."""
    if code is not None:
        yield "r.lang = ?", (code.lower(),)


def said(query: str | None) -> Iterator[Condition]:
    """Ask for claims with all words of `query` in what is said."""
    if query is not None:
        yield from _words("c.n", "claim_words", query, "said")


def written(query: str | None) -> Iterator[Condition]:
    """Ask for reports with all words of `query` in their body or title."""
    if query is not None:
        yield from _words("r.n", "report_words", query, None)


def from_file(column: str, name: str) -> Condition:
    """Ask for what comes from a file: under its own name, or as one of its lines, `name#12`."""
    # "$" follows "#", so the two bounds hold all names that begin with `name#` and let an index find them.
    lines = f"{column} >= ? AND {column} < ? AND substr({column}, ?) NOT GLOB '*[^0-9]*'"
    return f"({column} = ? OR {lines})", (name, f"{name}#", f"{name}$", len(name) + 2)


def at_most(limit: int | None) -> int:
    """Return the number for LIMIT; SQLite reads -1 as none."""
    if limit is not None and limit < 1:
        raise OptionError(f"limit {limit} gives nothing; write 1 or more, or leave it out")
    return -1 if limit is None else limit


def _words(row: str, table: str, query: str, column: str | None) -> Iterator[Condition]:
    expression = words.expression(query)
    if expression is None:
        yield "FALSE", ()
        return
    asked = f"{column} : ({expression})" if column else expression
    yield f"{row} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", (asked,)  # noqa: S608  # our own names


def _day(option: str, value: str) -> str:
    """Check a date. What is shorter than a day is right as it stands: dates are compared as text."""
    value = value.strip()
    if DAY.fullmatch(value) and _is_day(value + "0000-01-01"[len(value) :]):
        return value
    raise OptionError(f"{option} {value!r} is no date; write it like 2023-09-12, 2023-09 or 2023")


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
