"""Words to index, and a query, in; tokens, an FTS5 expression, and the place in the text that a hit stands for, out.

Chinese, Japanese and Korean are cut into overlapping pairs of characters, and the last character of a run stands alone once
more: 武器輸出 is 武器 器輸 輸出 出. So every character begins exactly one token, a query of two characters is one token, and one
character is a prefix. Other words stay whole; SQLite folds their case and accents and takes English endings off (Porter 1980).
"""

import re
from collections.abc import Iterable, Iterator

from onrecord.record import Span
from onrecord.text import View

# Han with its iteration marks and extensions, kana, Hangul; not ・, which parts words.
PAIRED = "々-〇〻ぁ-ゟァ-ヺー-ヿㄱ-ㆎㇰ-ㇿ㐀-䶿一-鿿가-힣豈-龎\U00020000-\U0003ffff"
WORD = re.compile(rf"(?P<run>[{PAIRED}]+)|[^\W_{PAIRED}]+")
CHUNK = re.compile(r"[\"“”„「『]([^\"“”「」『』]*)[\"“”」』]|([^\s\"“”„「」『』]+)")
# SQLite takes 256 levels of AND. Nobody types that many words; somebody may paste a page.
MOST_CHUNKS = 100
OPEN, SHUT = "[", "]"  # no token holds them


def index(pieces: Iterable[str]) -> str:
    """Cut pieces of text into tokens, parted by spaces: what the index is given."""
    texts = (View.of(piece).text for piece in pieces)
    return " ".join(text[start:end] for text in texts for start, end in _tokens(text))


def expression(query: str) -> str | None:
    """Turn a query into an FTS5 expression: all words must occur, and words in quotation marks stand together.

    Nothing the user types reaches SQLite as an operator. None where the query holds no word.
    """
    chunks = (quoted or bare for quoted, bare in CHUNK.findall(View.of(query).text))
    phrases = [phrase for chunk in chunks if (phrase := _phrase(chunk))]
    return " AND ".join(phrases[:MOST_CHUNKS]) or None


def place(marked: str, asked: str, text: str, spans: Iterable[Span]) -> Span | None:
    """Find the words that SQLite marked first in the original.

    `marked` is the output of `highlight` over `index` of the same `spans` of `text`, `asked` the expression that found it.
    None where nothing is marked there.
    """
    before, found, rest = marked.partition(OPEN)
    if not found:
        return None
    first = before.count(" ")
    last = first + rest.partition(SHUT)[0].count(" ")
    tokens = list(_places(text, spans))
    if last >= len(tokens):
        return None
    token, where = tokens[last]
    # A pair found by its beginning ends where the next token, the second character, begins.
    beginning = len(token) > 1 and f'{token[0]}" *' in asked
    return Span(tokens[first][1].start, tokens[last + 1][1].start if beginning else where.end)


def _places(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, Span]]:
    """Yield each token under `spans`, and where it stands in `text`."""
    for span in spans:
        view = View.of(span.of(text))
        for start, end in _tokens(view.text):
            at = view.back(start, end)
            yield view.text[start:end], Span(span.start + at.start, span.start + at.end)


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each token of a normalised text stands in it."""
    for word in WORD.finditer(text):
        start, end = word.span()
        if word["run"]:
            yield from ((at, min(at + 2, end)) for at in range(start, end))
        else:
            yield start, end


def _phrase(chunk: str) -> str | None:
    """Write what must stand together. The text may go on where a query ends: there a lone character is only a beginning."""
    tokens = index([chunk]).split()
    if not tokens:
        return None
    star = ""
    if re.fullmatch(rf"[{PAIRED}]", tokens[-1]):
        run_goes_before = len(tokens) > 1 and tokens[-2][1:] == tokens[-1]
        if run_goes_before:
            tokens.pop()
        else:
            star = " *"
    return f'"{" ".join(tokens)}"{star}'
