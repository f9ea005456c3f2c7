"""The text of a report and a draw in, what another outlet makes of it out: cut, reordered, edited, merged, headed anew.

The tables of a language stand in `drafts.toml`. Every sentence keeps the name of the one that it was made from, so that what two
texts have from each other is known and need not be measured.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import NamedTuple

from msgspec import Struct, convert

from onrecord.record import Span
from onrecord.text import sentences

# Shares by which a text is changed: of sentences that are edited, of words of the table that are swapped in such a one, of a
# text that is kept when it is cut from below.
EDITED, SWAPPED, KEPT = (0.5, 1.0), 0.9, (0.35, 0.7)
# The same of a text of which little is taken; sentences that are taken at least, or quoted at most.
TAKEN, LEAST = (0.2, 0.45), 2
PARAGRAPH = 2
MOST_WAYS = MOST_OWN = 3
LOWERED = re.compile(r"(?<=, )(?:The|He|She|It|They|A|An)(?= )")


class Line(NamedTuple):
    """A sentence as it is printed; `of` names the one it was made from (`document#3`), None where the outlet wrote it itself."""

    words: str
    of: str | None = None


Paragraphs = tuple[tuple[Line, ...], ...]


class Draft(NamedTuple):
    """A text before it is printed; `ways` is what was done to it."""

    lang: str
    title: str
    paragraphs: Paragraphs
    ways: tuple[str, ...] = ()

    @property
    def sources(self) -> frozenset[str]:
        """The sentences of others that it is made of."""
        return frozenset(line.of for paragraph in self.paragraphs for line in paragraph if line.of)

    @property
    def documents(self) -> frozenset[str]:
        """The documents that it is made of."""
        return frozenset(name.rpartition("#")[0] for name in self.sources)


class Rewriting(Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern and what is written for it."""

    words: str
    other: str


class Credit(Struct, frozen=True, forbid_unknown_fields=True):
    """Where an agency is named: in a line below the headline, at the head of the first sentence, or at the end."""

    byline: str = ""
    head: str = ""
    tail: str = ""


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """What outlets of one language do: see drafts.toml."""

    between: str
    clause: str
    longest: int
    agencies: tuple[str, ...]
    towns: tuple[str, ...]
    outlets: tuple[str, ...]
    places: tuple[str, ...]
    names: str
    own: tuple[str, ...]
    padding: tuple[str, ...]
    quotation: str
    quoted: tuple[str, ...]
    credits: tuple[Credit, ...]
    dateline: Credit
    thanks: Credit
    cut: tuple[Rewriting, ...]
    numbers: tuple[Rewriting, ...]
    moved: tuple[Rewriting, ...]
    synonyms: dict[str, str]


@cache
def tables(lang: str) -> Tables:
    """Load the tables of a language."""
    whole = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return convert(whole[lang], Tables)


def draft(document: str, lang: str, title: str, text: str) -> Draft:
    """Cut a text into sentences, each with its name, and put them into paragraphs; a blank line keeps paragraphs apart."""
    paragraphs, numbered = list[tuple[Line, ...]](), 0
    for part in text.split("\n\n"):
        cut = [span.of(part) for span in sentences(part, Span(0, len(part)))]
        paragraphs += _grouped([Line(words, f"{document}#{numbered + i}") for i, words in enumerate(cut)])
        numbered += len(cut)
    return Draft(lang, title, tuple(paragraphs))


def derived(draft: Draft, draw: Random) -> Draft:
    """Do up to three things to a text, none of them now and then."""
    chosen = draw.sample(list(WAYS), draw.randint(0, MOST_WAYS))
    for way in (name for name in WAYS if name in chosen):
        draft = WAYS[way](draft, draw)
    return draft._replace(ways=tuple(name for name in WAYS if name in chosen) or ("verbatim",))


def merged(a: Draft, b: Draft, draw: Random) -> Draft:
    """Make one text of the first parts of two, by turns after the first lead."""
    first, second = (truncated(d, draw).paragraphs for d in (a, b))
    mixed = tuple(p for both in zip_longest(first, second) for p in both if p)
    return Draft(a.lang, a.title, mixed, ("merged",))


def condensed(draft: Draft, own: Sequence[str], draw: Random) -> Draft:
    """Take a few sentences out of a text, write them in other words, and put the outlet's own between them."""
    lines = [line for paragraph in draft.paragraphs for line in paragraph]
    count = max(LEAST, round(len(lines) * draw.uniform(*TAKEN)))
    taken = [lines[at] for at in sorted(draw.sample(range(len(lines)), min(count, len(lines))))]
    mixed = [line._replace(words=reworded(line.words, draft.lang, draw)) for line in taken]
    for words in own:
        mixed.insert(draw.randint(0, len(mixed)), Line(words))
    return reheaded(Draft(draft.lang, "", tuple(_grouped(mixed)), ("condensed",)), draw)


def quotes(draft: Draft, draw: Random) -> tuple[Line, ...]:
    """Quote what a text quotes, one thing or two, as an outlet that has heard it itself."""
    table = tables(draft.lang)
    said = [found["w"] for p in draft.paragraphs for line in p for found in re.finditer(table.quotation, line.words)]
    return tuple(Line(draw.choice(table.quoted).format(words=words)) for words in draw.sample(said, min(LEAST, len(said))))


