"""Cuts the encoder's vocabulary to the supported languages: a tokenizer and an int8 embedding table come out.

Kept: every piece in Japanese, Chinese or Korean script, every sign, every piece that the open parallel texts, the training
sets use, and the most frequent Latin and Cyrillic pieces up to `SIZE`. The pieces of a SentencePiece unigram
model stand in order of frequency, so their rank is their frequency.
"""

import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from training import encoder

SIZE = 72_000
SCRIPTS = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"}
ALPHABETS = {"LATIN", "CYRILLIC"}
HERE = Path(__file__).parent
TOKENIZER, TABLE = HERE / "build" / "tokenizer.json", HERE / "build" / "embedding.npz"


def tokenizer(pieces: list[str], scores: list[float], unknown: int) -> Tokenizer:
    """Build the tokenizer: NFKC, a mark before each word, and Japanese cut where a particle may end."""
    tok = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=unknown, byte_fallback=False))
    tok.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    # Pieces must not straddle the edges that attributions have in Japanese: quotation marks, stops, and the
    # passage from hiragana (a particle) to another script.
    marks = pre_tokenizers.Split(Regex(r"[「」『』、。]"), behavior="isolated")
    turns = pre_tokenizers.Split(Regex(r"[^ぁ-ん]*[ぁ-ん]+"), behavior="isolated")
    tok.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always"), marks, turns])
    return tok


def build(data: Path) -> None:
    """Write the cut tokenizer and table to `training/build`."""
    base = encoder.read(encoder.weights_file())
    pieces, scores = base.pieces, [float(s) for s in base.scores]
    whole = tokenizer(pieces, scores, base.unk)
    seen: set[int] = set()
    for text in texts(data):
        seen.update(whole.encode(text, add_special_tokens=False).ids)
    keep = sorted(choose(pieces, seen))
    cut = tokenizer([pieces[i] for i in keep], [scores[i] for i in keep], keep.index(base.unk))
    table = base.tensor("emb.word", base.hidden)[: len(pieces)][keep]
    scale = np.abs(table).max(1, keepdims=True) / 127
    TOKENIZER.parent.mkdir(exist_ok=True)
    cut.save(str(TOKENIZER), pretty=False)
    np.savez(TABLE, table=np.round(table / scale).astype(np.int8), scale=scale[:, 0].astype(np.float32))
    print(json.dumps({"pieces": len(keep), "seen": len(seen)}))


def choose(pieces: list[str], seen: set[int]) -> set[int]:
    """Return the ranks of the pieces to keep."""
    keep = {0, 1, 2, 3} | seen
    keep |= {i for i, piece in enumerate(pieces) if scripts(piece) <= SCRIPTS}
    for i, piece in enumerate(pieces):
        if len(keep) >= SIZE:
            break
        if scripts(piece) <= SCRIPTS | ALPHABETS:
            keep.add(i)
    return keep


def scripts(piece: str) -> set[str]:
    """Return the scripts of a piece's letters, as the first word of their Unicode names."""
    return {unicodedata.name(c, "?").split()[0] for c in piece if c.isalpha()}


def texts(data: Path) -> Iterator[str]:
    """Yield the texts whose pieces are kept: parallel news, training articles, sentences with names."""
    for file in sorted((data / "ntrex").glob("*.jsonl")):
        for line in file.open(encoding="utf-8"):
            yield from (v for v in strings(json.loads(line)) if v)
    for line in (data / "polnear" / "train.jsonl").open(encoding="utf-8"):
        yield json.loads(line)["text"]
    for file in sorted((data / "ner").glob("*_ja*.bio")) + sorted((data / "ner").glob("stockmark*.json")):
        yield from file.read_text("utf-8").splitlines()


def strings(value: object) -> Iterator[str]:
    """Yield every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
