"""
Compares our scorers with two others on one made-up prediction: gold that was spoilt here and there, always in the same way.

    python -m bench.agree --data ../shared/data [--tools ../shared/tools]

`--tools` is a folder with `score_attr.py` and `score_claims.py`, scorers in plain Python that were written before ours and share
no line with them. Where it is absent, nothing is compared.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, convert, to_builtins
from msgspec import json as fast

from bench import attributions, claims

SEED = 7
KEPT = 0.9  # share of the gold that the made-up prediction holds at all
# The others round to a tenth of a percent where we do not.
ROUNDING = 0.0501
SPAN_FIGURES = {
    "content exact": "a_content_exact",
    "found": "b3_content_detect",
    "triple": "e_triple",
    "triple+cue": "e3_triple_and_cue",
    **{f"g-cut {role}": f"g-cut_unlinked_{role}" for role in attributions.ROLES},
}
CLAIM_FIGURES = ("found", "exact", "triple", "triple+cue", "chain", "evidence")
FIELDS = ("act", "kind", "named", "quote", "level", "negated", "status")
MACRO = ("level", "status", "act", "kind")
OTHER = {"act": "deny", "kind": "document", "quote": "mixed", "level": "open", "status": "future"}

Spans = list[list[int]]


class F1(Struct):
    """A figure of the other scorers, of which the F1 alone is compared."""

    F1: float  # its name in their JSON


class Claimed(Struct):
    """What `score_claims.py --json` prints."""

    found: F1
    exact: F1
    triple: F1
    chain: F1
    evidence: F1
    nested_recall: float | None
    accuracy_on_found: dict[str, float | None]
    macro_f1_on_found: dict[str, float]


class Parts(Struct):
    """An attribution of PolNeAR."""

    source: Spans | None = None
    cue: Spans | None = None
    content: Spans | None = None


class Document(Struct):
    """A document of PolNeAR's layout."""

    doc_id: str
    text: str
    attributions: list[Parts]


class Gold(Struct, rename={"document": "doc"}):
    """A document of the annotation format; what is not scored is left out."""

    document: str
    text: str
    attributions: list["Marked"]


class Marked(Struct):
    """One attribution of it."""

    voices: list[claims.Voice]
    content: Spans
    quote: str
    level: str
    negated: bool
    status: str
    evidence: Spans


