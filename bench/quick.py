"""
Holds the floors: a fixed part of each set is measured and compared with `floors.toml`, in under five minutes on two slow cores.

    python -m bench.quick --data ../shared/data [--tools ../shared/tools]

Writes nothing. A set whose data is absent is named and passed over. Exits 1 where a figure lies under its floor or our scorers
disagree with those in `--tools`; the last line is `N passed, N failed`.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from bench import actors, agree, sets, when
from bench.bars import Bar, floors
from bench.sets import Row

FIRST = 8  # documents of each set; which they are is fixed by the order in its file
PARTS: tuple[tuple[str, Callable[[Path], Iterable[Row]]], ...] = (
    ("attribution", partial(sets.gold_files, first=FIRST)),
    ("polnear", partial(sets.polnear, splits=("dev",), first=FIRST)),
    ("reports", sets.SETS["reports"]),
    ("tails", sets.pasted_pages),
    ("recognizers", sets.SETS["recognizers"]),
    ("mentions", sets.SETS["mentions"]),
    ("sample actors", actors.sample),
    ("sample moments", when.sample),
)


def main() -> int:
    """Print each figure against its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--tools", type=Path, default=Path("../shared/tools"))
    options = parser.parse_args()
    found = _measured(options.data)
    held = [answer for floor in floors() if (answer := _check(floor, found)) is not None]
    held += _scorers(options.data, options.tools)
    print(f"{sum(held)} passed, {len(held) - sum(held)} failed")
    return int(not all(held))


def _measured(data: Path) -> list[Row]:
    found: list[Row] = []
    for name, score in PARTS:
        try:
            found.extend(score(data))
        except sets.Absent as missing:
            print(f"{name}: there is no {missing} in the data, so its floors are not checked")
    return found


def _check(floor: Bar, found: list[Row]) -> bool | None:
    """Tell whether a floor is held; None where its set was not measured."""
    if not any((row["set"], row["split"]) == (floor.set, floor.split) for row in found):
        return None
    row = next((row for row in found if floor.fits(row)), None)
    held = row is not None and floor.held(row["value"])
    value = f"{row['value']:8.1f}" if row else "no figure of that name"
    print(f"{'ok  ' if held else 'FAIL'} {floor.set + ' ' + floor.split:18} {floor.measure:30} {value}  {floor}")
    return held


def _scorers(data: Path, tools: Path) -> list[bool]:
    """Compare the scorers, where there is something to compare them with."""
    if not agree.able(data, tools):
        print("scorers: no others to compare ours with, so they are not compared")
        return []
    differing = list(agree.differences(data, tools))
    for line in differing or ["ok   scorers agree with those in the tools folder"]:
        print(line)
    return [not differing]


if __name__ == "__main__":
    sys.exit(main())
