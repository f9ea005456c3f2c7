"""MEANTIME's files in, sentences with names out: of what each file marks as an entity, the parts that are names.

The corpus (Minard and others 2016, CC BY 4.0) marks every phrase that stands for an entity, "the company" and "he" too, in
sentences 0 to 5 of a report. A name is such a phrase less its article, where every word has a capital and none is a title.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

from training.examples import Text

KINDS = {"PER": "person", "ORG": "organization", "LOC": "place"}
ANNOTATED = range(6)
ARTICLES = frozenset(("the", "a", "an", "its", "their", "``", "''", "'s", "'"))
SMALL = frozenset(("of", "and", "&", "for", "-", "the", "de", "."))
NO_NAME = re.compile(
    r"(?:CEO|CFO|President|Chairman|Mrs?|Ms|Dr|Sir|Justice|Secretary|Senator|Minister|He|She|It|We|They|I|You|Its|Our|His|Her|Any"
    r"|Some|This|That|These|Those|Developers|\w+(?:ican|ese|ish|adian|alian|rman|pean)|Automakers?)\.?"
)
Name = tuple[int, int, str]


def texts(folder: Path) -> Iterator[Text]:
    """Yield the annotated sentences of each report, one a line, as one text."""
    for file in sorted(folder.glob("corpus_*/*.xml")):
        yield _text(ET.parse(file).getroot())  # noqa: S314  # a corpus on disk


def _text(root: ET.Element) -> Text:
    text, spans, last, words = "", {}, 0, {}
    for token in root.iter("token"):
        line, number, word = int(token.attrib["sentence"]), int(token.attrib["t_id"]), unescape(token.text or "")
        if line not in ANNOTATED:
            break
        shown = {"``": '"', "''": '"'}.get(word, word)
        text += "\n" if line != last else "" if _tight(text, shown) else " "
        spans[number], words[number], last = (len(text), len(text) + len(shown)), word, line
        text += shown
    names: list[Name] = []
    for kind, numbers in sorted(_entities(root), key=lambda e: len(e[1])):
        if (cut := _name([n for n in numbers if n in words], words)) and not any(s < cut[1] and cut[0] < e for s, e, _ in names):
            names.append((*cut, kind))
    marks = tuple(sorted((spans[first][0], spans[end - 1][1], kind) for first, end, kind in names))
    return Text("meantime", text, names=marks)


def _tight(text: str, word: str) -> bool:
    """Tell whether no blank parts a word from the text before it."""
    opened = text.count('"', text.rfind("\n") + 1) % 2 == 1
    return (
        not text
        or text[-1] in "($#"
        or (opened and text[-1] == '"')
        or (word == '"' and opened)
        or bool(re.fullmatch(r"[,.;:?!)%]|'\w*|n't", word))
    )


def _entities(root: ET.Element) -> Iterator[tuple[str, list[int]]]:
    """Yield the kind of each mention and the numbers of its words."""
    words = {m.attrib["m_id"]: [int(t.attrib["t_id"]) for t in m.iter("token_anchor")] for m in root.iter("ENTITY_MENTION")}
    kinds = {e.attrib["m_id"]: KINDS.get(e.attrib.get("ent_type", "")) for e in root.iter("ENTITY")}
    for link in root.iter("REFERS_TO"):
        kind = next((kinds.get(t.attrib["m_id"]) for t in link.iter("target")), None)
        if kind:
            yield from ((kind, words[s.attrib["m_id"]]) for s in link.iter("source") if words.get(s.attrib["m_id"]))


def _name(numbers: list[int], words: dict[int, str]) -> tuple[int, int] | None:
    """Return the first word of a name and the one after its last, or None where the phrase is none."""
    while numbers and words[numbers[0]].lower() in ARTICLES:
        numbers = numbers[1:]
    while numbers and (words[numbers[-1]] in ARTICLES or words[numbers[-1]] == "."):
        numbers = numbers[:-1]
    said = [words[n] for n in numbers]
    if not said or numbers[-1] - numbers[0] + 1 != len(numbers) or said[-1] in SMALL:
        return None
    if not all(w[0].isupper() or w in SMALL for w in said) or any(NO_NAME.fullmatch(w) for w in said):
        return None
    return numbers[0], numbers[-1] + 1
