"""An id of a report or claim, or its first digits, in; its row, or an error that says what to write instead, out."""

import sqlite3
from pathlib import Path
from typing import Literal

from onrecord.errors import UnknownNameError

SHORTEST = 4  # digits of an id that may stand for all of it
Kind = Literal["report", "claim"]


def only(db: sqlite3.Connection, kind: Kind, name: str, path: Path) -> sqlite3.Row:
    """Return the row whose id is `name`, or the only one whose id begins so. Raises UnknownNameError."""
    found = _called(db, kind, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError(f"several {kind}s in {path} begin with {name!r}; write more of the id")
    raise UnknownNameError(f"no {kind} in {path} is called {name!r}; onrecord {kind}s lists them")


def _called(db: sqlite3.Connection, kind: Kind, name: str) -> list[sqlite3.Row]:
    """Return the row with the id `name`, else one or two whose ids begin so."""
    exact, beginning = (f"SELECT * FROM {kind}s WHERE id {test} LIMIT 2" for test in ("= ?", "BETWEEN ? AND ?"))  # noqa: S608  # our own names
    whole = db.execute(exact, (name,)).fetchall()
    return whole or (db.execute(beginning, (name, name + "\U0010ffff")).fetchall() if len(name) >= SHORTEST else [])
