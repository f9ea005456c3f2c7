"""The `--help` of every command goes in, `docs/cli.md` comes out: `python docs/make_cli.py`."""  # noqa: INP001  # a script

import os
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from onrecord.cli import COMMANDS, UNDER, main

PAGE = Path(__file__).parent / "cli.md"
COLUMNS = "100"
OPENING = """# The command line

Results go to standard output, notes and progress to standard error. With `--json`, each result is one object a line, as
[record.md](record.md) describes it. Where the output is no terminal, or `NO_COLOR` is set, there is no colour; `COLUMNS` sets the
width.

The exit status is 0 when all went well, 1 for a mistake in what was asked or for input that could not be read, 2 for wrong
usage, 130 after Ctrl-C.

`python docs/make_cli.py` writes this page from `--help`.
"""


def text() -> str:
    """Write the page."""
    os.environ["COLUMNS"] = COLUMNS
    commands = [words for name in COMMANDS for words in ((name,), *((name, under) for under in UNDER.get(name, ())))]
    parts = [OPENING, block("onrecord"), *(f"## {' '.join(words)}\n\n{block('onrecord', *words)}" for words in commands)]
    return "\n".join(parts)


def block(*words: str) -> str:
    """Write what a command says about itself as a block of code."""
    said = StringIO()
    with redirect_stdout(said):
        main([*words[1:], "--help"])
    return f"```text\n{said.getvalue().strip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(text(), "utf-8")
