"""Trains the head for names on the encoder that ships, which stays as it is: sets of names in, `namer.onnx` out.

    python -m training.mentions --data ../shared/data [--weights src/onrecord/tagger/weights]

Fetches nothing; one seed. The encoder reads every text once, in int8 as it ships; its vectors are kept, in half precision, and the
head learns from them alone.

It learns twice. The English sets are small, so the first head, with the tables and the knowledge base, marks the names of news (the
training texts of PolNeAR); what it is not sure of is left open. A second head learns from both (Yarowsky 1995).
"""

import argparse
import copy
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from msgspec import Struct
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord import languages
from onrecord.actors import base
from onrecord.extraction.mentions import named
from onrecord.record import Span
from onrecord.tagger import tag
from onrecord.tagger.model import Model, load
from onrecord.tagger.pieces import windows
from onrecord.tagger.shape import shapes
from training import examples, graph, names, news, recipe
from training.examples import Text
from training.export import WEIGHTS
from training.namer import HIDDEN, LAYERS, Namer, count

SEED, TIMES, TOKENS, RATE, WARM = 20261126, 4, 3500, 1.2e-3, 100
BESIDE = 0.5  # what the outputs that do not ship count towards the loss
OWN = 20  # how often our own sentences are read with other names
NEWS, NEWS_SEED, SURE = 330, 5, 0.85  # texts of news that the first head marks, and the probability from which it is believed
BUILD = Path(__file__).parent / "build"


class Row(Struct, frozen=True):
    """A window as the head sees it: vectors (n, 7, 384), shapes (n), and for each output that it teaches labels (n)."""

    vectors: NDArray[np.float16]
    shapes: NDArray[np.int64]
    labels: dict[str, NDArray[np.int64]]


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    BUILD.mkdir(exist_ok=True)
    torch.set_num_threads(1)
    started = time.time()
    read = [
        row for text, times in texts(options.data, random.Random(SEED)) for row in list(rows(load(options.weights), text)) * times
    ]
    print(f"{len(read)} windows, {sum(len(r.shapes) for r in read)} pieces, {time.time() - started:.0f} s", flush=True)
    write(train(read), options.weights)
    more = list(marked(options.data / "polnear" / "train.jsonl", options.weights))
    print(f"{len(more)} windows of news, {time.time() - started:.0f} s", flush=True)
    write(train(read + more), options.weights)


def write(net: Namer, weights: Path) -> None:
    """Write the head, as a checkpoint and as it ships."""
    torch.save(net.state_dict(), BUILD / "namer.pt")
    (weights / "namer.onnx").write_bytes(graph.namer(net))


def marked(file: Path, weights: Path) -> Iterator[Row]:
    """Yield windows of news with the names that a head finds in it. What it is not sure of is no label."""
    load.cache_clear()
    model = load(weights)
    texts = [json.loads(line)["text"] for line in file.open(encoding="utf-8")]
    random.Random(NEWS_SEED).shuffle(texts)
    for text in texts[:NEWS]:
        sure, open_ = _told(text, model)
        for window in windows(model.tokenizer, text, 0, len(text)):
            layers, _ = model.encode(window)
            labels = examples.name_labels(window, sure, examples.NAMES)
            for i, (a, b) in enumerate(window.offsets):
                if any(s.start < b and a < s.end for s in open_):
                    labels[i] = examples.IGNORE
            known = {"names": np.pad(labels, 1, constant_values=examples.IGNORE)}
            yield Row(np.stack(layers, 1).astype(np.float16), shapes(text, window), known)


def _told(text: str, model: Model) -> tuple[tuple[tuple[int, int, str], ...], list[Span]]:
    """Return the names of a text that are sure, once or wherever the same words stand, and where there may be others."""
    body = Span(0, len(text))
    found = tag(text, body, model=model).mentions
    names = [m for m in named(found, text, body, languages.get("en"), base()) if m.kind in examples.NAMES]
    known = {(m.name, m.kind) for m in names if m.score is None or m.score >= SURE}
    sure = tuple((m.span.start, m.span.end, m.kind) for m in names if (m.name, m.kind) in known)
    doubtful = [m.span for m in (*names, *found) if (m.score or 1.0) < SURE]
    return sure, [s for s in doubtful if not any(a < s.end and s.start < b for a, b, _ in sure)]


