"""The open sets of names in, texts with names out, and copies of them in which other names stand.

A head that has seen few names learns them by heart; in a copy each name has given way to another of its kind, so that what stands
round it counts. The names come from the sets themselves, from pairs of names in two scripts (CC0) and from the Phoenix lists of
actors (MIT).
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from bench import mentions
from training import examples, meantime
from training.examples import Text

# What the Japanese sets mark beside persons, organizations and places: it tells what is none of these.
GSD = (
    "fac",
    "norp",
    "product",
    "event",
    "work_of_art",
    "title_affix",
    "movement",
    "language",
    "law",
    "pet_name",
    "date",
    "quantity",
)
STOCKMARK = {"人名": "person", "地名": "place"}
OUTPUTS = {
    "names": examples.NAMES,
    "gsd_ja.train": (*examples.NAMES, *GSD),
    "stockmark": ("person", "place", "法人名", "政治的組織名", "その他の組織名", "施設名", "製品名", "イベント名"),
}
ORGANIZATIONS = ("法人名", "政治的組織名", "その他の組織名")
Pool = dict[str, list[str]]
SWAPPED = 0.7  # the share of names that give way in a copy
KANA = re.compile(r"[ァ-ヺー・＝=]+")
ACTOR = re.compile(r"^\+?([A-Z]+(?:_[A-Z]+)*)_\s+\[(?!NGO|NGM|MNC|IGO|IMG)([A-Z]{3})\]\s*(?:#.*)?$", re.MULTILINE)
LEADER = re.compile(r"^([A-Z]{3,}(?:_[A-Z]{2,}){1,2})_\s*(?:#.*)?\n\t\[[A-Z]{6}[^]]*\d{6}", re.MULTILINE)
BODY = re.compile(r"^\+?([A-Z]+(?:_[A-Z]+){1,5})_\s+\[(?:IGO|NGO|NGM|MNC)\w*\]", re.MULTILINE)


def japanese(data: Path) -> list[Text]:
    """Return the sentences of UD Japanese GSD, train, with names of all its kinds."""
    kinds = {kind.upper(): kind for kind in GSD}
    return _columns(data / "ner" / "gsd_ja.train.bio", {**kinds, **mentions.KINDS})


def stockmark(data: Path) -> list[Text]:
    """Return the sentences of Stockmark with names of all its kinds."""
    read = json.loads((data / "ner" / "stockmark_ja.json").read_text("utf-8"))
    rows = [(r["text"], sorted((*e["span"], STOCKMARK.get(e["type"], e["type"])) for e in r["entities"])) for r in read]
    return [Text("stockmark", text, names=tuple((s, e, kind) for s, e, kind in found)) for text, found in rows]


def english(data: Path) -> list[Text]:
    """Return the documents of Universal NER and the annotated sentences of MEANTIME."""
    return [*_columns(data / "ner" / "uner_en.train.iob2", mentions.KINDS), *meantime.texts(data / "meantime")]


def _columns(path: Path, kinds: dict[str, str]) -> list[Text]:
    return [Text(path.stem, d.text, names=tuple(sorted(d.names))) for d in mentions.documents(path, kinds)]


def known(texts: list[Text]) -> Pool:
    """Collect the names of texts by kind."""
    pool: Pool = {kind: [] for kind in examples.NAMES}
    for t in texts:
        for s, e, kind in t.names or ():
            kept = "organization" if kind in ORGANIZATIONS else kind
            if kept in pool:
                pool[kept].append(t.text[s:e])
    return pool


def listed(data: Path) -> Pool:
    """Collect English names from the lists of actors."""
    files = sorted((data / "actors").glob("Phoenix.*.actors.txt"))
    text = "".join(file.read_text("utf-8", "replace") for file in files)
    found = {
        "person": LEADER.findall(text),
        "place": [name for name, _ in ACTOR.findall(text)],
        "organization": BODY.findall(text),
    }
    return {kind: [_titled(name) for name in dict.fromkeys(names)] for kind, names in found.items()}


def kana(data: Path) -> list[str]:
    """Return personal names in katakana."""
    lines = (data / "names" / "katakana_64.tsv").read_text("utf-8").splitlines()
    return [name for line in lines if len(name := line.split("\t")[1].replace(" ", "")) > 2]


def _titled(name: str) -> str:
    return " ".join(w.lower() if w in {"OF", "AND", "THE", "FOR", "ON"} else w.capitalize() for w in name.split("_"))


def swapped(texts: list[Text], pool: Pool, draw: random.Random) -> Iterator[Text]:
    """Yield the texts with most of their names changed, the same name always for the same other within a text."""
    for t in texts:
        others: dict[tuple[str, str], str] = {}
        for s, e, kind in t.names or ():
            name = t.text[s:e]
            if (name, kind) not in others:
                others[name, kind] = _other(name, pool[kind], draw) if kind in pool and draw.random() < SWAPPED else name
        yield _rewritten(t, others)


def _rewritten(t: Text, others: dict[tuple[str, str], str]) -> Text:
    text, at, names = "", 0, []
    for s, e, kind in t.names or ():
        text += t.text[at:s]
        start, at = len(text), e
        text += others[t.text[s:e], kind]
        names.append((start, len(text), kind))
    return Text(t.id, text + t.text[at:], names=tuple(names))


def _other(name: str, pool: list[str], draw: random.Random) -> str:
    """Draw another name, of one word for one of one word where letters are Latin, and in the same case."""
    other = draw.choice(pool)
    if name.isascii() and " " not in name and " " in other and draw.random() < 0.7:
        other = draw.choice(other.split(" "))
        other = name if other.islower() else other
    if name.isascii():
        return other.lower() if name.islower() else other.upper() if name.isupper() and len(name) > 3 else other
    return other


def lowered(texts: list[Text]) -> Iterator[Text]:
    """Yield the texts without capitals, as people write in haste."""
    for t in texts:
        if len(t.text.lower()) == len(t.text):
            yield Text(t.id, t.text.lower(), names=t.names)
