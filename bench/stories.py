"""Articles on seventy events in, figures for putting those of one event together out (ECB+, Cybulska and Vossen 2014).

All articles are asked about at once, undated and without publishers. A topic of ECB+ has two events of one kind, which are
to be kept apart.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from bench import originals
from bench.originals import topic
from bench.sets import Row
from bench.translations import undated
from onrecord.record import Report

Stories = Callable[[tuple[Report, ...]], tuple[tuple[str, ...], ...]]
TWINS = 2


def score(data: Path, stories: Stories | None = None) -> list[Row]:
    """Score the stories that were found by B-cubed, and the share of topics whose two events are kept apart."""
    group: Stories = stories or import_module("onrecord.corroboration").stories
    gold = {undated(text, "en"): story for story, articles in originals.events(data).items() for text in articles.values()}
    if not gold:
        return []
    true = {report.id: story for report, story in gold.items()}
    found = homes(group(tuple(gold)), true)
    apart = kept_apart(found, true)
    figures = dict(zip(("B-cubed precision", "B-cubed recall", "B-cubed F1"), b_cubed(found, true), strict=True))
    return [
        *(_row(measure, value, len(true)) for measure, value in figures.items()),
        _row("topics kept apart", sum(apart.values()) / max(1, len(apart)), len(apart)),
    ]


def homes(stories: Iterable[tuple[str, ...]], reports: Iterable[str]) -> dict[str, str]:
    """Give each report its story, named by its first report; a report of none is a story of its own. Raises ValueError for two."""
    found: dict[str, str] = {}
    for story in stories:
        if found.keys() & set(story):
            raise ValueError(f"a report is in two stories: {min(found.keys() & set(story))}")
        found |= dict.fromkeys(story, story[0])
    return {report: found.get(report, report) for report in reports}


def b_cubed(found: dict[str, str], true: dict[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 after Bagga and Baldwin (1998): the mean over reports of how pure and how whole theirs is."""
    ours, theirs = _members(found), _members(true)
    shared = {report: len(ours[found[report]] & theirs[true[report]]) for report in true}
    precision = sum(n / len(ours[found[report]]) for report, n in shared.items()) / len(shared)
    recall = sum(n / len(theirs[true[report]]) for report, n in shared.items()) / len(shared)
    return precision, recall, 2 * precision * recall / (precision + recall)


def kept_apart(found: dict[str, str], true: dict[str, str]) -> dict[str, bool]:
    """Tell of each topic with two events whether no story has reports of both."""
    events: dict[str, set[str]] = {}
    for story in true.values():
        events.setdefault(topic(story), set()).add(story)
    together = {home: {true[report] for report in reports} for home, reports in _members(found).items()}
    twins = {name: pair for name, pair in events.items() if len(pair) == TWINS}
    return {name: not any(pair <= story for story in together.values()) for name, pair in twins.items()}


def _members(homes: dict[str, str]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {}
    for report, home in homes.items():
        members.setdefault(home, set()).add(report)
    return members


def _row(measure: str, share: float, n: int) -> Row:
    return Row(set="stories", split="ecbplus dev", measure=measure, value=round(100 * share, 1), n=n, seen=False)
