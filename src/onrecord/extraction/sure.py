"""A draft and its innermost voice go in; how sure that voice is, and the words that say so, come out."""

from collections.abc import Iterator
from itertools import islice
from re import Match

from msgspec import Struct

from onrecord.extraction.clause import Words, compiled, point, statement
from onrecord.extraction.said import Draft
from onrecord.languages import Language
from onrecord.languages._sure import Attitude, Mark, Sure
from onrecord.record import Act, Certainty, Level, Report, Span, Status, Step, Voice


class Hit(Struct, frozen=True):
    """An entry that was met: what it says, and the words."""

    id: str
    span: Span
    level: Level | None = None
    low: int | None = None
    high: int | None = None
    negated: bool = False
    status: Status | None = None
    weak: bool = False
    otherwise: Status | None = None


def certainty(report: Report, language: Language, draft: Draft, voice: Voice) -> tuple[Certainty, tuple[Step, ...]]:
    """Say how sure `voice`, the innermost of `draft`, is of the main statement; every field gets a Step.

    `level`, `negated` and `status` are those of the annotation guide; the bands are those of ICD-203 (2015).
    """
    words = statement(report, draft.content)
    marks = _marks(language.sure, words, _cue(report, draft))
    attitudes = tuple(_attitudes(report, language.sure, draft, voice.act))
    level = _level(marks, attitudes)
    denials, negated = _polarity(marks, attitudes)
    status = _status(marks, attitudes, tuple(_conditions(language.sure, words)))
    telling = [level] if level and level.level != "certain" else []
    telling += denials if negated else []
    telling += [status] if status and status.status == "hypothetical" else []
    sure = Certainty(
        level=(level.level if level else None) or "certain",
        low=level.low if level else None,
        high=level.high if level else None,
        negated=negated,
        status=(status.status if status else None) or "general",
        evidence=tuple(sorted({hit.span for hit in telling})),
    )
    return sure, tuple(_why(language, draft.content[0], level, denials, status))


def tense(report: Report, language: Language, draft: Draft) -> Status | None:
    """Say whether the main event of a content has happened or is to come, by its own words alone."""
    marks = _marks(language.sure, statement(report, draft.content), _cue(report, draft))
    found = _status(marks, (), ())
    return found.status if found else None


def _cue(report: Report, draft: Draft) -> str:
    return " ".join(span.of(report.text) for span in draft.chain[-1].cue)


def _marks(sure: Sure, words: Words, cue: str) -> tuple[Hit, ...]:
    """Find the marks of a statement, from its predicate outward."""
    entries = [mark for mark in sure.marks if not mark.cue or compiled(mark.cue).search(cue)]
    find = _peel if sure.head == "last" else _scan
    return tuple(_hit(mark, words, hit) for mark, hit in find(point(words, sure.asides), entries))


def _peel(mask: str, entries: list[Mark]) -> Iterator[tuple[Mark, Match[str]]]:
    """Take marks off the end, the longest first, until none stands there: the outermost comes first."""
    rest = _trimmed(mask)
    while found := [(mark, hit) for mark in entries if (hit := compiled(f"(?:{mark.match})$").search(rest)) and hit[0]]:
        mark, hit = max(found, key=lambda pair: len(pair[1][0]))
        yield mark, hit
        rest = _trimmed(rest[: hit.start()])
        entries = [mark for mark in entries if not mark.edge]


def _trimmed(text: str) -> str:
    """Cut off what is neither letter nor digit at the end: stops, quotation marks, blanked words."""
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    return text[:end]


def _scan(mask: str, entries: list[Mark]) -> Iterator[tuple[Mark, Match[str]]]:
    """Go from left to right, the longest first where several start together; one word never says the same thing twice."""
    found = [(mark, hit) for mark in entries for hit in compiled(mark.match).finditer(mask)]
    reached: dict[str, int] = {}
    for mark, hit in sorted(found, key=lambda pair: (pair[1].start(), -pair[1].end())):
        fields = {"level": mark.level, "negated": mark.negated, "status": mark.status}
        says = [field for field, said in fields.items() if said]
        if hit[0] and all(hit.start() >= reached.get(field, 0) for field in says):
            yield mark, hit
            reached |= dict.fromkeys(says, hit.end())