def truncated(draft: Draft, draw: Random) -> Draft:
    """Keep the first part, as one cuts from below; two sentences at least."""
    total = sum(len(paragraph) for paragraph in draft.paragraphs)
    left, kept = max(2, round(total * draw.uniform(*KEPT))), list[tuple[Line, ...]]()
    for paragraph in draft.paragraphs:
        kept.append(paragraph[:left])
        left -= len(kept[-1])
    return draft._replace(paragraphs=tuple(paragraph for paragraph in kept if paragraph))


def reordered(draft: Draft, draw: Random) -> Draft:
    """Put the paragraphs below the lead into another order."""
    lead, *rest = draft.paragraphs
    mixed = draw.sample(rest, len(rest))
    return draft._replace(paragraphs=(lead, *(mixed if mixed != rest else reversed(rest))))


def edited(draft: Draft, draw: Random) -> Draft:
    """Write half of the sentences or more in other words."""
    share = draw.uniform(*EDITED)
    return draft._replace(
        paragraphs=tuple(
            tuple(line._replace(words=reworded(line.words, draft.lang, draw)) if draw.random() < share else line for line in p)
            for p in draft.paragraphs
        )
    )


def reworded(words: str, lang: str, draw: Random) -> str:
    """Move the attribution, leave out what is said by the way, write numbers otherwise and swap words; the sense stays."""
    table = tables(lang)
    for cut in table.cut:
        words = re.sub(cut.words, cut.other, words)
    return _swapped(_rewritten(_moved(words, table), table.numbers), lang, draw)


def added(draft: Draft, draw: Random) -> Draft:
    """Drop up to three sentences of the outlet's own into paragraphs."""
    for own in draw.sample(tables(draft.lang).own, draw.randint(1, MOST_OWN)):
        at = draw.randrange(len(draft.paragraphs))
        draft = draft._replace(paragraphs=tuple((*p, Line(own)) if i == at else p for i, p in enumerate(draft.paragraphs)))
    return draft


def reheaded(draft: Draft, draw: Random) -> Draft:
    """Make a headline of the first clause of one of the first sentences."""
    table = tables(draft.lang)
    line = draw.choice([line for paragraph in draft.paragraphs for line in paragraph][:3])
    clause = re.split(table.clause, line.words, maxsplit=1)[0].rstrip("。.")
    return draft._replace(title=clause if len(clause) <= table.longest else _short(clause, table))


WAYS: dict[str, Callable[[Draft, Random], Draft]] = {
    "truncated": truncated,
    "reordered": reordered,
    "edited": edited,
    "added": added,
    "reheaded": reheaded,
}


def outlets(lang: str, draw: Random) -> Iterator[str]:
    """Yield the names of invented outlets in another order each time, none twice."""
    table = tables(lang)
    names = [table.names.format(place=place, outlet=outlet) for place in table.places for outlet in table.outlets]
    yield from draw.sample(names, len(names))


def printed(draft: Draft, credit: Credit, agency: str, town: str, day: date) -> str:
    """Write a text as it stands in the paper: headline, byline, paragraphs with an empty line between them, credit."""
    table = tables(draft.lang)
    body = [table.between.join(line.words for line in paragraph) for paragraph in draft.paragraphs]
    byline, head, tail = (form.format(agency=agency, town=town, day=day) for form in (credit.byline, credit.head, credit.tail))
    below = [*body[:-1], body[-1] + tail] if not table.between else [*body, tail]
    below[0] = head + below[0]
    return "\n\n".join(part for part in (draft.title, byline, *below) if part)


def _grouped(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    for at in range(0, len(lines), PARAGRAPH):
        yield tuple(lines[at : at + PARAGRAPH])


def _moved(words: str, table: Tables) -> str:
    for way in table.moved:
        if re.match(way.words, words):
            turned = LOWERED.sub(lambda m: m[0].lower(), re.sub(way.words, way.other, words, count=1))
            return turned[0].upper() + turned[1:]
    return words


def _rewritten(words: str, ways: Iterable[Rewriting]) -> str:
    """Write every number once: what one pattern wrote no other one turns back."""
    for way in ways:
        changed = re.sub(way.words, way.other, words)
        if changed != words:
            return changed
    return words


def _swapped(words: str, lang: str, draw: Random) -> str:
    synonyms = tables(lang).synonyms

    def other(found: re.Match[str]) -> str:
        word = found[0]
        swap = synonyms[word.lower()]
        return word if draw.random() > SWAPPED else swap.capitalize() if word[0].isupper() else swap

    return _any(lang).sub(other, words)


@cache
def _any(lang: str) -> re.Pattern[str]:
    """Find a word of the table: whole words where blanks part them, the longest first."""
    words = "|".join(re.escape(word) for word in sorted(tables(lang).synonyms, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b" if tables(lang).between else words, re.IGNORECASE)


def _short(clause: str, table: Tables) -> str:
    if not table.between:
        return clause[: table.longest]
    return clause[: table.longest].rpartition(" ")[0]
