"""A text goes in, the sure names of the knowledge base that stand in it come out, longest first, whatever a tagger saw."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from onrecord.actors.knowledge import Entry, Knowledge, Sense
from onrecord.actors.names import plain
from onrecord.record import Span

WORD = re.compile(r"[^\W\d_](?:[\w.&'’-]*\w)?\.?")
# Names that are ordinary words where nobody tagged them are left to the tagger: companies, parties, places.
ROOMS = ("state", "ministry", "force", "body", "group", "outlet", "person")
LEAST_LETTERS, MOST_WORDS, HEAD = 2, 7, 2


class Spotted(Struct, frozen=True):
    """Where a name stands, and what it means."""

    span: Span
    senses: tuple[Sense, ...]


class _Index(Struct, frozen=True):
    words: dict[str, tuple[Sense, ...]]
    letters: dict[str, tuple[str, ...]]

    def __hash__(self) -> int:
        return id(self)


def spotted(text: str, body: Span, base: Knowledge, code: str, *, spaces: bool) -> Iterator[Spotted]:
    """Yield every name of a language, from left to right without overlaps. `spaces`: blanks part words in this language."""
    index = _index(base, code)
    yield from _by_words(text, body, index) if spaces else _by_letters(text, body, index)


def _by_words(text: str, body: Span, index: _Index) -> Iterator[Spotted]:
    found = [(m.start(), m.end()) for m in WORD.finditer(text, body.start, body.end)]
    i = 0
    while i < len(found):
        taken = 1
        if text[found[i][0]].isupper():
            for n in range(min(MOST_WORDS, len(found) - i), 0, -1):
                span = Span(found[i][0], found[i + n - 1][1])
                if "\n" not in span.of(text) and (senses := index.words.get(plain(span.of(text)))):
                    yield Spotted(span, senses)
                    taken = n
                    break
        i += taken


def _by_letters(text: str, body: Span, index: _Index) -> Iterator[Spotted]:
    i = body.start
    while i < body.end - 1:
        name = next((n for n in index.letters.get(text[i : i + HEAD], ()) if text.startswith(n, i)), None)
        if name and not _runs_on(text, i, i + len(name)):
            yield Spotted(Span(i, i + len(name)), index.words[plain(name)])
        i += len(name) if name else 1


def _runs_on(text: str, start: int, end: int) -> bool:
    """Tell whether kana or Latin letters go on past the name: インド is not in インドネシア, nor IS in ISO."""
    return any(
        _script(text[a : a + 1]) == _script(text[b : b + 1]) != "" for a, b in ((start - 1, start), (end - 1, end)) if a >= 0
    )


def _script(letter: str) -> str:
    if "ァ" <= letter <= "ー":
        return "kana"
    return "latin" if letter.isascii() and letter.isalnum() else ""


@cache
def _index(base: Knowledge, code: str) -> _Index:
    """Keep the sure names of the rooms in one language; of those without blanks, the first letters lead to the name as written."""
    words: dict[str, dict[str, Sense]] = {}
    letters: dict[str, set[str]] = {}
    for entry in base.entries.values():
        for how, name in _sure(entry, code):
            words.setdefault(plain(name), {}).setdefault(entry.id, Sense(entry, how))
            letters.setdefault(name[:HEAD], set()).add(name)
    heads = {head: tuple(sorted(names, key=len, reverse=True)) for head, names in letters.items()}
    return _Index({name: tuple(senses.values()) for name, senses in words.items()}, heads)


def _sure(entry: Entry, code: str) -> Iterator[tuple[str, str]]:
    if entry.id.partition(".")[0] not in ROOMS:
        return
    for how, names in (("name", entry.names), ("adjective", entry.adjectives), ("metonym", entry.metonyms)):
        yield from ((how, name) for name in names.get(code, ()) if len(name) >= LEAST_LETTERS)
