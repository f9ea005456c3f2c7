"""The tagger's attributions in, the same with edges that respect the language out: no particle in a source, no "that" in a content.

What may not stand at an edge is a table, `[[edges]]` in language.toml; marks and stops the tagger has trimmed already.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.languages import Language
from onrecord.record import Span
from onrecord.tagger.spans import Attribution


def cleaned(attributions: Sequence[Attribution], text: str, language: Language) -> tuple[Attribution, ...]:
    """Trim every span; an attribution whose cue or content is nothing but edge is dropped."""
    return tuple(clean for a in attributions if (clean := _clean(a, text, language)))


def _clean(a: Attribution, text: str, language: Language) -> Attribution | None:
    source = next(_trimmed([a.source] if a.source else [], "source", text, language), None)
    cue = tuple(_trimmed(a.cue, "cue", text, language))
    content = tuple(_trimmed(a.content, "content", text, language))
    return Attribution(source, cue, content, a.score) if cue and content else None


def _trimmed(spans: Sequence[Span], part: str, text: str, language: Language) -> Iterator[Span]:
    patterns = _patterns(language, part)
    for span in spans:
        trimmed = span
        for at_start, pattern in patterns:
            words = trimmed.of(text)
            hit = pattern.match(words) if at_start else pattern.search(words)
            if hit and hit.end() - hit.start() < len(words):
                trimmed = (
                    Span(trimmed.start + hit.end(), trimmed.end) if at_start else Span(trimmed.start, trimmed.start + hit.start())
                )
        if trimmed.start < trimmed.end:
            yield trimmed


@cache
def _compiled(entries: tuple[tuple[str, str, str], ...], part: str) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    return tuple((bool(first), re.compile(first or f"(?:{last})$", re.IGNORECASE)) for p, first, last in entries if p == part)


def _patterns(language: Language, part: str) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    return _compiled(tuple((e.part, e.start, e.end) for e in language.language.edges), part)
