"""
Writes `bench/RESULTS.md`: every figure there is, of one commit, one set of weights and one machine, in one go.

    python -m bench.results --data ../shared/data [--crossval training/build/crossval.json]

`--crossval` is what `make crossval` wrote: a list of figures as `bench.quality --json` prints it, of models that had not seen the
part they were measured on.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from msgspec import json as fast

from bench import quality, sets, speed
from bench.bars import bars
from bench.sets import Row
from onrecord import __version__
from onrecord.tagger import fingerprint

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "RESULTS.md"
UNITS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni")  # what makes int8 fast, as Linux calls it
WHOLE = 101  # from here on a figure without a fraction is no percentage
OPENING = """# Results

Written by `make bench` in one go; not edited by hand. Figures are percent unless the measure says otherwise. `n` is the number of
things a figure rests on. **local**: the texts of the set may not be passed on, so that the figure can be repeated only by those
who have the set from its publisher (docs/data.md). **seen**: the weights were trained on the set; the figure beside it, which the
bar is held against, is of models that had not seen the documents they were measured on.
"""


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--crossval", type=Path, default=ROOT / "training" / "build" / "crossval.json")
    options = parser.parse_args()
    about = list(circumstances())
    found, absent = quality.measure(options.data, sets.SETS)
    found += speed.measure(options.data)
    unseen = fast.decode(options.crossval.read_bytes(), type=list[Row]) if options.crossval.exists() else []
    write("\n".join(page(about, found, unseen, absent)) + "\n")
    print(f"{RESULTS.relative_to(ROOT)}: {len(found)} figures")
    return 0


def write(text: str) -> None:
    """Write beside and move, so that a stopped run leaves the old file whole."""
    part = RESULTS.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(RESULTS)


def circumstances() -> Iterator[tuple[str, str]]:
    """Yield what was measured, when and on what, as rows of a table."""
    yield "commit", _commit()
    yield "date", datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    yield "onrecord", __version__
    yield "weights", f"`{fingerprint()}`"
    yield "machine", _machine()
    yield "Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def page(about: Iterable[tuple[str, str]], found: list[Row], unseen: list[Row], absent: list[str]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield OPENING
    yield "| | |"
    yield "|---|---|"
    yield from (f"| {name} | {value} |" for name, value in about)
    yield from _missed(found, unseen)
    for (name, split), rows in groupby(found, key=lambda row: (row["set"], row["split"])):
        yield from _table(name, split, list(rows), unseen)
    if absent:
        yield "\n## Not measured\n"
        yield from (f"- {line}" for line in absent)


def _missed(found: list[Row], unseen: list[Row]) -> Iterator[str]:
    """List the bars that are not reached, so that nobody has to look for them."""
    yield "\n## Bars\n"
    asked = [(bar, judged(row, unseen)) for bar in bars().bars for row in found if bar.fits(row)]
    under = [(bar, row) for bar, row in asked if not bar.held(row["value"])]
    yield f"{len(asked) - len(under)} of {len(asked)} bars are reached." + (" Not reached:\n" if under else "")
    yield from (f"- {row['set']}, {row['measure']}: {_figure(row)}, asked {bar}" for bar, row in under)


def judged(row: Row, unseen: list[Row]) -> Row:
    """Return the figure that a bar is held against: for a set that was trained on, the one of models that had not seen it."""
    other = next((u for u in unseen if (u["set"], u["split"], u["measure"]) == (row["set"], row["split"], row["measure"])), None)
    return other if row["seen"] and other else row


def _table(name: str, split: str, rows: list[Row], unseen: list[Row]) -> Iterator[str]:
    marks = ["**local**"] * (name in bars().local) + ["**seen**"] * any(row["seen"] for row in rows)
    yield f"\n## {name}, {split}\n"
    if marks:
        yield ", ".join(marks) + "\n"
    beside = {row["measure"]: row for row in unseen if (row["set"], row["split"]) == (name, split)}
    yield f"| measure | value | {'unseen | ' * bool(beside)}n | bar |"
    yield "|---|--:|" + "--:|" * bool(beside) + "--:|---|"
    for row in rows:
        other = f"{_figure(beside[row['measure']]) if row['measure'] in beside else ''} | " if beside else ""
        yield f"| {row['measure']} | {_figure(row)} | {other}{row['n']:,} | {_bar(judged(row, unseen))} |"


def _figure(row: Row) -> str:
    """Write counts and speeds whole, percentages with one place, seconds with two."""
    value = row["value"]
    if value >= WHOLE and value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if round(value, 1) == value else f"{value:.2f}"


def _bar(row: Row) -> str:
    bar = next((bar for bar in bars().bars if bar.fits(row)), None)
    return f"{bar}: {'reached' if bar.held(row['value']) else '**not reached**'}" if bar else ""


def _commit() -> str:
    """Name the commit, and say so where the files are not those of the commit; the page itself does not count."""
    name = _git("rev-parse", "HEAD")
    changed = _git("status", "--porcelain", "--", ".", ":!bench/RESULTS.md", ":!bench/RESULTS.part")
    return f"`{name[:12]}`" + (", with changes that are not in it" if changed else "") if name else "not known: no git here"


def _git(*words: str) -> str:
    try:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        return ""


def _machine() -> str:
    said = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    lines = dict(line.split(":", 1) for line in said.replace("\t", "").splitlines() if ":" in line)
    model = lines.get("model name", platform.processor() or "processor not known").strip()
    flags = lines.get("flags", "").split()
    units = ", ".join(f"{unit} {'yes' if unit in flags else 'no'}" for unit in UNITS)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores ({units}), {memory:.0f} GiB of memory"


if __name__ == "__main__":
    sys.exit(main())
