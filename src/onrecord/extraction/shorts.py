"""A short name in, the one longer name of the text that it is a part of out."""

import re
from collections.abc import Iterator
from itertools import islice

from onrecord.extraction.scene import Scene
from onrecord.languages._who import Short, pattern
from onrecord.record import Span, VoiceKind

# A letter that no text uses stands for a short name.
STAND = "\ue000"
# A full name is looked for this far round a short one, at so many places.
ROUND, OFTEN = 100, 40


def fullest(scene: Scene, short: str, kind: VoiceKind) -> Span | None:
    """Return where the one longer name stands that `short` is a part of; None where there is none, or more than one."""
    found: dict[str, Span] = {}
    for s in scene.who.shorts:
        if kind in s.kinds and pattern(s.short, scene.who).search(short):
            spans = _among(scene, short, s) if s.among else _longer(scene, short, s)
            found.update({span.of(scene.text): span for span in reversed(list(spans))})
    longest = [words for words in found if not any(words != other and words in other for other in found)]
    return found[longest[0]] if len(longest) == 1 else None


def _among(scene: Scene, short: str, s: Short) -> Iterator[Span]:
    match = _template(s, scene)
    return (span for kind, span in scene.names if kind in s.kinds and match.search(span.of(scene.text).replace(short, STAND)))


def _longer(scene: Scene, short: str, s: Short) -> Iterator[Span]:
    """Yield what stands round the short name, where it stands first in the text; a letter takes its place in the pattern."""
    for at in islice(_places(scene.text, short), OFTEN):
        begin, end = max(0, at - ROUND), at + len(short)
        hit = _template(s, scene).search(scene.text[begin:at] + STAND + scene.text[end : end + ROUND])
        # 金総書記 holds no longer name than 金: what follows is the title
        if hit and not (_title_at(scene, end) and not hit["full"].endswith(STAND)):
            yield from _stripped(scene, begin + hit.start("full"), hit["full"].replace(STAND, short), short)


def _title_at(scene: Scene, at: int) -> bool:
    title = scene.who.title_after
    return bool(title) and not scene.who.apart and bool(pattern(title, scene.who).search(scene.text[at : at + 12]))


def _stripped(scene: Scene, start: int, full: str, short: str) -> Iterator[Span]:
    """Yield the full name without what leads it, where it still is longer."""
    lead = pattern(scene.who.lead, scene.who).match(full) if scene.who.lead else None
    bare = full[lead.end() :] if lead else full
    if len(bare) > len(short) and (short in bare or short.isupper()):
        yield Span(start + len(full) - len(bare), start + len(full))


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _template(s: Short, scene: Scene) -> re.Pattern[str]:
    return pattern(s.match.replace("{short}", STAND), scene.who)