def main() -> int:
    """Print what differs; 1 where anything does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--tools", type=Path, default=Path("../shared/tools"))
    options = parser.parse_args()
    found = list(differences(options.data, options.tools))
    for line in found:
        print(line)
    return int(bool(found))


def able(data: Path, tools: Path) -> bool:
    """Tell whether there is something to compare."""
    spans, entries = _sources(data)
    scorers = (tools / "score_attr.py").exists() and (tools / "score_claims.py").exists()
    return scorers and (spans.exists() or bool(entries))


def differences(data: Path, tools: Path) -> Iterator[str]:
    """Yield a line for each figure in which the scorers differ."""
    spans, entries = _sources(data)
    with tempfile.TemporaryDirectory() as folder:
        if spans.exists():
            yield from _compare("score_attr.py", *_spans(spans, tools, Path(folder)))
        for file in entries:
            yield from _compare("score_claims.py", *_claims(file, tools, Path(folder)))


def _sources(data: Path) -> tuple[Path, list[Path]]:
    return data / "polnear" / "dev.jsonl", sorted((data / "attribution").glob("*.gold.jsonl"))


def _compare(name: str, ours: dict[str, float], theirs: dict[str, float]) -> Iterator[str]:
    for measure, value in theirs.items():
        if abs(ours[measure] - value) > ROUNDING:
            yield f"{name}: {measure} is {value:.2f} there and {ours[measure]:.2f} here"


def _run(tools: Path, name: str, gold: Path, made: Path) -> bytes:
    return subprocess.run([sys.executable, tools / name, gold, made, "--json"], capture_output=True, check=True).stdout  # noqa: S603


def _write(folder: Path, lines: list[dict[str, object]]) -> Path:
    path = folder / "made.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


# Source, cue and content


def _spans(file: Path, tools: Path, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    draw = random.Random(SEED)  # noqa: S311  # the same spoiling each time is the point
    documents = [fast.decode(line, type=Document) for line in file.open(encoding="utf-8")]
    made = {d.doc_id: [_spoilt(a, draw, len(d.text)) for a in d.attributions if draw.random() < KEPT] for d in documents}
    path = _write(folder, [{"doc_id": name, "attributions": found} for name, found in made.items()])
    told = fast.decode(_run(tools, "score_attr.py", file, path))
    theirs = {ours: 100 * convert(told[name], F1).F1 for ours, name in SPAN_FIGURES.items()}
    gold = {d.doc_id: (d.text, [_whole(a) for a in d.attributions], made[d.doc_id]) for d in documents}
    return {name: value for name, (value, _) in attributions.score(gold).items()}, theirs


def _whole(a: Parts) -> attributions.Attribution:
    return {"source": a.source or [], "cue": a.cue or [], "content": a.content or []}


def _spoilt(a: Parts, draw: random.Random, length: int) -> attributions.Attribution:
    """Move, empty or leave alone each of the three parts."""
    out = _whole(a)
    for role in attributions.ROLES:
        fate = draw.random()
        if fate < 0.3:  # noqa: PLR2004
            out[role] = [_moved(span, draw, length) for span in out[role]]
        elif fate < 0.4:  # noqa: PLR2004
            out[role] = []
    return out


def _moved(span: list[int], draw: random.Random, length: int) -> list[int]:
    start = min(max(0, span[0] + draw.randint(-25, 25)), length - 1)
    return [start, min(max(start + 1, span[1] + draw.randint(-25, 25)), length)]


# Claims


def _claims(file: Path, tools: Path, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    draw = random.Random(SEED)  # noqa: S311  # as above
    documents = [fast.decode(line, type=Gold) for line in file.open(encoding="utf-8")]
    made = [[_changed(_entry(a), draw, len(d.text)) for a in d.attributions if draw.random() < KEPT] for d in documents]
    path = _write(
        folder, [{"doc": d.document, "claims": [_claim(e) for e in found]} for d, found in zip(documents, made, strict=True)]
    )
    raw = _run(tools, "score_claims.py", file, path)
    told, cue = fast.decode(raw, type=Claimed), convert(fast.decode(raw)["triple+cue"], F1)
    theirs = {name: f.F1 for name in CLAIM_FIGURES if (f := cue if name == "triple+cue" else getattr(told, name))}
    theirs |= {name: value for name in FIELDS if (value := told.accuracy_on_found[name]) is not None}
    theirs |= {f"{name} macro-F1": told.macro_f1_on_found[name] for name in MACRO}
    theirs |= {"nested recall": told.nested_recall} if told.nested_recall is not None else {}
    scored = claims.score([(d.text, [_entry(a) for a in d.attributions], found) for d, found in zip(documents, made, strict=True)])
    return {name: value for name, (value, _) in scored.items()}, theirs


def _entry(a: Marked) -> claims.Entry:
    sure: dict[str, claims.Value] = {"level": a.level, "negated": a.negated, "status": a.status}
    whole = {"voices": to_builtins(a.voices), "content": a.content, "quote": a.quote, "sure": sure, "evidence": a.evidence}
    return convert(whole, claims.Entry)


def _claim(e: claims.Entry) -> dict[str, object]:
    return {"voices": e["voices"], "content": e["content"], "quote": e["quote"], "sure": {**e["sure"], "evidence": e["evidence"]}}


def _changed(e: claims.Entry, draw: random.Random, length: int) -> claims.Entry:
    """Spoil spans, chain and fields of one claim, each with its own chance."""

    def hit() -> bool:
        return draw.random() < 0.2  # noqa: PLR2004

    inner = e["voices"][-1]
    inner["source"] = None if hit() else _moved(inner["source"], draw, length) if inner["source"] and hit() else inner["source"]
    inner["cue"] = [_moved(s, draw, length) for s in inner["cue"]] if hit() else inner["cue"]
    inner["act"], inner["kind"] = (
        OTHER[name] if hit() else value for name, value in (("act", inner["act"]), ("kind", inner["kind"]))
    )
    inner["named"] = inner["named"] != hit()
    e["voices"] = e["voices"][-1:] if hit() else e["voices"]
    e["content"] = [_moved(s, draw, length) for s in e["content"]] if hit() else e["content"]
    e["evidence"] = [] if hit() else e["evidence"]
    e["quote"] = OTHER["quote"] if hit() else e["quote"]
    e["sure"] |= {name: OTHER[name] for name in ("level", "status") if hit()}
    e["sure"] |= {"negated": not e["sure"]["negated"]} if hit() else {}
    return e


if __name__ == "__main__":
    sys.exit(main())
