"""What the tagger gives: attributions as linked spans, and names."""

from msgspec import Struct

from onrecord.record import Mention, Span


class Attribution(Struct, frozen=True):
    """One source, cue and content that belong together; `source` is None where none is named, `score` the model's probability."""

    source: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float

    @property
    def spans(self) -> tuple[Span, ...]:
        """All its spans: source, cues, contents."""
        return (*((self.source,) if self.source else ()), *self.cue, *self.content)


class Reading(Struct, frozen=True):
    """All that the tagger found in a text, in reading order."""

    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]