def _hit(mark: Mark, words: Words, hit: Match[str]) -> Hit:
    span = words.back(*hit.span(_telling(hit)))
    return Hit(mark.id, span, mark.level, mark.low, mark.high, mark.negated, mark.status, weak=mark.weak)


def _telling(hit: Match[str]) -> str | int:
    """Name the group that is the evidence: the first with a name that took part, else the whole match."""
    return next((name for name, caught in hit.groupdict().items() if caught), 0)


def _conditions(sure: Sure, words: Words) -> Iterator[Hit]:
    for entry in sure.conditions:
        for hit in compiled(entry.match).finditer(words.text):
            yield Hit(entry.id, words.back(*hit.span()), status="hypothetical")


def _attitudes(report: Report, sure: Sure, draft: Draft, act: Act) -> Iterator[Hit]:
    """Yield what the innermost cue says of its content, then a denial that stands next outside it."""
    inner = (_met(report, entry, draft.chain[-1].cue) for entry in sure.attitudes if act in entry.acts)
    yield from islice(filter(None, inner), 1)
    for link in draft.chain[-2:-1]:
        outer = (_met(report, entry, link.cue) for entry in sure.attitudes if entry.outer)
        yield from islice(filter(None, outer), 1)


def _met(report: Report, entry: Attitude, cue: tuple[Span, ...]) -> Hit | None:
    """Look for the entry in the parts of a cue; the part of the last verb decides in `A によると … B している`."""
    for span in reversed(cue):
        if hit := compiled(entry.match).search(span.of(report.text)):
            place = Span(span.start + hit.start(), span.start + hit.end()) if hit[0] else span
            return Hit(entry.id, place, entry.level, entry.low, entry.high, entry.negated, entry.status, otherwise=entry.otherwise)
    return None


def _level(marks: tuple[Hit, ...], attitudes: tuple[Hit, ...]) -> Hit | None:
    """Choose the hit that sets the level: a question, else the outermost mark, else the cue."""
    levels = [hit for hit in (*marks, *attitudes) if hit.level]
    return next((hit for hit in levels if hit.level == "open"), next(iter(levels), None))


def _polarity(marks: tuple[Hit, ...], attitudes: tuple[Hit, ...]) -> tuple[list[Hit], bool]:
    """Say what denies the statement, and whether it is denied in the end: a denied denial is none."""
    inner = [hit for hit in marks if hit.negated]
    outer = [hit for hit in attitudes if hit.negated]
    return outer[:1] + inner[:1], bool(inner) != bool(outer)


def _status(marks: tuple[Hit, ...], attitudes: tuple[Hit, ...], conditions: tuple[Hit, ...]) -> Hit | None:
    """Choose the hit that sets the status. What has surely happened stands under no condition."""
    own = next((hit for weak in (False, True) for hit in marks if hit.status and hit.weak is weak), None)
    guessed = any(hit.level not in (None, "certain") for hit in marks)
    if conditions and (guessed or not (own and own.status == "happened")):
        return conditions[0]
    firm = next((hit for hit in attitudes if hit.status), None)
    return firm or own or next((_otherwise(hit) for hit in attitudes if hit.otherwise), None)


def _otherwise(hit: Hit) -> Hit:
    return Hit(hit.id, hit.span, status=hit.otherwise)


def _why(language: Language, whole: Span, level: Hit | None, denials: list[Hit], status: Hit | None) -> Iterator[Step]:
    """Give each field its reason; where nothing was met it is that the content says so plainly."""
    for field, hit in (("level", level), ("negated", next(iter(denials), None)), ("status", status)):
        rule = f"{language.code}/sure.toml:{hit.id}" if hit else "plain"
        yield Step(f"sure.{field}", rule, hit.span if hit else whole)
