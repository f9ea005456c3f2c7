"""A span of pieces in, a span of text out whose edges are clean: no blank, stop, comma or enclosing quotation mark.

Only what holds for every script is decided here; particles and words such as "that" are a matter of the languages.
"""

import re

from onrecord.record import Span

PAIRS = {"「": "」", "『": "』", "“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "'": "'", "（": "）", "(": ")"}
QUOTES = frozenset("「『“„«‘\"'")
CLOSING = frozenset("」』”»’\"'“")
TAIL = frozenset("、，,;；:：")
HIRAGANA = "ぁ", "ゟ"
SHORTENED = re.compile(r"\.(?:[.,;:]| [a-z])")
BARE = frozenset('、。，．,.;:；：-–—・「」『』“”"()（）')


def content(text: str, span: Span) -> Span | None:
    """Trim a content: enclosing quotation marks go, and a comma at its end; a stop stays only inside quotation marks."""
    start, end = span.start, span.end
    while True:
        before = start, end
        start, end = _blank(text, start, end)
        while end > start and text[end - 1] in TAIL:
            end -= 1
        while end > start and text[start] in TAIL:
            start += 1
        start, end = _unquoted(text, start, end)
        if before == (start, end):
            break
    end = _stopped(text, start, end)
    return Span(start, end) if start < end else None


def words(text: str, span: Span) -> Span | None:
    """Trim a source or a cue: blanks and punctuation at both ends go; a colon that is all of a cue stays."""
    start, end = _blank(text, span.start, span.end)
    whole = Span(start, end)
    while start < end and (text[start] in BARE or text[start].isspace()) and not _opens(text, start, end):
        start += 1
    while end > start and (text[end - 1] in BARE or text[end - 1].isspace()) and not _closes(text, start, end):
        if text[end - 1] == "." and _initial(text, start, end):
            break
        end -= 1
    if start < end:
        return Span(start, end)
    return whole if whole.start < whole.end and text[whole.start] in ":：-–—" else None


def name(text: str, span: Span, last: int) -> Span | None:
    """Trim a name as `words` does; `last` is where its last piece begins.

    Hiragana behind another script in one piece is a particle that the vocabulary took with the noun: 日本の. A point that the
    sentence goes on after is part of the name: Enron Corp.
    """
    end = span.end
    while end > max(last, span.start) and HIRAGANA[0] <= text[end - 1] <= HIRAGANA[1]:
        end -= 1
    found = words(text, Span(span.start, end if end > max(last, span.start) else span.end))
    if found and found.end < span.end and SHORTENED.match(text, found.end):
        return Span(found.start, found.end + 1)
    return found


def whole(text: str, span: Span) -> Span:
    """Widen a span that cuts a word to the whole word, in scripts whose words can be seen; katakana is such a script."""
    start, end = span.start, span.end
    while 0 < start < end and _one_word(text[start - 1], text[start]):
        start -= 1
    while start < end < len(text) and _one_word(text[end - 1], text[end]):
        end += 1
    return Span(start, end)


def _one_word(a: str, b: str) -> bool:
    return _script(a) == _script(b) != ""


def _script(c: str) -> str:
    if "ァ" <= c <= "ヺ" or c == "ー":
        return "katakana"
    return "letters" if c.isalnum() and c < "\u2e80" else ""


def _initial(text: str, start: int, end: int) -> bool:
    """Tell the point of an abbreviation such as "U.S." or "Jr." from a full stop."""
    word = text[start : end - 1].rsplit(" ", 1)[-1]
    return "." in word or (1 <= len(word) <= 2 and word[0].isupper())  # noqa: PLR2004


def _closes(text: str, start: int, end: int) -> bool:
    """Tell whether the last character closes a bracket or quotation mark that opens inside the span."""
    opener = {v: k for k, v in PAIRS.items() if k not in "'\""}.get(text[end - 1])
    return opener is not None and opener in text[start : end - 1]


def _opens(text: str, start: int, end: int) -> bool:
    """Tell whether the first character opens a bracket or quotation mark that closes inside the span."""
    return PAIRS.get(text[start], "\n") in text[start + 1 : end]


def _blank(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop the marks that enclose the whole span, or a mark whose partner is not inside."""
    if end - start < 1:
        return start, end
    first, last = text[start], text[end - 1]
    inner = text[start + 1 : end - 1]
    if first in QUOTES and last == PAIRS[first] and end - start > 1:
        return (start, end) if _crosses(first, inner) else (start + 1, end - 1)
    if first in QUOTES and first != "'" and PAIRS[first] not in text[start + 1 : end]:
        return start + 1, end
    if last in CLOSING and last not in "'’" and not _opened(text, start, end):
        return start, end - 1
    return start, end


def _crosses(mark: str, inner: str) -> bool:
    """Tell whether the first mark closes before the last one opens: 「A」と「B」 is not one quotation."""
    close = PAIRS[mark]
    if mark == close:
        return inner.count(mark) % 2 == 0 and mark in inner and not _spaced(inner, mark)
    depth = 1
    for c in inner:
        depth += (c == mark) - (c == close)
        if depth == 0:
            return True
    return False


def _spaced(inner: str, mark: str) -> bool:
    """Tell whether straight marks inside stand as an opening one (after a blank) and a closing one, so they nest."""
    at = inner.find(mark)
    return at > 0 and inner[at - 1].isspace()


def _opened(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    openers = [k for k, v in PAIRS.items() if v == last and k in QUOTES]
    inside = text[start : end - 1]
    if last == '"':
        return inside.count('"') % 2 == 1
    return any(inside.count(k) > inside.count(last) for k in openers)


def _stopped(text: str, start: int, end: int) -> int:
    """Drop a final full stop, unless a quotation mark follows it: then it is part of the quotation."""
    if end > start and text[end - 1] in "。．." and not (end < len(text) and text[end] in CLOSING):
        if text[end - 1] == "." and _initial(text, start, end):
            return end
        return end - 1
    return end
