"""A checkpoint in, the weights that ship out: int8 graphs, the cut embedding table, the tokenizer.

python -m training.export training/build/final.pt [--to src/onrecord/tagger/weights] [--floating]
"""

import argparse
import shutil
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training import graph, outliers, train, vocabulary

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "onrecord" / "tagger" / "weights"


def main() -> None:
    """Write the folder of weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    parser.add_argument("--floating", action="store_true", help="leave the weights in floating point, to measure what int8 costs")
    options = parser.parse_args()
    net, tokenizer = train.load()
    net.load_state_dict(torch.load(options.checkpoint, weights_only=True), strict=False)
    write(net.eval(), tokenizer, options.to, floating=options.floating)


def write(net: train.Tagger, tokenizer: Tokenizer, folder: Path, *, floating: bool = False) -> None:
    """Write graphs, table and tokenizer into `folder`.

    The head for names stays that which ships: `python -m training.mentions` makes one that fits another encoder better.
    """
    folder.mkdir(parents=True, exist_ok=True)
    *usual, last = outliers.ranges(net, tokenizer)
    (folder / "encoder.onnx").write_bytes(graph.encoder(net, usual, floating=floating))
    (folder / "linker.onnx").write_bytes(graph.linker(net, last, floating=floating))
    if folder != WEIGHTS:
        shutil.copyfile(WEIGHTS / "namer.onnx", folder / "namer.onnx")
    shutil.copyfile(vocabulary.TABLE, folder / "embedding.npz")
    shutil.copyfile(vocabulary.TOKENIZER, folder / "tokenizer.json")
    size = sum(f.stat().st_size for f in folder.iterdir())
    print(f"{folder}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
