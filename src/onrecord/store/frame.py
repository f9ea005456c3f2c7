"""Nouns of a record in; a table of pandas or polars out, whichever is installed."""

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Literal, TypeVar

from msgspec import Struct

from onrecord.errors import MissingPackageError
from onrecord.record import Claim, Failure, Report, Voice

Table = Literal["claims", "reports", "voices", "failures"]
Cell = str | int | float | bool | None
T = TypeVar("T")
# The name of each column, what it means, and how it is filled.
Columns = dict[str, tuple[str, Callable[[T], Cell]]]
LIBRARIES = ("pandas", "polars")


class Sight(Struct, frozen=True):
    """A claim, and the day and outlet of its report."""

    claim: Claim
    published: str | None
    outlet: str | None


class Link(Struct, frozen=True):
    """A voice in the chain of a claim; place 0 is the outermost."""

    claim: Claim
    place: int
    voice: Voice


CLAIMS: Columns[Sight] = {
    "id": ("id of the claim", lambda s: s.claim.id),
    "report": ("id of its report", lambda s: s.claim.report),
    "file": ("file of the report, as it was given", lambda s: s.claim.file),
    "published": ("day or moment that the report appeared, ISO 8601", lambda s: s.published),
    "outlet": ("publisher of the report", lambda s: s.outlet),
    "voices": (
        "names from the outermost voice to the innermost, joined by ` > `; `?` where the text gives none",
        lambda s: _chain(s.claim),
    ),
    "act": ("act of the innermost voice", lambda s: s.claim.voices[-1].act if s.claim.voices else None),
    "text": ("what is said", lambda s: s.claim.text),
    "quote": ("direct, mixed or indirect", lambda s: s.claim.quote),
    "level": ("how sure the innermost voice is", lambda s: s.claim.sure.level),
    "low": ("lower end of the band of likelihood, percent", lambda s: s.claim.sure.low),
    "high": ("upper end of the band, percent", lambda s: s.claim.sure.high),
    "negated": ("whether the main statement is denied or negative", lambda s: s.claim.sure.negated),
    "status": ("status of the main event", lambda s: s.claim.sure.status),
    "when": ("TIMEX3 value of the moment", lambda s: s.claim.when.value if s.claim.when else None),
    "until": ("last day of a range, inclusive", lambda s: s.claim.when.until if s.claim.when else None),
    "start": ("first character of the claim in the text of the report", lambda s: s.claim.span.start),
    "end": ("the character after its last", lambda s: s.claim.span.end),
    "score": ("probability of the reading, from 0 to 1", lambda s: s.claim.score),
    "maker": ("version that wrote it", lambda s: s.claim.maker),
}
VOICES: Columns[Link] = {
    "claim": ("id of the claim", lambda k: k.claim.id),
    "report": ("id of the report", lambda k: k.claim.report),
    "place": ("0 for the outermost voice, counted inwards", lambda k: k.place),
    "name": ("the source as it stands in the text, less title and honorific", lambda k: k.voice.name),
    "refers_to": ("fullest name in the report of a pronoun, a short name or a dropped subject", lambda k: k.voice.refers_to),
    "role": ("title or function as the text gives it", lambda k: k.voice.role),
    "kind": ("person, organization, government, outlet, group, document or unknown", lambda k: k.voice.kind),
    "named": ("whether the source can be identified by name", lambda k: k.voice.named),
    "act": ("act of saying", lambda k: k.voice.act),
    "actor": ("id of the actor, where one was resolved", lambda k: k.voice.actor),
}
REPORTS: Columns[Report] = {
    "id": ("id of the report", lambda r: r.id),
    "file": ("file, as it was given", lambda r: r.file),
    "title": ("title", lambda r: r.title),
    "published": ("day or moment that it appeared, ISO 8601", lambda r: r.published),
    "dated_by": ("what gave that day", lambda r: r.dated_by),
    "outlet": ("publisher", lambda r: r.publisher),
    "authors": ("authors, joined by `; `", lambda r: "; ".join(r.authors)),
    "lang": ("language", lambda r: r.lang),
    "url": ("address", lambda r: r.url),
    "sha256": ("SHA-256 of the bytes that were read", lambda r: r.sha256),
    "reader": ("reader that read it", lambda r: r.reader),
    "start": ("first character of the body in the text", lambda r: r.body.start),
    "end": ("the character after its last", lambda r: r.body.end),
    "text": ("the whole text", lambda r: r.text),
}
FAILURES: Columns[Failure] = {
    "file": ("file or line that failed", lambda f: f.file),
    "stage": ("read, extract or store", lambda f: f.stage),
    "error": ("kind of error", lambda f: f.error),
    "message": ("what is wrong and how to mend it", lambda f: f.message),
}


def frame(columns: Columns[T], nouns: Iterable[T]) -> object:
    """Return a DataFrame of pandas, or of polars where only that is installed, with one row for each noun."""
    library = next((name for name in LIBRARIES if find_spec(name)), None)
    if library is None:
        raise MissingPackageError("a frame needs pandas or polars; install one of them: pip install pandas")
    table = list(nouns)
    made: object = import_module(library).DataFrame({name: [fill(noun) for noun in table] for name, (_, fill) in columns.items()})
    return made


def links(claims: Iterable[Claim]) -> Iterable[Link]:
    """Yield every voice of every claim with its place."""
    return (Link(claim, place, voice) for claim in claims for place, voice in enumerate(claim.voices))


def _chain(claim: Claim) -> str:
    return " > ".join(voice.refers_to or voice.name or "?" for voice in claim.voices)
