"""Measures speed and memory on one core: characters a CPU-second of the whole pipeline, memory, time to the first claim.

python -m bench.speed --data ../shared/data [--json]
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.sets import Row, report
from onrecord import Report, extract

# What runs in a process of its own, so that its memory is its own; prints seconds to the first claim and megabytes at most.
PROBE = """
import resource, sys, time
start = time.perf_counter()
from onrecord.cli import main
class Out:
    first = None
    def write(self, text):
        if self.first is None and text.strip(): self.first = time.perf_counter() - start
        return len(text)
    def flush(self): pass
    def isatty(self): return False
    encoding = "utf-8"
out, sys.stdout = Out(), None
sys.stdout = out
sys.argv = ["onrecord", "extract", "--json", sys.argv[1]]
try: main()
except SystemExit: pass
print(out.first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)
"""


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
            taken, used = _read(texts, limit)
            yield Row(set=name, split="speed", measure="characters a CPU-second", value=round(taken / used), n=taken, seen=False)
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


def _read(texts: list[Report], limit: int) -> tuple[int, float]:
    taken, start = 0, time.process_time()
    for each in texts:
        extract(each)
        taken += len(each.text)
        if taken > limit:
            break
    return taken, time.process_time() - start


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
    run = subprocess.run([sys.executable, "-c", PROBE, str(file)], capture_output=True, text=True, check=True)  # noqa: S603
    first, memory = run.stderr.split()[-2:]
    return float(first), float(memory)


def peak() -> float:
    """Return this process's greatest memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
