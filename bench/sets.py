"""The data sets of the bench: a folder in, documents with gold out. Which there are and what each needs stands in `SETS`."""

import json
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypedDict

from msgspec import Struct, convert
from msgspec import json as fast
from msgspec.structs import replace

from bench import adapter, attributions, claims, pages, tails
from bench.spans import overlap, places
from onrecord import Claim, Report, Span, extract, read
from onrecord.readers import Given


class Row(TypedDict):
    """One figure: percent unless the measure says otherwise; `n` is how many things it rests on."""

    set: str
    split: str
    measure: str
    value: float
    n: int
    seen: bool


class Absent(Exception):  # noqa: N818
    """The data of a set is not in the folder; says what is missing."""


def report(text: str, lang: str, *, published: str | None = None, file: str = "") -> Report:
    """Make a report of a bare text as the reader makes one of a file: what it leaves out of the body is not extracted from."""
    with NamedTemporaryFile(suffix=".txt") as kept:
        Path(kept.name).write_bytes(text.encode())
        (made,) = (r for r in read(Path(kept.name), given=Given(lang=lang, published=published)) if isinstance(r, Report))
    return replace(made, file=file)


def rows(name: str, split: str, measured: dict[str, tuple[float, int]], *, seen: bool = False) -> Iterator[Row]:
    """Turn measures into rows."""
    for measure, (value, n) in measured.items():
        yield Row(set=name, split=split, measure=measure, value=round(value, 1), n=n, seen=seen)


def gold_files(data: Path, *, first: int | None = None) -> Iterator[Row]:
    """Score every `attribution/*.gold.jsonl` in the annotation format, or the first few documents of each."""
    files = sorted((data / "attribution").glob("*.gold.jsonl"))
    if not files:
        raise Absent("attribution/*.gold.jsonl")
    for file in files:
        documents = [read_against(line) for line in islice(file.open(encoding="utf-8"), first)]
        yield from rows(file.name.removesuffix(".gold.jsonl"), "dev", claims.score(documents))


def read_against(
    line: str, extracted: Callable[[Report], Iterable[Claim]] = extract
) -> tuple[str, list[claims.Entry], list[claims.Entry]]:
    """Read an annotated document and give its text, the gold, and what was found; `extracted` finds it."""
    d = json.loads(line)
    found = extracted(report(d["text"], d["lang"], published=d.get("published")))
    gold = [_entry(a, {k: a[k] for k in claims.SURE_FIELDS}, a["evidence"]) for a in d["attributions"]]
    return d["text"], gold, [entry(c) for c in found]


def entry(claim: Claim) -> claims.Entry:
    """Reduce a claim to what is scored."""
    raw = fast.decode(fast.encode(claim))
    return _entry(raw, {k: raw["sure"][k] for k in claims.SURE_FIELDS}, raw["sure"]["evidence"])


def _entry(a: dict[str, object], sure: dict[str, object], evidence: object) -> claims.Entry:
    whole = {"voices": a["voices"], "content": a["content"], "quote": a["quote"], "sure": sure, "evidence": evidence}
    return convert(whole, claims.Entry)


def polnear(data: Path, *, splits: Iterable[str] = ("dev", "test"), first: int | None = None) -> Iterator[Row]:
    """Score PolNeAR's dev (and test, where a user has it) through the adapter, or the first few documents of each."""
    found_any = False
    for split in splits:
        file = data / "polnear" / f"{split}.jsonl"
        if not file.exists():
            continue
        found_any = True
        documents = {}
        for line in islice(file.open(encoding="utf-8"), first):
            d = json.loads(line)
            found = adapter.attributions(d["text"], list(extract(report(d["text"], "en", published=d.get("date")))))
            gold = [{role: a.get(role) or [] for role in attributions.ROLES} for a in d["attributions"]]
            documents[d["doc_id"]] = (d["text"], gold, found)
        yield from rows("polnear", split, attributions.score(documents))
    if not found_any:
        raise Absent("polnear/dev.jsonl")


class Quotation(Struct, frozen=True):
    """A quotation of the German set: spans of what is said and who says it, and whether it stands inside another."""

    quote: list[list[int]]
    speaker: list[list[int]]
    nested: bool


