"""A text in, windows of word pieces out, each piece with the span of text that it stands for."""

import re
from collections.abc import Iterator

from msgspec import Struct
from tokenizers import Tokenizer

WIDTH = 254  # pieces a window; with the two marks at its ends 256, half of what the encoder has positions for
BLOCK = re.compile(r"[^\n\r]*\S[^\n\r]*")
SENTENCE_END = re.compile(r"[.!?。！？][\"'”’」』）)]*\s*")


class Window(Struct, frozen=True):
    """Pieces that the encoder reads at once: vocabulary ids, and for each the half-open span of the text it covers."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


def windows(tokenizer: Tokenizer, text: str, start: int, end: int) -> Iterator[Window]:
    """Pack the lines of `text[start:end]` into windows of at most `WIDTH` pieces; a line is cut only where it is longer."""
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for line in BLOCK.finditer(text, start, end):
        for more_ids, more_offsets in _parts(tokenizer, line.group(), line.start()):
            if ids and len(ids) + len(more_ids) > WIDTH:
                yield Window(tuple(ids), tuple(offsets))
                ids, offsets = [], []
            ids.extend(more_ids)
            offsets.extend(more_offsets)
    if ids:
        yield Window(tuple(ids), tuple(offsets))


def _parts(tokenizer: Tokenizer, line: str, start: int) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
    """Yield the pieces of a line, whole if it fits a window, else in runs of sentences, else cut hard."""
    for chunk in range(0, len(line), 8000):  # a line of a million characters is met too
        piece = line[chunk : chunk + 8000]
        ids, offsets = _encode(tokenizer, piece, start + chunk)
        while len(ids) > WIDTH:
            cut = _cut(piece, start + chunk, offsets)
            yield ids[:cut], offsets[:cut]
            ids, offsets = ids[cut:], offsets[cut:]
        if ids:
            yield ids, offsets


def _encode(tokenizer: Tokenizer, piece: str, start: int) -> tuple[list[int], list[tuple[int, int]]]:
    encoding = tokenizer.encode(piece, add_special_tokens=False)
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for number, (a, b) in zip(encoding.ids, encoding.offsets, strict=True):
        covered = piece[a:b]
        if covered.strip():
            ids.append(number)
            offsets.append((start + b - len(covered.lstrip()), start + b))
    return ids, offsets


def _cut(piece: str, start: int, offsets: list[tuple[int, int]]) -> int:
    """Return how many pieces to take: up to the last sentence end within the width, else the whole width."""
    limit = offsets[WIDTH - 1][1] - start
    first = offsets[0][0] - start
    ends = [m.end() for m in SENTENCE_END.finditer(piece, first, limit)]
    if not ends:
        return WIDTH
    taken = sum(1 for a, _ in offsets[:WIDTH] if a - start < ends[-1])
    return taken if taken > WIDTH // 3 else WIDTH
