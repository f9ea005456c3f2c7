"""The tagger's attributions in, the same with edges that respect the language out: no particle in a source, no "that" in a content.

What may not stand at an edge, and what was cut off one, are tables of language.toml; marks and stops are trimmed already. What
only looks like an attribution is a table of said.toml.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.languages import Language, Part
from onrecord.record import Span
from onrecord.tagger.spans import Attribution


def cleaned(attributions: Sequence[Attribution], text: str, language: Language) -> tuple[Attribution, ...]:
    """Mend every span; an attribution whose cue or content is nothing but edge, or that only tells a deed, is dropped."""
    mended = (clean for a in attributions if (clean := _clean(a, text, language)))
    return tuple(a for a in mended if not _is_deed(a, text, language))


def _clean(a: Attribution, text: str, language: Language) -> Attribution | None:
    source, cue, content = (
        tuple(_grown(trimmed(spans, part, text, language), a, part, text, language)) for part, spans in _parts(a)
    )
    if not (cue and content):
        return None
    return Attribution(source[0] if source else None, (*cue, *_closing(cue, content, text, language)), content, a.score)


def _parts(a: Attribution) -> Iterator[tuple[Part, tuple[Span, ...]]]:
    yield "source", (a.source,) if a.source else ()
    yield "cue", a.cue
    yield "content", a.content


def trimmed(spans: Sequence[Span], part: Part, text: str, language: Language) -> Iterator[Span]:
    """Cut off each span what may not stand at the edges of that part of an attribution; nothing is left of none."""
    for span in spans:
        start, end = span.start, span.end
        for at_start, pattern in _patterns(language, part):
            words = text[start:end]
            hit = pattern.match(words) if at_start else pattern.search(words)
            if hit and hit.end() - hit.start() < len(words):
                start, end = (start + hit.end(), end) if at_start else (start, start + hit.start())
        if start < end:
            yield Span(start, end)


def _grown(spans: Iterator[Span], a: Attribution, part: Part, text: str, language: Language) -> Iterator[Span]:
    """Add to each span what belongs to its last word; `a` is the attribution that it is part of."""
    grows = [grow for grow in language.language.grows if grow.part == part]
    for span in spans:
        rest = text[span.end : min((s.start for s in a.cue if s.start >= span.end), default=span.end)].rstrip()
        fits = (re.compile(g.after).fullmatch(rest) if g.cue else re.compile(g.after).match(text, span.end) for g in grows)
        yield Span(span.start, span.end + max((hit.end() - hit.start() for hit in fits if hit), default=0))


def _closing(cue: Sequence[Span], content: Sequence[Span], text: str, language: Language) -> Iterator[Span]:
    """Find the second half of a cue whose first half stands before its content."""
    last = content[-1].end
    if cue[-1].start > last:
        return
    for closing in language.language.closings:
        hit = re.compile(closing.match).match(text, last)
        if hit and re.search(closing.opens, cue[0].of(text)):
            yield Span(*hit.span("cue"))
            return


def _is_deed(a: Attribution, text: str, language: Language) -> bool:
    cue, content = a.cue[-1].of(text), a.content[0].of(text)
    return any(
        re.search(deed.cue, cue, re.IGNORECASE) and re.search(deed.content, content, re.IGNORECASE) for deed in language.said.deeds
    )


@cache
def _compiled(entries: tuple[tuple[str, str, str], ...], part: Part) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    return tuple((bool(first), re.compile(first or f"(?:{last})$", re.IGNORECASE)) for p, first, last in entries if p == part)


def _patterns(language: Language, part: Part) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    return _compiled(tuple((e.part, e.start, e.end) for e in language.language.edges), part)
