"""Attributions in, and where the content of one is somebody's statement told as a noun, that statement beside it as a voice.

「…という住民の主張を否定した」 and "denied allegations that …" are two voices (ANNOTATION.md, Nesting). The tagger reads most as
one cue with one content; the tables `noted` of said.toml say where the inner voice stands between the two.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from onrecord.languages import Language
from onrecord.languages._said import Said
from onrecord.record import Span
from onrecord.tagger.spans import Attribution


class Parted(Struct, frozen=True):
    """The two voices of one reading; `words` are those between content and cue that told of the inner one."""

    outer: Attribution
    inner: Attribution
    words: Span


def noted(attributions: Sequence[Attribution], text: str, language: Language) -> tuple[Attribution, ...]:
    """Part every attribution that a table parts; other readings of the words that told of the inner voice give way to it."""
    parted = {a: found for a in attributions if (found := _parted(a, attributions, text, language.said))}
    inner = tuple({found.inner.cue: found.inner for found in parted.values()}.values())
    told = [found.words for found in parted.values()]
    rest = (a for a in attributions if a not in parted and not any(_meet(cue, words) for cue in a.cue for words in told))
    return (*rest, *(found.outer for found in parted.values()), *inner)


def _parted(a: Attribution, others: Sequence[Attribution], text: str, said: Said) -> Parted | None:
    for cue in a.cue:
        for hit in _between(cue, a.content, text, said):
            within = Span(*hit.span("source")) if hit["source"] else None
            if within is None or a.source is None or not _meet(a.source, within):
                return _parts(a, cue, hit)
            alike = [b for b in others if _meet(b.content[-1], a.content[-1])]
            speakers = [b.source for b in alike if b.source and not _meet(b.source, within)]
            if len(set(speakers)) == 1:
                return _parts(replace(a, source=speakers[0]), cue, hit)
    return None


def _between(cue: Span, content: tuple[Span, ...], text: str, said: Said) -> Iterator[re.Match[str]]:
    """Yield where a statement told as a noun reaches from the content into the cue, or stands between the two."""
    after = content[-1].start < cue.start
    start, end = (content[-1].start, cue.end) if after else (cue.start, content[0].end)
    for pattern, by in _patterns(said):
        for hit in pattern.finditer(text, start, end):
            fits = cue.start <= hit.end() < cue.end if after else cue.start < hit.start() <= content[0].start < hit.end() + 1
            if fits and (start < hit.start() if after else hit.end() < end) and by.search(cue.of(text)):
                yield hit


def _parts(a: Attribution, cue: Span, hit: re.Match[str]) -> Parted:
    """Cut the words between: the content stays with both, the noun goes to the inner voice, the verb to the outer one."""
    noun, source = Span(*hit.span("cue")), Span(*hit.span("source")) if hit["source"] else None
    if a.content[-1].start < cue.start:
        said = (*a.content[:-1], Span(a.content[-1].start, hit.start()))
        told = (*a.content[:-1], Span(a.content[-1].start, noun.end))
        verb = Span(hit.end(), cue.end)
    else:
        said = (Span(hit.end(), a.content[0].end), *a.content[1:])
        told = (Span(min(noun.start, source.start if source else noun.start), a.content[0].end), *a.content[1:])
        verb = Span(cue.start, min(cue.end, cue.start + len(hit.string[cue.start : hit.start()].rstrip())))
    outer = replace(a, cue=tuple(verb if s == cue else s for s in a.cue), content=told)
    return Parted(outer, Attribution(source, (noun,), said, a.score), Span(*hit.span()))


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@cache
def _patterns(said: Said) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(entry.match), re.compile(entry.by, re.IGNORECASE)) for entry in said.noted)
