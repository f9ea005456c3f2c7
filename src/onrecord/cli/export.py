"""`onrecord export`: the claims of a record go in, a file in another format comes out."""

from typing import Annotated

from typer import Argument, Option

from onrecord import exporters
from onrecord.cli import options

Format = Annotated[str, Argument(metavar="FORMAT", help="csv, jsonl, markdown or parquet.", show_default=False)]
Out = Annotated[
    str, Option("--out", "-o", metavar="FILE", help="File to write, whole or not at all; - is standard output.", show_default=False)
]


def export(
    form: Format,
    *,
    out: Out,
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
) -> None:
    """
    Write claims to a file: those that fit all options.

    docs/exports.md lists the columns of csv and parquet. A file that is there already is replaced when the new one is whole.
    """
    exporters.export(
        form, out, record=record,
        voice=voice, actor=actor, act=act, level=level, since=since, until=until, text=text, outlet=outlet, limit=limit,
    )  # fmt: skip
