"""A trained network in; for each layer, which of the values behind its GELU are out of all proportion.

A handful of values, mostly those of the opening mark, are ten times as large as all others, always in the same few places. Eight
bits for all of them would leave three for the rest, so these places are taken out and computed apart, as LLM.int8 does (Dettmers
and others 2022).
"""

import random
from pathlib import Path

import torch
from msgspec import Struct
from tokenizers import Tokenizer
from torch import Tensor, nn

from training import examples, recipe, train
from training.model import Tagger

APART, WINDOWS = 16, 96
HERE = Path(__file__).parent


class Range(Struct, frozen=True):
    """Values up to `ceiling` are usual; only at `places`, of the 1,536 behind a GELU, may there be larger ones."""

    ceiling: float
    places: tuple[int, ...]


def ranges(net: Tagger, tokenizer: Tokenizer) -> list[Range]:
    """Look at the values of each layer, the linking head's last, while the network reads a part of our own gold."""
    layers = [*net.encoder.layers, net.linker.layer]
    parts = [layer.get_submodule("fo") for layer in layers]
    peaks = [torch.zeros(part.weight.shape[1]) for part in parts]
    hooks = [part.register_forward_pre_hook(_watch(peak)) for part, peak in zip(parts, peaks, strict=True)]
    draw = random.Random(recipe.SEED)
    own = draw.sample(texts := list(examples.gold(HERE / "gold")), len(texts))
    windows = [e for t in recipe.merged(own[: 8 * WINDOWS], draw) for e in examples.examples(tokenizer, t)][:WINDOWS]
    with torch.no_grad():
        for part in train.batches(windows, draw):
            train.loss_of(net, train.collate(part, torch.device("cpu")))
    for hook in hooks:
        hook.remove()
    return [_range(peak) for peak in peaks]


def _watch(peak: Tensor) -> object:
    def see(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        torch.maximum(peak, inputs[0].flatten(0, -2).max(0).values, out=peak)

    return see


def _range(peak: Tensor) -> Range:
    order = peak.argsort(descending=True)
    return Range(float(peak[order[APART]]), tuple(sorted(order[:APART].tolist())))