def german(data: Path) -> Iterator[Row]:
    """Score quotations in German news, a language that nobody taught: found, with speaker, and nested ones found."""
    found_any = False
    for split in ("dev", "test"):
        files = sorted((data / "german-wikinews" / split).glob("*.json"))
        if not files:
            continue
        found_any = True
        documents, nested = {}, [0, 0]
        for file in files:
            d = json.loads(file.read_text("utf-8"))
            text = d["originalText"]
            gold = [_quotation(a) for a in d["annotations"] if a["type"] in {"Direct", "Indirect", "IndirectFreeIndirect"}]
            found = extract(report(text, "de"))
            # the German set has no cues: source and content alone are compared
            ours = [{"source": _lists([c.voices[-1].source]), "cue": [], "content": _lists(c.content)} for c in found]
            theirs = [{"source": q.speaker, "cue": [], "content": q.quote} for q in gold]
            documents[file.name] = (text, theirs, ours)
            for q in gold:
                if q.nested:
                    spot = places(q.quote, text)
                    nested[1] += 1
                    nested[0] += any(
                        len(c.voices) > 1 and overlap(spot, places(_lists(c.content), text)) >= attributions.HALF for c in found
                    )
        scored = attributions.score(documents)
        kept = {name: scored[name] for name in ("content exact", "found", "triple")}
        kept["nested recall"] = (100 * nested[0] / nested[1] if nested[1] else 0.0, nested[1])
        yield from rows("german-wikinews", split, kept)
    if not found_any:
        raise Absent("german-wikinews/dev")


def _lists(spans: tuple[Span, ...] | list[Span | None]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans if s]


def _quotation(a: dict[str, dict[str, list[dict[str, int]]]]) -> Quotation:
    quote, speaker = ([[s["charBegin"], s["charEnd"]] for s in a[part]["spans"]] for part in ("quote", "speaker"))
    return Quotation(quote, speaker, bool(a.get("isNested")))


def web_pages(data: Path) -> Iterator[Row]:
    """Score the reading of web pages beside trafilatura alone."""
    yield from _percent(pages.score(data / "pages"), "pages/*/*.json")


def pasted_pages(data: Path) -> Iterator[Row]:
    """Score what is left out of pasted pages; they lie in the repository, so `data` is not looked at."""
    del data
    yield from _percent(tails.score(), "bench/tails/*.txt")


def _percent(shares: list[dict[str, object]], what: str) -> Iterator[Row]:
    """Turn shares into percent; raises Absent where there are none."""
    if not shares:
        raise Absent(what)
    for row in convert(shares, list[Row]):
        yield Row(**{**row, "value": round(100 * row["value"], 1)})


def _module(name: str, what: str) -> Callable[[Path], Iterable[Row]]:
    """Score with `bench.<name>`, imported when it is asked for: those modules import this one."""

    def score(data: Path) -> Iterable[Row]:
        found: list[Row] = list(import_module(f"bench.{name}").score(data))
        if not found:
            raise Absent(what)
        return found

    return score


SETS: dict[str, Callable[[Path], Iterable[Row]]] = {
    "attribution": gold_files,
    "polnear": polnear,
    "german-wikinews": german,
    "reports": _module("gold_reports", "bench/reports/*.txt"),
    "pages": web_pages,
    "tails": pasted_pages,
    "grounded": _module("grounded", "attribution, ntrex or polnear"),
    "actors": _module("actors", "ntrex/en.jsonl and ja.jsonl, or attribution/sample.ja.gold.jsonl"),
    "names": _module("names", "names/*.tsv"),
    "recognizers": _module("when", "recognizers/*/DateTimeModel.json"),
    "mentions": _module("mentions", "ner/*.bio or *.iob2"),
    "reprints": _module("reprints", "meantime, ntrex or ecbplus/dev.jsonl"),
    "translations": _module("translations", "ntrex/*.jsonl"),
    "stories": _module("stories", "ecbplus/dev.jsonl"),
    "invented": _module("invented", "bench/cases/stories.jsonl"),
}
