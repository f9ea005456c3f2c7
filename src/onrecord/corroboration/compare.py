"""Two claims in, how surely they tell the same, and in what they differ, out.

Vectors of the sentences propose, and words, names, places, amounts and moments decide. The weights were fitted on invented stories
(`training/same.py`).
"""

import math
import re
from collections.abc import Iterator

from msgspec import Struct

from onrecord.corroboration.told import Told, overlap
from onrecord.extraction.amounts import agree
from onrecord.record import LinkType, LinkVerdict, Moment, Reason, Span

# In order: words shared of the lighter, of both, vectors, vectors across languages, persons and bodies shared, not shared, places
# shared, not shared, the same voice, one denied, in the report's own words; amounts that agree, that differ; then the level.
WEIGHTS = (1.99, 1.21, 3.97, 1.77, 0.64, 0.15, 0.29, 0.14, 0.54, -1.30, -0.82)
LEVEL = 2.68
MOST_NAMES, MOST_UNSHARED = 2, 3
# From this chance on two claims are the same; from this on they speak of one thing and may contradict.
SAME, RELATED = 0.35, 0.3
# From this chance on two claims are near enough for such a difference to contradict.
DIFFER: dict[LinkType, float] = {"denial": 0.35, "number": 0.4, "date": 0.55, "certainty": 0.6}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LEVELS = {"certain": 3, "probable": 2, "possible": 1, "unlikely": 0, "open": 1}


class Compared(Struct, frozen=True):
    """What two claims are to each other: `chance` that they tell the same, but for what `verdict` and `type` say."""

    chance: float
    verdict: LinkVerdict
    type: LinkType | None
    why: tuple[Reason, ...]


def chance(a: Told, b: Told, warm: float) -> float:
    """Return the chance that two claims tell the same of one thing; `warm` is the cosine of their vectors."""
    return 1 / (1 + math.exp(LEVEL - sum(w * v for w, v in zip(WEIGHTS, values(a, b, warm), strict=True))))


def values(a: Told, b: Told, warm: float) -> tuple[float, ...]:
    """Return what is weighed, in the order of `WEIGHTS`."""
    light, joint = overlap(a.words, b.words)
    across = warm if a.report.lang != b.report.lang else 0.0
    return (
        light, joint, warm, across,
        min(len(a.names & b.names), MOST_NAMES), min(len(a.names ^ b.names), MOST_UNSHARED),
        min(len(a.places & b.places), MOST_NAMES), min(len(a.places ^ b.places), MOST_UNSHARED),
        bool(a.speaker) and a.speaker == b.speaker,
        a.claim.sure.negated != b.claim.sure.negated, (not a.claim.voices) + (not b.claim.voices),
    )  # fmt: skip


def compared(a: Told, b: Told, warm: float) -> Compared | None:
    """Return what two claims are to each other; None where they speak of different things. `a` is the older."""
    alike = chance(a, b, warm)
    if alike < RELATED:
        return None
    found = next((x for x in _differences(a, b) if alike >= DIFFER[x[0]]), None)
    if found:
        kind, why = found
        if kind == "number" and _grows(a, b):
            return Compared(alike, "updates", None, (why,))
        return Compared(alike, "contradicts", kind, (why,))
    return (
        Compared(alike, "same", None, (Reason("the same in other words", a.claim.content[0], b.claim.content[0]),))
        if alike >= SAME
        else None
    )


def _differences(a: Told, b: Told) -> Iterator[tuple[LinkType, Reason]]:
    yield from _denial(a, b)
    yield from _number(a, b)
    yield from _date(a, b)
    yield from _certainty(a, b)


def _denial(a: Told, b: Told) -> Iterator[tuple[LinkType, Reason]]:
    if a.claim.sure.negated != b.claim.sure.negated:
        yield "denial", Reason("one says what the other denies", a.claim.content[0], b.claim.content[0])


def _number(a: Told, b: Told) -> Iterator[tuple[LinkType, Reason]]:
    verdicts = [(agree(x, y), x, y) for x in a.amounts for y in b.amounts]
    for same, x, y in verdicts:
        matched = any(ok for ok, p, q in verdicts if p is x or q is y)
        if same is False and not matched:
            yield "number", Reason("two numbers of one thing", _back(a, x.span), _back(b, y.span))


def _back(t: Told, span: Span) -> Span:
    """Return where words of a content stand in the report; contents of several spans are joined by a mark."""
    at = 0
    for part in t.claim.content:
        n = part.end - part.start
        if span.start < at + n:
            return Span(part.start + max(0, span.start - at), min(part.end, part.start + span.end - at))
        at += n + 3
    return t.claim.content[-1]


def _grows(a: Told, b: Told) -> bool:
    """Tell whether the younger of two has a higher toll than the older."""
    if not a.report.published or not b.report.published or a.report.published >= b.report.published:
        return False
    tolls = [(x, y) for x in a.amounts for y in b.amounts if agree(x, y) is False and x.counts in TOLLS]
    return bool(tolls) and all(y.low > x.high for x, y in tolls)


TOLLS = frozenset({"dead", "injured", "missing", "infected", "arrested", "detained", "evacuated", "rescued"})


def _date(a: Told, b: Told) -> Iterator[tuple[LinkType, Reason]]:
    mine, yours = ([m for m in t.moments if DAY.match(m.value)] for t in (a, b))
    if len(mine) == len(yours) == 1 and _day(mine[0]) != _day(yours[0]) and not (mine[0].until or yours[0].until):
        yield "date", Reason("two days of one thing", mine[0].span, yours[0].span)


def _day(m: Moment) -> str:
    return m.value[:10]


def _certainty(a: Told, b: Told) -> Iterator[tuple[LinkType, Reason]]:
    one, other = a.claim.sure, b.claim.sure
    if abs(LEVELS[one.level] - LEVELS[other.level]) > 1 and "open" not in (one.level, other.level):
        mine, yours = (s.evidence[0] if s.evidence else t.claim.content[0] for s, t in ((one, a), (other, b)))
        yield "certainty", Reason(f"{one.level} here, {other.level} there", mine, yours)
