"""The head for names: vectors of several layers of the encoder, which stay as they are, and shapes of pieces in, labels out.

What is below the top knows more of names than the top, which was taught attribution (the mix of layers of Peters and others 2018,
here one matrix over all of them). Two narrow transformer layers let the labels see each other.
"""

import torch
from torch import Tensor, nn

from onrecord.tagger.shape import SHAPES
from training.encoder import Layer, Noise
from training.names import OUTPUTS

LAYERS = (0, 2, 4, 6, 8, 10, 12)  # 0 is what goes into the first layer
WIDTH, DEPTH = 192, 2
HIDDEN = 384


class Namer(nn.Module):
    """Vectors (batch, length, 7, 384), shapes and mask (batch, length) to labels (batch, length, 1 + 2 kinds) in several ways.

    `names` is what ships. The Japanese sets have outputs of their own with all their kinds; Stockmark has only that, because it
    marks other things as organizations than the rest.
    """

    def __init__(self) -> None:
        """Make the head."""
        super().__init__()
        self.piece = nn.Linear(HIDDEN * len(LAYERS), WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH), Noise(0.1)
        self.layers = nn.ModuleList(Layer(WIDTH, WIDTH // 32, 2 * WIDTH) for _ in range(DEPTH))
        self.outs = nn.ModuleDict({name.replace(".", "_"): nn.Linear(WIDTH, 1 + 2 * len(kinds)) for name, kinds in OUTPUTS.items()})

    def forward(self, vectors: Tensor, shapes: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Label in all ways."""
        x = self.piece(self.drop(vectors.flatten(2))) + self.shape(shapes)
        x = self.drop(self.norm(x))
        bias = (1 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return {name: self.outs[name.replace(".", "_")](x) for name in OUTPUTS}


def count(net: nn.Module) -> int:
    """Return how many weights there are."""
    return sum(torch.numel(p) for p in net.parameters())
