"""The bytes of a file in, its text out, decoded by what the bytes are."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from onrecord.errors import ReadError

# The mark of UTF-32 begins with that of UTF-16, so it is looked for first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NOT_TEXT = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "packed with gzip",
    b"SQLite format 3": "a database",
}
MEND = "save it as UTF-8 text"
KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー、。「」『』・〜々一-鿿！-～]")
USUAL = re.compile(r"[\t\n\r\x20-\x7e\u00a0-\u024f\u0370-\u052f\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f]")
FREQUENT = re.compile(r"[\n\x20-\x7eぁ-ヺー、。「」\uac00-\ud7a3а-я]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, file: str, *, declared: str | None = None) -> str:
    """Return the text of `data` without its byte-order mark; `declared` is the encoding that the file names for itself.

    Tried in turn: a mark, ISO-2022-JP by its escape sequences, UTF-8, the declared encoding, and that one of UTF-16 (shown by
    its NULs), Shift_JIS and EUC-JP which gives the most usual letters. Raises ReadError where the bytes are none of these, or
    are no text.
    """
    for magic, name in NOT_TEXT.items():
        if data.startswith(magic):
            raise ReadError(f"{file}: is {name}, not text; {MEND}")
    text = next(_readings(data, declared), None)
    if text is None:
        kind = "is binary, not text" if b"\0" in data else "is neither UTF-8, UTF-16, Shift_JIS nor EUC-JP"
        raise ReadError(f"{file}: {kind}; {MEND}")
    # One letter in three: far above a stray NUL or two in a short note, far below what any binary file holds.
    if len(CONTROLS.findall(text)) * 3 > len(text):
        raise ReadError(f"{file}: is binary, not text; {MEND}")
    return text


def _readings(data: bytes, declared: str | None) -> Iterator[str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            yield from _strictly(data[len(mark) :], encoding)
            return
    if b"\x1b$" in data:
        yield from _strictly(data, "iso2022_jp")
    # English in UTF-16 is UTF-8 too, with every second byte a NUL.
    if data.count(b"\0") * 5 < len(data):
        yield from _strictly(data, "utf-8")
    if declared:
        yield from _as_declared(data, declared)
    yield from sorted((*_unmarked_utf16(data), *_japanese(data)), key=_usual, reverse=True)
    yield from _strictly(data, "utf-8")


def _strictly(data: bytes, encoding: str) -> Iterator[str]:
    try:
        yield data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return


def _unmarked_utf16(data: bytes) -> Iterator[str]:
    """Yield the text in each order of the bytes that gives usual characters throughout."""
    if b"\0" in data:
        texts = [text for order in ("utf-16-le", "utf-16-be") for text in _strictly(data, order)]
        yield from (text for text in texts if len(USUAL.findall(text)) >= 0.97 * len(text))


def _as_declared(data: bytes, declared: str) -> Iterator[str]:
    """Yield the text in the declared encoding; a page may hold a few broken bytes, as browsers bear them too."""
    try:
        text = data.decode(declared, "replace")
    except LookupError:
        return
    if text.count("\ufffd") * 100 <= len(text):
        yield text


def _japanese(data: bytes) -> Iterator[str]:
    """Yield the better Japanese reading of the bytes.

    Much of EUC-JP is valid Shift_JIS (as half-width katakana) and the other way round, and so is much of Latin-1: only a text
    with kana in it, made of little else than Japanese letters, is believed.
    """
    texts = [text for encoding in ("cp932", "euc_jis_2004") for text in _strictly(data, encoding)]
    best = max(texts, key=_share, default="")
    wide = sum(count for mark, count in Counter(best).items() if mark > "\x7f")
    if KANA.search(best) and len(KANA.findall(best)) * 20 >= wide and _share(best) >= 0.8:  # noqa: PLR2004  # see above
        yield best


def _usual(text: str) -> float:
    """Return which share of a text are the letters that every text in its language is full of."""
    return len(FREQUENT.findall(text)) / max(1, len(text))


def _share(text: str) -> float:
    """Return which share of the letters beyond ASCII are Japanese ones."""
    wide = re.findall(r"[^\x00-\x7f]", text)
    return sum(1 for mark in wide if JAPANESE.match(mark)) / len(wide) if wide else 0.0
