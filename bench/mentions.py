"""Sentences with marked names in, figures for span and kind out (UD Japanese GSD; Universal NER of English EWT).

A name counts as found where its characters and its kind are the same. Countries, regions, cities and other places are one kind;
all else that the sets mark (buildings, peoples, works, dates) is no name here. English sentences are read in the documents that
they stand in, Japanese ones by themselves: the set does not tell what belongs together.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from bench.sets import Row
from bench.spans import f1, share
from onrecord import languages
from onrecord.actors import base
from onrecord.extraction.mentions import named
from onrecord.record import Span
from onrecord.tagger import tag

KINDS: dict[str, str] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
}
LANGUAGES = {"gsd": "ja", "uner": "en"}
FILES = {"gsd": "gsd_ja.dev.bio", "uner": "uner_en.dev.iob2"}
Name = tuple[int, int, str]


class Document(Struct, frozen=True):
    """A text and the names in it."""

    text: str
    names: frozenset[Name]


def score(data: Path) -> list[Row]:
    """Score the dev split of each set whose file is in `data` (the folder ner, or the one that holds it)."""
    folder = data / "ner" if (data / "ner").is_dir() else data
    return [row for name, file in FILES.items() for row in _rows(name, folder / file)]


def _rows(name: str, path: Path) -> Iterator[Row]:
    if not path.is_file():
        return
    gold, found, both = Counter[str](), Counter[str](), Counter[str]()
    for document in documents(path):
        names = _read(document.text, LANGUAGES[name])
        for counts, some in ((gold, document.names), (found, names), (both, document.names & names)):
            counts.update(kind for _, _, kind in some)
    n = gold.total()
    figures = {
        "precision": (share(both.total(), found.total()), n),
        "recall": (share(both.total(), n), n),
        "F1": (f1(both.total(), found.total(), n), n),
        **{f"{kind} F1": (f1(both[kind], found[kind], gold[kind]), gold[kind]) for kind in dict.fromkeys(KINDS.values())},
    }
    for measure, (value, of) in figures.items():
        yield Row(set=name, split="dev", measure=measure, value=round(value, 1), n=of, seen=False)


def _read(text: str, code: str) -> frozenset[Name]:
    body = Span(0, len(text))
    found = named(tag(text, body).mentions, text, body, languages.get(code), base())
    return frozenset((m.span.start, m.span.end, m.kind) for m in found if m.kind in KINDS.values())


def documents(path: Path, kinds: Mapping[str, str] = KINDS) -> Iterator[Document]:
    """Read a file of words and labels, one word a line: `word label`, or `number word label …` with the text in comments."""
    blocks = [b.splitlines() for b in path.read_text("utf-8").split("\n\n") if b.strip()]
    lines: list[Document] = []
    for block in blocks:
        if lines and (path.suffix == ".bio" or any(line.startswith("# newdoc") for line in block)):
            yield _joined(lines)
            lines = []
        lines.append(_sentence(block, kinds))
    if lines:
        yield _joined(lines)


def _joined(lines: list[Document]) -> Document:
    """Put sentences on lines of one text."""
    names: set[Name] = set()
    start = 0
    for line in lines:
        names |= {(s + start, e + start, kind) for s, e, kind in line.names}
        start += len(line.text) + 1
    return Document("\n".join(line.text for line in lines), frozenset(names))


def _sentence(block: list[str], kinds: Mapping[str, str]) -> Document:
    rows = [line.split("\t") for line in block if not line.startswith("# ")]
    words = [(row[1], row[2]) if row[0].isdigit() and len(row) > 2 else (row[0], row[1]) for row in rows if row[0]]  # noqa: PLR2004
    given = next((line.removeprefix("# text = ") for line in block if line.startswith("# text = ")), None)
    text, spans = _placed([word for word, _ in words], given)
    names: list[Name] = []
    going = False
    for (start, end), (_, label) in zip(spans, words, strict=True):
        kind = kinds.get(label[2:])
        if label[0] == "I" and going and names[-1][2] == kind:
            names[-1] = (names[-1][0], end, names[-1][2])
        elif kind:
            names.append((start, end, kind))
        going = kind is not None
    return Document(text, frozenset(names))


def _placed(words: list[str], given: str | None) -> tuple[str, list[tuple[int, int]]]:
    """Find where each word stands in the text that is given, or in the words joined as Japanese is written."""
    text, spans = given or "", []
    for word in words:
        if given is None:
            text += " " * (text[-1:].isascii() and text[-1:].isalpha() and word[0].isascii() and word[0].isalpha()) + word
        start = text.index(word, spans[-1][1] if spans else 0)
        spans.append((start, start + len(word)))
    return text, spans
