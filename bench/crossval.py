"""
Cross-validates the last phase of training: what the annotated documents measure where the weights have not seen them.

    python -m bench.crossval --data ../shared/data [--folds 2]

By hand, a quarter of an hour on two slow cores. Each fold trains the last phase without its share of the documents, in both
languages, and is measured on these alone. Begins with the checkpoint of the phase before, in `training/build`; writes
`crossval.json` there, which `bench.results` sets beside the figures of the weights that ship.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import torch

from bench import claims, sets
from bench.sets import Row
from onrecord import Claim, Report, extraction, languages
from onrecord.tagger import tag
from onrecord.tagger.model import Model, load
from training import export, recipe, train

BUILD = Path(__file__).parent.parent / "training" / "build"
LAST = "settle"


def main() -> int:
    """Train the folds, measure them, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folds", type=int, default=2)
    options = parser.parse_args()
    files = recipe.annotated(options.data)
    if not files:
        print(
            f"{options.data}/attribution: there are no annotated documents; docs/data.md says where they are had", file=sys.stderr
        )
        return 1
    models = [_fold(files, options.data, options.folds, k) for k in range(options.folds)]
    found = list(measured(files, models))
    (BUILD / "crossval.json").write_text(json.dumps(found, indent=1), "utf-8")
    for row in found:
        print(f"{row['set']:18} {row['measure']:28} {row['value']:7.1f}  n={row['n']}")
    return 0


def _fold(files: list[Path], data: Path, folds: int, k: int) -> Model:
    """Train without every document whose number leaves `k` when divided by `folds`, and load what comes out.

    A fold whose weights lie there is not trained again; remove `training/build/fold.*` after training the phase before anew.
    """
    # a fold of another count of folds has seen other documents
    name = f"{k}-of-{folds}"
    told = tuple(BUILD / f"told.{name}.{file.name}" for file in files)
    for source, target in zip(files, told, strict=True):
        lines = source.read_text("utf-8").splitlines(keepends=True)
        target.write_text("".join(line for i, line in enumerate(lines) if i % folds != k), "utf-8")
    folder = BUILD / f"fold.{name}"
    if not folder.exists():
        net, tokenizer = train.load()
        checkpoint = train.run(LAST, data, BUILD, told=told, name=f".{name}")
        net.load_state_dict(torch.load(checkpoint, weights_only=True), strict=False)
        export.write(net.eval(), tokenizer, folder)
    return load(folder)


def measured(files: Iterable[Path], models: list[Model]) -> Iterator[Row]:
    """Measure each document with the model that has not seen it."""
    readers = [partial(_extracted, model) for model in models]
    for file in files:
        lines = file.read_text("utf-8").splitlines()
        documents = [sets.read_against(line, readers[i % len(readers)]) for i, line in enumerate(lines)]
        yield from sets.rows(file.name.removesuffix(".gold.jsonl"), "dev", claims.score(documents))


def _extracted(model: Model, report: Report) -> tuple[Claim, ...]:
    return extraction.claims(report, languages.get(report.lang), tag(report.text, report.body, model=model))


if __name__ == "__main__":
    sys.exit(main())
