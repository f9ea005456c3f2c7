"""Results go in and leave on standard output, notes leave on standard error; nothing of a report can steer the terminal."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from onrecord.cli.view import WIDEST, flat
from onrecord.exporters._line import line

NARROWEST = 20
Noun = TypeVar("Noun")


def note(message: str) -> None:
    """Write one line for the user to standard error."""
    print(f"onrecord: {flat(message)}", file=sys.stderr)


def send(nouns: Iterable[object]) -> None:
    """Write each noun as a line of JSON in UTF-8, whatever the terminal's encoding is."""
    sys.stdout.flush()
    for noun in nouns:
        sys.stdout.buffer.write(line(noun))
    sys.stdout.buffer.flush()


def show(console: Console, rows: Iterable[Text]) -> None:
    """Print `rows` as they are: they are wrapped already."""
    for row in rows:
        console.print(row, soft_wrap=True)


def answer(found: Iterator[Noun], draw: Callable[[Iterator[Noun], int], Iterator[Text]], nothing: str, *, json: bool) -> None:
    """Show what was found, as lines or as JSON; where nothing was, say so as a note."""
    first = next(found, None)
    if first is None:
        note(nothing)
    elif json:
        send(chain([first], found))
    else:
        console = screen()
        show(console, draw(chain([first], found), width(console)))


def screen() -> Console:
    """Return the console that results are shown on: no colour where it is no terminal or NO_COLOR is set."""
    return Console(markup=False, highlight=False, emoji=False)


def width(console: Console) -> int:
    """Return the width to write in, in cells: that of the terminal, but not more than the eye follows."""
    return max(NARROWEST, min(console.width, WIDEST))


def has_colour(console: Console) -> bool:
    """Tell whether colour can tell words apart: not in a pipe, and not where NO_COLOR is set."""
    return console.color_system is not None and not console.no_color


def make_safe() -> None:
    """Let no character that the terminal's encoding lacks end the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def flush(status: int) -> int:
    """Write out what is left and return the status; quietly 1 where the reader of a pipe has gone."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status
