"""Two names out of claims that tell one thing in, whether they are one person's, one body's or one outlet's out."""

import re
from functools import lru_cache

from onrecord.actors import sound
from onrecord.actors.beside import NEAR, SAME_KIND, bodies
from onrecord.actors.names import HAN, parts, plain

# Words that stand between those that name a body.
BETWEEN = frozenset("of the for and in at a an s".split())  # noqa: SIM905  # a list of words
# What may stand beside an outlet's name and is no part of it.
GENERIC = frozenset("the agency news press wire newspaper paper daily radio tv television online service magazine channel".split())  # noqa: SIM905
WIDE_MORE = 3
KANA = re.compile(r"[ァ-ヺー]{2,}")


@lru_cache(4096)
def one_person(one: str, other: str) -> bool:
    """Tell whether two names are one person's: one holds the parts of the other, or they sound alike across scripts."""
    a, b = plain(one), plain(other)
    if HAN.match(a) and HAN.match(b):
        return a.startswith(b) or b.startswith(a)
    mine, yours = set(parts(one)), set(parts(other))
    if mine and yours and (mine <= yours or yours <= mine):
        return True
    return a.isascii() != b.isascii() and sound.score(one, other) >= NEAR


@lru_cache(4096)
def one_body(one: str, other: str) -> bool:
    """Tell whether two names are one body's: one's words are among the other's, or both are of one kind across scripts."""
    a, b = plain(one), plain(other)
    if a.isascii() and b.isascii():
        mine, yours = ({w for w in re.split(r"\W+", x) if w and w not in BETWEEN} for x in (a, b))
        return bool(mine and yours) and (mine <= yours or yours <= mine)
    if not a.isascii() and not b.isascii():
        return a in b or b in a
    return bodies(one, other) >= SAME_KIND or sound.score(one, other) >= NEAR


@lru_cache(1 << 14)
def one_outlet(one: str, other: str) -> bool:
    """Tell whether two names are one outlet's: alike, one in the other, or with a word that sounds alike across scripts."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return False
    if a.isascii() == b.isascii():
        return a == b or (len(min(a, b, key=len)) > 1 and _holds(a, b) and not _more(a, b))
    latin, wide = (one, other) if a.isascii() else (other, one)
    return any(sound.score(k, w) >= sound.SAME for k in KANA.findall(wide) for w in latin.split() if w[:1].isupper())


def _more(a: str, b: str) -> bool:
    """Tell whether the longer name says more than that it is an outlet."""
    if not a.isascii():
        return abs(len(a) - len(b)) > WIDE_MORE
    short, long = sorted((a, b), key=len)
    return bool(set(long.split()) - set(short.split()) - GENERIC)


def _holds(a: str, b: str) -> bool:
    if not a.isascii():
        return a in b or b in a
    return bool(re.search(rf"\b{re.escape(a)}\b", b) or re.search(rf"\b{re.escape(b)}\b", a))
