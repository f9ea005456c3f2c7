"""Scores claims against gold in the annotation format: found, exact, triple, triple+cue, chain, nested, and the fields.

`gold` documents are {"doc", "text", "attributions"}, found claims the JSON that onrecord writes. Claims without a voice are
the report's own word and are left out.
"""

from collections import Counter
from typing import TypedDict

from bench.attributions import HALF, agree
from bench.spans import Places, aligned, f1, macro, overlap, places, share, trimmed

ENDS = "「」『』“”\"'‘’、。,.;:（）()・ 　"
VOICE_FIELDS, SURE_FIELDS = ("act", "kind", "named"), ("level", "negated", "status")
Value = str | bool | None


class Voice(TypedDict):
    """A voice as JSON."""

    source: list[int] | None
    cue: list[list[int]]
    act: str
    kind: str
    named: bool


class Entry(TypedDict):
    """One attribution, gold or found, reduced to what is scored."""

    voices: list[Voice]
    content: list[list[int]]
    quote: str
    sure: dict[str, Value]
    evidence: list[list[int]]


def score(documents: list[tuple[str, list[Entry], list[Entry]]]) -> dict[str, tuple[float, int]]:
    """Score documents, each (text, gold, found); returns measure to (percent, number behind it)."""
    n: Counter[str] = Counter()
    fields: dict[str, list[tuple[Value, Value]]] = {}
    for text, gold, found in documents:
        _count(text, gold, [c for c in found if c["voices"]], n, fields)
    out = {name: (f1(n[name], n["claims"], n["gold"]), n["gold"]) for name in ("found", "exact", "triple", "triple+cue", "chain")}
    out["nested recall"] = (share(n["nested hit"], n["nested"]), n["nested"])
    for name, pairs in fields.items():
        out[name] = (share(sum(a == b for a, b in pairs), len(pairs)), len(pairs))
    for name in ("level", "status", "act", "kind"):
        out[f"{name} macro-F1"] = (macro(fields.get(name, [])), len(fields.get(name, [])))
    out["evidence"] = (f1(n["evidence hit"], n["evidence found"], n["evidence gold"]), n["evidence gold"])
    return out


def _count(text: str, gold: list[Entry], found: list[Entry], n: Counter[str], fields: dict[str, list[tuple[Value, Value]]]) -> None:
    n["gold"] += len(gold)
    n["claims"] += len(found)
    n["nested"] += sum(len(g["voices"]) > 1 for g in gold)
    contents = [[places(c["content"], text) for c in side] for side in (gold, found)]
    ties = [[_tie(g["voices"][-1], p["voices"][-1], text) for p in found] for g in gold]
    for i, j, o in aligned(contents[0], contents[1], ties):
        g, p = gold[i], found[j]
        n["exact"] += trimmed(contents[0][i], text, ENDS) == trimmed(contents[1][j], text, ENDS)
        if o < HALF:
            continue
        n["found"] += 1
        source = agree(_source(g["voices"][-1], text), _source(p["voices"][-1], text))
        cue = overlap(places(g["voices"][-1]["cue"], text), places(p["voices"][-1]["cue"], text)) >= HALF
        chain = source and cue and len(g["voices"]) == len(p["voices"])
        chain = chain and all(agree(_source(a, text), _source(b, text)) for a, b in zip(g["voices"], p["voices"], strict=True))
        n.update({"triple": int(source), "triple+cue": int(source and cue), "chain": int(chain)})
        n["nested hit"] += chain and len(g["voices"]) > 1
        _fields(g, p, fields)
        ours, theirs = places(p["evidence"], text), places(g["evidence"], text)
        n.update({"evidence hit": len(ours & theirs), "evidence found": len(ours), "evidence gold": len(theirs)})


def _tie(a: Voice, b: Voice, text: str) -> float:
    return overlap(_source(a, text), _source(b, text)) + overlap(places(a["cue"], text), places(b["cue"], text))


def _source(voice: Voice, text: str) -> Places:
    return places([voice["source"]] if voice["source"] else [], text)


def _fields(g: Entry, p: Entry, fields: dict[str, list[tuple[Value, Value]]]) -> None:
    for name in VOICE_FIELDS:
        fields.setdefault(name, []).append((g["voices"][-1][name], p["voices"][-1][name]))  # type: ignore[literal-required]
    fields.setdefault("quote", []).append((g["quote"], p["quote"]))
    for name in SURE_FIELDS:
        fields.setdefault(name, []).append((g["sure"][name], p["sure"][name]))
