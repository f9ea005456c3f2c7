"""A claim goes in, one flat row of a table comes out: what csv and parquet have in common."""

from msgspec import Struct, json

from onrecord.record import Act, Claim, Level, Quote, Status, Voice, VoiceKind


class Row(Struct, frozen=True):
    """
    A claim as one row; the order of the fields is that of the columns.

    `voices` are the names from the outermost to the innermost voice, joined by ` > `, with `?` for one that the text does not
    name; `source` to `cue` are of the innermost voice. `cue` and `content` are offsets into the report's text as JSON, since a
    claim holds no other words than its content. Everything that the text does not say is None.
    """

    id: str
    report: str
    file: str
    start: int
    end: int
    voices: str
    source: str | None
    refers_to: str | None
    role: str | None
    kind: VoiceKind | None
    named: bool | None
    act: Act | None
    cue: str | None
    content: str
    text: str
    quote: Quote
    level: Level
    low: int | None
    high: int | None
    negated: bool
    status: Status
    when: str | None
    until: str | None
    score: float
    maker: str


def row(claim: Claim) -> Row:
    """Lay a claim flat."""
    inner = claim.voices[-1] if claim.voices else None
    return Row(
        id=claim.id,
        report=claim.report,
        file=claim.file,
        start=claim.span.start,
        end=claim.span.end,
        voices=" > ".join(called(voice) for voice in claim.voices),
        source=inner.name if inner else None,
        refers_to=inner.refers_to if inner else None,
        role=inner.role if inner else None,
        kind=inner.kind if inner else None,
        named=inner.named if inner else None,
        act=inner.act if inner else None,
        cue=json.encode(inner.cue).decode() if inner else None,
        content=json.encode(claim.content).decode(),
        text=claim.text,
        quote=claim.quote,
        level=claim.sure.level,
        low=claim.sure.low,
        high=claim.sure.high,
        negated=claim.sure.negated,
        status=claim.sure.status,
        when=claim.when.value if claim.when else None,
        until=claim.when.until if claim.when else None,
        score=claim.score,
        maker=claim.maker,
    )


def called(voice: Voice) -> str:
    """Return the fullest name of a voice that the report gives, or `?`."""
    return voice.refers_to or voice.name or "?"
