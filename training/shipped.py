"""The weights that ship in, a checkpoint out: a later round of training starts from what an earlier one made.

    python -m training.shipped [--weights src/onrecord/tagger/weights] [--out training/build/nest.pt]

The graphs hold their constants in the order in which `training.graph` writes them, so they are read in that order. What was
rounded to eight bits stays rounded: 0.8 percent of a column's largest weight at most, which a few steps of training outgrow.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from training import train
from training.encoder import Layer
from training.export import WEIGHTS
from training.model import Tagger

Arrays = Iterator[NDArray[np.generic]]


def main() -> None:
    """Write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--out", type=Path, default=train.HERE / "build" / "nest.pt")
    options = parser.parse_args()
    net, _ = train.load()
    fill(net, options.weights)
    torch.save(net.state_dict(), options.out)


def fill(net: Tagger, folder: Path) -> None:
    """Copy the weights of `encoder.onnx` and `linker.onnx` into `net`; raises ValueError where the graphs are of another shape."""
    arrays = _constants(folder / "encoder.onnx")
    _skip(arrays, 4)
    _copy(net.encoder.pos.weight, next(arrays))
    _skip(arrays, 1)
    _norm(net.encoder.ln, arrays)
    for layer in net.encoder.layers:
        _layer(layer, arrays)  # type: ignore[arg-type]
    _exact(net.cue, arrays)  # the encoder's own head for names is taught and not shipped
    _done(arrays, folder / "encoder.onnx")

    arrays, head = _constants(folder / "linker.onnx"), net.linker
    _exact(head.piece, arrays), _exact(head.cue, arrays)
    _skip(arrays, 2)
    _copy(head.far.weight, next(arrays))
    _norm(head.norm, arrays), _layer(head.layer, arrays), _exact(head.out, arrays)
    _done(arrays, folder / "linker.onnx")


def _constants(file: Path) -> Arrays:
    return (numpy_helper.to_array(constant) for constant in onnx.load(file).graph.initializer)


def _layer(layer: Layer, arrays: Arrays) -> None:
    weight, bias = _rounded(arrays)
    for i, part in enumerate((layer.q, layer.k, layer.v)):
        size = len(part.bias)
        _copy(part.weight, weight[i * size : (i + 1) * size]), _copy(part.bias, bias[i * size : (i + 1) * size])
    _dense(layer.ao, arrays), _norm(layer.aln, arrays)
    _dense(layer.fi, arrays)
    _skip(arrays, 4)  # what is usual behind the GELU
    _dense(layer.fo, arrays)
    _skip(arrays, 1)  # the rows for what reaches over it, which the rounded weights hold too
    _norm(layer.oln, arrays)


def _dense(part: nn.Linear, arrays: Arrays) -> None:
    weight, bias = _rounded(arrays)
    _copy(part.weight, weight), _copy(part.bias, bias)


def _rounded(arrays: Arrays) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    table, scale = next(arrays), next(arrays)
    _skip(arrays, 1)
    return (table.astype(np.float32) * scale).T, next(arrays)


def _exact(part: nn.Linear, arrays: Arrays) -> None:
    _copy(part.weight, next(arrays).T), _copy(part.bias, next(arrays))


def _norm(part: nn.LayerNorm, arrays: Arrays) -> None:
    _copy(part.weight, next(arrays)), _copy(part.bias, next(arrays))


def _copy(target: nn.Parameter, value: NDArray[np.generic]) -> None:
    if target.shape != value.shape:
        raise ValueError(
            f"a weight of shape {value.shape} stands where {tuple(target.shape)} belongs; other graphs than training.graph's"
        )
    target.data.copy_(torch.from_numpy(value.astype(np.float32)))


def _skip(arrays: Arrays, count: int) -> None:
    for _ in range(count):
        next(arrays)


def _done(arrays: Arrays, file: Path) -> None:
    if (left := sum(1 for _ in arrays)) > 0:
        raise ValueError(f"{file}: {left} constants are left over; another graph than training.graph's")


if __name__ == "__main__":
    main()
