"""`onrecord claims`, `show`, `search`, `reports` and `failures`: a record is asked, its answers come out."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Annotated

from rich.text import Text
from typer import Argument, Option

from onrecord.cli import options, view
from onrecord.cli.sheet import sheet
from onrecord.cli.terminal import answer, has_colour, screen, send, show, width
from onrecord.record import Claim, Failure, Report
from onrecord.store import Hit, Store

SHORT = 8  # digits of an id that are shown; four that no other begins with are enough to name it
BEST = 20
AROUND = 60  # characters on each side of what a search found

Id = Annotated[str, Argument(metavar="ID", help="Id of a claim, or its first digits, four at least.", show_default=False)]
Query = Annotated[
    str, Argument(metavar="QUERY", help='Words to look for; "in quotation marks" they stand together.', show_default=False)
]
Written = Annotated[str | None, Option("--lang", metavar="CODE", help="Only reports in this language, like en or ja.")]
Best = Annotated[int, Option("--limit", metavar="N", min=1, help="At most N.")]


def claims(
    *,
    voice: options.VoiceName = None,
    actor: options.ActorName = None,
    act: options.ActName = None,
    level: options.LevelName = None,
    since: options.Since = None,
    until: options.Until = None,
    text: options.Words = None,
    outlet: options.Outlet = None,
    limit: options.Limit = None,
    record: options.Record = options.RECORD,
    json: options.Json = False,
) -> None:
    """List claims: those that fit all options."""
    with Store(record, readonly=True, create=False) as store:
        found = store.claims(
            voice=voice, actor=actor, act=act, level=level, since=since, until=until, text=text, outlet=outlet, limit=limit
        )
        answer(found, partial(_claims, store), "no claim fits", json=json)


def show_claim(claim: Id, *, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """
    Show one claim in full.

    The chain of its voices, how sure they are, its words in their paragraph, and which rule read what from which words.
    """
    with Store(record, readonly=True, create=False) as store:
        found = store.claim(claim)
        report = store.report(found.report)
        who = store.who(voice.actor for voice in found.voices if voice.actor)
    if json:
        send([found])
        return
    console = screen()
    show(console, sheet(report, found, width(console), coloured=has_colour(console), who=who))


def search(query: Query, *, limit: Best = BEST, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """
    Find the claims and reports with all of some words.

    The best come first. Japanese, Chinese and Korean words are found wherever they stand, English ones in any inflection.
    """
    with Store(record, readonly=True, create=False) as store:
        answer(store.search(query, limit=limit), partial(_hits, store), "nothing holds all of these words", json=json)


def reports(
    *,
    outlet: options.Outlet = None,
    lang: Written = None,
    since: options.Since = None,
    until: options.Until = None,
    text: options.Words = None,
    limit: options.Limit = None,
    record: options.Record = options.RECORD,
    json: options.Json = False,
) -> None:
    """List reports: those that fit all options."""
    with Store(record, readonly=True, create=False) as store:
        found = store.reports(outlet=outlet, lang=lang, since=since, until=until, text=text, limit=limit)
        answer(found, _reports, "no report fits", json=json)


def failures(*, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """List what could not be read, and why."""
    with Store(record, readonly=True, create=False) as store:
        answer(store.failures(), _failures, "nothing failed", json=json)


def _claims(store: Store, found: Iterator[Claim], cells: int) -> Iterator[Text]:
    for at, (name, group) in enumerate(groupby(found, key=lambda claim: claim.report)):
        report = store.report(name)
        yield from _apart(at)
        yield from view.heading(report, cells)
        for claim in group:
            yield Text("")
            yield from view.block(report, claim, cells, claim.id[:SHORT])


def _hits(store: Store, found: Iterator[Hit], cells: int) -> Iterator[Text]:
    for at, (name, group) in enumerate(groupby(found, key=lambda hit: hit.report)):
        report = store.report(name)
        yield from _apart(at)
        yield from view.heading(report, cells, f"report {name[:SHORT]}")
        for hit in group:
            yield Text("")
            yield from _hit(store, report, hit, cells)


def _hit(store: Store, report: Report, hit: Hit, cells: int) -> Iterator[Text]:
    if hit.kind == "claim":
        yield from view.block(report, store.claim(hit.id), cells, hit.id[:SHORT])
    else:
        words = view.excerpt(report.text, hit.span, report.body, [(hit.span, view.EVIDENCE)], AROUND)
        yield from view.indented(words, cells, Text("  "))


def _reports(found: Iterator[Report], cells: int) -> Iterator[Text]:
    for at, report in enumerate(found):
        yield from _apart(at)
        yield from view.heading(report, cells, report.id[:SHORT])


def _failures(found: Iterator[Failure], cells: int) -> Iterator[Text]:
    for at, failure in enumerate(found):
        yield from _apart(at)
        yield from view.indented(Text(view.flat(failure.message)), cells, Text(), Text("  "))
        yield from view.indented(
            Text(view.flat(f"{failure.stage} · {failure.error} · {failure.file}"), view.QUIET), cells, Text("  ")
        )


def _apart(at: int) -> Iterator[Text]:
    if at:
        yield Text("")
