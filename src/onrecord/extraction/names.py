"""Names as the tagger read them in, the same out, their kind mended where the words beside a name contradict it."""

from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.languages import Language
from onrecord.languages._who import pattern
from onrecord.record import Mention, MentionKind

BEFORE, AFTER = 12, 40  # letters beside a name that a pattern may look at


def mended(mentions: Sequence[Mention], text: str, language: Language) -> tuple[Mention, ...]:
    """Return the names; what the words tell at one place holds at the others, unless they tell two things.

    The score stays that of the tagger, which saw the name if not its kind.
    """
    told = [_told(m, text, language) for m in mentions]
    everywhere: dict[str, set[MentionKind]] = {}
    for m, kind in zip(mentions, told, strict=True):
        if kind:
            everywhere.setdefault(m.name, set()).add(kind)
    alike = {name: next(iter(kinds)) for name, kinds in everywhere.items() if len(kinds) == 1}
    return tuple(replace(m, kind=kind or alike.get(m.name, m.kind)) for m, kind in zip(mentions, told, strict=True))


def _told(mention: Mention, text: str, language: Language) -> MentionKind | None:
    start, end = mention.span.start, mention.span.end
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    for rule in language.who.names:
        if pattern(rule.before, language.who).search(before) and pattern(rule.after, language.who).search(after):
            return rule.kind
    return None
