"""The folder of data in, the texts of news in it out: MEANTIME and NTREX as drafts, and the events of ECB+ with their articles."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

from bench.drafts import Draft, draft

Half = Literal["first", "later"]
LANGUAGES = ("en", "ja")
TIGHT_BEFORE = re.compile(r" ([,.;:?!)\]%”’]|'s\b|n't\b|'\w+\b|'(?= ))")
TIGHT_AFTER = re.compile(r"([(\[$“£‘]) ")
HEADLINE = 100  # characters that the first paragraph of an article may have to be one


def by_set(data: Path) -> dict[str, dict[str, Draft]]:
    """Read MEANTIME and NTREX in English and Japanese; what is not there is left out."""
    ntrexes = {f"{lang}-ntrex": dict(ntrex(data / "ntrex" / f"{lang}.jsonl", lang)) for lang in LANGUAGES}
    return {"en-meantime": dict(meantime(data / "meantime")), **ntrexes}


def half_of(name: str) -> Half:
    """Tell in which half a document or topic is, by a hash of its id."""
    return "later" if sha256(name.encode()).digest()[0] % 2 else "first"


def meantime(folder: Path) -> Iterator[tuple[str, Draft]]:
    """Write each report of MEANTIME as a newspaper does; the first sentence is its headline, the second, a date, is left out."""
    for path in sorted(folder.glob("*/*.xml")):
        lines: dict[int, list[str]] = {}
        for token in ET.parse(path).getroot().iter("token"):  # noqa: S314 - the data is ours
            lines.setdefault(int(token.get("sentence", 0)), []).append(unescape(token.text or ""))
        title, _, *below = [_joined(words) for words in lines.values()]
        yield path.stem, draft(path.stem, "en", title, "\n".join(below))


def ntrex(path: Path, lang: str) -> Iterator[tuple[str, Draft]]:
    """Read the documents of NTREX in one language; the first line is the headline."""
    for name, text in ntrex_texts(path).items():
        title, _, below = text.partition("\n")
        yield name, draft(name, lang, title, below)


def ntrex_texts(path: Path) -> dict[str, str]:
    """Read the documents of NTREX as they are; none where there is no file."""
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []
    return {document["doc"]: document["text"] for document in found}


def events(data: Path) -> dict[str, dict[str, str]]:
    """Give each sub-topic of ECB+ with the texts of its articles by id."""
    path, found = data / "ecbplus" / "dev.jsonl", dict[str, dict[str, str]]()
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        article = json.loads(line)
        found.setdefault(article["story"], {})[article["doc"]] = article["text"]
    return found


def topic(story: str) -> str:
    """Return the topic of a sub-topic: `10ecb` and `10ecbplus` are two events of one kind."""
    return story.partition("ecb")[0]


def article(name: str, text: str) -> Draft:
    """Cut an article of ECB+; a short first paragraph with others below it is its headline."""
    title, _, below = text.partition("\n\n")
    if below and len(title) <= HEADLINE:
        return draft(name, "en", title.rstrip("."), below)
    return draft(name, "en", "", text)


def _joined(words: list[str]) -> str:
    text = " ".join({"``": "“", "''": "”"}.get(word, word) for word in words)
    text = re.sub(r'" ([^"]*) "', r"“\1”", text)
    return TIGHT_BEFORE.sub(r"\1", TIGHT_AFTER.sub(r"\1", text))