def texts(data: Path, draw: random.Random) -> Iterator[tuple[Text, int]]:
    """Yield all that is read and how often in a reading: the sets, and copies with other names and without capitals."""
    gsd, other, english = names.japanese(data), names.stockmark(data), names.english(data)
    ja, en = names.known(gsd + other), names.known(english)
    listed, kana = names.listed(data), names.kana(data)
    ja["person"] += draw.sample(kana, 1500)
    both = {kind: en[kind] * 2 + draw.sample(listed[kind], min(len(listed[kind]), 2 * len(en[kind]))) for kind in en}
    lots = [packed(some, draw) for some in (gsd, list(names.swapped(gsd, ja, draw)), other)]
    copies = [list(names.swapped(english, both, draw)) for _ in range(3)]
    family = {"ja": kana + [n for n in ja["person"] if len(n) == 2] * 2, "en": [n.split()[-1] for n in listed["person"]]}
    pools = {lang: {**pool, "family": family[lang]} for lang, pool in (("ja", ja), ("en", listed))}
    yield from ((t, 1) for lot in (*lots, news.texts(pools, draw, OWN)) for t in lot)
    yield from ((t, 2) for t in english)
    yield from ((t, 1) for lot in (copies[0], copies[1], names.lowered(copies[2])) for t in lot)


def packed(some: list[Text], draw: random.Random) -> Iterator[Text]:
    """Join one to three sentences to a text, one a line, in random order."""
    order, at = draw.sample(some, len(some)), 0
    while at < len(order):
        take = draw.randint(1, 3)
        yield recipe.join(order[at : at + take])
        at += take


def rows(model: Model, text: Text) -> Iterator[Row]:
    """Encode the windows of a text."""
    ways = {name: kinds for name, kinds in names.OUTPUTS.items() if name == text.id or (name == "names" and text.id != "stockmark")}
    for window in windows(model.tokenizer, text.text, 0, len(text.text)):
        layers, _ = model.encode(window)
        labels = {
            name: np.pad(examples.name_labels(window, text.names or (), kinds), 1, constant_values=examples.IGNORE)
            for name, kinds in ways.items()
        }
        yield Row(np.stack(layers, 1).astype(np.float16), shapes(text.text, window), labels)


def train(read: list[Row]) -> Namer:
    """Train for `TIMES` readings; returns the running mean of the weights."""
    torch.manual_seed(SEED)
    draw, started, net = random.Random(SEED), time.time(), Namer()
    mean = copy.deepcopy(net).eval()
    plan = [batch for _ in range(TIMES) for batch in batches(read, draw)]
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.02)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / WARM, max(0.02, 1 - s / len(plan))))
    print(f"{count(net)} weights, {len(plan)} steps", flush=True)
    for step, batch in enumerate(plan):
        loss = loss_of(net.train(), batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        rate.step()
        with torch.no_grad():
            for kept, new in zip(mean.parameters(), net.parameters(), strict=True):
                kept.lerp_(new, 1 - min(0.995, (step + 1) / (step + 10)))
        if step % 100 == 99:
            print(f"{step + 1}/{len(plan)} loss {loss.item():.3f} {time.time() - started:.0f} s", flush=True)
    return mean


def batches(read: list[Row], draw: random.Random) -> list[list[Row]]:
    """Group windows of like length into batches of about `TOKENS` pieces, in random order."""
    order, made = draw.sample(read, len(read)), []
    for at in range(0, len(order), 400):
        batch: list[Row] = []
        for row in sorted(order[at : at + 400], key=lambda r: len(r.shapes)):
            if batch and (len(batch) + 1) * len(row.shapes) > TOKENS:
                made.append(batch)
                batch = []
            batch.append(row)
        made.append(batch)
    return draw.sample(made, len(made))


def loss_of(net: Namer, batch: list[Row]) -> Tensor:
    """Return the mean loss of a label, added up over the outputs."""
    n = max(len(r.shapes) for r in batch)
    vectors = np.zeros((len(batch), n, len(LAYERS), HIDDEN), np.float32)
    seen = np.zeros((len(batch), n), np.int64)
    labels = {name: np.full((len(batch), n), examples.IGNORE, np.int64) for name in names.OUTPUTS}
    mask = np.zeros((len(batch), n), np.float32)
    for i, r in enumerate(batch):
        k = len(r.shapes)
        vectors[i, :k], seen[i, :k], mask[i, :k] = r.vectors, r.shapes, 1
        for name, mine in r.labels.items():
            labels[name][i, :k] = mine
    loss = torch.zeros(())
    for name, logits in net(*(torch.from_numpy(a) for a in (vectors, seen, mask))).items():
        flat, wanted = logits.flatten(0, 1), torch.from_numpy(labels[name]).flatten()
        parts = nn.functional.cross_entropy(flat, wanted, ignore_index=examples.IGNORE, reduction="sum")
        loss = loss + (1.0 if name == "names" else BESIDE) * parts / mask.sum()
    return loss


if __name__ == "__main__":
    main()
