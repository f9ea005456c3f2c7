"""Annotated texts in, windows with labels out: what the tagger's heads are trained on.

Three kinds of text: PolNeAR (source, cue, content; no nesting), our own marked-up passages (nested), and sentences with
names. All are brought to the conventions of ours: no quotation marks round a content, no "that" before it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord import languages
from onrecord.extraction import edges
from onrecord.record import Span
from onrecord.tagger.pieces import Window, windows
from training import markup

Spans = tuple[tuple[int, int], ...]
NAMES = ("person", "organization", "place")
ROLES = ("source", "cue", "content")
OPEN, CLOSE = "\"“„'‘「『", "\"”“'’」』"
IGNORE = -100
# Attributions inside a content are not annotated in PolNeAR: what stands there says little about cues.
INSIDE = 0.02


class Text(Struct, frozen=True):
    """An annotated text.

    `nested`: attributions inside contents are marked too. `names`: (start, end, kind), or None where they are not marked.
    """

    id: str
    text: str
    attributions: tuple[markup.Marked, ...] = ()
    nested: bool = True
    names: tuple[tuple[int, int, str], ...] | None = None


class Example(Struct, frozen=True):
    """A window with its labels, one a piece; `pairs` holds for each cue span its first and last piece and the labels it sees."""

    window: Window
    cue: NDArray[np.int64]
    weight: NDArray[np.float32]
    names: NDArray[np.int64]
    pairs: tuple[tuple[int, int, NDArray[np.int64]], ...]


def polnear(path: Path) -> Iterator[Text]:
    """Yield the articles of a PolNeAR split in our conventions: no quotation marks, no "that", no apposition."""
    for line in path.open(encoding="utf-8"):
        d = json.loads(line)
        marks = tuple(
            markup.Marked(
                _trimmed(d["text"], "source", a["source"]),
                _trimmed(d["text"], "cue", a["cue"]),
                bare(d["text"], _pairs(a["content"])),
            )
            for a in d["attributions"]
            if a["cue"] and a["content"]
        )
        yield Text(d["doc_id"], d["text"], marks, nested=False)


def _pairs(spans: list[list[int]] | None) -> Spans:
    return tuple((s, e) for s, e in spans or [])


def _trimmed(text: str, part: languages.Part, spans: list[list[int]] | None) -> Spans:
    """Cut off what `extract` would: one rule for what is taught and what is read."""
    cut = edges.trimmed([Span(s, e) for s, e in spans or []], part, text, languages.get("en"))
    return tuple((span.start, span.end) for span in cut)


def bare(text: str, spans: Spans) -> Spans:
    """Take the enclosing quotation marks, the comma before a closing one, and a leading "that" off each content span."""
    return tuple((s, e) for s, e in (_bare(text, s, e) for s, e in spans) if s < e)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    for _ in range(4):
        before = start, end
        while start < end and text[start].isspace():
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] == ","):
            end -= 1
        if hit := re.compile(r"that\b\s*").match(text, start, end):
            start = hit.end()
        if end - start > 1:
            start, end = _unquote(text, start, end)
        if before == (start, end):
            break
    return start, end


def _unquote(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = text[start] in OPEN, text[end - 1] in CLOSE
    inner = text[start + 1 : end - 1]
    if first and last:
        # `"A," and "B"` keeps its marks: they do not belong together
        return (start, end) if _crossed(inner) else (start + 1, end - 1)
    if first and text[start] in '"“„「『' and not any(c in '"”」』' for c in inner + text[end - 1]):
        return start + 1, end
    if last and text[end - 1] in '"”」』' and not any(c in '"“„「『' for c in text[start] + inner):
        return start, end - 1
    return start, end


def _crossed(inner: str) -> bool:
    """Tell whether a mark closes in `inner` before one opens."""
    if inner.count('"') % 2 == 0 and '"' in inner and re.search(r'^[^"]*[,.?!]"', inner):
        return True
    return bool(re.search(r"^[^“]*”", inner))


def gold(folder: Path) -> Iterator[Text]:
    """Yield our own marked-up passages."""
    for file in sorted(folder.glob("*.txt")):
        for p in markup.read(file):
            yield Text(p.where, p.text, p.attributions)


def annotated(path: Path) -> Iterator[Text]:
    """Yield documents annotated after the annotation page; chains are taken apart into their voices."""
    for line in path.open(encoding="utf-8"):
        d = json.loads(line)
        chains = [list(_voices(a)) for a in d["attributions"]]
        marks = [chain[0] for chain in chains if chain]
        known = {mark.cue for mark in marks}
        # where the outer voice says more, it has an entry of its own, which is the better one
        marks += [mark for chain in chains for mark in chain[1:] if mark.cue not in known]
        yield Text(d["doc"], d["text"], tuple(dict.fromkeys(marks)))


def _voices(a: dict[str, list[dict[str, list[list[int]] | list[int]]]]) -> Iterator[markup.Marked]:
    """Yield the voices of an entry, the innermost first; each of the others attributes all of the one inside it."""
    content = _pairs(a["content"])  # type: ignore[arg-type]
    for voice in reversed(a["voices"]):
        source = ((voice["source"][0], voice["source"][1]),) if voice["source"] else ()
        cue = _pairs(voice["cue"])  # type: ignore[arg-type]
        if cue:
            yield markup.Marked(source, cue, content)  # type: ignore[arg-type]
        spans = [*content, *cue, *source]
        content = ((min(s for s, _ in spans), max(e for _, e in spans)),)  # type: ignore[type-var]


def names(folder: Path) -> Iterator[Text]:
    """Yield the sentences of the open sets of names, persons, organizations and places alone."""
    kinds = {
        "人名": "person",
        "法人名": "organization",
        "政治的組織名": "organization",
        "その他の組織名": "organization",
        "地名": "place",
        "施設名": "place",
    }
    for row in json.loads((folder / "stockmark_ja.json").read_text("utf-8")):
        marks = tuple((*r["span"], kinds[r["type"]]) for r in row["entities"] if r["type"] in kinds)
        yield Text("stockmark", row["text"], names=marks)
    gsd = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}
    yield from _columns(folder / "gsd_ja.train.bio", gsd, 0, 1, "")
    uner = {"PER": "person", "ORG": "organization", "LOC": "place"}
    yield from _columns(folder / "uner_en.train.iob2", uner, 1, 2, " ")


def _columns(path: Path, kinds: dict[str, str], word: int, tag: int, glue: str) -> Iterator[Text]:
    text, marks = "", []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith("# "):
            continue
        if not line.strip():
            if text:
                yield Text(path.stem, text, names=tuple((s, e, k) for s, e, k in marks))
            text, marks = "", []
            continue
        row = line.split("\t")
        start = len(text) + len(glue) * bool(text)
        text = text + glue * bool(text) + row[word]
        label = row[tag]
        if label[:2] == "B-" and label[2:] in kinds:
            marks.append([start, len(text), kinds[label[2:]]])
        elif label[:2] == "I-" and marks and label[2:] in kinds and marks[-1][1] >= start - len(glue):
            marks[-1][1] = len(text)


def examples(tokenizer: Tokenizer, text: Text, skip: int = 0) -> Iterator[Example]:
    """Cut a text into windows with labels; the first may start `skip` lines in, so that epochs see other windows."""
    start = 0
    for _ in range(skip):
        start = text.text.find("\n", start) + 1 or start
    for window in windows(tokenizer, text.text, start, len(text.text)):
        yield label(window, text)


def label(window: Window, text: Text) -> Example:
    """Label the pieces of one window."""
    n = len(window.ids)
    cue, weight = np.zeros(n, np.int64), np.ones(n, np.float32)
    if text.names is not None:
        return Example(window, cue, np.zeros(n, np.float32), name_labels(window, text.names, NAMES), ())
    kinds = np.full(n, IGNORE, np.int64)
    if not text.nested:
        for a in text.attributions:
            weight[_inside(window, a.content)] = INSIDE
    pairs = []
    for a in text.attributions:
        for span in a.cue:
            at = _inside(window, (span,))
            if len(at):
                _mark(cue, window, (span,), 1)
                weight[at] = 1
                pairs.append((int(at[0]), int(at[-1]), _seen(window, a)))
    return Example(window, cue, weight, kinds, tuple(pairs))


def name_labels(window: Window, names: tuple[tuple[int, int, str], ...], kinds: tuple[str, ...]) -> NDArray[np.int64]:
    """Label the pieces of a window with the names of the given kinds."""
    labels = np.zeros(len(window.ids), np.int64)
    for s, e, kind in names:
        if kind in kinds:
            _mark(labels, window, ((s, e),), 1 + 2 * kinds.index(kind))
    return labels


def _seen(window: Window, a: markup.Marked) -> NDArray[np.int64]:
    """Return what the linking head is to answer for the cue of one attribution."""
    labels = np.zeros(len(window.ids), np.int64)
    for i, role in enumerate(ROLES):
        _mark(labels, window, getattr(a, role), 1 + 2 * i)
    return labels


def _inside(window: Window, spans: Spans) -> NDArray[np.int64]:
    """Return the pieces that lie at least half inside the spans."""
    return np.array(
        [i for i, (a, b) in enumerate(window.offsets) if any(2 * (min(b, e) - max(a, s)) >= b - a for s, e in spans)], np.int64
    )


def _mark(labels: NDArray[np.int64], window: Window, spans: Spans, begin: int) -> None:
    for span in spans:
        at = _inside(window, (span,))
        labels[at] = begin + 1
        if len(at) and (window.offsets[at[0]][0] <= span[0] or at[0] == 0):
            labels[at[0]] = begin
