"""Reports whose descent is known in, figures for finding copies and counting origins out: of invented agencies, and of ECB+.

Made cases: three documents of MEANTIME (Minard et al. 2016) or of NTREX in English or Japanese, most of them printed by an invented
agency and by invented outlets that cut, reorder, edit, merge, head and credit them anew (`bench/drafts.py`). Cases of ECB+
(Cybulska and Vossen 2014): all articles on one event, and reprints of some. In most cases another outlet was there too: its own
report quotes the same words, which makes no copy of it (docs/origins.md, rule 4).

ECB+ holds reprints itself and does not say which: two articles of which the smaller has more than half its runs of eight
characters from the other count as copies, a pair above 0.15 is left out of scoring.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from itertools import combinations, islice, product
from pathlib import Path
from typing import Literal, NamedTuple

from bench import drafts, originals
from bench.desks import Desk, Piece
from bench.drafts import Draft, Line
from bench.originals import Half, half_of, topic
from bench.sets import Row
from onrecord.record import Link, Report

Pair = frozenset[str]
Linked = Callable[[tuple[Report, ...]], tuple[Link, ...]]

RUN = 8
COPY, DOUBTFUL = 0.5, 0.15
# So much of the smaller text must come from sentences that both have, for two texts of one document to be copies of each other.
SHARED = 0.3
# Documents of a made case; least sentences of a text that is reprinted; articles of an event that are reprinted.
TOGETHER, ENOUGH, REPRINTED = 3, 5, 2
# Shares: cases with two texts made one, originals that the case does not hold, texts of which somebody takes little.
MERGED, WITHHELD, CONDENSED = 0.4, 0.3, 0.6
QUOTING = "quoting"


class Case(NamedTuple):
    """Reports, and what is true of them.

    `copies` are pairs of report ids, `left` those that are not scored. `origins` is the number of original texts; the reports in
    `merged` have two and are left out when origins are counted. `ways` tells what was done to each report that is derived.
    """

    name: str
    kind: str
    reports: tuple[Report, ...]
    copies: frozenset[Pair]
    left: frozenset[Pair]
    origins: int
    merged: frozenset[str] = frozenset()
    ways: dict[str, tuple[str, ...]] = {}  # noqa: RUF012  never changed


class Verdicts(NamedTuple):
    """A case, and the pairs that were found to be copies, less those that are not scored."""

    case: Case
    found: frozenset[Pair]


def score(data: Path, half: Half = "first", linked: Linked | None = None) -> list[Row]:
    """Score copies and origins of one half, each kind of case and all together."""
    find: Linked = linked or import_module("onrecord.corroboration").linked
    judged = [Verdicts(case, found_copies(case, find)) for case in cases(data, half)]
    kinds = sorted({case.kind for case, _ in judged})
    found = [row for kind in kinds for row in _rows(f"{half} {kind}", [v for v in judged if v.case.kind == kind])]
    return [*found, *_rows(f"{half} all", judged), *_by_way(f"{half} all", judged)] if judged else []


def found_copies(case: Case, linked: Linked) -> frozenset[Pair]:
    """Ask for links and keep the copies among reports."""
    links = linked(case.reports)
    return frozenset(frozenset((k.a, k.b)) for k in links if k.of == "report" and k.verdict == "copy") - case.left


def cases(data: Path, half: Half) -> list[Case]:
    """Make the cases of one half from what is in `data`: the same ones every time."""
    made = [
        _made(f"{name}-{at}", group)
        for name, texts in originals.by_set(data).items()
        for at, group in enumerate(_threes([t for d, t in texts.items() if half_of(d) == half and _long(t)]))
    ]
    return [*made, *(_event(story, a) for story, a in originals.events(data).items() if half_of(topic(story)) == half)]


def components(names: Iterable[str], pairs: Iterable[Pair]) -> int:
    """Count the groups that pairs join names to; pairs with another name are passed over."""
    group = {name: {name} for name in names}
    for a, b in map(tuple, pairs):
        if a in group and b in group and group[a] is not group[b]:
            joined = group[a] | group[b]
            group |= dict.fromkeys(joined, joined)
    return len({id(members) for members in group.values()})


def containment(a: str, b: str) -> float:
    """Return which share of the runs of eight characters of the smaller text the other has; case and blanks do not count."""
    runs_a, runs_b = _runs(a), _runs(b)
    return len(runs_a & runs_b) / max(1, min(len(runs_a), len(runs_b)))


@lru_cache(maxsize=512)
def _runs(text: str) -> frozenset[str]:
    plain = "".join(text.casefold().split())
    return frozenset(plain[at : at + RUN] for at in range(len(plain) - RUN + 1))


def _rows(split: str, judged: list[Verdicts]) -> Iterator[Row]:
    """Count over the pairs of all cases, and over cases."""
    right, found, gold = (
        sum(len(pairs) for pairs in listed)
        for listed in ([v.found & v.case.copies for v in judged], [v.found for v in judged], [v.case.copies for v in judged])
    )
    counted = sum(_origins(v.case, v.found) == v.case.origins for v in judged)
    yield _row(split, "precision", right, found)
    yield _row(split, "recall", right, gold)
    yield _row(split, "F1", 2 * right, found + gold)
    yield _row(split, "cases with the right number of origins", counted, len(judged))


def _by_way(split: str, judged: list[Verdicts]) -> Iterator[Row]:
    """Give recall of the pairs of which one report was derived in a certain way, and how many own reports are left alone."""
    for way in sorted({way for v in judged for ways in v.case.ways.values() for way in ways} - {QUOTING}):
        asked = [
            (pair, v.found) for v in judged for pair in v.case.copies if any(way in v.case.ways.get(name, ()) for name in pair)
        ]
        yield _row(split, f"recall, {way}", sum(pair in found for pair, found in asked), len(asked))
    wrong = [{name for pair in v.found - v.case.copies for name in pair} for v in judged]
    own = [name in names for v, names in zip(judged, wrong, strict=True) for name, ways in v.case.ways.items() if QUOTING in ways]
    if own:
        yield _row(split, "left alone, own reports that quote the same words", own.count(False), len(own))


def _row(split: str, measure: str, right: int, of: int) -> Row:
    value = round(100 * right / of, 1) if of else 0.0
    return Row(set="reprints", split=split, measure=measure, value=value, n=of, seen=False)


def _origins(case: Case, copies: frozenset[Pair]) -> int:
    return components((r.id for r in case.reports if r.id not in case.merged), copies)


def _threes(texts: list[Draft]) -> Iterator[list[Draft]]:
    """Neighbours lie together, so that a case has documents on like things."""
    rest = iter(texts)
    while len(group := list(islice(rest, TOGETHER))) == TOGETHER:
        yield group


def _long(draft: Draft) -> bool:
    return len(draft.sources) >= ENOUGH


def _made(name: str, texts: list[Draft]) -> Case:
    """Print each document at the agency and reprint it, or let it be an outlet's own; merge two now and then."""
    desk = Desk(name, texts[0].lang)
    pieces, reprinted = list[Piece](), list[Draft]()
    for text in texts:
        times = desk.draw.choice((0, 2, 3, 4))
        pieces += _family(desk, text, times) if times else [desk.issue(text, desk.thanks())]
        reprinted += [text] * bool(times)
    if len(reprinted) > 1 and desk.draw.random() < MERGED:
        a, b = desk.draw.sample(reprinted, 2)
        pieces.append(desk.reprint(drafts.merged(a, b, desk.draw)))
    pieces += _quoting(desk, texts)
    return _case(name, f"{desk.lang} made", pieces, texts)


