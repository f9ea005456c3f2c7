"""A text goes in, a reading comes out: attributions with linked source, cue and content, and names."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.record import Mention, MentionKind, Span
from onrecord.tagger import decode, edges
from onrecord.tagger.model import Floats, Model, fingerprint, load, tokenizer
from onrecord.tagger.pieces import Window, windows
from onrecord.tagger.shape import shapes
from onrecord.tagger.spans import Attribution, Reading

__all__ = ["Attribution", "Reading", "fingerprint", "tag", "tokenizer"]

KINDS: tuple[MentionKind, ...] = ("person", "organization", "place")
# A reading below this is wrong more often than right: a wrong claim costs more than a missing one. Set on the dev sets, where
# 0.75 to 0.85 give much the same F1 and 0.805 the best triples.
LEAST = 0.805
# The same of a name; on the dev sets F1 is flat from 0 to 0.6, and precision is not.
LEAST_NAME = 0.5


def tag(text: str, body: Span, *, model: Model | None = None) -> Reading:
    """Read `body` of `text`, once; spans are of the whole text. `model` is the one that ships, unless another is given.

    Raises nothing on any text: what cannot be read gives an empty reading.
    """
    model = model or load()
    found: list[Attribution] = []
    names: list[Mention] = []
    for window in windows(model.tokenizer, text, body.start, body.end):
        layers, cue = model.encode(window)
        found.extend(_attributions(text, window, model, layers[-1], cue))
        names.extend(_mentions(text, window, model.name(layers, shapes(text, window))))
    return Reading(tuple(found), agreed(names))


def agreed(names: Sequence[Mention]) -> tuple[Mention, ...]:
    """Give a name one kind wherever it stands in a text: the one that its probabilities add up to most for."""
    sums: defaultdict[tuple[str, MentionKind], float] = defaultdict(float)
    for m in names:
        sums[m.name, m.kind] += m.score or 0
    best = {name: max((sums[name, kind], kind) for kind in KINDS)[1] for name in {m.name for m in names}}
    return tuple(replace(m, kind=best[m.name]) for m in names)


def _attributions(text: str, window: Window, model: Model, vectors: Floats, cue: Floats) -> Iterator[Attribution]:
    cues = [(a, b, score) for _, a, b, score in decode.runs(cue)]
    if not cues:
        return
    labels = model.link(vectors, [(a, b) for a, b, _ in cues])
    for found in decode.attributions(labels, cues):
        content = tuple(s for run in found.content if (s := edges.content(text, _span(text, window, run))))
        spoken = tuple(s for run in found.cue if (s := edges.words(text, _span(text, window, run))))
        source = edges.words(text, _span(text, window, found.source)) if found.source else None
        if content and spoken and found.score >= LEAST:
            yield Attribution(source, spoken, content, round(found.score, 4))


def _mentions(text: str, window: Window, name: Floats) -> Iterator[Mention]:
    for kind, a, b, score in decode.runs(name):
        span = edges.name(text, _span(text, window, (a, b)), window.offsets[b][0])
        if span and score >= LEAST_NAME:
            yield Mention(span.of(text), span, KINDS[kind], score=round(score, 4))


def _span(text: str, window: Window, run: tuple[int, int]) -> Span:
    return edges.whole(text, Span(window.offsets[run[0]][0], window.offsets[run[1]][1]))
