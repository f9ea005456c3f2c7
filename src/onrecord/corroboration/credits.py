"""A report in; the agency or outlet that it credits with its text out, and the words that do so."""

import re
from collections.abc import Iterator

from msgspec import Struct

from onrecord import languages
from onrecord.actors.names import plain
from onrecord.record import Report, Span

# A credit stands in the opening of a report, or on one of its last lines.
OPENING, CLOSING = 160, 220


class Credited(Struct, frozen=True):
    """Who is credited, as it is written (None for "agencies"), whether only in part, and where."""

    outlet: str | None
    partly: bool
    span: Span


def credited(report: Report) -> Credited | None:
    """Return the credit of a report, None where it has none or credits itself."""
    own = plain(report.publisher or "")
    found = (c for c in _found(report) if not (c.outlet and own and _same(plain(c.outlet), own)))
    return min(found, key=lambda c: (c.partly, c.outlet is None, c.span), default=None)


def _same(one: str, other: str) -> bool:
    return one == other or one in other.split() or other in one.split() or (len(one) > 1 and other.startswith(one))


def _found(report: Report) -> Iterator[Credited]:
    start, end = report.body.start, report.body.end
    rooms = {"start": (start, min(end, start + OPENING)), "end": (max(start, end - CLOSING), end)}
    for rule in languages.get(report.lang).origins.credits:
        room = rooms[rule.at]
        for hit in re.finditer(rule.match, report.text[room[0] : room[1]]):
            named = hit.groupdict().get("outlet")
            yield Credited(named.strip() if named else None, rule.partly, Span(room[0] + hit.start(), room[0] + hit.end()))
