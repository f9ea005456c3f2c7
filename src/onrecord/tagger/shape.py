"""A window of pieces in, one number a piece out: what it looks like and what parts it from the piece before.

The vocabulary leaves out line ends and most of the difference between "Apple" and "APPLE"; for names both matter.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.pieces import Window

OTHER, DIGIT, LOWER, INITIAL, UPPER, CAPITAL, HIRAGANA, KATAKANA, HAN, INFLECTED, MIXED = range(11)
JOINED, BLANK, LINE = range(3)
SHAPES = 11 * 3 + 1
MARK = SHAPES - 1  # the marks that stand before and after a window
FIRST_OF_CJK = "\u2e80"


def shapes(text: str, window: Window) -> NDArray[np.int64]:
    """Return the shapes of the n pieces of a window of `text` and of the two marks round them (n + 2)."""
    out, before = [MARK], 0
    for start, end in window.offsets:
        out.append(3 * _look(text[start:end]) + _gap(text, before, start))
        before = end
    return np.array([*out, MARK])


def opens_line(seen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which pieces stand first on a line."""
    opens: NDArray[np.bool_] = (seen % 3 == LINE) & (seen != MARK)
    return opens


def _gap(text: str, before: int, start: int) -> int:
    if start == before and start > 0:
        return JOINED
    between = text[before:start]
    return LINE if before == 0 or "\n" in between or "\r" in between else BLANK


@lru_cache(maxsize=1 << 15)
def _look(word: str) -> int:
    first = word[0]
    if first.isdigit():
        return DIGIT
    if first.isalpha() and first < FIRST_OF_CJK:
        return _case(word)
    scripts = {_script(c) for c in word}
    if len(scripts) == 1:
        return scripts.pop()
    return INFLECTED if scripts == {HAN, HIRAGANA} else MIXED


def _case(word: str) -> int:
    if not word[0].isupper():
        return LOWER
    if len(word) == 1:
        return INITIAL
    return UPPER if word.isupper() else CAPITAL


def _script(c: str) -> int:
    if "ぁ" <= c <= "ゟ":
        return HIRAGANA
    if "ァ" <= c <= "ヺ" or c in "ー・":
        return KATAKANA
    return HAN if c.isalpha() and c >= FIRST_OF_CJK else OTHER
