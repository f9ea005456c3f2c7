"""A command line goes in, results come out; the one place where an error becomes a line and an exit status."""

import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

import onrecord
from onrecord.cli import export, extract, keep, questions, terminal
from onrecord.errors import OnrecordError

__all__ = ["COMMANDS", "app", "main"]

COMMANDS: dict[str, Callable[..., None]] = {
    "extract": extract.extract,
    "add": keep.add,
    "reread": keep.reread,
    "remove": keep.remove,
    "claims": questions.claims,
    "show": questions.show_claim,
    "search": questions.search,
    "reports": questions.reports,
    "failures": questions.failures,
    "export": export.export,
}
STOPPED = 130  # what a shell gives for Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit status: 0, 1 for the user's mistake, 2 for wrong usage, 130 for Ctrl-C.

    `arguments` are those of the process where none are given. Neither an OnrecordError nor a failing disk ends in a traceback.
    """
    terminal.make_safe()
    status = _run(list(sys.argv[1:] if arguments is None else arguments))
    if status == STOPPED:
        terminal.note("stopped; what was stored before is whole")
    return terminal.flush(status)


def app() -> typer.Typer:
    """Put the commands together."""
    commands = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    commands.callback()(_about)
    for name, command in COMMANDS.items():
        commands.command(name)(command)
    return commands


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"onrecord {onrecord.__version__}")
        raise typer.Exit


def _about(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Write the version and end.", callback=_tell_version)
    ] = False,
) -> None:
    """Keep a record of who said what happened, when, how sure they were, and from exactly which words."""


def _run(arguments: list[str]) -> int:
    try:
        app()(arguments, prog_name="onrecord")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except (OnrecordError, OSError) as error:
        terminal.note(str(error))
        return 1
    return 0
