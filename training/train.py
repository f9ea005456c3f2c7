"""Trains the tagger: gold data in, a checkpoint out.

    python -m training.train --data ../shared/data [--phase NAME] [--out training/build]

Four phases under one seed, resumable: `base` reads English attributions and names, `final` and `polish` add our own gold in
Japanese and English with a part of the base data again, `nest` adds chains of voices; each has its own fresh rate. About 100
minutes on two idle cores; a GPU is used where there is one.
"""

import argparse
import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from msgspec import Struct
from tokenizers import Tokenizer
from torch import Tensor, nn

from training import encoder, examples, vocabulary, wrap
from training.model import CUE, NAME, PAIR, Tagger

SEED, TOKENS, FROZEN = 20261123, 4096, 2
# The base phase ends here, before its second reading of the articles does: the final phase reads most of them again.
BASE_STEPS, BASE_PLAN = 400, 527
RATES = {
    "base": (2e-4, 1e-3),
    "final": (1e-4, 4e-4),
    "polish": (1e-4, 4e-4),
    "nest": (1e-4, 4e-4),
    "again": (1e-4, 4e-4),
    "close": (8e-5, 3e-4),
}
BEFORE = {"final": "base", "polish": "final", "nest": "polish", "again": "nest", "close": "again"}
# The part of its rate that a phase ends with.
FLOORS = {"base": 0.25, "again": 0.5}
# Of the phases that read our own gold: how often they read it, and how many articles and sentences with names each time.
MIX = {"final": (4, 100, 500), "polish": (3, 150, 300), "nest": (2, 110, 150), "again": (2, 420, 500), "close": (4, 150, 200)}
WRAPPED = {"nest": 900, "again": 200, "close": 150}  # sentences put inside another voice, each time
# The gold that there was in the first round: the phases before `close` read it alone, and `close` half of it each time.
FIRST = ("en-news", "ja-newspaper", "ja-reports", "ja-translated")
HERE = Path(__file__).parent
Rows = list[examples.Example]


