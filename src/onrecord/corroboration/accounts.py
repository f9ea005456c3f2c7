"""The claims of one story in, links between them and accounts with their origins out."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np

from onrecord.actors.names import plain
from onrecord.corroboration import near
from onrecord.corroboration.compare import Compared, chance, compared
from onrecord.corroboration.leads import Ground
from onrecord.corroboration.origins import origins
from onrecord.corroboration.told import Told
from onrecord.corroboration.vectors import Floats, vectors
from onrecord.record import Account, Link, LinkVerdict, make_id
from onrecord.version import __version__

# Groups of claims grow by average linkage down to this chance of being the same.
ONE = 0.3
# What a contradiction counts against that, and what is too little to count.
PAIR = 2
APART, LEAST = -2.0, 0.02


def accounts(
    told: Sequence[Told], ground: Ground, overruled: Mapping[str, LinkVerdict]
) -> tuple[tuple[Account, ...], tuple[Link, ...]]:
    """Return the accounts of a story and the links between its claims.

    Claims of copies in the same words are compared once. An account of one claim is one too. `overruled` is what people decided
    about links, by their ids.
    """
    rows = sorted(told, key=lambda t: (t.report.published or "", t.claim.id))
    heads = _heads(rows, ground)
    firsts = [rows[i] for i in sorted(set(heads))]
    at = {t.claim.id: i for i, t in enumerate(firsts)}
    pairs, links = _compared(firsts, overruled)
    first = {t.claim.id: at[rows[head].claim.id] for t, head in zip(rows, heads, strict=True)}

    def alike(one: str, other: str) -> float:
        i, j = sorted((first[one], first[other]))
        return 1.0 if i == j else pairs.get((i, j), 0.0)

    members: dict[int, list[Told]] = {}
    for t, head in zip(rows, heads, strict=True):
        members.setdefault(at[rows[head].claim.id], []).append(t)
    groups = near.linked(len(firsts), pairs, ONE)
    standing = [x for x in links if overruled.get(x.id, x.verdict) == x.verdict]
    return tuple(_account([t for i in group for t in members[i]], standing, ground, alike) for group in groups), links


def _compared(firsts: Sequence[Told], overruled: Mapping[str, LinkVerdict]) -> tuple[near.Pairs, tuple[Link, ...]]:
    """Compare all claims of different reports: what speaks for each pair being the same, and the links."""
    if len({t.report.id for t in firsts}) < PAIR:
        return {}, ()
    warm, pairs, links = _warm(firsts), near.Pairs(), []
    for i, j in combinations(range(len(firsts)), 2):
        a, b = firsts[i], firsts[j]
        if a.report.id == b.report.id:
            continue
        found = compared(a, b, float(warm[i, j]))
        links += [_link(a, b, found)] if found else []
        value = _value(links[-1] if found else None, chance(a, b, float(warm[i, j])), overruled)
        if abs(value) > LEAST:
            pairs[i, j] = value
    return pairs, tuple(links)


def _value(link: Link | None, alike: float, overruled: Mapping[str, LinkVerdict]) -> float:
    verdict = overruled.get(link.id, link.verdict) if link else "unsure"
    if link and link.id in overruled:
        return 1.0 if verdict in ("same", "updates") else APART
    return APART if link and verdict == "contradicts" and link.type not in ("certainty", "attribution") else alike


def _heads(rows: Sequence[Told], ground: Ground) -> list[int]:
    """Return for each claim the place of the first one of the same text in the same words."""
    seen: dict[tuple[str, str], int] = {}
    return [seen.setdefault((_group(t, ground), plain(t.text)), i) for i, t in enumerate(rows)]


def _group(t: Told, ground: Ground) -> str:
    text = ground.texts[t.report.id]
    return min(text.reports) if len(text.reports) > 1 else t.claim.id


def _warm(told: Sequence[Told]) -> Floats:
    each = vectors([t.text for t in told])
    out: Floats = each @ each.T if len(told) else np.zeros((0, 0), np.float32)
    return out


def _link(a: Told, b: Told, found: Compared) -> Link:
    one, other = sorted((a.claim.id, b.claim.id))
    dated = a.report.published and b.report.published and a.report.published < b.report.published
    why = found.why if one == a.claim.id else tuple(type(r)(r.text, r.b, r.a) for r in found.why)
    return Link(
        id=make_id("claim", one, other),
        a=one,
        b=other,
        of="claim",
        verdict=found.verdict,
        type=found.type,
        score=round(found.chance, 3),
        why=why,
        first=a.claim.id if dated else None,
        by=f"onrecord {__version__}",
    )


def _account(some: Sequence[Told], links: Sequence[Link], ground: Ground, alike: Callable[[str, str], float]) -> Account:
    ids = tuple(sorted(t.claim.id for t in some))
    found, state, why = origins([t.claim for t in some], ground, alike)
    disputes = tuple(sorted(link.id for link in links if link.verdict == "contradicts" and (link.a in ids) != (link.b in ids)))
    publishers = {t.report.publisher for t in some if t.report.publisher}
    return Account(make_id(ids), ids, tuple(sorted(publishers)), found, state, why, disputes)
