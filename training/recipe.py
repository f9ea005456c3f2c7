"""The recipe: which texts each phase of training reads, how often, in which order, and how fast it learns.

Two rounds. The first made the first weights: `base`, `final`, `polish`, `nest`. The second begins with what the first gave:
`again`, `close`, `settle`.
"""

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct
from tokenizers import Tokenizer

from training import examples, wrap

SEED = 20261123
HERE = Path(__file__).parent
# The gold that there was in the first round, which the phases before `close` read alone; and what came last, for `settle`.
FIRST, LAST = ("en-news", "ja-newspaper", "ja-reports", "ja-translated"), ("ja-foreign3",)
Rows = list[examples.Example]


class Phase(Struct, frozen=True):
    """One phase: the phase that it begins with, what it reads, and its rates.

    It reads its gold `times` times, each time with `articles` of PolNeAR, `sentences` with names, and `wrapped` sentences put
    inside another voice. `first`, `later` and `last` are the shares of the gold of each age; `told`: the annotated documents too.
    `body` and `heads` are the highest rates of encoder and heads, reached after `warm` steps; they fall to `floor` of it.
    """

    before: str | None = None
    body: float = 1e-4
    heads: float = 4e-4
    warm: int = 60
    floor: float = 0.02
    times: int = 0
    articles: int = 0
    sentences: int = 0
    wrapped: int = 0
    first: float = 1
    later: float = 0
    last: float = 0
    told: bool = False


PHASES = {
    "base": Phase(None, 2e-4, 1e-3, floor=0.25),
    "final": Phase("base", times=4, articles=100, sentences=500),
    "polish": Phase("final", times=3, articles=150, sentences=300),
    "nest": Phase("polish", times=2, articles=110, sentences=150, wrapped=900),
    "again": Phase("nest", floor=0.5, times=2, articles=420, sentences=500, wrapped=200),
    "close": Phase("again", 8e-5, 3e-4, times=4, articles=110, sentences=200, wrapped=150, first=0.5, later=1),
    "settle": Phase("close", 8e-5, 3e-4, 8, times=2, articles=25, sentences=40, first=0, later=1 / 6, last=1, told=True),
}


def rows(name: str, data: Path, tokenizer: Tokenizer, told: tuple[Path, ...] = ()) -> Rows:
    """Return the windows of a phase in the order in which they are read.

    `told` are files of annotated documents to read in place of those in `data`, for cross-validation.
    """
    draw = random.Random(f"{SEED}{name}")
    news = list(examples.polnear(data / "polnear" / "train.jsonl"))
    named = list(examples.names(data / "ner"))
    phase = PHASES[name]
    parts = _base(news, named, tokenizer, draw) if name == "base" else _mixed(phase, news, named, tokenizer, draw)
    if phase.told:
        documents = [t for file in told or annotated(data) for t in examples.annotated(file)]
        parts = [part + [e for t in documents for e in examples.examples(tokenizer, t, i)] for i, part in enumerate(parts)]
    for part in parts:
        draw.shuffle(part)
    return [e for part in parts for e in part if len(e.window.ids) > 2]


def annotated(data: Path) -> list[Path]:
    """Return the files of annotated documents, one a language, the same documents in the same order."""
    return sorted((data / "attribution").glob("ntrex_dev.*.gold.jsonl"))


def _base(news: list[examples.Text], named: list[examples.Text], tokenizer: Tokenizer, draw: random.Random) -> list[Rows]:
    parts = []
    for epoch in range(2):
        part = [e for t in news for e in examples.examples(tokenizer, t, epoch and draw.randrange(3))]
        parts.append(part + [e for t in packed(draw.sample(named, 4000)) for e in examples.examples(tokenizer, t)])
    return parts


def _mixed(
    phase: Phase, news: list[examples.Text], named: list[examples.Text], tokenizer: Tokenizer, draw: random.Random
) -> list[Rows]:
    gold = list(examples.gold(HERE / "gold"))
    first, last = ([t for t in gold if t.id.startswith(age)] for age in (FIRST, LAST))
    later = [t for t in gold if not t.id.startswith(FIRST + LAST)]
    shares = (first, phase.first), (later, phase.later), (last, phase.last)
    # a phase that reads as many articles as there are deals them out, so that it reads each once
    deck = draw.sample(news, len(news)) if phase.times * phase.articles >= len(news) else []
    parts = []
    for epoch in range(phase.times):
        mine = [t for texts, share in shares for t in _share(texts, share, draw)]
        dealt = deck[epoch * phase.articles :][: phase.articles] or draw.sample(news, phase.articles)
        part = [e for t in dealt for e in examples.examples(tokenizer, t, draw.randrange(4))]
        chained = draw.sample(list(wrap.wrapped(mine, draw)), phase.wrapped) if phase.wrapped else []
        shuffled = draw.sample(mine + chained, len(mine) + len(chained))
        part += [e for t in merged(shuffled, draw) for e in examples.examples(tokenizer, t, epoch % 2)]
        part += [e for t in packed(draw.sample(named, phase.sentences)) for e in examples.examples(tokenizer, t)]
        parts.append(part)
    return parts


def _share(texts: list[examples.Text], share: float, draw: random.Random) -> list[examples.Text]:
    return texts if share == 1 else draw.sample(texts, round(len(texts) * share))


def merged(texts: list[examples.Text], draw: random.Random) -> Iterator[examples.Text]:
    """Join short passages of one language into texts of several lines, as sentences stand in reports."""
    for lang in ("ja", "en"):
        mine = [t for t in texts if t.id[:2] == lang]
        at = 0
        while at < len(mine):
            take = draw.randint(1, 6)
            yield join(mine[at : at + take])
            at += take
    yield from (t for t in texts if t.id[:2] not in {"ja", "en"})


def packed(texts: list[examples.Text]) -> Iterator[examples.Text]:
    """Join sentences with names, six to a text."""
    at = iter(texts)
    while some := list(islice(at, 6)):
        yield join(some)


def join(texts: list[examples.Text]) -> examples.Text:
    """Put texts on lines of one text and move their marks along."""
    whole, marks, names, start = "", [], [], 0
    for t in texts:
        start = len(whole) + bool(whole)
        whole = f"{whole}\n{t.text}" if whole else t.text
        marks += [
            type(a)(*(tuple((s + start, e + start) for s, e in spans) for spans in (a.source, a.cue, a.content)))
            for a in t.attributions
        ]
        names += [(s + start, e + start, k) for s, e, k in t.names or ()]
    return examples.Text(texts[0].id, whole, tuple(marks), texts[0].nested, None if texts[0].names is None else tuple(names))
