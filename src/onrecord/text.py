"""A text in; its sentences, a normalised view of it, or a harmless rendering of it out."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from onrecord.record import Span

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
ENDS = re.compile(r"[。！？!?.．｡…]+[\"'”’»」』）)\]】〉》｣]*")
WIDE_ENDS = "。！？｡"
OPENING = {"「": "」", "『": "』", "｢": "｣"}
CLOSING = {closing: opening for opening, closing in OPENING.items()}
INITIALS = re.compile(r"(?:^|[^\w.])(?:[^\W\d_]\.)*[^\W\d_]$")
# Short forms that a full stop seldom ends a sentence after; in Latin letters, of the languages whose reports we read most.
SHORTENED = re.compile(
    r"\b(?:adm|approx|apr|art|assn|aug|ave|bros|bzw|ca|capt|cmdr|co|col|corp|cpl|dec|dept|dr|etc|feb|fig|fr|gen|gov|hon|"
    r"hr|inc|jan|jr|jul|jun|lt|ltd|maj|mar|messrs|mlle|mm|mme|mr|mrs|ms|mt|no|nov|nr|oct|op|pp|prof|pt|rep|reps|rev|"
    r"sen|sens|sep|sept|sgt|sr|sra|srta|st|supt|tel|usw|vol|vs|z)$",
    re.IGNORECASE,
)
DELETE = 0x7F
BLANK = re.compile(r"[^\S\n\r]")
PLAIN_ENOUGH = re.compile(r"[\n\r\x20-\x7e]*")
# Marks that turn the reading direction or hide text, after the Unicode Bidirectional Algorithm (UAX 9), and the tag block.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def sentences(text: str, span: Span) -> Iterator[Span]:
    """Cut the part of `text` under `span` into sentences, without the blanks between them.

    A line end ends a sentence; a full stop does not after an initial or a short form, within a number, before a small letter,
    or between 「 and 」. Closing quotation marks and brackets stay with the sentence that they close.
    """
    for line in LINE.finditer(text, span.start, span.end):
        start = line.start()
        for end in _ends(line.group()):
            yield from _trimmed(text, start, line.start() + end)
            start = line.start() + end
        yield from _trimmed(text, start, line.end())


def visible(words: str) -> str:
    r"""Replace what could steer a terminal or hide words: `\x1b` becomes ␛, U+202E becomes ⟨U+202E⟩. Line end and tab stay."""
    return HIDDEN.sub(_shown, words.replace("\r\n", "\n"))


class View(Struct, frozen=True):
    """A text in normal form for looking words up, with the way back: NFKC, every blank one space, no invisible marks.

    `starts` and `ends` give, for each character of `text`, where the characters begin and end that it came from.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "View":
        """Normalise `text`; characters that combine (か and ゙) are taken together."""
        if PLAIN_ENOUGH.fullmatch(text):
            return cls(text, range(len(text)), range(1, len(text) + 1))
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in _clusters(text):
            normal = _normal(text[start:end])
            out.append(normal)
            starts.extend([start] * len(normal))
            ends.extend([end] * len(normal))
        return cls("".join(out), starts, ends)

    def back(self, start: int, end: int) -> Span:
        """Return the span of the original that `text[start:end]` came from; an empty range gives an empty span."""
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        here = self.starts[start] if start < len(self.starts) else self.ends[-1] if self.ends else 0
        return Span(here, here)

    def forth(self, at: int) -> int:
        """Return the first place in `text` that comes from `at` in the original, or from after it."""
        return bisect_right(self.ends, at)


def _ends(line: str) -> Iterator[int]:
    """Yield where the sentences of a line end, except the last."""
    quoted = _quoted(line)
    inside = next(quoted, None)
    for match in ENDS.finditer(line):
        while inside and inside[1] <= match.start():
            inside = next(quoted, None)
        if inside and inside[0] < match.start() and match.end() < inside[1]:
            continue
        # 「…だ。」と述べた goes on after the closing bracket: the end inside a quotation is not the end of the sentence.
        if match.group()[-1] in CLOSING and not _opens(line, match.end()):
            continue
        if match.group()[0] in WIDE_ENDS or _is_end(line, match):
            yield match.end()


def _quoted(line: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between 「 and 」. A bracket left open by mistake is closed by the next closing one."""
    nested = all(line.count(opening) == line.count(closing) for opening, closing in OPENING.items())
    stack: list[str] = []
    start = 0
    for match in re.finditer(r"[「」『』｢｣]", line):
        mark = match.group()
        if mark in OPENING and (nested or not stack):
            start = start if stack else match.start()
            stack.append(mark)
        elif stack and (nested or CLOSING.get(mark) == stack[-1]):
            stack.pop()
            if not stack:
                yield start, match.end()


def _opens(line: str, at: int) -> bool:
    """Tell whether a new sentence can open after a closing bracket: after a blank, before another quotation, or at the end."""
    return at >= len(line) or line[at].isspace() or line[at] in OPENING


def _is_end(line: str, match: re.Match[str]) -> bool:
    """Tell whether a narrow full stop, question or exclamation mark ends a sentence where it stands."""
    end = match.end()
    rest = line[end : end + 40].lstrip()
    if end < len(line) and not line[end].isspace() and not _is_wide(line[end]):
        return False
    if rest and (rest[0].islower() or rest[0] in ",;:、"):
        return False
    if match.group()[0] != "." or match.group().startswith(".."):
        return True
    before = line[max(0, match.start() - 16) : match.start()]
    return not (INITIALS.search(before) or SHORTENED.search(before))


def _is_wide(mark: str) -> bool:
    return unicodedata.east_asian_width(mark) in "WF"


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < ord(" "):
        return chr(0x2400 + code)
    return "␡" if code == DELETE else f"⟨U+{code:04X}⟩"


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that normalise apart from their neighbours."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[at]):
            yield start, at
            start = at


@lru_cache(1 << 16)
def _joins(mark: str) -> bool:
    """Tell whether a character can combine with the one before: accents, voicing marks, the later jamo of a Hangul syllable."""
    return unicodedata.category(mark)[0] == "M" or mark in "ﾞﾟ" or "\u1160" <= mark <= "\u11ff" or "ﾠ" <= mark <= "\uffdc"


@lru_cache(1 << 16)
def _normal(cluster: str) -> str:
    if cluster in "\n\r":
        return cluster
    normal = unicodedata.normalize("NFKC", cluster)
    return "".join(" " if BLANK.fullmatch(c) else c for c in normal if unicodedata.category(c) != "Cf")
