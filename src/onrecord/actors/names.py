"""A name as it was written in, the forms under which it is compared out."""

import re
import unicodedata
from functools import cache

# Marks that papers set or leave out: U.S., ジャン＝ポール, al-Assad.
MARKS = re.compile(r"[.・･＝=‐‑–—‧·•]")
BLANK = re.compile(r"[\s\-_/]+")
POSSESSIVE = re.compile(r"['’](?:s\b)?$")
KANA = re.compile(r"^[ァ-ヴーヷ-ヺ]+$")
HAN = re.compile(r"^[一-龠々〆ヶ]+$")
SHORT = 4


@cache
def plain(name: str) -> str:
    """Return the form by which spellings are one: width, case, accents, dots and the marks between parts are nothing.

    Capitals within a word of up to four letters stay as they are, so that US is not "us" nor LeT "let"; an article at the head is
    dropped.
    """
    wide = unicodedata.normalize("NFKC", name).strip()
    wide = POSSESSIVE.sub("", wide)
    bare = MARKS.sub("" if "." in wide and not KANA.search(wide) else " ", wide) if MARKS.search(wide) else wide
    bare = BLANK.sub(" ", bare).strip()
    if len(bare) <= SHORT and bare not in (bare.lower(), bare.title()):
        return bare
    small = unaccented(bare).casefold()
    return small[4:] if small.startswith("the ") and len(small) > len("the x") else small


def unaccented(words: str) -> str:
    """Drop the accents of Latin letters; kana keep their marks, which are other sounds."""
    if words.isascii():
        return words
    apart = unicodedata.normalize("NFD", words)
    kept = (c for i, c in enumerate(apart) if not (unicodedata.combining(c) and i and apart[i - 1].isascii()))
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def parts(name: str) -> tuple[str, ...]:
    """Return the parts of a personal name in order: blanks part Latin and Cyrillic, ・ and ＝ part kana."""
    wide = unicodedata.normalize("NFKC", name).strip()
    return tuple(p for word in re.split(r"[\s・･＝=]+", wide) if (p := plain(word)))
