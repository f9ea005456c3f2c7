"""Words for numbers go in, numbers come out: twenty-five, two thousand and fifteen, nineteen eighty-six, 二〇一六, 三十一."""

import re
from functools import cache

POWERS = (10, 100, 1000, 10000)
TEN = 10


def number(words: str, known: dict[str, float]) -> float | None:
    """Read a number in digits or in the words of a table; None where it is none."""
    bare = words.replace(",", "")
    if bare.isdecimal():
        return int(bare)
    if words in known:
        return known[words]
    if re.fullmatch(r"\d+\.\d+", bare):
        return float(bare)
    values = [known[word] for word in _pattern(tuple(known)).findall(words)]
    return _together(values) if values else None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _together(values: list[float]) -> float:
    """Put the words of one number together: digits in a row, tens and hundreds, or a year said in two halves."""
    if all(value < TEN for value in values):
        return int("".join(f"{value:g}" for value in values))
    total, rest = 0.0, 0.0
    for value in values:
        if value in POWERS and (rest < TEN or value > TEN):
            total, rest = total + (rest or 1) * value, 0
        elif rest and not (rest % TEN == 0 and value < TEN):
            rest = rest * 100 + value
        else:
            rest += value
    return total + rest
