"""`onrecord actors` and its commands: who speaks and who is spoken of, and what a person decides about that."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, get_args

from msgspec import convert
from typer import Argument, Context, Option

from onrecord.actors import Entry, own
from onrecord.actors.decided import undone
from onrecord.cli import options, roll
from onrecord.cli.terminal import answer, note, send
from onrecord.errors import OptionError
from onrecord.record import ActorKind, Verdict
from onrecord.store import Store

KINDS = ", ".join(get_args(ActorKind))
Who = Annotated[str | None, Option("--name", metavar="NAME", help="Only those with this name, id, or part of a name.")]
Kind = Annotated[str | None, Option("--kind", metavar="KIND", help=f"Only this kind: {KINDS}.")]
Made = Annotated[str | None, Option("--kind", metavar="KIND", help=f"Add names, all of this kind: {KINDS}.")]
A = Annotated[str, Argument(metavar="A", help="An actor: its id, or a name that nobody else has.", show_default=False)]
B = Annotated[str, Argument(metavar="B", help="Another, in the same way.", show_default=False)]
Name = Annotated[str, Argument(metavar="NAME", help="What to call it.", show_default=False)]
NameLang = Annotated[
    str | None, Option("--lang", metavar="CODE", help="Language of the name, like en or ja; by its letters where not given.")
]
Sources = Annotated[
    list[str],
    Argument(metavar="FILE|NAME", help="Files (.toml .csv .json), or with --kind names, of actors to know.", show_default=False),
]
Id = Annotated[str, Argument(metavar="ID", help="Id of a verdict, or its first digits, four at least.", show_default=False)]
By = Annotated[str | None, Option("--by", metavar="NAME", help="Who decides; the login name where not given.")]


def actors(
    context: Context,
    *,
    name: Who = None,
    kind: Kind = None,
    since: options.Since = None,
    until: options.Until = None,
    text: options.Words = None,
    outlet: options.Outlet = None,
    limit: options.Limit = None,
    record: options.Record = options.RECORD,
    json: options.Json = False,
) -> None:
    """
    List who speaks and who is spoken of, and correct it.

    Those who speak in most claims come first, with their names in every language. The commands below decide who is whom; what
    is decided holds for all that is read later, and can be undone.
    """
    if context.invoked_subcommand:
        return
    with Store(record, readonly=True, create=False) as store:
        found = store.actors(name=name, kind=kind, since=since, until=until, text=text, outlet=outlet, limit=limit)
        answer(found, roll.roll, "no actor fits", json=json)


def merge(a: A, b: B, *, by: By = None, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """Decide that two actors are one."""
    _decide(record, lambda store: (store.merge(a, b, by=by),), json=json)


def split(a: A, b: B, *, by: By = None, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """
    Decide that two actors are not one.

    Where more reports name somebody so, they stay with A. onrecord show tells the id that an actor has in a report.
    """
    _decide(record, lambda store: (store.split(a, b, by=by),), json=json)


def rename(
    a: A, name: Name, *, lang: NameLang = None, by: By = None, record: options.Record = options.RECORD, json: options.Json = False
) -> None:
    """Decide what an actor is called first in a language."""
    _decide(record, lambda store: (store.rename(a, name, lang, by=by),), json=json)


def add(
    sources: Sources, *, kind: Made = None, by: By = None, record: options.Record = options.RECORD, json: options.Json = False
) -> None:
    """
    Bring actors of your own.

    docs/actors.md describes the files. What is added from now on is read with them; onrecord reread reads the rest again.
    """
    _decide(record, lambda store: store.add_actors(list(_entries(store, sources, kind)), by=by), json=json, create=True)


def undo(verdict: Id, *, by: By = None, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """Take back what was decided."""
    _decide(record, lambda store: (store.undo(verdict, by=by),), json=json)


def verdicts(*, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """List what was decided, by whom and when."""
    with Store(record, readonly=True, create=False) as store:
        found = tuple(store.verdicts())
        back, who = undone(found), store.who(roll.concerned(found), alone=True)
        answer(iter(found), lambda each, width: roll.decisions(each, back, who, width), "nothing was decided", json=json)


COMMANDS: dict[str, Callable[..., None]] = {
    "merge": merge, "split": split, "rename": rename, "add": add, "undo": undo, "verdicts": verdicts,
}  # fmt: skip


def _entries(store: Store, sources: list[str], kind: str | None) -> Iterator[Entry]:
    if kind is not None and kind not in get_args(ActorKind):
        raise OptionError(f"--kind {kind} is not one of: {KINDS}")
    others = {e.id for e in store.own_actors()}
    for source in sources:
        yield from [own.single(source, convert(kind, ActorKind))] if kind else own.read(Path(source), others=others)


def _decide(record: Path, decide: Callable[[Store], tuple[Verdict, ...]], *, json: bool, create: bool = False) -> None:
    with Store(record, create=create) as store:
        made = decide(store)
        who = store.who(roll.concerned(made), alone=True)
    if json:
        send(made)
        return
    for verdict in made:
        print(f"{verdict.id[: roll.SHORT]}  {roll.told(verdict, who)}")
    if not made:
        note("all of this is known already")
