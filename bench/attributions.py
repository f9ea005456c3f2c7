"""Scores attributions as PolNeAR's users do: content exact, content found, triple, triple and cue, unlinked spans.

Contents are aligned one to one by overlap; `found` needs half, `triple` also a source that overlaps by half (or none on both
sides), `triple+cue` also the cue. `cut` cuts spans at sentence ends, the unit of CofeNet (Wang et al. 2022).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bench.spans import Places, aligned, f1, overlap, places, share

Attribution = dict[str, list[list[int]]]
ROLES = ("source", "cue", "content")
HALF = 0.5
SENTENCE = re.compile(r"[.!?][\"”’')]*\s+|\n+")


def score(documents: dict[str, tuple[str, list[Attribution], list[Attribution]]]) -> dict[str, tuple[float, int]]:
    """Score documents, each a text with gold and found attributions; returns measure to (percent, number behind it)."""
    n: Counter[str] = Counter()
    for text, gold, found in documents.values():
        _count(text, gold, found, n)
    out = {
        "content exact": (f1(n["exact"], n["found"], n["gold"]), n["gold"]),
        "found": (f1(n["half"], n["found"], n["gold"]), n["gold"]),
        "triple": (f1(n["triple"], n["found"], n["gold"]), n["gold"]),
        "triple+cue": (f1(n["cue"], n["found"], n["gold"]), n["gold"]),
    }
    for role in ROLES:
        out[f"g-cut {role}"] = (f1(n[f"{role} hit"], n[f"{role} found"], n[f"{role} gold"]), n[f"{role} gold"])
    for kind in ("direct", "mixed", "indirect", "no source", "pronoun source"):
        out[f"recall {kind}"] = (share(n[f"{kind} hit"], n[kind]), n[kind])
    return out


def _count(text: str, gold: list[Attribution], found: list[Attribution], n: Counter[str]) -> None:
    g, p = (
        [part for a in side if (part := {role: places(a.get(role), text) for role in ROLES})["content"]] for side in (gold, found)
    )
    n["gold"] += len(g)
    n["found"] += len(p)
    for role in ROLES:
        ours, theirs = ({x for a in side for x in cut(a.get(role) or [], text)} for side in (found, gold))
        n[f"{role} hit"] += len(ours & theirs)
        n[f"{role} found"] += len(ours)
        n[f"{role} gold"] += len(theirs)
    kinds = [_kinds(a, text) for a in gold if places(a.get("content"), text)]
    for each in kinds:
        n.update(each)
    ties = [[overlap(a["source"], b["source"]) + overlap(a["cue"], b["cue"]) for b in p] for a in g]
    for i, j, o in aligned([a["content"] for a in g], [b["content"] for b in p], ties):
        n["exact"] += g[i]["content"] == p[j]["content"]
        if o >= HALF:
            n["half"] += 1
            n.update(f"{kind} hit" for kind in kinds[i])
            same = agree(g[i]["source"], p[j]["source"])
            n["triple"] += same
            n["cue"] += same and overlap(g[i]["cue"], p[j]["cue"]) >= HALF


def agree(a: Places, b: Places) -> bool:
    """Tell whether two sources overlap by half, or neither is there."""
    return overlap(a, b) >= HALF or (not a and not b)


def cut(spans: Sequence[Sequence[int]], text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans cut at sentence ends, blanks trimmed."""
    for start, end in spans:
        edges = [start, *(start + m.end() for m in SENTENCE.finditer(text[start:end])), end]
        for a, b in pairwise(edges):
            part = text[a:b]
            if part.strip():
                yield a + len(part) - len(part.lstrip()), b - len(part) + len(part.rstrip())


def _kinds(a: Attribution, text: str) -> list[str]:
    words = " ".join(text[s:e] for s, e in a["content"]).strip().strip(",.").strip()
    marks = "\"“”„'‘"
    if len(words) > 2 and words[0] in marks and words[-1] in marks + "’" and (words[0] != "'" or words[:2] == "''"):  # noqa: PLR2004
        kinds = ["direct"]
    else:
        kinds = ["mixed" if any(c in words for c in '"“”„') or "''" in words else "indirect"]
    source = " ".join(text[s:e] for s, e in a.get("source") or [])
    if not source:
        kinds.append("no source")
    elif source.lower() in {"he", "she", "they", "it", "i", "we", "who", "you"}:
        kinds.append("pronoun source")
    return kinds
