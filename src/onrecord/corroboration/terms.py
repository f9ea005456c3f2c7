"""A body in; its words with their weights out: the rarer a word, the heavier, and names and numbers twice.

How rare a word is tells the vocabulary of the tagger, whose pieces carry their log probability over a hundred languages (Kudo
2018): a weight depends on the word alone and on no other report, so that two reports compare alike whatever else is there.
"""

import math
import re
from collections import Counter
from functools import cache, lru_cache

from msgspec import json

from onrecord.tagger import tokenizer

WORD = re.compile(r"[^\W_぀-ヿ㐀-鿿]+(?:['’.][^\W_぀-ヿ㐀-鿿]+)*|[ァ-ヺー]{2,}|[㐀-鿿々]{2,}")
POSSESSIVE = re.compile(r"['’]s$")
KANA = re.compile(r"[ァ-ヺー]+$")
HAN = re.compile(r"[㐀-鿿々]{2,}$")
# What a word must weigh to count, in nats, and what a piece weighs that the vocabulary does not know.
USUAL, UNKNOWN = 10.0, 14.0
NAMES = 2.0
# A compound of more Han letters is read in parts of so many, as papers cut them differently.
COMPOUND = 4


def terms(body: str) -> dict[str, float]:
    """Return the words of a body with weights whose squares add up to one."""
    often: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for hit in WORD.finditer(body):
        written = POSSESSIVE.sub("", hit.group())
        for word in _parts(written):
            often[word] += 1
            named[word] += written[0].isupper() or written[0].isdigit() or bool(KANA.match(written))
    heavy = {word: weight(word) - USUAL for word in often}
    found = {
        word: (1 + math.log(n)) * heavy[word] * (NAMES if named[word] * 2 > n else 1)
        for word, n in often.items()
        if heavy[word] > 0
    }
    length = math.sqrt(sum(w * w for w in found.values())) or 1.0
    return {word: w / length for word, w in found.items()}


def _parts(word: str) -> tuple[str, ...]:
    if HAN.match(word) and len(word) > COMPOUND:
        return (word, *(word[i : i + 2] for i in range(0, len(word) - 1, 2)))
    return (word.casefold(),)


@lru_cache(1 << 16)
def weight(word: str) -> float:
    """Return how rare a word is, in nats."""
    return sum(_scores().get(piece, UNKNOWN) for piece in tokenizer().encode(word, add_special_tokens=False).tokens)


@cache
def _scores() -> dict[str, float]:
    """Return what each piece of the vocabulary weighs: the negative of its log probability."""
    model = json.decode(tokenizer().to_str())["model"]
    return {piece: -score for piece, score in model["vocab"]}


def alike(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the cosine of two weighted bodies."""
    small, large = (one, other) if len(one) < len(other) else (other, one)
    return sum(w * large[word] for word, w in small.items() if word in large)


def heaviest(some: dict[str, float], n: int) -> tuple[str, ...]:
    """Return the n heaviest words."""
    return tuple(sorted(some, key=lambda word: (-some[word], word))[:n])
