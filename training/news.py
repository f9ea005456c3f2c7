"""Sentences of our own with places for names in, texts with names out: what news says of states, companies and persons.

The open sets are encyclopedia, web and mail. There, states do not accuse each other; here they do, and under names that nobody has
heard of, so that what a name does tells what it is.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from training.examples import Text

FILE = Path(__file__).parent / "news.txt"
SLOT = re.compile(r"\{(?P<kind>[pfoc])(?P<number>\d?)\}")
KINDS = {"p": "person", "f": "person", "o": "organization", "c": "place"}
LATIN = ("{} Press", "{} Holdings", "{} Group", "the {} Ministry", "{} Motors", "{} Bank", "{} University", "{} News Agency", "{}")
JAPANESE = ("{}通信", "{}重工", "{}銀行", "{}新聞", "{}大学", "{}省", "{}製薬", "{}党", "{}放送", "{}")
UNHEARD = 0.6  # the share of places under a name that is a person's elsewhere
Pool = dict[str, list[str]]


def texts(pools: dict[str, Pool], draw: random.Random, times: int) -> Iterator[Text]:
    """Yield each sentence `times` with other names, three to a text; `pools` holds names by language and kind, `family` beside."""
    lines = [line.split("\t") for line in FILE.read_text("utf-8").splitlines() if "\t" in line]
    for lang, pool in pools.items():
        mine = [sentence for code, sentence in lines if code == lang] * times
        draw.shuffle(mine)
        for at in range(0, len(mine), 3):
            yield _text("\n".join(mine[at : at + 3]), pool, lang, draw)


def _text(form: str, pool: Pool, lang: str, draw: random.Random) -> Text:
    chosen: dict[str, str] = {}
    text, at, names = "", 0, []
    for hit in SLOT.finditer(form):
        kind, number = hit["kind"], hit["number"]
        if kind == "f" and f"p{number}" in chosen:
            chosen.setdefault(hit[0], re.split(r"[ ・＝]", chosen[f"p{number}"])[-1])
        name = chosen.setdefault(hit[0], _name(kind, pool, lang, draw))
        chosen[kind + number] = name
        text += form[at : hit.start()]
        start, at = len(text) + len(name) - len(name.removeprefix("the ")), hit.end()
        text += name
        names.append((start, len(text), KINDS[kind]))
    return Text("news", text + form[at:], names=tuple(names))


def _name(kind: str, pool: Pool, lang: str, draw: random.Random) -> str:
    if kind == "c":
        return draw.choice(pool["family" if draw.random() < UNHEARD else "place"])
    if kind == "o" and draw.random() < UNHEARD:
        return draw.choice(JAPANESE if lang == "ja" else LATIN).format(draw.choice(pool["family"]))
    return draw.choice(pool[{"p": "person", "f": "family", "o": "organization"}[kind]])
