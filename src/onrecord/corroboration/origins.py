"""The claims of an account in, its origins and whether they are independent out: docs/origins.md, rule by rule."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from msgspec.structs import replace

from onrecord.actors import sound
from onrecord.corroboration.alike import one_body, one_outlet, one_person
from onrecord.corroboration.leads import Ground, Lead, lead
from onrecord.record import Claim, Independence, Origin

# A chain of outlets that cite each other is followed so far.
LONGEST = 4
# From this chance on two claims surely tell the same.
SURE = 0.65
SAID: dict[str, str] = {
    "anonymous": "names nobody",
    "outlet": "is an outlet's word",
    "document": "is a document",
    "person": "is a person",
    "body": "is a body",
}


def origins(
    claims: Sequence[Claim], ground: Ground, alike: Callable[[str, str], float]
) -> tuple[tuple[Origin, ...], Independence, tuple[str, ...]]:
    """Return the origins of the claims of an account, the state of their independence, and why.

    `alike` is how surely two claims, by their ids, tell the same. Two origins are called independent only where a claim of one
    surely tells what a claim of the other tells: a wrong "independent" is worse than a missing one.
    """
    leads = _followed(_translated(_united([lead(c, ground) for c in sorted(claims, key=lambda c: c.id)]), ground), ground)
    groups: dict[str, list[Lead]] = {}
    for found in leads:
        groups.setdefault(found.key, []).append(found)
    state, why = _independence(list(groups.values()), alike)
    return tuple(_origin(some, ground) for some in groups.values()), state, why


def _united(leads: list[Lead]) -> list[Lead]:
    """Give one key to those that have one name in other words: they tell one thing, so that little more is needed."""
    heads: dict[str, Lead] = {}
    keys: dict[str, str] = {}
    for x in leads:
        if x.kind not in ("person", "body"):
            continue
        same = next((k for k, y in heads.items() if k == x.key or _one(x, y)), None)
        keys[x.key] = same or x.key
        if same is None or len(x.name) > len(heads[same].name):
            heads[same or x.key] = x
    bodies = {k: v for k, v in keys.items() if k != v}
    return [replace(x, key=keys.get(x.key, x.key), body=bodies.get(x.body or "", x.body)) for x in leads]


def _one(x: Lead, y: Lead) -> bool:
    """Tell whether two names are one's; of two kinds, of which one was misread, only where they are alike in sound or letters."""
    if x.kind == y.kind:
        return (one_person if x.kind == "person" else one_body)(x.name, y.name)
    return sound.score(x.name, y.name) >= sound.SAME


def _translated(leads: list[Lead], ground: Ground) -> list[Lead]:
    """Give one key to what a text and its translation name in two scripts, where each names but one (rule 7)."""
    found: dict[str, dict[str, dict[str, Lead]]] = {}
    for x in leads:
        if x.kind != "outlet" and len(ground.texts[x.claim.report].reports) > 1:
            found.setdefault(ground.texts[x.claim.report].key, {}).setdefault(ground.reports[x.claim.report].lang, {})[x.key] = x
    same: dict[str, str] = {}
    for languages in found.values():
        keys = sorted(next(iter(some)) for some in languages.values() if len(some) == 1)
        same |= {key: keys[0] for key in keys if len(languages) > 1 and len(keys) == len(languages)}
    return [replace(x, key=same.get(x.key, x.key)) for x in leads]


def _followed(leads: list[Lead], ground: Ground) -> list[Lead]:
    """Replace an outlet's word by what that outlet's own report gives, where it makes the same claim (rule 3)."""
    for _ in range(LONGEST):
        leads = [_at(x, there) if (there := _given(x, leads, ground)) else x for x in leads]
    return leads


def _given(x: Lead, leads: Sequence[Lead], ground: Ground) -> Lead | None:
    if x.kind != "outlet" or x.sure:
        return None
    theirs = [y for y in leads if y.claim.id != x.claim.id and y.key != x.key and _prints(x, y, ground)]
    return min(theirs, key=lambda y: (y.kind == "outlet", y.claim.id), default=None)


def _prints(x: Lead, y: Lead, ground: Ground) -> bool:
    """Tell whether the outlet of one lead printed the report, or owns the text, of another."""
    text, publisher = ground.texts[y.claim.report], ground.reports[y.claim.report].publisher
    return text.key == x.key or any(name and one_outlet(name, x.name) for name in (text.owner, publisher))


def _at(x: Lead, there: Lead) -> Lead:
    """Lead a claim where another leads, through the outlet."""
    return replace(there, passes=(x.key, *there.passes), own=False, claim=x.claim, why=x.why)


def _origin(some: Sequence[Lead], ground: Ground) -> Origin:
    best = max(some, key=lambda x: (x.own, len(x.name), x.name))
    witnesses = {ground.reports[x.claim.report].publisher or "" for x in some if x.own}
    return Origin(
        name=best.name,
        kind=best.kind,
        actor=next((x.actor for x in some if x.actor), None),
        claims=tuple(sorted({x.claim.id for x in some})),
        witnesses=tuple(sorted(w for w in witnesses if w)),
        why=tuple((x.claim.report, x.why) for x in some),
    )


def _independence(groups: Sequence[Sequence[Lead]], alike: Callable[[str, str], float]) -> tuple[Independence, tuple[str, ...]]:
    if len(groups) == 1:
        return "one_origin", (f"all claims lead to {groups[0][0].name}",)
    known = [some for some in groups if any(x.sure for x in some)]
    apart = [(one, other) for one, other in combinations(known, 2) if _apart(one, other) and _apart(other, one)]
    for one, other in apart:
        if any(alike(x.claim.id, y.claim.id) >= SURE for x in one if x.sure for y in other if y.sure):
            return "independent", (f"{one[0].name} and {other[0].name} are different voices, each reached by itself",)
    doubts = tuple(f"{one[0].name} and {other[0].name} may not tell quite the same" for one, other in apart)
    return "not_shown", (*map(_proves, groups), *doubts)


def _apart(one: Iterable[Lead], other: Iterable[Lead]) -> bool:
    """Tell whether one is reached without the other, and belongs to another body."""
    theirs = {x.key for x in other} | {x.body for x in other if x.body}
    return any(x.sure and not theirs.intersection((*x.passes, x.body, x.key)) for x in one)


def _proves(some: Sequence[Lead]) -> str:
    return f"{some[0].name} {SAID[some[0].kind]}" + ("" if any(x.sure for x in some) else ", which proves nothing")