def main() -> None:
    """Run the phases that are not done yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=HERE / "build")
    parser.add_argument("--phase", choices=["base", *BEFORE, "all"], default="all")
    parser.add_argument(
        "--extra", type=Path, nargs="*", default=[], help="documents in the annotation format, for cross-validation"
    )
    parser.add_argument("--name", default="", help="a name for this run's checkpoint")
    options = parser.parse_args()
    if not vocabulary.TOKENIZER.exists():
        vocabulary.build(options.data)
    if options.phase in {"base", "all"} and not (options.out / "base.pt").exists():
        run("base", options.data, options.out, (), "")
    for phase in BEFORE:
        if options.phase in {phase, "all"}:
            run(phase, options.data, options.out, tuple(options.extra), options.name)


def load() -> tuple[Tagger, Tokenizer]:
    """Return a fresh network on the cut vocabulary, and its tokenizer."""
    table = np.load(vocabulary.TABLE)
    base = encoder.read(encoder.weights_file())
    return Tagger(base, table["table"], table["scale"]), Tokenizer.from_file(str(vocabulary.TOKENIZER))


def rows(phase: str, data: Path, tokenizer: Tokenizer, extra: tuple[Path, ...]) -> Rows:
    """Return the windows of a phase in the order in which they are read."""
    draw = random.Random(f"{SEED}{phase}")
    news = list(examples.polnear(data / "polnear" / "train.jsonl"))
    named = list(examples.names(data / "ner"))
    parts: list[Rows] = []
    if phase == "base":
        for epoch in range(2):
            part = [e for t in news for e in examples.examples(tokenizer, t, epoch and draw.randrange(3))]
            share = draw.sample(named, 4000)
            part += [e for t in packed(share) for e in examples.examples(tokenizer, t)]
            parts.append(part)
    else:
        first, later = own(extra)
        times, articles, sentences = MIX[phase]
        deck = draw.sample(news, len(news)) if phase == "again" else []
        for epoch in range(times):
            mine = [*draw.sample(first, len(first) // 2), *later] if phase == "close" else first
            dealt = deck[epoch * articles :][:articles] or draw.sample(news, articles)
            part = [e for t in dealt for e in examples.examples(tokenizer, t, draw.randrange(4))]
            chained = draw.sample(list(wrap.wrapped(mine, draw)), WRAPPED[phase]) if phase in WRAPPED else []
            shuffled = draw.sample(mine + chained, len(mine) + len(chained))
            part += [e for t in merged(shuffled, draw) for e in examples.examples(tokenizer, t, epoch % 2)]
            part += [e for t in packed(draw.sample(named, sentences)) for e in examples.examples(tokenizer, t)]
            parts.append(part)
    for part in parts:
        draw.shuffle(part)
    return [e for part in parts for e in part if len(e.window.ids) > 2]


def own(extra: tuple[Path, ...]) -> tuple[list[examples.Text], list[examples.Text]]:
    """Return our own gold: what there was in the first round, with the documents of `extra`, and what came later."""
    gold = list(examples.gold(HERE / "gold"))
    first = [t for t in gold if t.id.startswith(FIRST)]
    return first + [t for path in extra for t in examples.annotated(path)], [t for t in gold if not t.id.startswith(FIRST)]


def merged(texts: list[examples.Text], draw: random.Random) -> Iterator[examples.Text]:
    """Join short passages of one language into texts of several lines, as sentences stand in reports."""
    for lang in ("ja", "en"):
        mine = [t for t in texts if t.id[:2] == lang]
        at = 0
        while at < len(mine):
            take = draw.randint(1, 6)
            yield join(mine[at : at + take])
            at += take
    yield from (t for t in texts if t.id[:2] not in {"ja", "en"})


def packed(texts: list[examples.Text]) -> Iterator[examples.Text]:
    """Join sentences with names, six to a text."""
    at = iter(texts)
    while some := list(islice(at, 6)):
        yield join(some)


def join(texts: list[examples.Text]) -> examples.Text:
    """Put texts on lines of one text and move their marks along."""
    whole, marks, names, start = "", [], [], 0
    for t in texts:
        start = len(whole) + bool(whole)
        whole = f"{whole}\n{t.text}" if whole else t.text
        marks += [
            type(a)(*(tuple((s + start, e + start) for s, e in spans) for spans in (a.source, a.cue, a.content)))
            for a in t.attributions
        ]
        names += [(s + start, e + start, k) for s, e, k in t.names or ()]
    return examples.Text(texts[0].id, whole, tuple(marks), texts[0].nested, None if texts[0].names is None else tuple(names))


def batches(part: Rows, draw: random.Random) -> list[Rows]:
    """Group windows of like length into batches of about `TOKENS` pieces, in random order within runs of 30 batches."""
    out: list[Rows] = []
    for at in range(0, len(part), 500):
        run_ = sorted(part[at : at + 500], key=lambda e: len(e.window.ids))
        made: list[Rows] = [[]]
        for e in run_:
            if made[-1] and (len(made[-1]) + 1) * len(e.window.ids) > TOKENS:
                made.append([])
            made[-1].append(e)
        draw.shuffle(made)
        out += made
    return out


def collate(part: Rows, device: torch.device) -> dict[str, Tensor]:
    """Pad a batch into tensors; piece i of a window stands at i + 1, after the opening mark."""
    n = max(len(e.window.ids) for e in part) + 2
    ids, mask = np.ones((len(part), n), np.int64), np.zeros((len(part), n), np.float32)
    cue, names = (np.full((len(part), n), examples.IGNORE, np.int64) for _ in range(2))
    weight = np.zeros((len(part), n), np.float32)
    pairs = [(i, a + 1, b + 1, y) for i, e in enumerate(part) for a, b, y in e.pairs]
    seen = np.full((len(pairs), n), examples.IGNORE, np.int64)
    for i, e in enumerate(part):
        k = len(e.window.ids)
        ids[i, : k + 2] = [0, *e.window.ids, 2]
        mask[i, : k + 2] = 1
        cue[i, 1 : k + 1], names[i, 1 : k + 1], weight[i, 1 : k + 1] = e.cue, e.names, e.weight
    for j, (_, _, _, y) in enumerate(pairs):
        seen[j, 1 : len(y) + 1] = y
    where = np.array([p[:3] for p in pairs], np.int64).reshape(-1, 3)
    arrays = {"ids": ids, "mask": mask, "cue": cue, "names": names, "weight": weight, "seen": seen, "where": where}
    return {k: torch.from_numpy(v).to(device) for k, v in arrays.items()}


def loss_of(net: Tagger, b: dict[str, Tensor]) -> Tensor:
    """Add up the losses of the three heads."""
    vectors = net.encode(b["ids"], b["mask"])
    flat = nn.functional.cross_entropy(
        net.cue(vectors).view(-1, CUE), b["cue"].view(-1), ignore_index=examples.IGNORE, reduction="none"
    )
    loss = (flat * b["weight"].view(-1)).sum() / b["weight"].sum().clamp(min=1)
    if (b["names"] >= 0).any():
        loss = loss + 0.5 * nn.functional.cross_entropy(
            net.name(vectors).view(-1, NAME), b["names"].view(-1), ignore_index=examples.IGNORE
        )
    if len(b["where"]):
        row, first, last = b["where"].unbind(1)
        logits = net.link(vectors, b["mask"], row, first, last)
        loss = loss + 2 * nn.functional.cross_entropy(logits.view(-1, PAIR), b["seen"].view(-1), ignore_index=examples.IGNORE)
    return loss


class Course(Struct):
    """A phase under way: all that a stopped run needs to go on, beside the order of the batches, which the seed gives."""

    net: Tagger
    optimizer: torch.optim.Optimizer
    plan: torch.optim.lr_scheduler.LambdaLR
    mean: dict[str, Tensor]
    step: int = 0

    def state(self) -> dict[str, object]:
        """Return it as what torch can store."""
        parts = {"net": self.net, "optimizer": self.optimizer, "plan": self.plan}
        return {"mean": self.mean, "step": self.step, **{name: part.state_dict() for name, part in parts.items()}}


def run(phase: str, data: Path, out: Path, extra: tuple[Path, ...], name: str) -> None:
    """Train one phase and write its checkpoint."""
    torch.manual_seed(SEED)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    net, tokenizer = load()
    if phase in BEFORE:
        net.load_state_dict(torch.load(out / f"{BEFORE[phase]}.pt", weights_only=True), strict=False)
    todo = batches(rows(phase, data, tokenizer, extra), random.Random(SEED))
    todo = todo[:BASE_STEPS] if phase == "base" else todo
    print(f"{phase}: {len(todo)} steps, {sum(len(e.window.ids) for part in todo for e in part)} pieces on {device}", flush=True)
    half = out / f"{phase}{name}.half.pt"
    course = begun(net.to(device), phase, len(todo), half)
    net.train()
    started = time.time()
    for part in todo[course.step :]:
        loss = learn(course, collate(part, device))
        if course.step % 20 == 1:
            print(f"{phase} {course.step}/{len(todo)} loss {loss:.3f} {time.time() - started:.0f} s", flush=True)
        if course.step % 100 == 0:
            _save(course.state(), half)
    _save(course.mean if phase in MIX else net.state_dict(), out / f"{phase}{name}.pt")
    half.unlink(missing_ok=True)


def begun(net: Tagger, phase: str, steps: int, half: Path) -> Course:
    """Return the course of a phase at its start, or where `half` says that a run was stopped."""
    for frozen in [net.encoder.pos, *net.encoder.layers[:FROZEN]]:
        frozen.requires_grad_(requires_grad=False)
    body = [p for k, p in net.named_parameters() if k.startswith("encoder.") and p.requires_grad]
    heads = [p for k, p in net.named_parameters() if not k.startswith("encoder.")]
    low, high = RATES[phase]
    optimizer = torch.optim.AdamW([{"params": body, "lr": low}, {"params": heads, "lr": high}], weight_decay=0.01)
    # the base phase is cut short: its rate falls as if it read the articles twice
    floor, length = FLOORS.get(phase, 0.02), steps * BASE_PLAN // BASE_STEPS if phase == "base" else steps
    plan = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / 60, max(floor, 1 - (1 - floor) * s / length)))
    course = Course(net, optimizer, plan, {k: v.detach().clone() for k, v in net.state_dict().items()})
    if half.exists():
        state = torch.load(half, weights_only=True)
        for name in ("net", "optimizer", "plan"):
            getattr(course, name).load_state_dict(state[name])
        course.mean, course.step = state["mean"], state["step"]
    return course


def learn(course: Course, batch: dict[str, Tensor]) -> float:
    """Take one step and return its loss."""
    loss = loss_of(course.net, batch)
    course.optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_([p for p in course.net.parameters() if p.requires_grad], 1.0)
    course.optimizer.step()
    course.plan.step()
    with torch.no_grad():
        keep = min(0.99, (course.step + 1) / (course.step + 10))
        for k, v in course.net.state_dict().items():
            course.mean[k].lerp_(v, 1 - keep)
    course.step += 1
    return loss.item()


def _save(state: object, path: Path) -> None:
    """Write beside and move, so that a killed run leaves a whole file."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


if __name__ == "__main__":
    main()
