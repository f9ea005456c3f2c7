"""Reads the tables, checks them against each other, writes `src/onrecord/actors/knowledge.json`; see the README of this folder."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import DecodeError, json

from onrecord.actors.knowledge import Entry, known

HERE = Path(__file__).parent
SHIPPED = HERE.parent.parent / "src" / "onrecord" / "actors" / "knowledge.json"


def main() -> int:
    """Write the file, or say what is wrong with the tables."""
    entries = list(read(HERE))
    if faults := list(checked(entries)):
        print("\n".join(faults), file=sys.stderr)
        return 1
    SHIPPED.write_bytes(written(entries))
    print(f"{SHIPPED.name}: {len(entries)} actors, {SHIPPED.stat().st_size / 1e6:.1f} MB")
    return 0


def read(folder: Path) -> Iterator[Entry]:
    """Read every table, a line an actor."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            try:
                yield json.decode(line, type=Entry)
            except DecodeError as error:
                raise SystemExit(f"{path.name}:{number}: {error}; mend the line") from error


def checked(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what is wrong: ids given twice, owners and offices that do not exist, terms that end before they begin."""
    whole = list(entries)
    ids = {e.id for e in whole}
    if len(ids) < len(whole):
        seen: set[str] = set()
        yield from (f"{e.id}: given twice; keep one" for e in whole if e.id in seen or seen.add(e.id))
    for e in whole:
        if e.of and e.of not in ids:
            yield f"{e.id}: belongs to {e.of}, which no table has"
        yield from (f"{e.id}: held office of {t.of}, which no table has" for t in e.terms if t.of not in ids)
        yield from (f"{e.id}: a term ends before it begins" for t in e.terms if t.until and t.until < t.since[: len(t.until)])


def written(entries: Iterable[Entry]) -> bytes:
    """Write entries and index; what is empty is left out."""
    return json.encode(known(sorted(entries, key=lambda e: e.id)))


if __name__ == "__main__":
    sys.exit(main())
