"""Measures speed and memory on one core: characters a CPU-second of the whole pipeline, memory, time to the first claim.

python -m bench.speed --data ../shared/data [--json]
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from bench.sets import Row, report
from onrecord import Report, extract, extraction

# Runs a command and prints the most memory that it held, in kilobytes.
WEIGH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
# The stages whose share is measured, by their names in `onrecord.extraction`.
STAGES = ("named", "resolved", "moment")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = list(measure(options.data))
    if options.json:
        print(json.dumps(found))
    else:
        for row in found:
            print(f"{row['set']:18} {row['measure']:44} {row['value']:10.1f}  n={row['n']}")
    return 0


def measure(data: Path, *, limit: int = 120_000) -> Iterator[Row]:
    """Yield the rows; each text set is read up to `limit` characters, after one report to warm up."""
    sets = {"polnear dev": _polnear(data), "ntrex ja": _ntrex(data)}
    for name, texts in sets.items():
        if texts:
            extract(texts[0])
            taken, used, late = _read(texts, limit)
            yield Row(set=name, split="speed", measure="characters a CPU-second", value=round(taken / used), n=taken, seen=False)
            share = round(100 * late / used, 1)
            yield Row(set=name, split="speed", measure="share of actors and moments", value=share, n=taken, seen=False)
    sample = Path(__file__).parent.parent / "examples" / "reports"
    files = sorted(sample.glob("*.ja.txt"))
    if files:
        first, memory = _probe(files[0])
        yield Row(
            set="one report",
            split="speed",
            measure="seconds to the first claim, wall clock",
            value=round(first, 2),
            n=1,
            seen=False,
        )
        yield Row(set="one report", split="speed", measure="resident memory, MB", value=round(memory), n=1, seen=False)


def _read(texts: list[Report], limit: int) -> tuple[int, float, float]:
    """Return characters read, CPU seconds, and how many of these went into actors and moments."""
    clocks = {name: _Clock(getattr(extraction, name)) for name in STAGES}
    taken, start = 0, time.process_time()
    with ExitStack() as stack:
        for name, clock in clocks.items():
            stack.enter_context(patch.object(extraction, name, clock))
        for each in texts:
            extract(each)
            taken += len(each.text)
            if taken > limit:
                break
    return taken, time.process_time() - start, sum(clock.used for clock in clocks.values())


class _Clock:
    """A function that counts the CPU seconds it takes."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.function, self.used = function, 0.0

    def __call__(self, *given: object) -> object:
        start = time.process_time()
        try:
            return self.function(*given)
        finally:
            self.used += time.process_time() - start


def _polnear(data: Path) -> list[Report]:
    file = data / "polnear" / "dev.jsonl"
    return [report(json.loads(line)["text"], "en") for line in file.open(encoding="utf-8")] if file.exists() else []


def _ntrex(data: Path) -> list[Report]:
    file = data / "ntrex" / "ja.jsonl"
    if not file.exists():
        return []
    documents = [json.loads(line) for line in file.open(encoding="utf-8")]
    return [report(d["text"], "ja") for d in documents]


def _probe(file: Path) -> tuple[float, float]:
    """Run the command in a process of its own: seconds until its first claim stands on a line, and megabytes at most."""
    command = [sys.executable, "-m", "onrecord.cli", "extract", "--json", str(file)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:  # noqa: S603
        assert run.stdout is not None  # noqa: S101
        run.stdout.readline()
        first = time.perf_counter() - start
        run.stdout.read()
    # asked by a small process: a child counts what its parent held when it was started
    told = subprocess.run([sys.executable, "-c", WEIGH, *command], capture_output=True, check=True)  # noqa: S603
    return first, int(told.stdout) / 1024


if __name__ == "__main__":
    sys.exit(main())
