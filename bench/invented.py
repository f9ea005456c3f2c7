"""Invented stories with known origins in, figures for what is made of them out: origins counted, independence told, claims joined.

    python -m bench.invented [--half later] [--show]

A story's account is found where it holds most of the true claims; one that is found nowhere is wrong. The later half is read only
by this module, and never shown.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypedDict

from msgspec import Struct

from bench.sets import Row
from onrecord import extract
from onrecord.corroboration import weigh
from onrecord.record import Account, Claim, Report, Span, report_id

CASES = Path(__file__).parent / "cases"
FILES = {"first": "stories.jsonl", "later": "stories.later.jsonl"}
HALF = 0.5  # of the true words must lie in a content
Half = Literal["first", "later"]


class Words(TypedDict):
    """Where a claim stands: a report and its words."""

    report: str
    words: str


class Truth(TypedDict):
    """A true account."""

    about: str
    claims: list[Words]
    outlets: int
    origins: int
    independence: str
    why: str


class Told(TypedDict):
    """A report of a case."""

    id: str
    lang: str
    publisher: str
    published: str
    title: str
    text: str


class Case(TypedDict):
    """A line of the file; bench/cases/README.md describes it."""

    id: str
    kind: str
    langs: list[str]
    reports: list[Told]
    accounts: list[Truth]


class Judged(Struct, frozen=True):
    """A true account beside the one that was found for it, and how many of its claims are in that."""

    case: Case
    truth: Truth
    found: Account | None
    held: int

    @property
    def state(self) -> bool:
        """Whether independence is right."""
        return self.found is not None and self.found.independence == self.truth["independence"]

    @property
    def count(self) -> bool:
        """Whether the number of origins is right."""
        return self.found is not None and len(self.found.origins) == self.truth["origins"]

    @property
    def pretended(self) -> bool:
        """Whether independence is claimed where it is not shown."""
        return self.truth["independence"] == "not_shown" and self.found is not None and self.found.independence == "independent"


def score(_: Path, half: Half = "first") -> list[Row]:
    """Score the stories of a half, by language and all together; none where the file is not there."""
    judged = list(judge(half))
    langs = {"ja": ["ja"], "en": ["en"], "both": ["en", "ja"]}
    parts = {name: [j for j in judged if sorted(j.case["langs"]) == some] for name, some in langs.items()}
    return [row for name, some in {**parts, "all": judged}.items() if some for row in _rows(f"{half}, {name}", some)]


def _rows(split: str, judged: Sequence[Judged]) -> Iterator[Row]:
    n, told = len(judged), sum(len(j.truth["claims"]) for j in judged)
    shares = {
        "state of independence right": (sum(j.state for j in judged), n),
        "origins counted right": (sum(j.count for j in judged), n),
        "claims in the account that was found": (sum(j.held for j in judged), told),
    }
    for measure, (right, of) in shares.items():
        yield Row(set="invented stories", split=split, measure=measure, value=round(100 * right / of, 1), n=of, seen=False)
    pretended = sum(j.pretended for j in judged)
    yield Row(set="invented stories", split=split, measure="independence pretended (a count)", value=pretended, n=n, seen=False)


def judge(half: Half) -> Iterator[Judged]:
    """Weigh each story and find its true accounts."""
    for case in read(half):
        reports = {told["id"]: report(told) for told in case["reports"]}
        weighed = weigh(reports.values(), [c for r in reports.values() for c in extract(r)])
        claims = {c.id: c for c in weighed.claims}
        accounts = [a for s in weighed.stories for a in s.accounts]
        yield from (_judged(case, truth, reports, accounts, claims) for truth in case["accounts"])


def read(half: Half) -> Iterator[Case]:
    """Yield the cases of a half; none where the file is not there."""
    path = CASES / FILES[half]
    yield from (json.loads(line) for line in (path.read_text("utf-8").splitlines() if path.exists() else ()))


def report(told: Told) -> Report:
    """Make the report of a case."""
    text, publisher, published = told["text"], told["publisher"], told["published"]
    known = report_id(text, None, publisher, published)
    return Report(known, text, Span(0, len(text)), told["lang"], told["title"], publisher, published=published)


def _judged(case: Case, truth: Truth, reports: dict[str, Report], accounts: Iterable[Account], claims: dict[str, Claim]) -> Judged:
    best, most = None, (0, 0)
    for account in accounts:
        shares = [_over(words, reports[words["report"]], account, claims) for words in truth["claims"]]
        held = sum(share >= HALF * len(words["words"]) for share, words in zip(shares, truth["claims"], strict=True))
        if (held, sum(shares)) > most and held:
            best, most = account, (held, sum(shares))
    return Judged(case, truth, best, most[0])


def _over(words: Words, report: Report, account: Account, claims: dict[str, Claim]) -> int:
    """Return how many of the true words lie in the contents of one claim of an account."""
    start = report.text.index(words["words"])
    end = start + len(words["words"])
    mine = (claims[i].content for i in account.claims if claims[i].report == report.id)
    return max((sum(max(0, min(end, s.end) - max(start, s.start)) for s in content) for content in mine), default=0)


def main() -> None:
    """Print the figures, and with `--show` each account that came out wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=FILES, default="first")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if options.show and options.half == "later":
        parser.error("the later half is measured and not looked at")
    for row in score(CASES, options.half):
        print(row["split"], row["measure"], row["value"], row["n"])
    for j in judge(options.half) if options.show else ():
        if not (j.state and j.count):
            print(f"\n{j.case['id']} {j.truth['about']}: {j.truth['independence']} {j.truth['origins']}; {j.truth['why']}")
            print(f"  {j.found and (j.found.independence, [(o.kind, o.name, o.witnesses) for o in j.found.origins], j.found.why)}")


if __name__ == "__main__":
    main()
