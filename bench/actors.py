"""The same news in two languages in, the share of actors that come out the same on both sides; NTREX-128 is that news.

Counted are countries, organisations and persons that are named on the English side, inside claims or not, once a document.

    python -m bench.actors --data ../shared/data --draw 100

draws names that were given an actor of the base or one of the other side, with a fixed seed, to be checked by hand.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from bench.sets import Row, report
from onrecord import Claim, extract, languages
from onrecord.actors import Found, Named, base, resolve
from onrecord.actors.beside import Member, Tale
from onrecord.actors.unite import Bearer, unite
from onrecord.extraction.mentions import named
from onrecord.extraction.resolved import KINDS
from onrecord.record import ActorKind, Report, Span
from onrecord.tagger import tag

# All of NTREX-128 was published in these weeks; the texts do not say when.
PUBLISHED = "2018-09-30"
SAMPLE_PUBLISHED = "2023-09-13"
HERE = Path(__file__).parent
SEED = 1


class Pair(Struct, frozen=True):
    """The actors of one document on both sides, by the id that both share where they are one."""

    document: str
    english: frozenset[str]
    japanese: frozenset[str]


def score(data: Path) -> list[Row]:
    """Return how many actors of the English side are found on the Japanese one too, and how many of the sample's are right."""
    return [*_agreement(data), *sample(data)]


def sample(data: Path) -> list[Row]:
    """Hold the speakers and persons of the sample against a list made by hand: offsets and actors, `local N` where it is its own.

    One counts as right where a voice or a mention that its span touches has the actor, and no other actor stands for it. A name
    in no claim is what the resolver makes of it among all names of the report, as on the two sides of NTREX.
    """
    file = data / "attribution" / "sample.ja.gold.jsonl"
    if not file.exists():
        return []
    d = json.loads(file.read_text("utf-8").splitlines()[0])
    made = report(d["text"], "ja", published=SAMPLE_PUBLISHED)
    found = dict(_spans(extract(made)))
    more = {name.span: f.actor for name, f in _resolved(made) if f}
    told: dict[str, str] = {}
    right = claimed = 0
    checked = json.loads((HERE / "sample_actors.json").read_text("utf-8"))
    for start, end, actor in checked:
        whole = found.get(Span(start, end))
        in_claims = {whole} if whole else {a for span, a in found.items() if span.start < end and start < span.end}
        met = in_claims or {a for span, a in more.items() if span.start < end and start < span.end}
        own = told.setdefault(actor, next(iter(met), "")) if actor.startswith("local") else actor
        right += met == {own} and own != ""
        claimed += in_claims == {own} and own != ""
    figures = {"speakers and persons right": right, "right and in a claim": claimed}
    return [
        Row(set="sample actors", split="ja", measure=measure, value=round(100 * n / len(checked), 1), n=len(checked), seen=False)
        for measure, n in figures.items()
    ]


def _spans(claims: Iterable[Claim]) -> Iterator[tuple[Span, str]]:
    """Yield where each actor is called by name: mentions, and sources in which no mention stands."""
    for claim in claims:
        named = [(m.span, m.actor) for m in claim.mentions if m.actor]
        yield from named
        for v in claim.voices:
            if v.actor and v.source and not any(_within(s, v.source) and a == v.actor for s, a in named):
                yield v.source, v.actor


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _agreement(data: Path) -> list[Row]:
    pairs = list(read(data))
    if not pairs:
        return []
    both, all_of = sum(len(p.english & p.japanese) for p in pairs), sum(len(p.english) for p in pairs)
    figures = {"same actor on both sides": 100 * both / all_of, "actors a document, English side (a count)": all_of / len(pairs)}
    return [
        Row(set="ntrex actors", split="en-ja", measure=name, value=round(v, 1), n=all_of, seen=False) for name, v in figures.items()
    ]


def main() -> None:
    """Print names to be checked: document, language, name, and the actor or the names that were taken for the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--draw", type=int, default=100)
    options = parser.parse_args()
    rows = [row for document, sides in _sides(options.data) for row in _given(document, sides)]
    for row in random.Random(SEED).sample(rows, min(options.draw, len(rows))):  # noqa: S311  # a draw, no secret
        print(*row, sep=" | ")


def _given(document: str, sides: list[list[Bearer]]) -> Iterator[tuple[str, str, str, str]]:
    heads = _united(sides)
    united: dict[str, list[Bearer]] = {}
    for bearer in (*sides[0], *sides[1]):
        united.setdefault(heads[bearer.id], []).append(bearer)
    for head, some in united.items():
        if not head.startswith("local.") or len(some) > 1:
            yield from ((document, b.lang, b.name, head if base().get(head) else " = ".join(x.name for x in some)) for b in some)


def read(data: Path) -> Iterator[Pair]:
    """Extract both sides of each document and unite their actors."""
    for name, sides in _sides(data):
        heads = _united(sides)
        yield Pair(name, *(frozenset(heads[b.id] for b in side) for side in sides))


def _united(sides: list[list[Bearer]]) -> dict[str, str]:
    """Unite the actors of both sides as a record does in which the two reports are."""
    return unite([*sides[0], *sides[1]], tales=[Tale(side[0].lang, PUBLISHED, tuple(map(_member, side))) for side in sides if side])


def _member(b: Bearer) -> Member:
    entry = base().get(b.id)
    return Member(b.id, b.kind, tuple(n for names in entry.names.values() for n in names) if entry else (b.name,))


def _sides(data: Path) -> Iterator[tuple[str, list[list[Bearer]]]]:
    files = [data / "ntrex" / f"{code}.jsonl" for code in ("en", "ja")]
    if not all(f.exists() for f in files):
        return
    texts = [{d["doc"]: d["text"] for line in f.open(encoding="utf-8") if (d := json.loads(line))} for f in files]
    for name in sorted(texts[0].keys() & texts[1].keys()):
        yield name, [list(_borne(side[name], code)) for side, code in zip(texts, ("en", "ja"), strict=True)]


def _resolved(made: Report) -> Iterator[tuple[Named, Found | None]]:
    """Yield the countries, organisations and persons that a report names, in its claims or not, with their actors."""
    language = languages.get(made.lang)
    names = named(tag(made.text, made.body).mentions, made.text, made.body, language, base())
    called = [Named(m.span, m.name, KINDS[m.kind], place=m.kind == "place") for m in names if m.kind in KINDS]
    yield from zip(called, resolve(called, made, language, base()), strict=True)


def _borne(text: str, code: str) -> Iterator[Bearer]:
    """Yield the actors of a report, each by its fullest name."""
    seen: dict[str, Bearer] = {}
    for name, found in _resolved(report(text, code, published=PUBLISHED, file=code)):
        entry = found.known if found else None
        if found and (entry.kind != "place" if entry else not name.place):
            own: ActorKind = entry.kind if entry else "person" if name.kind == "person" else "organization"
            longest = max((found.full or name.words, seen[found.actor].name if found.actor in seen else ""), key=len)
            seen[found.actor] = Bearer(found.actor, own, longest, code)
    yield from seen.values()


if __name__ == "__main__":
    main()
