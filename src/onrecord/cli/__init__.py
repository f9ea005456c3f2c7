"""A command line goes in, results come out; the one place where an error becomes a line and an exit status."""

import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer
import typer.core
import typer.main

import onrecord
from onrecord.cli import actors, corroborate, export, extract, keep, questions, terminal
from onrecord.errors import OnrecordError

__all__ = ["COMMANDS", "UNDER", "app", "main"]

COMMANDS: dict[str, Callable[..., None]] = {
    "extract": extract.extract,
    "add": keep.add,
    "reread": keep.reread,
    "remove": keep.remove,
    "claims": questions.claims,
    "show": questions.show_claim,
    "search": questions.search,
    "actors": actors.actors,
    "corroborate": corroborate.corroborate,
    "stories": corroborate.stories,
    "story": corroborate.story,
    "origins": corroborate.origins,
    "timeline": corroborate.timeline,
    "history": corroborate.history,
    "overrule": corroborate.overrule,
    "reports": questions.reports,
    "failures": questions.failures,
    "export": export.export,
}
# The commands of a command.
UNDER: dict[str, dict[str, Callable[..., None]]] = {"actors": actors.COMMANDS}
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


def app() -> typer.core.TyperGroup:
    """Put the commands together, in their order."""
    commands = _group(no_args_is_help=True)
    commands.callback()(_about)
    for name, command in COMMANDS.items():
        if name in UNDER:
            commands.add_typer(_under(command, UNDER[name]), name=name)
        else:
            commands.command(name)(command)
    made = typer.main.get_group(commands)
    made.commands = {name: made.commands[name] for name in COMMANDS}
    return made


def _under(command: Callable[..., None], under: dict[str, Callable[..., None]]) -> typer.Typer:
    """Make a command that does something itself, and has commands of its own."""
    group = _group(invoke_without_command=True)
    group.callback()(command)
    for name, each in under.items():
        group.command(name)(each)
    return group


def _group(*, no_args_is_help: bool = False, invoke_without_command: bool = False) -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        no_args_is_help=no_args_is_help,
        invoke_without_command=invoke_without_command,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


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
