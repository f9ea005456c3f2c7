"""Trains the tagger: gold data in, a checkpoint out.

    python -m training.train --data ../shared/data [--phase NAME] [--out training/build]

Seven phases in two rounds under one seed, resumable; each has its own fresh rate, and a GPU is used where there is one. The first
round takes some 70 minutes on two idle cores: `base` reads English attributions and names, `final` and `polish` add our own gold in
Japanese and English with a part of the base data again, `nest` adds chains of voices. The second takes some 55: `again` reads all
English articles once more, `close` whole reports of our own, `settle` the annotated documents. It may start from weights that ship
(`python -m training.shipped`, then `--phase again`, `close` and `settle`).
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from msgspec import Struct
from tokenizers import Tokenizer
from torch import Tensor, nn

from training import encoder, examples, vocabulary
from training.model import CUE, NAME, PAIR, Tagger
from training.recipe import PHASES, SEED, Rows, rows

TOKENS, FROZEN = 4096, 2
# The base phase ends here, before its second reading of the articles does: the final phase reads most of them again.
BASE_STEPS, BASE_PLAN = 400, 527
HERE = Path(__file__).parent


def main() -> None:
    """Run the phases that are not done yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=HERE / "build")
    parser.add_argument("--phase", choices=[*PHASES, "all"], default="all")
    options = parser.parse_args()
    if not vocabulary.TOKENIZER.exists():
        vocabulary.build(options.data)
    for phase in PHASES:
        if options.phase == phase or (options.phase == "all" and not (options.out / f"{phase}.pt").exists()):
            run(phase, options.data, options.out)


def load() -> tuple[Tagger, Tokenizer]:
    """Return a fresh network on the cut vocabulary, and its tokenizer."""
    table = np.load(vocabulary.TABLE)
    base = encoder.read(encoder.weights_file())
    return Tagger(base, table["table"], table["scale"]), Tokenizer.from_file(str(vocabulary.TOKENIZER))


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


def run(phase: str, data: Path, out: Path, *, told: tuple[Path, ...] = (), name: str = "") -> Path:
    """Train one phase, write its checkpoint and return where it lies; `told` as in `recipe.rows`, `name` is added to the file's."""
    torch.manual_seed(SEED)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    net, tokenizer = load()
    if before := PHASES[phase].before:
        net.load_state_dict(torch.load(out / f"{before}.pt", weights_only=True), strict=False)
    todo = batches(rows(phase, data, tokenizer, told), random.Random(SEED))
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
    done = out / f"{phase}{name}.pt"
    _save(net.state_dict() if phase == "base" else course.mean, done)
    half.unlink(missing_ok=True)
    return done


def begun(net: Tagger, phase: str, steps: int, half: Path) -> Course:
    """Return the course of a phase at its start, or where `half` says that a run was stopped."""
    for frozen in [net.encoder.pos, *net.encoder.layers[:FROZEN]]:
        frozen.requires_grad_(requires_grad=False)
    body = [p for k, p in net.named_parameters() if k.startswith("encoder.") and p.requires_grad]
    heads = [p for k, p in net.named_parameters() if not k.startswith("encoder.")]
    rates = PHASES[phase]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rates.body}, {"params": heads, "lr": rates.heads}], weight_decay=0.01)
    # the base phase is cut short: its rate falls as if it read the articles twice
    length = steps * BASE_PLAN // BASE_STEPS if phase == "base" else steps
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / rates.warm, max(rates.floor, 1 - (1 - rates.floor) * s / length))
    )
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
