"""Windows of pieces in, numbers out: the encoder, the linking head and the head for names as int8 ONNX graphs on onnxruntime.

The folder `weights` holds `encoder.onnx`, `linker.onnx`, `namer.onnx`, `embedding.npz` (int8 rows with a scale each) and
`tokenizer.json`.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from msgspec import Struct
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.tagger.pieces import Window
from onrecord.tagger.shape import opens_line

Floats = NDArray[np.float32]
WEIGHTS = Path(__file__).parent / "weights"
OPENING, CLOSING = 0, 2  # the ids of the marks that stand before and after a window
LOWER, TOP = (0, 2, 4, 6, 8, 10), 12  # the layers that names are read from
NEVER = -1e4


class Model(Struct, frozen=True):
    """The loaded weights."""

    tokenizer: Tokenizer
    table: NDArray[np.int8]
    scale: Floats
    encoder: onnxruntime.InferenceSession
    linker: onnxruntime.InferenceSession
    namer: onnxruntime.InferenceSession

    def encode(self, window: Window) -> tuple[tuple[Floats, ...], Floats]:
        """Return vectors after seven of the layers (n + 2, 384), the last of them for linking, and cue logits (n, 3)."""
        ids = np.array([OPENING, *window.ids, CLOSING])
        x = self.table[ids].astype(np.float32) * self.scale[ids, None]
        cue, *layers = self.encoder.run(["cue", *(f"layer{i}" for i in LOWER), "vectors"], {"x": x[None]})
        return tuple(layer[0] for layer in layers), cue[0, 1:-1]

    def name(self, layers: Sequence[Floats], seen: NDArray[np.int64]) -> Floats:
        """Return name logits (n, 7); `layers` as `encode` gives them, `seen` the shapes. No name runs over the end of a line."""
        read = {f"layer{i}": layer[None] for i, layer in zip((*LOWER, TOP), layers, strict=True)}
        (name,) = self.namer.run(["name"], {**read, "shapes": seen[None]})
        out: Floats = name[0]
        out[opens_line(seen), 2::2] = NEVER
        return out[1:-1]

    def link(self, vectors: Floats, cues: Sequence[tuple[int, int]]) -> Floats:
        """Return for k cues (first and last piece) the labels (k, n, 7) of all pieces; `vectors` as `encode` gives them."""
        middle = np.stack([vectors[first + 1 : last + 2].mean(0) for first, last in cues])
        far = np.stack([distance(len(vectors), first + 1, last + 1) for first, last in cues])
        (labels,) = self.linker.run(["labels"], {"vectors": vectors[None], "cues": middle, "far": far})
        out: Floats = labels[:, 1:-1]
        return out


def distance(length: int, first: int, last: int) -> NDArray[np.int64]:
    """Return how far each piece is from a cue in logarithmic steps of half an octave: 0 to 32, 16 is inside the cue."""
    at = np.arange(length)
    far = np.where(at < first, at - first, np.where(at > last, at - last, 0))
    steps = np.minimum(np.round(np.log2(np.abs(far).astype(np.float32) + 1) * 2), 16)
    return (16 + np.sign(far) * steps).astype(np.int64)


@cache
def load(folder: Path = WEIGHTS) -> Model:
    """Read the weights, once. One thread: a bulk run takes one process a core, and results do not depend on the machine."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Arenas keep every buffer that was ever needed: 60 MB for a speed that was not measurable.
    options.enable_cpu_mem_arena = False

    def session(name: str) -> onnxruntime.InferenceSession:
        # onnxruntime would join additions and normalisations into one operator, which is the slower of the two.
        kept = ["SkipLayerNormFusion"]
        return onnxruntime.InferenceSession(
            str(folder / name), options, providers=["CPUExecutionProvider"], disabled_optimizers=kept
        )

    arrays = np.load(folder / "embedding.npz")
    graphs = (session(f"{name}.onnx") for name in ("encoder", "linker", "namer"))
    return Model(tokenizer(folder), arrays["table"], arrays["scale"], *graphs)


@cache
def tokenizer(folder: Path = WEIGHTS) -> Tokenizer:
    """Read what cuts a text into pieces, once."""
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


@cache
def fingerprint(folder: Path = WEIGHTS) -> str:
    """Return the hash of the weights: 12 hexadecimal digits over all files of the folder."""
    digest = sha256()
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.suffix in {".onnx", ".npz", ".json"}:
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
