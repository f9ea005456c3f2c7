"""The same documents in nine languages in, figures for telling translations from all else out (NTREX, Federmann et al. 2022).

Of each pair of languages that has Japanese or English all documents of both are put together, undated and without publishers, and
every pair of reports is asked about.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from bench import originals, sets
from bench.sets import Row
from onrecord.record import Link, Report, report_id

LANGUAGES = ("en", "ja", "de", "es", "fr", "ko", "ru", "zh", "vi")
BRIDGES = frozenset(("en", "ja"))
RARE = "vi"  # scored apart

Linked = Callable[[tuple[Report, ...]], tuple[Link, ...]]


class Found(NamedTuple):
    """A link that was found: its languages, the documents of its two reports, and its score."""

    langs: str
    a: str
    b: str
    score: float
    right: bool


class Asked(NamedTuple):
    """What was asked for a pair of languages, and what was found."""

    langs: str
    documents: frozenset[str]
    found: tuple[Found, ...]


class Fold(NamedTuple):
    """Half of the documents, with the lowest score at which all that was found in the other half was right."""

    documents: frozenset[str]
    threshold: float


def score(data: Path, linked: Linked | None = None) -> list[Row]:
    """Score each pair of languages, then recall without an error with a threshold from other documents."""
    find: Linked = linked or import_module("onrecord.corroboration").linked
    texts = {lang: originals.ntrex_texts(data / "ntrex" / f"{lang}.jsonl") for lang in LANGUAGES}
    asked = [_asked(pair, texts, find) for pair in pairs([lang for lang in LANGUAGES if texts[lang]])]
    groups = {f"without {RARE}": [a for a in asked if RARE not in a.langs], f"with {RARE}": [a for a in asked if RARE in a.langs]}
    return [
        *(row for one in asked for row in _of_pair(one)),
        *(row for name, group in groups.items() if group for row in _overall(name, group)),
    ]


def pairs(langs: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs that have English or Japanese."""
    return [(a, b) for a, b in combinations(langs, 2) if BRIDGES & {a, b}]


def undated(text: str, lang: str) -> Report:
    """Make a report of which nothing is known but its words."""
    made = sets.report(text, lang)
    return replace(made, id=report_id(text, None, None, None), publisher=None, published=None, dated_by=None)


def halves(documents: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Part documents into two halves of one size, by a hash of their ids."""
    hashed = sorted(documents, key=lambda name: sha256(name.encode()).digest())
    return frozenset(hashed[: len(hashed) // 2]), frozenset(hashed[len(hashed) // 2 :])


def threshold(found: Iterable[Found]) -> float:
    """Return the lowest score of what is right above all that is wrong: nothing is found at infinity, where there is none."""
    listed = list(found)
    worst = max((f.score for f in listed if not f.right), default=float("-inf"))
    return min((f.score for f in listed if f.right and f.score > worst), default=float("inf"))


def _asked(pair: tuple[str, str], texts: dict[str, dict[str, str]], linked: Linked) -> Asked:
    """Put all documents of both languages together and keep the translations that were found."""
    a, b = pair
    made = {undated(text, lang): (lang, name) for lang in pair for name, text in texts[lang].items()}
    home = {report.id: place for report, place in made.items()}
    links = {frozenset((k.a, k.b)): k for k in linked(tuple(made)) if k.of == "report" and k.verdict == "translation"}
    found = tuple(_found(f"{a}-{b}", home[k.a], home[k.b], k.score) for k in links.values())
    return Asked(f"{a}-{b}", frozenset(texts[a].keys() & texts[b].keys()), found)


def _found(langs: str, a: tuple[str, str], b: tuple[str, str], score: float) -> Found:
    return Found(langs, a[1], b[1], score, a[0] != b[0] and a[1] == b[1])


def _of_pair(asked: Asked) -> Iterator[Row]:
    right, gold = sum(f.right for f in asked.found), len(asked.documents)
    yield _row(asked.langs, "precision", right, len(asked.found), gold)
    yield _row(asked.langs, "recall", right, gold, gold)


def _overall(name: str, group: list[Asked]) -> Iterator[Row]:
    """Choose the threshold on one half and count on the other, both ways round; figures are the means of both."""
    first, second = halves(frozenset().union(*(a.documents for a in group)))
    found = [f for a in group for f in a.found]
    folds = [Fold(b, threshold(f for f in found if f.a in a and f.b in a)) for a, b in ((first, second), (second, first))]
    counted = [_counted(group, fold) for fold in folds]
    gold = sum(of for _, _, of in counted)
    yield _mean(name, "recall, threshold of the other half", [(right, of) for right, _, of in counted], gold)
    yield _mean(name, "precision, threshold of the other half", [(right, n) for right, n, _ in counted], gold)


def _counted(group: list[Asked], fold: Fold) -> tuple[int, int, int]:
    """Count what is right, what is found and what there is; a link into the other half is found, and wrong."""
    kept = [f for a in group for f in a.found if f.score >= fold.threshold and {f.a, f.b} & fold.documents]
    return sum(f.right for f in kept), len(kept), sum(len(a.documents & fold.documents) for a in group)


def _mean(split: str, measure: str, shares: list[tuple[int, int]], n: int) -> Row:
    value = sum(100 * right / of if of else 0.0 for right, of in shares) / len(shares)
    return Row(set="translations", split=split, measure=measure, value=round(value, 1), n=n, seen=False)


def _row(split: str, measure: str, right: int, of: int, n: int) -> Row:
    return Row(set="translations", split=split, measure=measure, value=round(100 * right / of, 1) if of else 0.0, n=n, seen=False)
