"""A styled text and a width go in, lines come out: broken where Japanese and English may be, counted in terminal cells."""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

# Han and kana may part between any two characters; Hangul is not among them, since Korean parts its words with blanks.
FREE = "\u2e80-\u2fff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# Kinsoku, after JIS X 4051: what may not end a line, and what may not begin one.
OPENING = r"「『（【〈《〔［｛“‘｢\["
CLOSING = r"\]、。，．・：；！？」』）】〉》〕］｝”’｣､｡〜ー―…‥々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％"
UNIT = re.compile(
    rf"[{OPENING}]*(?:[^\s{CLOSING}{OPENING}](?<=[{FREE}])|[^\s{FREE}{CLOSING}{OPENING}]+)[{CLOSING}]*\s*|[{OPENING}{CLOSING}]+\s*|\s+"
)


def lines(text: Text, width: int) -> list[Text]:
    """Break `text` into lines of at most `width` cells; a word wider than that is cut, and no other word is."""
    broken = text.divide(list(_cuts(text.plain, width)))
    for line in broken:
        line.rstrip()
    return list(broken)


def _cuts(text: str, width: int) -> Iterator[int]:
    used = 0
    for start, end in _units(text, width):
        if used and used + cell_len(text[start:end].rstrip()) > width:
            yield start
            used = 0
        used += cell_len(text[start:end])


def _units(text: str, width: int) -> Iterator[tuple[int, int]]:
    for unit in UNIT.finditer(text):
        if cell_len(unit.group().rstrip()) <= width:
            yield unit.span()
        else:
            yield from _pieces(text, unit.start(), unit.end(), width)


def _pieces(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    first, used = start, 0
    for at in range(start, end):
        size = cell_len(text[at])
        if used + size > width:
            yield first, at
            first, used = at, 0
        used += size
    yield first, end
