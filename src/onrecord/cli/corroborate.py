"""`onrecord corroborate`, `stories`, `story`, `origins`, `timeline`, `history` and `overrule`: what several reports come to."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated, get_args

from typer import Argument, Option

import onrecord
from onrecord.cli import options, tales
from onrecord.cli.terminal import answer, send
from onrecord.errors import OptionError
from onrecord.record import LinkVerdict
from onrecord.store import Store
from onrecord.store.stories import VERDICTS, Kept, Stories

StoryName = Annotated[
    str, Argument(metavar="ID", help="Id of a story, report or claim, or its first digits, four at least.", show_default=False)
]
ClaimName = Annotated[str, Argument(metavar="CLAIM", help="Id of a claim, or its first digits, four at least.", show_default=False)]
LinkName = Annotated[str, Argument(metavar="LINK", help="Id of a link, or its first digits, four at least.", show_default=False)]
Says = Annotated[str, Argument(metavar="VERDICT", help=f"What it is: {', '.join(get_args(LinkVerdict))}.", show_default=False)]
By = Annotated[str | None, Option("--by", metavar="NAME", help="Who decides; the login name where not given.")]
Voice = Annotated[str | None, Option("--voice", metavar="NAME", help="Who speaks: a name in any spelling, or an actor's id.")]
Topic = Annotated[str | None, Option("--topic", metavar="QUERY", help="Words that what is said holds, as search takes them.")]
Whole = Annotated[bool, Option("--all", help="Single reports, too.")]


def corroborate(*, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """
    Find copies, translations and what tells of one thing, and count origins.

    Reports that are new are compared with all others; what they do not touch stays as it is. The outcome does not depend on the
    order of adding.
    """
    done = onrecord.corroborate(record)
    if json:
        send([done])
    else:
        print(f"{done.compared} reports compared, {done.links} links found; {done.made} of {done.stories} stories made")


def stories(
    *,
    outlet: options.Outlet = None,
    since: options.Since = None,
    until: options.Until = None,
    whole: Whole = False,
    limit: options.Limit = None,
    record: options.Record = options.RECORD,
    json: options.Json = False,
) -> None:
    """
    List stories, the newest first: outlets, origins, and whether those are independent.

    Shown is the account that most outlets tell. onrecord story shows the others.
    """
    with Store(record, readonly=True, create=False) as store:
        wanted = {r.id for r in store.reports(outlet=outlet, since=since, until=until)}
        found = (kept for kept in Stories(store).stories() if wanted.intersection(kept.story.reports))
        told = sorted((tales.tale(store, kept) for kept in found if whole or len(kept.story.reports) > 1), key=tales.newest)
        rows = told[: limit or None]
        answer(
            iter([t.kept.story for t in rows]),
            lambda _, width: tales.roll(rows, width),
            "no story fits; see: onrecord corroborate",
            json=json,
        )


def story(name: StoryName, *, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """
    Show one story: its accounts, who stands behind each, and where they disagree.

    Under each account stand its origins, under each origin the outlets that have it; copies and translations are folded.
    """
    with Store(record, readonly=True, create=False) as store:
        shelf = Stories(store)
        kept = shelf.story(name)
        answer(iter([kept.story]), partial(_drawn, store, shelf, kept), "", json=json)


def _drawn(store: Store, shelf: Stories, kept: Kept, _: object, width: int) -> Iterator[tales.Line]:
    yield from tales.sheet(tales.tale(store, kept), tuple(shelf.links()), width)


def origins(claim: ClaimName, *, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """Show the account that a claim belongs to, with its origins and the words that lead to them."""
    with Store(record, readonly=True, create=False) as store:
        found, kept = store.claim(claim), Stories(store).story(claim)
        account = next(a for a in kept.story.accounts if found.id in a.claims)
        told = tales.tale(store, kept)
        answer(iter([account]), lambda _, width: tales.account(told, account, width, why=True), "", json=json)


def timeline(
    *,
    actor: options.ActorName = None,
    topic: Topic = None,
    name: Annotated[str | None, Option("--story", metavar="ID", help="Only this story.")] = None,
    limit: options.Limit = None,
    record: options.Record = options.RECORD,
    json: options.Json = False,
) -> None:
    """List what is told by the day on which it happened; days that nothing settles are marked as such."""
    with Store(record, readonly=True, create=False) as store:
        of = set(Stories(store).story(name).story.reports) if name else None
        found = [c for c in store.claims(actor=actor, text=topic) if c.when and (of is None or c.report in of)]
        rows = sorted(found, key=tales.day)[: limit or None]
        answer(iter(rows), lambda _, width: tales.days(store, rows, width), "nothing that is told has a day", json=json)


def history(
    *,
    voice: Voice = None,
    topic: Topic = None,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = None,
    record: options.Record = options.RECORD,
    json: options.Json = False,
) -> None:
    """Show what one voice said of a topic over time; what changed is marked."""
    if voice is None:
        raise OptionError("whose history? name somebody with --voice")
    with Store(record, readonly=True, create=False) as store:
        rows = tales.spoken(store, voice, store.claims(actor=voice, text=topic, since=since, until=until))[: limit or None]
        links = {x for x in Stories(store).links(of="claim") if x.verdict in ("contradicts", "updates")}
        answer(
            iter(rows), lambda _, width: tales.changes(store, rows, links, width), "nothing that this voice said fits", json=json
        )


def overrule(
    link: LinkName, verdict: Says, *, by: By = None, record: options.Record = options.RECORD, json: options.Json = False
) -> None:
    """
    Decide what a link between two reports or claims is.

    The next onrecord corroborate obeys. onrecord actors undo takes it back; onrecord actors verdicts lists what was decided.
    """
    if verdict not in VERDICTS:
        raise OptionError(f"{verdict} is no verdict on a link; there are: {', '.join(VERDICTS)}")
    with Store(record, create=False) as store:
        made = Stories(store).overrule(link, VERDICTS[verdict], by=by)
    if json:
        send([made])
    else:
        print(f"{made.target[: tales.SHORT]} is {made.value}; onrecord corroborate makes its story anew")
