"""Passages of our own gold in, the same inside another voice out: chains of voices, which texts have too few of.

A sentence with an attribution becomes the content of an outer one (`…と述べた` -> `北辰通信は、…と述べたと報じた`). Frames and
outer voices are invented.
"""

import random
import re
from collections.abc import Iterator

from training.examples import Text
from training.markup import Marked

# Before the sentence and after it; {s} is the outer source, {q} a cue.
FRAMES = {
    "ja": ("{s}は、|と{q}。", "{s}は|と{q}。", "{s}が、|と{q}。", "{s}{よ}、|と{い}。", "{s}{よ}、|。", "|と{s}が{q}。"),
    "en": ("{s} {q} that |.", "{s} {q} |.", "{s} {q} that |.", "|, {s} {q}.", "{a} {s}, |.", "|, {a} {s}."),
}
SOURCES = {
    "ja": (
        "北辰通信", "蒼海通信", "東都日報", "メリド通信", "県警", "同省報道官", "複数の政府関係者", "地元メディア", "ある外交筋",
        "オルデン氏",
        "市の担当者", "同氏", "彼", "代理人の弁護士", "国防省のトルカ報道官", "ハルデン紙", "コルダ国営テレビ", "捜査関係者",
        "党幹部の一人",
    ),
    "en": (
        "the Merid news agency", "the Halden Post", "state television", "a government spokesman",
        "two officials briefed on the talks",
        "Ms Orden", "the lawyer", "police", "he", "she", "the annual report", "Korda Radio", "a person familiar with the matter",
        "foreign ministry spokesman Ilan Torka", "local media", "Mr Vane", "prosecutors", "the committee",
    ),
}  # fmt: skip
CUES = {
    "ja": (
        "報じた",
        "伝えた",
        "報道した",
        "述べた",
        "明らかにした",
        "語った",
        "引用した",
        "説明した",
        "話した",
        "報じている",
        "認めた",
        "主張した",
    ),
    "en": ("reported", "said", "told reporters", "says", "wrote", "confirmed", "has said", "claimed", "added", "acknowledged"),
}
FIXED = {"よ": ("によると", "によれば"), "い": ("いう", "いうことだ"), "a": ("according to",)}
LOW = re.compile(r"(?:The|A|An|He|She|They|It|Two|Three|Some|Many|Several|One|His|Her|Their|Police|Officials|Analysts|Residents)\b")


def wrapped(texts: list[Text], draw: random.Random) -> Iterator[Text]:
    """Yield every single sentence with an attribution once, inside another voice."""
    for text in texts:
        lang, words = text.id[:2], text.text
        stops = len(re.findall(r"[。.!?！？](?:\s|$|[^」』”\"\d])|[。.]$", words))
        if text.attributions and lang in FRAMES and "\n" not in words and stops == 1 and words[-1] in "。.":
            yield _wrap(text, lang, draw)


def _wrap(text: Text, lang: str, draw: random.Random) -> Text:
    before, after = draw.choice(FRAMES[lang]).split("|")
    source, cue = draw.choice(SOURCES[lang]), draw.choice(CUES[lang])
    whole, spans = "", {"source": [], "cue": []}  # type: ignore[var-annotated]
    sentence = text.text[:-1]
    if lang == "en" and before and LOW.match(sentence):
        sentence = sentence[0].lower() + sentence[1:]
    content = (0, 0)
    for part in (before, None, after):
        if part is None:
            content = (len(whole), len(whole) + len(sentence))
            whole += sentence
            continue
        for piece in re.split(r"(\{.\})", part):
            words = piece
            if piece.startswith("{"):
                words = source if piece == "{s}" else cue if piece == "{q}" else draw.choice(FIXED[piece[1]])
                spans["source" if piece == "{s}" else "cue"].append((len(whole), len(whole) + len(words)))
            whole += words
    outer = Marked(tuple(spans["source"]), tuple(spans["cue"]), (content,))
    end = len(sentence)
    inner = [
        Marked(*(tuple((s + content[0], min(e, end) + content[0]) for s, e in part) for part in (a.source, a.cue, a.content)))
        for a in text.attributions
    ]
    if lang == "en":
        whole = whole[0].upper() + whole[1:]
    return Text(text.id, whole, (outer, *inner))