def _family(desk: Desk, text: Draft, times: int) -> list[Piece]:
    """Print a document at the agency and in outlets; the agency's own is withheld at times, where the others hang together."""
    original = desk.issue(text, drafts.tables(desk.lang).dateline, desk.agency)
    copies = _reprints(desk, text, times)
    alone = _case("", "", copies, [text])
    return copies if alone.origins == 1 and desk.draw.random() < WITHHELD else [original, *copies]


def _reprints(desk: Desk, text: Draft, times: int) -> list[Piece]:
    """Reprint a text; one of the reprints takes little of it at times, and the rest is the outlet's own."""
    made = [drafts.derived(text, desk.draw) for _ in range(times)]
    if desk.draw.random() < CONDENSED and (own := desk.own()):
        made.append(drafts.condensed(text, own, desk.draw))
    return [desk.reprint(draft) for draft in made]


def _quoting(desk: Desk, texts: list[Draft]) -> list[Piece]:
    """Let an outlet write its own on the first text with a quotation; it was there, and quotes the same words."""
    own = [Line(words) for words in desk.own()]
    said = next((lines for text in texts if (lines := drafts.quotes(text, desk.draw))), ())
    if not (own and said):
        return []
    mixed = Draft(desk.lang, "", ((own[0],), said, tuple(own[1:])), (QUOTING,))
    return [desk.issue(drafts.reheaded(mixed, desk.draw), desk.thanks())]


