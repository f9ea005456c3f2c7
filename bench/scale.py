"""Reports multiplied with other names, numbers and dates in, the time that comparing them takes out: 1,000 and 10,000 of them.

Each base report is read once. A copy has other letters in its names and other digits, as many as before, so that the spans of its
claims stay where they are. One in ten is a reprint, unchanged but for its publisher.
"""

import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec import json as fast
from msgspec.structs import replace

from bench.sets import Row, report
from onrecord import extract
from onrecord.corroboration import weigh
from onrecord.record import Claim, Report, claim_id, make_id, report_id

CACHE = Path(__file__).parent.parent / "training" / "build" / "scale.jsonl"
SIZES = (1000, 10000)
SEED, REPRINTS, DAYS, OUTLETS = 1, 10, 60, 40
START = date(2031, 1, 1)
NAME = re.compile(r"\b[A-Z][a-z]{3,}|[ァ-ヺ]{3,}|\d+")
KANA = [chr(c) for c in range(ord("カ"), ord("ヂ"))]


class Base(Struct, frozen=True):
    """A report and its claims."""

    report: Report
    claims: tuple[Claim, ...]


def score(data: Path) -> list[Row]:
    """Measure both sizes; no rows where the data is not there."""
    bases = list(_bases(data))
    if not bases:
        return []
    spent = {n: _spent(bases, n) for n in SIZES}
    rows = [("CPU seconds, 1,000 reports", spent[SIZES[0]], SIZES[0]), ("CPU seconds, 10,000 reports", spent[SIZES[1]], SIZES[1])]
    rows.append(("growth, times", spent[SIZES[1]] / spent[SIZES[0]], SIZES[1]))
    return [Row(set="corroborate", split="speed", measure=m, value=round(v, 1), n=n, seen=False) for m, v, n in rows]


def _spent(bases: Sequence[Base], n: int) -> float:
    made = list(multiplied(bases, n))
    before = time.process_time()
    weigh((b.report for b in made), (c for b in made for c in b.claims))
    return time.process_time() - before


def _bases(data: Path) -> Iterator[Base]:
    """Read the base reports, or take what an earlier run read."""
    files = [data / "ntrex" / "en.jsonl", data / "ntrex" / "ja.jsonl", data / "ecbplus" / "dev.jsonl"]
    if not all(f.exists() for f in files):
        return
    texts = [(d["text"], d.get("lang", "en")) for f in files for line in f.open(encoding="utf-8") if (d := json.loads(line))]
    key = sha256(json.dumps(texts).encode()).hexdigest()
    if CACHE.exists() and CACHE.open(encoding="utf-8").readline().strip() == key:
        yield from (fast.decode(line, type=Base) for line in CACHE.read_text("utf-8").splitlines()[1:])
        return
    found = [Base(r, extract(r)) for text, lang in texts for r in [report(text, lang, published=START.isoformat())]]
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    CACHE.write_text("\n".join([key, *(fast.encode(b).decode() for b in found)]), "utf-8")
    yield from found


def multiplied(bases: Sequence[Base], n: int) -> Iterator[Base]:
    """Yield n reports with their claims."""
    draw, last = random.Random(SEED), bases[0]  # noqa: S311  # a draw, no secret
    for i in range(n):
        publisher, day = f"Outlet {draw.randrange(OUTLETS)}", START + timedelta(draw.randrange(DAYS))
        if i % REPRINTS == REPRINTS - 1:
            yield _printed(last, last.report.text, publisher, str(date.fromisoformat(last.report.published or "") + timedelta(1)))
            continue
        base = bases[i % len(bases)]
        last = _printed(base, _other(base.report.text, i), publisher, day.isoformat())
        yield last


def _other(text: str, seed: int) -> str:
    """Write other letters in names and other digits, the same ones each time in a text."""
    draw = random.Random(seed)  # noqa: S311  # a draw, no secret
    step = draw.randrange(1, 9)

    def changed(hit: re.Match[str]) -> str:
        word = hit.group()
        if word.isdigit():
            return "".join(str((int(c) + step) % 9 + 1) for c in word)
        if word.isascii():
            return word[0] + "".join(chr((ord(c) - 97 + step + 7 * seed) % 26 + 97) for c in word[1:])
        return "".join(KANA[(ord(c) + step + seed) % len(KANA)] for c in word)

    return NAME.sub(changed, text)


def _printed(base: Base, text: str, publisher: str, published: str) -> Base:
    """Make a report of a text, and its claims from those of the base, with the words that now stand there."""
    known = report_id(text, None, publisher, published)
    made = replace(base.report, id=known, text=text, publisher=publisher, published=published)
    return Base(made, tuple(_claim(c, made) for c in base.claims))


def _claim(c: Claim, made: Report) -> Claim:
    def actor(old: str | None) -> str | None:
        return f"local.{make_id(made.id, old)[:12]}" if old and old.startswith("local.") else old

    voices = tuple(
        replace(v, name=v.source.of(made.text) if v.source and v.name else v.name, actor=actor(v.actor)) for v in c.voices
    )
    mentions = tuple(replace(m, name=m.span.of(made.text), actor=actor(m.actor)) for m in c.mentions)
    text = " … ".join(s.of(made.text) for s in c.content)
    return replace(c, id=claim_id(made.id, voices, c.content), report=made.id, voices=voices, mentions=mentions, text=text)
