"""Names in two scripts in, figures for finding the right one by its sound out (name lists of the Wikidata kind, `names/*.tsv`).

Of each list 2,000 spellings are drawn; each is looked for among the 2,000 of the other script. Training asks `drawn` too, and
leaves out every name it gives.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from bench.sets import Row
from onrecord.actors import sound
from onrecord.actors.nearest import nearest
from onrecord.actors.sound import SAME

FILES = {"katakana": "katakana_16.tsv", "russian": "russian_16.tsv"}
SIZE = 2000
SEED = 1
# So many full names are made of drawn ones.
FULL = 300

Pair = tuple[str, str]


def listed(path: Path) -> list[Pair]:
    """Read a list: the Latin name and its spelling in the other script, one spelling a name."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return list({latin: (latin, spelling.replace(" ", "")) for latin, spelling, _ in rows}.values())


def drawn(path: Path, size: int = SIZE) -> list[Pair]:
    """Draw the names that are measured and that nothing may be learned from: the same ones every time."""
    return Random(SEED).sample(listed(path), size)  # noqa: S311  a draw, no secret


def score(data: Path) -> list[Row]:
    """Score each list that is in the folder `names` of `data`, both ways."""
    found = []
    for split, file in FILES.items():
        path = data / "names" / file
        if path.is_file():
            latin, other = zip(*drawn(path), strict=True)
            found += [_row(split, "top-1", other, latin), _row(split, "top-1 from Latin", latin, other)]
            found += _full(split, other, latin)
    return found


def _full(split: str, other: Sequence[str], latin: Sequence[str]) -> list[Row]:
    """Put drawn names together to full ones: how many are known as one, and how many with a like-sounding family name."""
    half = len(other) // 2
    pairs = [(f"{other[i]} {other[half + i]}", f"{latin[i]} {latin[half + i]}") for i in range(FULL)]
    like = [next(latin[at] for at, _ in nearest(other[half + i], latin, limit=2) if at != half + i) for i in range(FULL)]
    wrong = [(a, f"{b.split()[0]} {family}") for (a, b), family in zip(pairs, like, strict=True)]
    shares = {"full names known as one": pairs, "with a family name that sounds most alike": wrong}
    return [
        Row(
            set="names",
            split=split,
            measure=name,
            value=round(100 * sum(sound.score(a, b) >= SAME for a, b in p) / FULL, 1),
            n=FULL,
            seen=False,
        )
        for name, p in shares.items()
    ]


def _row(split: str, measure: str, asked: Sequence[str], candidates: Sequence[str]) -> Row:
    right = sum(nearest(name, candidates, limit=1)[0][0] == at for at, name in enumerate(asked))
    return Row(set="names", split=split, measure=measure, value=round(100 * right / len(asked), 1), n=len(asked), seen=False)
