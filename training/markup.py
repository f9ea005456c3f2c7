"""Reads the marked-up training text of `training/gold`: passages in, texts with linked spans out.

A passage is one or more lines; blank lines part passages; a line that starts with `#` is a comment. Spans are marked in
place, `{s1:…}` source, `{q1:…}` cue, `{c1:…}` content; marks of one number belong to one attribution and may nest:

    {s1:北辰通信}は、{c1:{s2:関係者}が{c2:合意は近い}と{q2:語った}}と{q1:報じた}。

    python -m training.markup FILE...      checks files and prints what they hold
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

ROLES = {"s": "source", "q": "cue", "c": "content"}
OPEN = re.compile(r"\{([sqc])(\d+):")
EDGE = {"source": "、。，,「」『』“”", "cue": "、。，,「」『』“”", "content": "、。"}
# An English full stop may end a content inside its quotation marks; the marks themselves never belong to it.
QUOTES = '「」『』“”"'


class Marked(Struct, frozen=True):
    """One attribution: spans as (start, end), half-open, code points of the passage; `source` is empty where none is named."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


class Passage(Struct, frozen=True):
    """A text with its attributions, and where it stands in its file."""

    text: str
    attributions: tuple[Marked, ...]
    where: str
    lang: str


def read(path: Path) -> Iterator[Passage]:
    """Yield the passages of one file; raises ValueError with file and line for markup that does not close or match."""
    lines: list[str] = []
    start = 0
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            start = start or number
            lines.append(line.strip())
        elif lines:
            yield parse("\n".join(lines), f"{path.name}:{start}", path.name[:2])
            lines, start = [], 0


def parse(marked: str, where: str = "", lang: str = "") -> Passage:
    """Turn one marked-up passage into its text and spans."""
    text: list[str] = []
    found: dict[int, dict[str, list[tuple[int, int]]]] = {}
    stack: list[tuple[str, int, int]] = []
    at = size = 0
    while at < len(marked):
        if hit := OPEN.match(marked, at):
            stack.append((ROLES[hit[1]], int(hit[2]), size))
            at = hit.end()
        elif marked[at] == "}":
            if not stack:
                raise ValueError(f"{where}: a mark is closed that was never opened, near {marked[max(0, at - 15) : at + 5]!r}")
            role, number, start = stack.pop()
            found.setdefault(number, {r: [] for r in ROLES.values()})[role].append((start, size))
            at += 1
        elif marked[at] == "{":
            raise ValueError(f"{where}: a stray brace near {marked[at : at + 15]!r}; marks look like {{s1:…}}")
        else:
            text.append(marked[at])
            at, size = at + 1, size + 1
    if stack:
        raise ValueError(f"{where}: the mark {stack[-1][0]}{stack[-1][1]} is never closed")
    whole = "".join(text)
    _check(whole, found, where)
    marks = (
        Marked(tuple(sorted(a["source"])), tuple(sorted(a["cue"])), tuple(sorted(a["content"]))) for _, a in sorted(found.items())
    )
    return Passage(whole, tuple(marks), where, lang)


def _check(text: str, found: dict[int, dict[str, list[tuple[int, int]]]], where: str) -> None:
    for number, roles in found.items():
        if not roles["cue"] or not roles["content"]:
            raise ValueError(f"{where}: attribution {number} needs a cue and a content")
        if len(roles["source"]) > 1:
            raise ValueError(f"{where}: attribution {number} has {len(roles['source'])} sources; one is allowed")
        for role, spans in roles.items():
            for start, end in spans:
                if wrong := _wrong(role, text[start:end], text[end : end + 1]):
                    raise ValueError(f"{where}: {role} {number} {wrong}: {text[start:end]!r}")


def _wrong(role: str, words: str, after: str) -> str | None:
    """Say what is wrong with the words of a mark, or nothing."""
    if not words.strip() or words != words.strip():
        return "is empty or has a blank at its edge"
    full_stop = role == "content" and words[-1] == "。" and after and after in QUOTES
    if (words[0] in EDGE[role] or words[-1] in EDGE[role]) and not full_stop:
        return "has a mark at its edge"
    return "ends in a particle" if role == "source" and words[-1] in "はがもを" else None


def main(files: list[str]) -> int:
    """Check each file; print counts; 1 where a file is wrong."""
    wrong = 0
    for name in files:
        try:
            passages = list(read(Path(name)))
        except ValueError as error:
            print(error)
            wrong = 1
            continue
        count = sum(len(p.attributions) for p in passages)
        none = sum(not p.attributions for p in passages)
        lines = sum(p.text.count("\n") + 1 for p in passages)
        sourceless = sum(not a.source for p in passages for a in p.attributions)
        marked = f"{count} attributions, {sourceless} without a source, {none} passages with none"
        print(f"{name}: {len(passages)} passages, {lines} lines, {marked}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
