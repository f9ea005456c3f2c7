"""Names as the tagger read them in, the same out, their kind mended where the words beside a name contradict it."""

from collections.abc import Iterable

from msgspec.structs import replace

from onrecord.languages import Language
from onrecord.languages._who import pattern
from onrecord.record import Mention

BESIDE = 12  # letters before a name that a pattern may look at


def mended(mentions: Iterable[Mention], text: str, language: Language) -> tuple[Mention, ...]:
    """Return the names; the score stays that of the tagger, which saw the name if not its kind."""
    return tuple(_mended(m, text, language) for m in mentions)


def _mended(mention: Mention, text: str, language: Language) -> Mention:
    start, end = mention.span.start, mention.span.end
    before, after = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
    for rule in language.who.names:
        if pattern(rule.before, language.who).search(before) and pattern(rule.after, language.who).search(after):
            return replace(mention, kind=rule.kind)
    return mention
