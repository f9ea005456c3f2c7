"""`onrecord add`, `reread` and `remove`: what changes a record; one line of what was done comes out."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from typer import Argument

import onrecord
from onrecord.cli import options
from onrecord.cli.terminal import note, send
from onrecord.cli.view import flat
from onrecord.store import Store

Names = Annotated[list[str], Argument(metavar="ID|FILE", help="Ids of reports, or files as they were added.", show_default=False)]


class Removed(Struct, frozen=True):
    """How many reports were removed."""

    removed: int


def add(
    paths: options.Paths,
    *,
    lang: options.Lang = None,
    published: options.Published = None,
    publisher: options.Publisher = None,
    url: options.Url = None,
    reader: options.Reader = None,
    max_bytes: options.MaxBytes = options.LARGEST,
    jobs: options.Jobs = 1,
    record: options.Record = options.RECORD,
    json: options.Json = False,
) -> None:
    """
    Read reports and keep them with their claims.

    What is there already is passed over. A run that was stopped goes on where it was when it is started again. What cannot be
    read is kept too: see failures.
    """
    given = onrecord.Given(lang=lang, published=published, publisher=publisher, url=url)
    with _progress() as tell:
        done = onrecord.add(
            paths, record=record, jobs=jobs, given=given, reader=reader, max_bytes=max_bytes, progress=tell
        )  # fmt: skip
    _summarise(done, f"{done.added} added, {done.known} known, {done.failed} failed", json=json)
    _finish(done.failed, record)


def reread(*, jobs: options.Jobs = 1, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """
    Extract the claims of all reports anew.

    The stored texts are read with this version of onrecord. Claims keep their ids; those that are no longer found are kept as
    withdrawn.
    """
    with _progress() as tell:
        done = onrecord.reread(record, jobs=jobs, progress=tell)
    _summarise(done, f"{done.added} changed, {done.known} unchanged, {done.failed} failed", json=json)
    _finish(done.failed, record)


def remove(names: Names, *, record: options.Record = options.RECORD, json: options.Json = False) -> None:
    """Remove reports with their claims from a record."""
    with Store(record, create=False) as store:
        removed = sum(store.remove(name) for name in names)
    _summarise(Removed(removed), f"{removed} removed", json=json)


def _summarise(done: object, words: str, *, json: bool) -> None:
    if json:
        send([done])
    else:
        print(words)


def _finish(failed: int, record: Path) -> None:
    if failed:
        note(f"{failed} could not be read; see: onrecord failures --record {record}")
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[Callable[[int, int, Path], None] | None]:
    """Draw a bar on standard error where that is a terminal, and give what moves it."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[file]}", markup=False))
    with Progress(*columns, console=Console(stderr=True, markup=False, emoji=False), transient=True) as bar:
        task = bar.add_task("", file="", total=None)

        def tell(done: int, total: int, last: Path) -> None:
            bar.update(task, completed=done, total=total, file=flat(str(last)))

        yield tell
