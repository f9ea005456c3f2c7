"""The tagger's names in, the same out as tables have them: no title in a person's name, no kind that the words contradict.

Group and role mentions are not the tagger's: they are the nouns by which voices are called.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.extraction.scene import Scene
from onrecord.languages import Language
from onrecord.languages._who import pattern
from onrecord.record import Mention, MentionKind, Span, Voice


def mended(mentions: Sequence[Mention], text: str, language: Language) -> tuple[Mention, ...]:
    """Cut titles and honorifics off persons, and give each name the kind that its own words or those beside it tell."""
    scene = Scene(text, language, ())
    return tuple(m for raw in mentions if (m := _mended(raw, scene)))


def _mended(m: Mention, scene: Scene) -> Mention | None:
    kind = next((rule.kind for rule in scene.who.mends if pattern(rule.match, scene.who).search(_marked(m, scene.text))), m.kind)
    span = _untitled(m.span, scene) if kind == "person" else m.span
    return replace(m, kind=kind, span=span, name=span.of(scene.text)) if span else None


def _marked(m: Mention, text: str) -> str:
    """Write a name with what stands round it, its ends marked: 「…<金>氏は…」."""
    before, after = text[max(0, m.span.start - 24) : m.span.start], text[m.span.end : m.span.end + 24]
    return f"{before}<{m.name}>{after}"


def _untitled(span: Span, scene: Scene) -> Span | None:
    words = span.of(scene.text)
    if cut := _before_title(span, scene):
        return cut
    for form in scene.who.forms:
        hit = pattern(form.match, scene.who).search(words)
        if hit and hit["name"]:
            return Span(span.start + hit.start("name"), span.start + hit.end("name"))
        if hit:
            return (
                span if scene.who.apart and pattern(f"^(?:{scene.who.looks})$", scene.who).search(words) and " " in words else None
            )
    return span


def _before_title(span: Span, scene: Scene) -> Span | None:
    """Cut a name that runs into the title after it: 金総 before 書記 is 金."""
    if not scene.who.title_after or scene.who.apart:
        return None
    for cut in range(span.start + 1, span.end):
        hit = pattern(scene.who.title_after, scene.who).search(scene.text[cut : cut + 12])
        if hit and cut + hit.end() > span.end:
            return Span(span.start, cut)
    return None


def called(voices: Sequence[Voice], text: str, language: Language) -> Iterator[Mention]:
    """Yield the groups and the roles by which voices are called: "two officials", クレムリン報道官."""
    for voice in voices:
        if voice.source and voice.kind == "group" and not voice.named and voice.name and not _is_pronoun(voice.name, language):
            yield from _within(voice.name, voice.source, "group", text)
        if voice.source and voice.role:
            yield from _within(voice.role, voice.source, "role", text)


def _is_pronoun(words: str, language: Language) -> bool:
    return any(pattern(p.match, language.who).search(words) for p in language.who.pronouns)


def _within(words: str, source: Span, kind: MentionKind, text: str) -> Iterator[Mention]:
    at = text.find(words, source.start, source.end)
    if at >= 0:
        yield Mention(words, Span(at, at + len(words)), kind)
