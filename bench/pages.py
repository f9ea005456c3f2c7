"""Web pages with their gold text in, how well the page reader does out, beside trafilatura alone."""

import gzip
import json
import logging
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import trafilatura
from msgspec import Struct

from onrecord.readers import read
from onrecord.readers._page import folded
from onrecord.record import Report

# The names that the outlets go by, by the stem of the gold file. Written by hand from the outlets' own pages; a name that only
# tells a part of it (Faktencheck, which many outlets have) does not count.
OUTLETS = {
    "AFPFaktencheck": ("AFP Faktencheck", "AFP"),
    "ABC": ("ABC", "Diario ABC"),
    "APNews": ("AP News", "Associated Press", "The Associated Press"),
    "BBC": ("BBC", "BBC News"),
    "BR": ("BR", "BR24", "Bayerischer Rundfunk"),
    "DailyMail": ("Daily Mail", "Mail Online", "MailOnline"),
    "ElDiario": ("ElDiario", "elDiario.es"),
    "EuronewsEN": ("Euronews",),
    "EuronewsFR": ("Euronews",),
    "EveningStandard": ("Evening Standard", "The Standard"),
    "Express": ("Express", "Daily Express"),
    "FreeBeacon": ("Free Beacon", "Washington Free Beacon"),
    "LATimes": ("LA Times", "Los Angeles Times"),
    "TheGuardian": ("The Guardian", "Guardian"),
}


class Gold(Struct, frozen=True):
    """One page as its publisher's parser reads it."""

    body: str
    title: str
    day: str


class Score(Struct, frozen=True):
    """How one page was read; `alone` is the body as trafilatura gives it."""

    page: str
    body: float
    alone: float
    title: bool
    close: float
    day: bool
    outlet: bool


def score(data: Path) -> list[dict[str, object]]:
    """Score the pages below `data`; every measure is a share or an F1 between 0 and 1."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    scores = list(each(data))
    if not scores:
        return []
    rows = {
        "body, character 4-gram F1": mean(s.body for s in scores),
        "the same, trafilatura alone": mean(s.alone for s in scores),
        "title": mean(s.title for s in scores),
        "title, character 4-gram F1": mean(s.close for s in scores),
        "publication day": mean(s.day for s in scores),
        "outlet": mean(s.outlet for s in scores),
    }
    return [
        {"set": "pages", "split": "all", "measure": name, "value": value, "n": len(scores), "seen": False}
        for name, value in rows.items()
    ]


def each(data: Path) -> Iterator[Score]:
    """Score page by page. A gold file holds one entry a layout; the entry of a page is the one whose text is nearest."""
    for path in sorted(data.glob("**/*.json")):
        golds = [_gold(entry) for entry in json.loads(path.read_text("utf-8")).values()]
        for page in sorted(path.parent.glob(f"{path.stem}_[0-9]*.html.gz")):
            yield _score(page, path.stem, golds)


def _score(page: Path, outlet: str, golds: list[Gold]) -> Score:
    data = gzip.decompress(page.read_bytes())
    report = _read(data)
    body = report.body.of(report.text) if report else ""
    gold = max(golds, key=lambda gold: f1(body, gold.body))
    alone = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
    alone_text = "" if alone is None or isinstance(alone, dict) else alone.text or ""
    title = (report.title if report else None) or ""
    return Score(
        page=page.name,
        body=f1(body, gold.body),
        alone=f1(alone_text, gold.body),
        title=folded(title) == folded(gold.title),
        close=f1(title, gold.title),
        day=bool(report and report.published and report.published[:10] == gold.day),
        outlet=bool(report and _is_outlet(report.publisher or "", outlet)),
    )


def _read(data: bytes) -> Report | None:
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(data)
        file.flush()
        found = next(read(Path(file.name)), None)
    return found if isinstance(found, Report) else None


def _gold(entry: dict[str, object]) -> Gold:
    body = entry["body"]
    assert isinstance(body, dict)  # noqa: S101  # the layout of the gold files
    parts = [*body["summary"], *(words for part in body["sections"] for words in (*part["headline"], *part["paragraphs"]))]
    return Gold(body="\n".join(parts), title=str(entry["title"]), day=str(entry["publishing_date"])[:10])


def _is_outlet(name: str, outlet: str) -> bool:
    return _letters(name) in {_letters(known) for known in OUTLETS.get(outlet, (outlet,))}


def _letters(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()


def f1(one: str, other: str) -> float:
    """Return the F1 of the character 4-grams of two texts, blanks taken together; 0 where one has none."""
    first, second = _grams(one), _grams(other)
    shared = (first & second).total()
    return 2 * shared / (first.total() + second.total()) if shared else 0.0


def _grams(text: str) -> Counter[str]:
    words = " ".join(text.split())
    return Counter(words[at : at + 4] for at in range(len(words) - 3))
