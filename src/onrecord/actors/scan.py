"""A text goes in, the sure names of the knowledge base that stand in it come out, longest first, whatever a tagger saw."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from onrecord.actors.knowledge import ROOMS, Knowledge, Sense
from onrecord.actors.names import POSSESSIVE, plain
from onrecord.record import Span

WORD = re.compile(r"[^\W\d_](?:[\w.&'’-]*\w)?\.?")
LEAST_LETTERS, MOST_WORDS, HEAD = 2, 7, 2


class Spotted(Struct, frozen=True):
    """Where a name stands, and what it means."""

    span: Span
    senses: tuple[Sense, ...]


def spotted(text: str, body: Span, base: Knowledge, code: str, *, spaces: bool) -> Iterator[Spotted]:
    """Yield every name of a language, from left to right without overlaps. `spaces`: blanks part words in this language."""
    yield from _by_words(text, body, base, code) if spaces else _by_letters(text, body, base, code)


def _by_words(text: str, body: Span, base: Knowledge, code: str) -> Iterator[Spotted]:
    found = [(m.start(), m.end()) for m in WORD.finditer(text, body.start, body.end)]
    i = 0
    while i < len(found):
        hit = _longest(text, found[i : i + MOST_WORDS], base, code) if text[found[i][0]].isupper() else None
        if hit:
            yield hit
        i += 1 if hit is None else sum(start < hit.span.end for start, _ in found[i : i + MOST_WORDS])


def _longest(text: str, words: list[tuple[int, int]], base: Knowledge, code: str) -> Spotted | None:
    for _, end in reversed(words):
        span = Span(words[0][0], end)
        name = span.of(text)
        if plain(name) in base.senses and "\n" not in name and (senses := _sure(name, base, code)):
            return Spotted(Span(span.start, span.start + len(_bare(name))), senses)
    return None


def _bare(name: str) -> str:
    """Leave off a possessive, and the stop of a sentence, which is none of an abbreviation."""
    own = POSSESSIVE.sub("", name)
    return own[:-1] if own.endswith(".") and "." not in own[:-1] and plain(own[:-1]) == plain(own) else own


def _by_letters(text: str, body: Span, base: Knowledge, code: str) -> Iterator[Spotted]:
    heads = _heads(base, code)
    i = body.start
    while i < body.end - 1:
        name = next((n for n in heads.get(text[i : i + HEAD], ()) if text.startswith(n, i)), None)
        if name and not _runs_on(text, i, i + len(name)) and (senses := _sure(name, base, code)):
            yield Spotted(Span(i, i + len(name)), senses)
        i += len(name) if name else 1


def _runs_on(text: str, start: int, end: int) -> bool:
    """Tell whether kana or Latin letters go on past the name: インド is not in インドネシア, nor IS in ISO."""
    if text[end - 1 : end + 1] == "軍事":  # 米軍事 is no 米軍
        return True
    if text[start - 1 : start] and _is_han(text[start - 1]) and _is_han(text[start]):  # 東日本, 在日韓国
        return True
    edges = ((start - 1, start), (end - 1, end))
    return any(_script(text[a : a + 1]) == _script(text[b : b + 1]) != "" for a, b in edges if a >= 0)


def _is_han(letter: str) -> bool:
    return "一" <= letter <= "龠"


def _script(letter: str) -> str:
    if "ァ" <= letter <= "ー":
        return "kana"
    return "latin" if letter.isascii() and letter.isalnum() else ""


def _sure(name: str, base: Knowledge, code: str) -> tuple[Sense, ...]:
    """Return the meanings of a name that hold wherever it stands, in one language."""
    return tuple(s for s in base.of(name) if s.entry.id.partition(".")[0] in ROOMS and _is_its(name, s, code))


def _is_its(name: str, s: Sense, code: str) -> bool:
    tables = {"name": s.entry.names, "adjective": s.entry.adjectives, "metonym": s.entry.metonyms}
    return s.how in tables and any(plain(n) == plain(name) for n in tables[s.how].get(code, ()))


@cache
def _heads(base: Knowledge, code: str) -> dict[str, tuple[str, ...]]:
    """Lead from the first letters to the names that begin so, as they are written, the longest first."""
    heads: dict[str, list[str]] = {}
    for name in base.spellings.get(code, ()):
        if len(name) >= LEAST_LETTERS:
            heads.setdefault(name[:HEAD], []).append(name)
    return {head: tuple(sorted(names, key=len, reverse=True)) for head, names in heads.items()}
