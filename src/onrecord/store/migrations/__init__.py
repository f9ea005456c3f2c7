"""An open database in; the same brought to the present version by the numbered SQL files beside this one, out."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib import resources


def migrate(db: sqlite3.Connection) -> None:
    """Run every step that the database has not seen, all in one transaction: a process killed here leaves it as it was.

    `PRAGMA user_version` holds the number of the last step. It is read inside the transaction, since another process may
    have been faster.
    """
    if version(db) == latest():
        return
    db.execute("BEGIN IMMEDIATE")
    with db:
        for number, sql in steps()[version(db) :]:
            for statement in _statements(sql):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")


def version(db: sqlite3.Connection) -> int:
    """Return the number of the last step that the database has seen, 0 for none."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def latest() -> int:
    """Return the number of the last step there is."""
    return len(steps())


@cache
def steps() -> tuple[tuple[int, str], ...]:
    """Return the SQL of every step with its number, in order; the file names begin with the number."""
    files = (file for file in resources.files(__name__).iterdir() if file.name.endswith(".sql"))
    return tuple(sorted((int(file.name[:4]), file.read_text("utf-8")) for file in files))


def _statements(sql: str) -> Iterator[str]:
    """Cut SQL at the ends of its statements. `executescript` would do, but commits what is open before it begins."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
