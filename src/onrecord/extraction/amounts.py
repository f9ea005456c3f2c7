"""A text in; the amounts in it out: how many or how much of what, within which bounds, and whether two can both hold.

What counts as a number, a unit, a toll or a word of rounding stands in the tables `what.toml` of the languages. Dates, clock times,
durations and ages are no amounts here: the moments engine reads them.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from onrecord.extraction.numerals import number
from onrecord.languages import Language
from onrecord.languages._what import Counted, What
from onrecord.record import Span

Bound = Literal["", "least", "most"]
# A rough number may be so far off, and two sums or lengths that were converted so far, as shares.
ROUGH, CONVERTED = 0.12, 0.02
# How far round a number words tell what is counted.
BEFORE, AFTER = 48, 48
DIGITS = r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"


class Amount(Struct, frozen=True):
    """An amount: from `low` to `high` of `unit` ("" where none is told); of persons, `counts` is what befell them ("dead").

    `rough` is a number that its text calls so; `bound` tells "at least" from "at most".
    """

    span: Span
    low: float
    high: float
    unit: str
    counts: str = ""
    rough: bool = False
    bound: Bound = ""


def amounts(text: str, language: Language) -> tuple[Amount, ...]:
    """Return the amounts of a text, in reading order."""
    what = language.what
    return tuple(_found(text, what)) if what.units else ()


def agree(a: Amount, b: Amount) -> bool | None:
    """Tell whether two amounts can both be right; None where they do not count the same."""
    if a.unit != b.unit or a.counts != b.counts:
        return None
    (low, high), (least, most) = _held(a), _held(b)
    return max(low, least) <= min(high, most)


def _held(x: Amount) -> tuple[float, float]:
    """Return what an amount may stand for; half of what converting may be off falls to each of two."""
    slack = ROUGH if x.rough else CONVERTED / 2 if x.unit in CONVERTS else 0.0
    return x.low * (1 - slack), x.high * (1 + slack)


CONVERTS = frozenset({"metre", "square metre", "gram", "litre", "celsius"})


def _found(text: str, what: What) -> Iterator[Amount]:
    for hit in _pattern(what).finditer(text):
        value = _value(hit["number"], hit["scale"] or "", what)
        unit, factor, added = _unit(hit, text, what)
        if value is None or _is_no_amount(text, hit, what):
            continue
        value = value * factor + added
        bound, rough = _bounds(text, hit, what)
        counts = _counts(text, hit, what)
        unit = "person" if counts and not _is_told(hit, what) else unit
        low, high = (0.0 if bound == "most" else value), (math.inf if bound == "least" else value)
        yield Amount(Span(hit.start("number"), hit.end()), low, high, unit, counts, rough, bound)


@lru_cache(16)
def _pattern(what: What) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, what.numbers), key=len, reverse=True))
    scales = "|".join(sorted((re.escape(s.word) for s in what.scales), key=len, reverse=True))
    units = "|".join(f"(?P<u{i}>{u.match})" for i, u in enumerate(what.units))
    signs = "|".join(f"(?P<s{i}>{u.sign})" for i, u in enumerate(what.units) if u.sign)
    edge = r"\b" if what.apart else ""
    spelled = rf"|{edge}(?:{words}){edge}" if words else ""
    return re.compile(
        rf"(?:(?:{signs})\s?)?(?P<number>{DIGITS}{spelled})(?:{what.between}(?P<scale>(?:{scales}){edge}(?:{DIGITS}(?:{scales}))*))?(?:{what.gap}(?:{units}))?",
        re.IGNORECASE if what.apart else 0,
    )


def _value(words: str, scale: str, what: What) -> float | None:
    plain = words.translate(WIDE)
    value = what.numbers.get(plain.casefold())
    if value is None:
        value = number(plain, what.numbers)
    if value is None:
        return None
    total, rest = 0.0, value
    for hit in re.finditer(rf"(?P<digits>{DIGITS})|(?P<word>\D+?)(?=\d|$)", scale.translate(WIDE)):
        if hit["digits"]:
            rest = float(hit["digits"].replace(",", ""))
        else:
            for part in _scales(hit["word"], what):
                rest *= part
            total, rest = total + rest, 0.0
    return total + rest


WIDE = str.maketrans("０１２３４５６７８９，．", "0123456789,.")


def _scales(word: str, what: What) -> Iterator[float]:
    known = {s.word.casefold(): s.times for s in what.scales}
    yield known.get(word.strip().casefold(), 1.0)


def _unit(hit: re.Match[str], text: str, what: What) -> tuple[str, float, float]:
    for i, u in enumerate(what.units):
        groups = hit.groupdict()
        if groups.get(f"u{i}") or groups.get(f"s{i}"):
            return u.unit, u.times, u.added
    noun = re.match(what.noun, text[hit.end() :]) if what.noun else None
    return (noun["noun"].casefold().rstrip("s") if noun else ""), 1.0, 0.0


def _is_told(hit: re.Match[str], what: What) -> bool:
    return any(hit[f"u{i}"] or (u.sign and hit[f"s{i}"]) for i, u in enumerate(what.units))


def _is_no_amount(text: str, hit: re.Match[str], what: What) -> bool:
    """Tell a year, a date, an age, a clock time or an ordinal."""
    before, after = text[max(0, hit.start() - 12) : hit.start()], text[hit.end() : hit.end() + 12]
    return any(re.search(rule, f"{before}<{hit.group()}>{after}", re.IGNORECASE) for rule in what.never)


def _bounds(text: str, hit: re.Match[str], what: What) -> tuple[Bound, bool]:
    before, after = text[max(0, hit.start() - 24) : hit.start()], text[hit.end() : hit.end() + 10]
    found: dict[str, bool] = {
        kind: any(re.search(rf"(?:{r})\s*$", before, re.IGNORECASE) for r in rules.before)
        or any(re.match(r, after, re.IGNORECASE) for r in rules.after)
        for kind, rules in (("least", what.least), ("most", what.most), ("rough", what.rough))
    }
    return ("least" if found["least"] else "most" if found["most"] else ""), found["rough"]


def _counts(text: str, hit: re.Match[str], what: What) -> str:
    """Return what befell those who are counted: by the nearest word after the number, else before it, in its clause."""
    after = re.split(what.clause, text[hit.end() : hit.end() + AFTER])[0]
    before = re.split(what.clause, text[max(0, hit.start() - BEFORE) : hit.start()])[-1]
    found = [(m.start(), c.counts) for c in what.counts for m in [re.search(c.match, after, re.IGNORECASE)] if m]
    found += [(len(before) - m.end() + 1, c.counts) for c in what.counts for m in _last(c, before)]
    return min(found)[1] if found else ""


def _last(c: Counted, before: str) -> Iterator[re.Match[str]]:
    hits = list(re.finditer(c.match, before, re.IGNORECASE))
    yield from hits[-1:]
