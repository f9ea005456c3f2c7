"""The path of a record in; an open, checked database, or one line that says what is wrong with it, out."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import RecordError
from onrecord.store.migrations import latest, migrate, version

APPLICATION = 0x6F6E7263  # "onrc": tells a record from any other SQLite file
PATIENCE = 10.0  # seconds to wait for another process that writes
BUGS = (sqlite3.ProgrammingError, sqlite3.IntegrityError)
# Keys are SQLite's primary result codes (https://www.sqlite.org/rescode.html).
MENDS = {
    sqlite3.SQLITE_FULL: "the disk is full; make room and do the same again, what was stored before is whole",
    sqlite3.SQLITE_BUSY: f"another process has been writing to it for {PATIENCE:.0f} seconds; wait for it to end and try again",
    sqlite3.SQLITE_LOCKED: "another process is writing to it; wait for it to end and try again",
    sqlite3.SQLITE_READONLY: "it cannot be written to; make the file and its folder writable, or name another record",
    sqlite3.SQLITE_PERM: "it may not be opened; ask for the right to read and write it, or name another record",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that the folder is there and that you may read and write in it",
    sqlite3.SQLITE_IOERR: "the disk does not read or write as it should; check it, then try again on a copy of the record",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; go back to a copy of it, or name a new record and add the reports again",
    sqlite3.SQLITE_NOTADB: "this is no record but a file of another kind; name another record",
}


def connect(path: Path, *, readonly: bool, create: bool) -> sqlite3.Connection:
    """Open the record at `path`, made and migrated where it may be. Raises RecordError, and never changes a file not ours."""
    _look(path, readonly=readonly, may_make=create and not readonly)
    with told(path):
        db = sqlite3.connect(_address(path, readonly=readonly), uri=True, isolation_level=None, timeout=PATIENCE)
        try:
            _check(db, path, readonly=readonly)
            _prepare(db, readonly=readonly)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the file or the disk into a RecordError of one line; our own mistakes stay what they are."""
    try:
        yield
    except BUGS:
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        raise RecordError(f"{path}: {MENDS.get(code & 0xFF, error)}") from error


def _look(path: Path, *, readonly: bool, may_make: bool) -> None:
    """Refuse early what SQLite would only call "unable to open database file", or find out at the first write."""
    if path.is_dir():
        raise RecordError(f"{path}: this is a folder; name a file in it, like {path / 'record.db'}")
    if may_make and not path.parent.is_dir():
        raise RecordError(f"{path}: there is no folder {path.parent}; make it first, or name another record")
    if not may_make and not path.is_file():
        raise RecordError(f"{path}: there is no such record; make one with: onrecord add")
    if not readonly and path.is_file() and not _is_writable(path):
        raise RecordError(f"{path}: {MENDS[sqlite3.SQLITE_READONLY]}")


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _address(path: Path, *, readonly: bool) -> str:
    """Write the address that opens the file in the mode that suits it.

    A reader opens a writable file for writing all the same (`query_only` holds it back), else SQLite would leave its -wal
    and -shm files lying there; in a folder that it cannot write to, a file without a -wal can only be read as immutable.
    """
    mode = "rwc"
    if readonly:
        beside = path.with_name(path.name + "-wal").exists()
        mode = "rw" if _is_writable(path) else "ro" if beside else "ro&immutable=1"
    return f"{path.absolute().as_uri()}?mode={mode}"


def _check(db: sqlite3.Connection, path: Path, *, readonly: bool) -> None:
    """Raise RecordError where the file is not ours, or of a version that this program cannot use."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0 and application == 0
    if not empty and application != APPLICATION:
        raise RecordError(f"{path}: this is a database of another program; name another record")
    if version(db) > latest():
        raise RecordError(
            f"{path}: a newer onrecord wrote this (version {version(db)}, not {latest()}); update onrecord to open it"
        )
    if readonly and version(db) < latest():
        raise RecordError(f"{path}: nothing is stored here yet, or by an older onrecord; bring it up with: onrecord add, or reread")


def _prepare(db: sqlite3.Connection, *, readonly: bool) -> None:
    """Set what must be set anew in each connection, and bring the file up to the present version."""
    db.execute("PRAGMA foreign_keys = ON")
    if readonly:
        db.execute("PRAGMA query_only = ON")
        return
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    migrate(db)
