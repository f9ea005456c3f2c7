"""Spans as sets of characters, and the figures made from them: what every scorer here shares."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

Places = frozenset[int]


def places(spans: Iterable[Sequence[int]] | None, text: str) -> Places:
    """Return the non-blank character positions that the spans cover."""
    return frozenset(i for s, e in spans or () for i in range(s, min(e, len(text))) if not text[i].isspace())


def trimmed(covered: Places, text: str, marks: str) -> Places:
    """Drop characters of `marks` at both ends."""
    order = sorted(covered)
    first, last = 0, len(order)
    while first < last and text[order[first]] in marks:
        first += 1
    while last > first and text[order[last - 1]] in marks:
        last -= 1
    return frozenset(order[first:last])


def overlap(a: Places, b: Places) -> float:
    """Return the Jaccard overlap; nought where either is empty."""
    return len(a & b) / len(a | b) if a and b else 0.0


def aligned(gold: list[Places], found: list[Places], ties: list[list[float]]) -> Iterator[tuple[int, int, float]]:
    """Pair contents one to one, best overlap first, ties by `ties[i][j]`; yields gold index, found index, overlap."""
    pairs = [(-o, -ties[i][j], i, j) for i, g in enumerate(gold) for j, p in enumerate(found) if (o := overlap(g, p)) > 0]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for o, _, i, j in sorted(pairs):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            yield i, j, -o


def f1(hits: float, found: float, gold: float) -> float:
    """Return F1 in percent."""
    return 200 * hits / (found + gold) if found + gold else 0.0


def share(hits: float, total: float) -> float:
    """Return a share in percent; nought of nothing."""
    return 100 * hits / total if total else 0.0


def macro(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return macro-F1 in percent over the labels that gold has; pairs are (gold, found)."""
    labels = {g for g, _ in pairs}
    scores = [
        f1(sum(g == p == label for g, p in pairs), sum(p == label for _, p in pairs), sum(g == label for g, _ in pairs))
        for label in labels
    ]
    return sum(scores) / len(scores) if scores else 0.0