def _event(story: str, articles: dict[str, str]) -> Case:
    """Print all articles on an event, and reprint some; another one quotes what they quote."""
    desk, pieces = Desk(story, "en"), list[Piece]()
    texts = {name: originals.article(name, text) for name, text in articles.items()}
    long = [name for name, text in texts.items() if _long(text)]
    chosen = desk.draw.sample(long, min(REPRINTED, len(long)))
    said = next((lines for name in chosen if (lines := drafts.quotes(texts[name], desk.draw))), ())
    for name, text in texts.items():
        if name in chosen:
            pieces.append(desk.keep(text, articles[name], desk.agency))
            pieces += _reprints(desk, text, desk.draw.randint(1, 3))
        else:
            quoting = text._replace(paragraphs=(*text.paragraphs, said), ways=(QUOTING,) if said else ())
            words = (articles[name], *(line.words for line in said), desk.thanks().tail)
            pieces.append(desk.keep(quoting, "\n\n".join(part for part in words if part)))
            said = ()
    return _case(story, "en ecbplus", pieces, texts.values())


def _case(name: str, kind: str, pieces: list[Piece], texts: Iterable[Draft]) -> Case:
    """Work out what is true of each pair."""
    near = _near(texts)
    told = {frozenset((a.report.id, b.report.id)): _told(a, b, near) for a, b in combinations(pieces, 2)}
    case = Case(
        name=name,
        kind=kind,
        reports=tuple(sorted((p.report for p in pieces), key=lambda r: r.id)),
        copies=frozenset(pair for pair, verdict in told.items() if verdict == "copy"),
        left=frozenset(pair for pair, verdict in told.items() if verdict == "left"),
        origins=0,
        merged=frozenset(p.report.id for p in pieces if "merged" in p.draft.ways),
        ways={p.report.id: p.draft.ways for p in pieces if p.draft.ways},
    )
    return case._replace(origins=_origins(case, case.copies))


def _near(texts: Iterable[Draft]) -> frozenset[Pair]:
    """Find the documents that may be copies of each other before anybody reprints them."""
    plain = {name: _plain(text) for text in texts for name in text.documents}
    return frozenset(frozenset(pair) for pair in combinations(plain, 2) if containment(*(plain[d] for d in pair)) > DOUBTFUL)


def _told(a: Piece, b: Piece, near: frozenset[Pair]) -> Literal["copy", "left", "apart"]:
    ours, theirs = a.draft.sources, b.draft.sources
    if ours & theirs and len(ours & theirs) >= SHARED * min(len(ours), len(theirs)):
        return "copy"
    if a.draft.documents & b.draft.documents:
        return "left"
    alike = containment(_plain(a.draft), _plain(b.draft))
    if any(frozenset(pair) in near for pair in product(a.draft.documents, b.draft.documents)):
        return "copy" if alike > COPY else "left"
    return "left" if alike > DOUBTFUL else "apart"


def _plain(draft: Draft) -> str:
    """Write what a document gave: two who heard the same words are no copies for that."""
    return "\n".join(line.words for paragraph in draft.paragraphs for line in paragraph if line.of)
