"""The tagger as a network: one encoder, a head for cues, a head for names, and a head that reads, for one cue, its attribution.

The third head is what links: for each cue it labels every piece of the window as source, cue or content of *that* cue, so
that attributions may share pieces and nest. It is the predicate-conditioned labelling of semantic roles (Zhou and Xu 2015;
He et al. 2017), with one narrow transformer layer so that the labels of a cue see each other.
"""

import numpy as np
import torch
from torch import Tensor, nn

from training.encoder import Base, Encoder, Layer, Noise

NARROW, BUCKETS = 160, 33
CUE, PAIR, NAME = 3, 7, 7


def buckets(length: int, first: Tensor, last: Tensor) -> Tensor:
    """Return (cues, length): how far each piece is from the cue, in logarithmic steps; 16 is inside the cue."""
    at = torch.arange(length, device=first.device)[None]
    far = torch.where(
        at < first[:, None], at - first[:, None], torch.where(at > last[:, None], at - last[:, None], torch.zeros_like(at))
    )
    steps = (torch.log2(far.abs().float() + 1) * 2).round().long().clamp(max=16)
    return 16 + far.sign() * steps


class Linker(nn.Module):
    """For each cue: labels of all pieces of its window."""

    def __init__(self, hidden: int) -> None:
        """Make the head for vectors of width `hidden`."""
        super().__init__()
        self.piece, self.cue = nn.Linear(hidden, NARROW), nn.Linear(hidden, 2 * NARROW)
        self.far = nn.Embedding(BUCKETS, NARROW)
        self.norm, self.drop = nn.LayerNorm(NARROW), Noise(0.1)
        self.layer = Layer(NARROW, 5, 2 * NARROW)
        self.out = nn.Linear(NARROW, PAIR)

    def forward(self, pieces: Tensor, cues: Tensor, far: Tensor, mask: Tensor) -> Tensor:
        """Pieces (cues, length, hidden), cues (cues, hidden), buckets (cues, length), mask (cues, length) to (cues, length, 7)."""
        shift, scale = self.cue(cues).chunk(2, -1)
        x = self.piece(pieces)
        x = x * (1 + scale[:, None]) + shift[:, None] + self.far(far)
        x = self.drop(nn.functional.gelu(self.norm(x)))
        x = self.layer(x, (1 - mask[:, None, None, :]) * -1e4)
        out: Tensor = self.out(x)
        return out


class Tagger(nn.Module):
    """Encoder and heads."""

    def __init__(self, base: Base, table: np.ndarray, scale: np.ndarray) -> None:  # type: ignore[type-arg]
        """Start from `base`; `table` and `scale` are the cut int8 embeddings, which stay as they are."""
        super().__init__()
        self.encoder = Encoder(base)
        self.register_buffer("word", torch.from_numpy(table.astype(np.float32) * scale[:, None]), persistent=False)
        self.cue, self.name = nn.Linear(base.hidden, CUE), nn.Linear(base.hidden, NAME)
        self.linker = Linker(base.hidden)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Ids and mask (batch, length) to vectors."""
        out: Tensor = self.encoder(self.word[ids], mask)  # type: ignore[index]
        return out

    def link(self, vectors: Tensor, mask: Tensor, row: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Read each cue (its row in the batch, first and last piece) against its window."""
        at = torch.arange(vectors.shape[1], device=vectors.device)[None]
        inside = ((at >= first[:, None]) & (at <= last[:, None])).float()
        pieces = vectors[row]
        cues = (pieces * inside[:, :, None]).sum(1) / inside.sum(1, keepdim=True)
        out: Tensor = self.linker(pieces, cues, buckets(vectors.shape[1], first, last), mask[row])
        return out
