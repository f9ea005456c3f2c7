"""The tagger's names in, the same out as tables and the knowledge base have them, and those that it did not see.

No title stands in a person's name, and no kind that the words contradict.

Group and role mentions are not the tagger's: they are the nouns by which voices are called.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from onrecord.actors import Knowledge, spotted
from onrecord.actors.names import HAN, parts
from onrecord.extraction.scene import Scene
from onrecord.languages import Language
from onrecord.languages._who import pattern
from onrecord.record import Mention, MentionKind, Span, Voice

# A name is looked for at so many places of a text.
OFTEN = 12
# Names that stand for nobody else where they stand again, and letters that would make a longer word of one.
AGAIN = re.compile(r"[ァ-ヺー][ァ-ヺー・＝=]{3,}|[A-ZÀ-Þ][\w.’'-]{3,}(?: [A-ZÀ-Þ][\w.’'-]+)+")
KANA, LETTER = re.compile(r"[ァ-ヺー]"), re.compile(r"\w")
# What a name of the base is as a mention, by the room that its id names; all else is an organization.
KINDS: dict[str, MentionKind] = {"state": "place", "place": "place", "person": "person"}


def named(mentions: Sequence[Mention], text: str, body: Span, language: Language, base: Knowledge) -> tuple[Mention, ...]:
    """Return the names of a text: the tagger's, mended, and those of the base that it did not see or cut short."""
    scene = Scene(text, language, ())
    told = [_told(m, scene) for m in mentions]
    alike = _after_persons(mentions, base) | _everywhere(mentions, scene)
    read = [
        m for raw, kind in zip(mentions, told, strict=True) if (m := _mended(raw, kind or alike.get(raw.name, raw.kind), scene))
    ]
    sure = tuple(_sure(text, body, language, base))
    read += [m for m in _again(read, text, body) if not any(_meet(m.span, other.span) for other in read)]
    kept = [m for m in read if not any(_holds(s.span, m.span) or _runs_on(m, s, text) for s in sure)]
    more = [s for s in sure if not any(_meet(s.span, m.span) for m in kept)]
    return tuple(sorted((*kept, *more), key=lambda m: m.span))


def _again(mentions: Sequence[Mention], text: str, body: Span) -> Iterator[Mention]:
    """Yield the other places of the names that no common word is: in kana, or with a capital in each word."""
    for name, m in {m.name: m for m in mentions if m.kind != "place" and AGAIN.fullmatch(m.name)}.items():
        edge = KANA if KANA.match(name[0]) else LETTER
        for at in islice(re.finditer(re.escape(name), text[body.start : body.end]), OFTEN):
            start, end = body.start + at.start(), body.start + at.end()
            if not edge.match(text[max(0, start - 1) : start]) and not edge.match(text[end : end + 1]):
                yield replace(m, span=Span(start, end))


def _runs_on(m: Mention, sure: Mention, text: str) -> bool:
    """Tell a person's name in Han letters that runs on into the next word: 金正恩朝鮮 in 金正恩朝鮮労働党委員長."""
    rest = m.span.end - sure.span.end
    return m.kind == sure.kind == "person" and m.span.start == sure.span.start and rest > 1 and bool(HAN.match(m.span.of(text)))


def _sure(text: str, body: Span, language: Language, base: Knowledge) -> Iterator[Mention]:
    """Yield the names of the base that mean one actor wherever they stand."""
    for hit in spotted(text, body, base, language.code, spaces=language.language.spaces):
        entries = {s.entry.id for s in hit.senses if s.how == "name"}
        inside = language.language.inside and re.match(language.language.inside, text[hit.span.end : hit.span.end + 4])
        if len(entries) == 1 and not inside:
            yield Mention(hit.span.of(text), hit.span, KINDS.get(entries.pop().partition(".")[0], "organization"))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _told(m: Mention, scene: Scene) -> MentionKind | None:
    """Return the kind that a name's own words, or those beside it, tell."""
    return next((rule.kind for rule in scene.who.mends if pattern(rule.match, scene.who).search(_marked(m, scene.text))), None)


def _after_persons(mentions: Sequence[Mention], base: Knowledge) -> dict[str, MentionKind]:
    """Return the names that are parts of one person's full name in the text and mean nobody else: they are that person."""
    whole = {parts(m.name) for m in mentions if m.kind == "person" and len(parts(m.name)) > 1}
    known = Counter(part for name in whole for part in {name[0], name[-1]})
    short = {m.name for m in mentions if m.kind != "person" and len(parts(m.name)) == 1}
    return {name: "person" for name in short if known[parts(name)[0]] == 1 and not any(s.how == "name" for s in base.of(name))}


def _everywhere(mentions: Sequence[Mention], scene: Scene) -> dict[str, MentionKind]:
    """Return the kinds that words tell wherever a name stands, seen by the tagger or not: where they tell but one."""
    names = {m.name: m for m in mentions}
    kinds = {name: {kind for at in _places(name, scene.text) if (kind := _told(_at(m, at), scene))} for name, m in names.items()}
    return {name: next(iter(some)) for name, some in kinds.items() if len(some) == 1}


def _places(name: str, text: str) -> Iterator[int]:
    return islice((hit.start() for hit in re.finditer(re.escape(name), text)), OFTEN)


def _at(m: Mention, start: int) -> Mention:
    return replace(m, span=Span(start, start + len(m.name)))


def _mended(m: Mention, kind: MentionKind, scene: Scene) -> Mention | None:
    span = _untitled(m.span, scene) if kind == "person" else m.span
    return replace(m, kind=kind, span=span, name=span.of(scene.text)) if span else None


def _marked(m: Mention, text: str) -> str:
    """Write a name with what stands round it, its ends marked: 「…<金>氏は…」."""
    before, after = text[max(0, m.span.start - 24) : m.span.start], text[m.span.end : m.span.end + 40]
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
