"""
Measures quality: a folder of data in, figures out.

    python -m bench.quality --data ../shared/data [--only SET] [--json]

The folder is laid out as docs/data.md says. Sets that are not there are named and passed over.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.bars import marked
from bench.sets import SETS, Absent, Row


def main() -> int:
    """Print the figures, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--only", choices=sorted(SETS), help="score one set")
    parser.add_argument("--json", action="store_true", help="print a list of {set, split, measure, value, n, seen}")
    options = parser.parse_args()
    found, absent = measure(options.data, [options.only] if options.only else list(SETS))
    for line in absent:
        print(line, file=sys.stderr)
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for row in found:
            seen = "  seen" if row["seen"] else ""
            print(f"{row['set']:18} {row['split']:6} {row['measure']:28} {row['value']:7.1f}  n={row['n']}{seen}")
    return 0


def measure(data: Path, names: Iterable[str]) -> tuple[list[Row], list[str]]:
    """Score the named sets; returns the figures, and a line for each set that is absent."""
    found: list[Row] = []
    absent: list[str] = []
    for name in names:
        try:
            found.extend(marked(SETS[name](data)))
        except Absent as missing:
            absent.append(f"{name}: absent, there is no {missing}")
    return found, absent


if __name__ == "__main__":
    sys.exit(main())
