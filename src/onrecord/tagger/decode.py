"""The tagger's numbers in, spans out: the best label sequence, cues, and for each cue its source and content.

Labels are begin and inside of each kind, 0 is outside. Inside may only follow its own kind; the best sequence under that rule is
found for all cues of a window at once.
"""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Run = tuple[int, int, int]  # kind, first piece, last piece
SOURCE, CUE, CONTENT = 0, 1, 2
GAP = 3  # pieces: a particle between two quotation marks
INNER = 3  # added to the logits of a source where one is looked for inside another voice's content


class Found(Struct, frozen=True):
    """One attribution in pieces of a window: runs as (first, last), both included."""

    source: tuple[int, int] | None
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    score: float


def runs(logits: Floats) -> list[tuple[int, int, int, float]]:
    """Return the labelled runs of one sequence (n, 1 + 2 kinds) as kind, first, last, mean probability."""
    chances = _softmax(logits)
    labels = best(_logs(logits)[None])[0]
    return [(k, a, b, float(np.mean([chances[i, labels[i]] for i in range(a, b + 1)]))) for k, a, b in _runs(labels)]


def best(logs: Floats) -> NDArray[np.int64]:
    """Return the most likely allowed labels (k, n) of k sequences of log probabilities (k, n, labels).

    Where the most likely label of every piece makes an allowed sequence, that is the answer: most sequences need no search.
    """
    labels: NDArray[np.int64] = logs.argmax(-1)
    before = np.concatenate([np.zeros((len(labels), 1), np.int64), labels[:, :-1]], 1)
    wrong = (_inside(labels) & (before != labels) & (before != labels - 1)).any(1)
    if wrong.any():
        labels[wrong] = _searched(logs[wrong])
    return labels


def _searched(logs: Floats) -> NDArray[np.int64]:
    """Find the best allowed sequences by Viterbi's algorithm."""
    count, length, width = logs.shape
    allowed = np.zeros((width, width), np.float32)
    for inside in range(2, width, 2):
        allowed[[i for i in range(width) if i not in (inside - 1, inside)], inside] = -1e9
    state = logs[:, 0].copy()
    state[:, 2::2] = -1e9
    back = np.zeros((count, length, width), np.int64)
    for i in range(1, length):
        paths = state[:, :, None] + allowed[None]
        back[:, i] = paths.argmax(1)
        state = paths.max(1) + logs[:, i]
    labels = np.zeros((count, length), np.int64)
    labels[:, -1] = state.argmax(1)
    for i in range(length - 1, 0, -1):
        labels[:, i - 1] = back[np.arange(count), i, labels[:, i]]
    return labels


def attributions(labels: Floats, cues: list[tuple[int, int, float]]) -> list[Found]:
    """Read k cues (first, last, score) with the linker's logits (k, n, 7) as attributions; cues of one attribution are joined."""
    read = _all(labels, cues)
    again = [(i, outer) for i, found in enumerate(read) if (outer := _speaker_of(found, read))]
    if again:
        inner = labels[[i for i, _ in again]].copy()
        for row, (_, outer) in zip(inner, again, strict=True):
            outside = np.ones(len(row), bool)
            outside[list(_pieces(outer.content))] = False
            row[outside, 1:3] = -1e4
            row[~outside, 1:3] += INNER
        for (i, _), found in zip(again, _all(inner, [cues[i] for i, _ in again]), strict=True):
            read[i] = found if found.source else replace(found, content=())
    return _joined([found for found in read if found.content])


def _all(labels: Floats, cues: list[tuple[int, int, float]]) -> list[Found]:
    ways, chances = best(_logs(labels)), _softmax(labels)
    return [_read(list(_runs(way)), chance, cue) for way, chance, cue in zip(ways, chances, cues, strict=True)]


def _speaker_of(inner: Found, read: list[Found]) -> Found | None:
    """Return the reading that `inner` stands in, where both have one source.

    Who speaks a content is not the voice inside it: another source is looked for there, and where there is none, the inner one
    is the speaker's own attitude, which is no second voice (ANNOTATION.md, Nesting; "said he was determined to").
    """
    cue, own, source = ({*_pieces(spans)} for spans in (inner.cue, inner.content, (inner.source,) if inner.source else ()))
    for outer in read:
        room = {*_pieces(outer.content)}
        holds = outer is not inner and cue <= room and 2 * len(own & room) > len(own) and len(room) > len(own)
        if holds and outer.source and source & {*_pieces((outer.source,))}:
            return outer
    return None


def _read(found: list[Run], chance: Floats, cue: tuple[int, int, float]) -> Found:
    first, last, score = cue
    sources = [(float(chance[a : b + 1, 1:3].sum(1).mean()), a, b) for k, a, b in found if k == SOURCE]
    source = max(sources, default=None)
    own = {(first, last)} | {(a, b) for k, a, b in found if k == CUE and not (a <= last and first <= b)}
    aside = [*own, *([source[1:]] if source else [])]
    contents = _mended([(a, b) for k, a, b in found if k == CONTENT], aside)
    sure = [float(chance[a : b + 1, 5:7].sum(1).mean()) for a, b in contents]
    # The score is the geometric mean of all parts: the cue, each content span, the source or its absence.
    nobody = float(1 - chance[:, 1:3].sum(1).max())
    parts = [score, *sure, source[0] if source else max(nobody, 0.0)]
    return Found(source[1:] if source else None, tuple(sorted(own)), contents, float(np.prod(parts) ** (1 / len(parts))))


def _mended(spans: list[tuple[int, int]], aside: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join parts of a content that only a few pieces part: true parts have the cue or the source (`aside`) between them."""
    out: list[tuple[int, int]] = []
    for first, last in spans:
        if out and first - out[-1][1] - 1 <= GAP and not any(out[-1][1] < b and a < first for a, b in aside):
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return tuple(out)


def _joined(found: list[Found]) -> list[Found]:
    """Keep one of two readings that name each other's cue and share most of their content."""
    out: list[Found] = []
    for reading in sorted(found, key=lambda f: -f.score):
        if not any(_same(kept, reading) for kept in out):
            out.append(reading)
    return sorted(out, key=lambda f: min(a for a, _ in (*f.cue, *f.content)))


def _same(kept: Found, other: Found) -> bool:
    shared = set(_pieces(kept.cue)) & set(_pieces(other.cue))
    mine, theirs = set(_pieces(kept.content)), set(_pieces(other.content))
    return bool(shared) and 2 * len(mine & theirs) > min(len(mine), len(theirs))


def _pieces(spans: tuple[tuple[int, int], ...]) -> Iterator[int]:
    return (i for a, b in spans for i in range(a, b + 1))


def _runs(labels: NDArray[np.int64]) -> Iterator[Run]:
    """Yield the runs of an allowed sequence."""
    lasts = np.flatnonzero(~np.append(_inside(labels)[1:], False))
    firsts = np.flatnonzero(labels % 2 == 1)
    for first, last in zip(firsts.tolist(), lasts[np.searchsorted(lasts, firsts)].tolist(), strict=True):
        yield (int(labels[first]) - 1) // 2, first, last


def _inside(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (labels > 0) & (labels % 2 == 0)
    return inside


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    out: Floats = shifted / shifted.sum(-1, keepdims=True)
    return out


def _logs(logits: Floats) -> Floats:
    shifted = logits - logits.max(-1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return out
