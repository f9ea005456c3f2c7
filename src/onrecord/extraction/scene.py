"""The nouns of who: what is known of a speaker, whom the text has named by now, and the text itself with its names."""

from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from onrecord.languages import Language
from onrecord.languages._who import Kind, Pronoun, Who, pattern
from onrecord.record import Mention, Span, Step, VoiceKind


class Speaker(Struct, frozen=True):
    """What is known of a source: `head` is its deciding noun, `proper` true where `name` is a person's, `full` the name meant."""

    source: Span | None
    kind: VoiceKind = "unknown"
    named: bool = False
    name: Span | None = None
    head: Span | None = None
    role: Span | None = None
    full: Span | None = None
    gender: str = ""
    proper: bool = False
    pronoun: Pronoun | None = None
    steps: tuple[Step, ...] = ()


class Known(Struct, frozen=True):
    """Somebody whom the text has named by now: where, by what name, with which title; `spoke` where as a voice."""

    at: int
    name: Span
    kind: VoiceKind
    role: str = ""
    gender: str = ""
    spoke: bool = False
    named: bool = True


class Scene(Struct, frozen=True):
    """A text, its language, the names that the tagger saw in it, all names with their kinds, and who is a man or a woman."""

    text: str
    language: Language
    mentions: tuple[Mention, ...]
    names: tuple[tuple[VoiceKind, Span], ...] = ()
    genders: tuple[tuple[str, str], ...] = ()

    @property
    def who(self) -> Who:
        """The table that is asked."""
        return self.language.who

    def rule(self, entry: str) -> str:
        """Name an entry of the table."""
        return f"{self.language.code}/who.toml:{entry}"

    def step(self, field: str, entry: str, span: Span) -> Step:
        """Say that an entry of the table filled `field` because of the words at `span`."""
        return Step(field, self.rule(entry), span)

    def within(self, span: Span) -> Iterator[Mention]:
        """Yield the names inside `span`."""
        first, end = (bisect_left(self.mentions, place, key=lambda m: m.span.start) for place in (span.start, span.end))
        return (m for m in self.mentions[first:end] if m.span.end <= span.end)

    def kind(self, span: Span) -> Kind | None:
        """Return the entry that fits the words at `span`."""
        return self.kind_of(span.of(self.text))

    def kind_of(self, words: str) -> Kind | None:
        """Return the first entry that fits `words`."""
        return next((k for k in self.who.kinds if pattern(k.match, self.who).search(words)), None)
