"""A name in; its parts, each with its script and a code for every sign that counts."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from onrecord.text import View

Script = Literal["kana", "latin", "cyrillic", "other"]

# A sign's code is its place in these; 0 is the edge of a name. The tables were learned with these codes: only add at the end.
LATIN = "abcdefghijklmnopqrstuvwxyzáàâäãåāăąçćčđðéèêëēęěğíïîīıłñńňóòôöōøőřšșşśțťúùûüūůýžżźæœþ"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
MORAS = (  # noqa: SIM905  # a list of them would be a page long
    "ー ン ッ ア イ ウ エ オ カ キ ク ケ コ サ シ ス セ ソ タ チ ツ テ ト ナ ニ ヌ ネ ノ ハ ヒ フ ヘ ホ マ ミ ム メ "
    "モ ヤ ユ ヨ ラ リ ル レ ロ ワ ガ ギ グ ゲ ゴ ザ ジ ズ ゼ ゾ ダ デ ド バ ビ ブ ベ ボ パ ピ プ ペ ポ ヴ キャ キュ "
    "キョ キェ シャ シュ ショ シェ チャ チュ チョ チェ ニャ ニュ ニョ ニェ ヒャ ヒュ ヒョ ヒェ ミャ ミュ ミョ ミェ "
    "リャ リュ リョ リェ ギャ ギュ ギョ ギェ ジャ ジュ ジョ ジェ ビャ ビュ ビョ ビェ ピャ ピュ ピョ ピェ ティ テュ "
    "トゥ ディ デュ ドゥ ファ フィ フェ フォ フュ フョ ヴァ ヴィ ヴェ ヴォ ヴュ ヴャ ウァ ウィ ウェ ウォ イェ ツァ "
    "ツィ ツェ ツォ クァ クィ クェ クォ グァ スィ ズィ "
).split()
CODES: dict[Script, dict[str, int]] = {
    "kana": {mora: code for code, mora in enumerate(MORAS, 1)},
    "latin": {letter: code for code, letter in enumerate(LATIN, 1)},
    "cyrillic": {letter: code for code, letter in enumerate(CYRILLIC, 1)},
    "other": {},
}
SMALL = dict(zip("ァィゥェォャュョヮヵヶ", "アイウエオヤユヨワカケ", strict=True))
ALIKE = str.maketrans("ヰヱヲヂヅіїєґўђћјљњџ", "イエオジズииегуджйлнж") | {ord("ß"): "ss"}
KANA = re.compile(r"[ァ-ヴー]")
MORA = re.compile(r"[ァ-ヴー][ァィゥェォャュョヮ]?")
HIRAGANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゔ") + 1)}
# Between parts: blanks, points of all kinds, the double hyphen of Japanese. A hyphen parts only Latin and Cyrillic names.
BETWEEN = re.compile(r"[\s・·･.．,，、;=＝゠‐\-–—―/]+")
INITIAL = re.compile(r"(?<![^\W\d_])([^\W\d_])[.．]")


class Part(Struct, frozen=True):
    """One word of a name. `codes` has one byte a sign (a letter, a mora); `word` is the word in small letters.

    `initial` marks a letter that stands for a whole word (the J of "J. Verne").
    """

    word: str
    script: Script
    codes: bytes
    initial: bool = False


@lru_cache(1 << 16)
def parts(name: str) -> tuple[Part, ...]:
    """Cut a name into its words; one without letters has none."""
    text = View.of(name).text
    return tuple(_part(word) for word in BETWEEN.split(text) if any(c.isalnum() for c in word))


@lru_cache(1 << 16)
def _part(word: str) -> Part:
    small = word.casefold().translate(HIRAGANA).translate(ALIKE)
    script = script_of(small)
    return Part(small, script, codes(small, script), initial=len(small) == 1 and script in {"latin", "cyrillic"})


def script_of(word: str) -> Script:
    """Tell the script of a word by its first sign that has one."""
    for sign in word:
        if KANA.match(sign):
            return "kana"
        if sign.isalpha():
            name = unicodedata.name(sign, "")
            return "latin" if name.startswith("LATIN") else "cyrillic" if name.startswith("CYRILLIC") else "other"
    return "other"


def codes(word: str, script: Script) -> bytes:
    """Write a word as codes. Accents that the tables do not know are left out, as are signs of another script."""
    if script == "other":
        return b""
    known = CODES[script]
    signs = MORA.findall(word) if script == "kana" else word
    return bytes(code for sign in signs for code in _known(sign, known))


def _known(sign: str, known: dict[str, int]) -> tuple[int, ...]:
    """Give the code of a sign, else the codes of what it consists of."""
    if sign in known:
        return (known[sign],)
    plain = [SMALL.get(c, c) for c in unicodedata.normalize("NFD", sign)] if sign.isalpha() else []
    return tuple(known[c] for c in plain if c in known)
