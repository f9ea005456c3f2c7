"""`onrecord extract`: files go in, who said what in them comes out; nothing is stored."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.console import Console
from rich.text import Text
from typer import Option

import onrecord
from onrecord import plugin
from onrecord.actors import Knowledge, joined, own
from onrecord.attempt import attempt, encodable
from onrecord.cli import options, view
from onrecord.cli.terminal import note, screen, send, show, width
from onrecord.record import Claim, Failure, Report

Actors = Annotated[
    Path | None, Option("--actors", metavar="FILE", help="Actors of your own to know: .toml .csv .json, see docs/actors.md.")
]
Outcome = tuple[Claim, ...] | Failure
Work = Callable[[Report], Outcome]
Parts = Iterator[Report | Failure]


def extract(
    files: options.Files,
    *,
    lang: options.Lang = None,
    published: options.Published = None,
    publisher: options.Publisher = None,
    url: options.Url = None,
    reader: options.Reader = None,
    max_bytes: options.MaxBytes = options.LARGEST,
    actors: Actors = None,
    jobs: options.Jobs = 1,
    json: options.Json = False,
) -> None:
    """
    Show who said what in reports; nothing is stored.

    A file that cannot be read is one line on standard error; the others are read all the same, and the exit status is 1.
    """
    given = onrecord.Given(lang=lang, published=published, publisher=publisher, url=url)
    read = partial(onrecord.read, reader=reader, given=given, max_bytes=max_bytes)
    if actors:
        _known(actors)
    console = screen()
    seen = failed = 0
    for found in _in_order((part for file in files for part in _parts(file, read)), partial(claims_in, actors=actors), jobs):
        if isinstance(found, Failure):
            note(found.message)
            failed += 1
            continue
        if json:
            send(found[1])
        else:
            show(console, [Text("")] * bool(seen))
            _draw(console, *found)
        seen += 1
    raise typer.Exit(int(failed > 0))


def claims_in(report: Report, actors: Path | None = None) -> Outcome:
    """Extract the claims of a report, with the actors of a file; what goes wrong is a Failure."""
    (outcome,) = attempt(lambda: [onrecord.extract(report, base=_known(actors) if actors else None)], report.file, "extract")
    return outcome


@cache
def _known(actors: Path) -> Knowledge:
    """Read a file of actors, once in each process."""
    return joined(own.read(actors))


def _parts(file: str, read: Callable[[Path], Parts]) -> Parts:
    for part in attempt(lambda: read(Path(file)), file, "read"):
        yield replace(part, file=encodable(part.file))


def _in_order(parts: Parts, work: Work, jobs: int) -> Iterator[tuple[Report, tuple[Claim, ...]] | Failure]:
    """Extract on `jobs` cores, and yield what comes of it in the order of reading."""
    waiting: deque[Report | Failure] = deque()
    done: defaultdict[tuple[str, str], list[Outcome]] = defaultdict(list)

    def reports() -> Iterator[Report]:
        for part in parts:
            waiting.append(part)
            if isinstance(part, Report):
                yield part

    run = plugin.load("runners", "pool" if jobs > 1 else "here").run
    for report, outcome in run(work, reports(), jobs=jobs):
        done[_key(report)].append(outcome)
        yield from _ready(waiting, done)
    yield from _ready(waiting, done)


def _ready(
    waiting: deque[Report | Failure], done: defaultdict[tuple[str, str], list[Outcome]]
) -> Iterator[tuple[Report, tuple[Claim, ...]] | Failure]:
    while waiting and (isinstance(waiting[0], Failure) or done[_key(waiting[0])]):
        part = waiting.popleft()
        outcome = part if isinstance(part, Failure) else done[_key(part)].pop(0)
        if isinstance(outcome, Failure):
            yield outcome
        elif isinstance(part, Report):
            yield part, outcome


def _key(report: Report) -> tuple[str, str]:
    return report.file, report.id


def _draw(console: Console, report: Report, claims: tuple[Claim, ...]) -> None:
    cells = width(console)
    show(console, view.heading(report, cells))
    for claim in claims:
        show(console, [Text(""), *view.block(report, claim, cells)])
    if not claims:
        show(console, [Text(""), Text("  no claims found", view.QUIET)])
