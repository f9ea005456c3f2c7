"""A draft goes in; the moment of its main event comes out, where its content gives one."""

import re
from functools import reduce

from msgspec.structs import replace

from onrecord.extraction.clause import compiled, point, statement
from onrecord.extraction.joined import fields, sightings
from onrecord.extraction.meaning import resolved
from onrecord.extraction.moments import frame_of, moments, naming
from onrecord.extraction.place import Frame
from onrecord.extraction.said import Draft
from onrecord.extraction.sightings import Sighting
from onrecord.extraction.sure import tense
from onrecord.languages import Language, Side, When
from onrecord.record import Moment, Report, Span, Status, Step

SIDES: dict[Status, Side] = {
    "happened": "past",
    "future": "coming",
    "hypothetical": "coming",
}  # what is going on may end on either side
# The last date that was named before is looked for no further back, in characters.
BACK = 1500


def moment(report: Report, language: Language, draft: Draft) -> tuple[Moment | None, tuple[Step, ...]]:
    """Find the moment of the main event of a draft, and why; None where the content gives none.

    Only the main clause of its first sentence is read: a date outside the content is that of the saying, and one in a side
    clause that of another event. Durations and sets are no moment of an event.
    """
    words = statement(report, draft.content)
    mask = point(words, language.sure.asides)
    seen = [found for found in sightings(mask, language.when) if _tells(found) and not _loose(mask, found, language.when)]
    if not seen:
        return None, ()
    chosen = min(seen, key=lambda found: (found.entry.value is not None, found.start))
    span = words.back(chosen.start, chosen.end)
    status = tense(report, language, draft)
    frame = replace(_frame(report, language, chosen, span), side=SIDES.get(status) if status else None)
    when = _doubted(resolved(chosen, span, frame), status, report.published)
    return when, tuple(Step("when", f"{language.code}/when.toml:{name}", span) for name in chosen.ids)


def _doubted(when: Moment, status: Status | None, published: str | None) -> Moment:
    """Doubt what is told as past and lies after the day of publication: either of the two dates is wrong."""
    dated = re.match(r"\d{4}(-\d\d(-\d\d)?)?(?![\d-])", when.value)
    # what is counted from a day can say nothing against that day
    if not dated or not published or when.against or status != "happened":
        return when
    late = dated[0] > published[: len(dated[0])]
    return replace(when, doubt="told as past, but after the day of publication") if late and when.doubt is None else when


def _tells(found: Sighting) -> bool:
    """Tell whether it is a moment, and not the mere part of a day that is not named."""
    part_of_day = fields(found.written) == {"daytime"} and not found.entry.unit
    return found.base is not None or (found.entry.kind in ("moment", "period") and not part_of_day)


def _frame(report: Report, language: Language, chosen: Sighting, span: Span) -> Frame:
    """Make the frame of a report; the last date named before is looked for only where the moment counts from it."""
    frame = frame_of(language.when, report.published)
    if chosen.entry.against == "published":
        return frame
    start = max(report.body.start, span.start - BACK)
    before = moments(report.text[start : span.start], language, report.published)
    return reduce(naming, before, frame)


def _loose(text: str, seen: Sighting, when: When) -> bool:
    """Tell whether a date belongs to something else than the main event."""
    return any(
        (entry.before is None or compiled(f"(?:{entry.before})$").search(text[: seen.start]) is not None)
        and (entry.after is None or compiled(entry.after).match(text, seen.end) is not None)
        for entry in when.loose
    )
