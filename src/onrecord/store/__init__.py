"""Reports and claims in; one SQLite file that keeps them, and answers to questions about them, out."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, get_args

from onrecord.actors import Entry, Knowledge, joined
from onrecord.actors.decided import holding
from onrecord.errors import OptionError
from onrecord.record import Actor, Claim, Failure, Report, Verdict
from onrecord.store import decide, filters, frame, ids, rows, search
from onrecord.store.actors import Cast, Presence, few, gather, presences, remember, whom
from onrecord.store.connection import connect, told
from onrecord.store.filters import Condition
from onrecord.store.frame import Sight, Table
from onrecord.store.search import Hit

__all__ = ["Hit", "Presence", "Store"]

PAGE = 100  # reports fetched at a time where the record may change in between
# Undated reports come last. Of one day, the file decides: so a bulk run gives one order, however its workers ran.
IN_ORDER = "r.published IS NULL, r.published, r.file, r.id"
REPORTS = f"SELECT r.* FROM reports r WHERE {{}} ORDER BY {IN_ORDER} LIMIT ?"  # noqa: S608  # our own names
CLAIMS = f"""
    SELECT c.claim, r.published, r.publisher FROM reports r {{}} JOIN claims c ON c.report = r.n
    WHERE {{}} ORDER BY {IN_ORDER}, c.span_start, c.span_end, c.id LIMIT ?
"""  # noqa: S608  # our own names


class Store:
    """A record: one SQLite file of reports, their claims, and the files that failed.

    Opens the file at `path`, or makes it where `create` allows. Adding a report is one transaction: whenever the process
    dies, the file holds whole reports only. With `readonly`, a file that cannot be written to opens as well. Every method
    raises RecordError where the file or the disk fails.
    """

    def __init__(self, path: str | Path = "record.db", *, readonly: bool = False, create: bool = True) -> None:
        self.path = Path(path)
        self._db = connect(self.path, readonly=readonly, create=create)
        self._db.row_factory = sqlite3.Row
        self._own: tuple[Entry, ...] = ()
        self._known: Knowledge | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. What was stored is safe without; but its -wal and -shm files then stay beside it."""
        self._db.close()

    def add(self, report: Report, claims: Iterable[Claim]) -> bool:
        """Store a report with its claims; return False, and change nothing, where it is there already."""
        with self.writing() as db:
            if self.holds(report.id):
                return False
            n = rows.put_report(db, report)
            for claim in claims:
                rows.put_claim(db, n, report, claim)
            db.execute("DELETE FROM failures WHERE file = ?", (report.file,))
        return True

    def replace(self, report: Report, claims: Iterable[Claim]) -> bool:
        """Store what a new reading of a stored report found; return False where just that is stored already.

        A claim found again is written anew under its id, also where it had been withdrawn. One that is no longer found is
        kept, but withdrawn: `claims(withdrawn=True)` gives it. Raises UnknownNameError where the report is not stored.
        """
        found = {claim.id: claim for claim in claims}
        with self.writing() as db:
            db.execute("DELETE FROM failures WHERE file = ?", (report.file,))
            row = self._only("report", report.id)
            if rows.report_of(row) == report and self._standing(report.id) == found:
                return False
            rows.change_report(db, row["n"], report)
            db.execute("UPDATE claims SET withdrawn = 1 WHERE report = ?", (row["n"],))
            for claim in found.values():
                rows.put_claim(db, row["n"], report, claim)
        return True

    def remove(self, name: str) -> int:
        """Remove the report with an id, or every report from a file, and return how many there were.

        A file is named as it was when added; `x.jsonl` stands for all of its lines. Its failures go, too. Raises
        UnknownNameError where there is neither report nor failure of that name.
        """
        with self.writing() as db:
            sql, values = filters.from_file("file", name)
            failures = db.execute(f"DELETE FROM failures WHERE {sql}", values).rowcount  # noqa: S608  # our own conditions
            reports = db.execute(f"DELETE FROM reports WHERE {sql}", values).rowcount  # noqa: S608  # our own conditions
            if failures or reports:
                return reports
            db.execute("DELETE FROM reports WHERE n = ?", (self._only("report", name)["n"],))
        return 1

    def fail(self, failure: Failure) -> None:
        """Keep a failure; one that is kept already is not kept twice."""
        values = (failure.file, failure.stage, failure.error, failure.message)
        with self.writing() as db:
            db.execute("INSERT OR IGNORE INTO failures (file, stage, error, message) VALUES (?, ?, ?, ?)", values)

    def forget_failures(self, file: str) -> None:
        """Drop the failures of a file and of its lines, since it is about to be read anew."""
        sql, values = filters.from_file("file", file)
        with self.writing() as db:
            db.execute(f"DELETE FROM failures WHERE {sql}", values)  # noqa: S608  # our own conditions

    def failures(self) -> Iterator[Failure]:
        """Yield every failure that no later reading has mended, in the order they happened."""
        return map(rows.failure_of, self.ask("SELECT * FROM failures ORDER BY n"))

    def seen(self, sha256: str, file: str) -> bool:
        """Tell whether a report from these bytes in this file is stored, so that a bulk run can go on where it stopped."""
        return any(self.ask("SELECT 1 FROM reports WHERE file = ? AND sha256 = ?", file, sha256))

    def holds(self, report: str) -> bool:
        """Tell whether the report with this whole id is stored."""
        return any(self.ask("SELECT 1 FROM reports WHERE id = ?", report))

    def report(self, name: str) -> Report:
        """Return the report with an id, or with the only id that begins so. Raises UnknownNameError."""
        return rows.report_of(self._only("report", name))

    def claim(self, name: str) -> Claim:
        """Return the claim with an id, or with the only id that begins so, withdrawn or not. Raises UnknownNameError."""
        return rows.claim_of(self._only("claim", name))

    def count(self) -> int:
        """Return the number of reports."""
        return sum(row["n"] for row in self.ask("SELECT count(*) AS n FROM reports"))

    def stored(self) -> Iterator[Report]:
        """Yield every report in the order of adding. The record may be written to in between."""
        last = 0
        while page := list(self.ask("SELECT * FROM reports WHERE n > ? ORDER BY n LIMIT ?", last, PAGE)):
            yield from map(rows.report_of, page)
            last = page[-1]["n"]

    def reports(  # the options of the command, one to one
        self,
        *,
        outlet: str | None = None,
        lang: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Report]:
        """Yield the reports that fit all options, by day, then file.

        `outlet` is a part of the publisher's name, whatever its case and width; `since` and `until` are days, months or
        years, both included; `text` takes a query as `search` does. Raises OptionError where one cannot be used.
        """
        asked = [
            *filters.outlet(outlet), *filters.lang(lang), *filters.published(since, until), *filters.written(text),
        ]  # fmt: skip
        sql, values = filters.where(asked)
        return map(rows.report_of, self.ask(REPORTS.format(sql), *values, filters.at_most(limit)))

    def claims(  # noqa: PLR0913  # the options of the command, one to one
        self,
        *,
        voice: str | None = None,
        actor: str | None = None,
        act: str | None = None,
        level: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        outlet: str | None = None,
        report: str | None = None,
        withdrawn: bool = False,
        limit: int | None = None,
    ) -> Iterator[Claim]:
        """Yield the claims that fit all options, by the day and file of their report, then by their place in it.

        `voice` is a part of what a voice is called in the text, or refers to; with `act` it is that voice's act. `actor` is an
        actor's id, or its name in any spelling and language: it finds all in which that actor speaks or is mentioned, under
        whatever name; where nobody bears the name, those with it in the words of a voice or mention. `text` takes a query as
        `search` does and asks what is said. `report` is an id, its beginning, or a file. `withdrawn` gives the claims that the
        last reading no longer found, instead of the others. For the rest see `reports`. Raises OptionError, or
        UnknownNameError for the report.
        """
        asked = [
            *filters.voice(voice, act), *self._whom(actor), *filters.said(text), *self._of(report), *filters.level(level),
            *filters.published(since, until), *filters.outlet(outlet), ("c.withdrawn = ?", (withdrawn,)),
        ]  # fmt: skip
        sql, values = filters.where(asked)
        # CROSS makes SQLite walk the indexes in order, so that the first claims come at once; few have the words of a text.
        join = "CROSS" if text is None else ""
        return map(rows.claim_of, self.ask(CLAIMS.format(join, sql), *values, filters.at_most(limit)))

    def actors(  # noqa: PLR0913  # the options of the command, one to one
        self,
        *,
        name: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        text: str | None = None,
        outlet: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Presence]:
        """Yield who speaks and who is spoken of in the claims that fit the options, those that speak in most of them first.

        Actors of several reports are one by full name, by sound across scripts, and as people decided (`merge`, `split`).
        `name` asks for somebody as `claims(actor=...)` does; `kind` is one of `ActorKind`. For the rest see `claims`. Raises
        OptionError.
        """
        asked = [
            *filters.kind(kind), *filters.said(text), *filters.published(since, until), *filters.outlet(outlet),
        ]  # fmt: skip
        most = filters.at_most(limit)
        cast = self._cast()
        heads = whom(cast, name) if name is not None else None
        with told(self.path):
            found = presences(self._db, cast, filters.where(asked))
            fit = (p for p in found if (heads is None or p.id in heads) and kind in (None, p.kind))
            return iter(list(islice(fit, None if most < 0 else most)))

    def actor(self, name: str) -> Actor:
        """Return the actor that an id or a name means, or that it is one with. Raises UnknownNameError."""
        cast = self._cast()
        return cast.actor(decide.one(cast, name))

    def who(self, members: Iterable[str], *, alone: bool = False) -> dict[str, Actor]:
        """Return for each id, as `Voice.actor` holds it, the actor that it is as far as people decided.

        `alone` gives each as its own report calls it.
        """
        wanted = set(members)
        if any(self.verdicts()) and not alone:
            cast = self._cast()
        else:
            with told(self.path):
                cast = few(self._db, wanted, joined(self.own_actors()))
        return {i: cast.actor(cast.head(i)) for i in wanted}

    def merge(self, a: str, b: str, *, by: str | None = None) -> Verdict:
        """Decide that two actors, each called by an id or a name, are one. `by` is the login name where nobody is given.

        Raises UnknownNameError where a name means nobody or several, ActorError where an earlier verdict stands against it.
        """
        return self._decide(lambda cast, verdicts: [decide.merged(cast, verdicts, a, b)], by)[0]

    def split(self, a: str, b: str, *, by: str | None = None) -> Verdict:
        """Decide that two are not one; where more are of the same name, they stay with `a`. Raises as `merge` does."""
        return self._decide(lambda cast, verdicts: [decide.parted(cast, verdicts, a, b)], by)[0]

    def rename(self, a: str, name: str, lang: str | None = None, *, by: str | None = None) -> Verdict:
        """Decide what an actor is called first in a language: that of the name's letters where none is given. Raises as `merge`."""
        return self._decide(lambda cast, _: [decide.renamed(cast, a, name, lang)], by)[0]

    def add_actors(self, entries: Iterable[Entry], *, by: str | None = None) -> tuple[Verdict, ...]:
        """Keep actors of the user's own, which later `add` and `reread` know; what stands already is not written again."""
        return self._decide(lambda cast, _: decide.brought(cast, entries), by)

    def undo(self, name: str, *, by: str | None = None) -> Verdict:
        """Take back a verdict, called by its id or its first digits, with another verdict. Raises UnknownNameError, ActorError."""
        with self.writing() as db:
            verdicts = tuple(self.verdicts())
            old = decide.called(verdicts, name)
            new = decide.verdict(len(verdicts), (old.target, old.field, old.value), by, undoes=old.id)
            rows.put_verdict(db, new)
        return new

    def verdicts(self) -> Iterator[Verdict]:
        """Yield all that people decided, in order, what was taken back included."""
        return map(rows.verdict_of, self.ask("SELECT * FROM verdicts ORDER BY n"))

    def own_actors(self) -> tuple[Entry, ...]:
        """Return the actors of the user's own that stand."""
        return holding(tuple(self.verdicts())).entries

    def search(self, query: str, *, limit: int = 20) -> Iterator[Hit]:
        """Yield the claims and reports that hold all words of `query`, the best first.

        Japanese, Chinese and Korean words are found wherever they stand, of two characters or of one; others whole, in any
        case, English ones in any inflection. Words in quotation marks must stand together. No query is wrong.
        """
        with told(self.path):
            return iter(search.find(self._db, query, filters.at_most(limit)))

    def frame(self, table: Table) -> object:
        """Return a table as a DataFrame of pandas, or of polars where only that is installed; `store/frame.py` lists the columns.

        Withdrawn claims are left out. Raises MissingPackageError where neither is installed, OptionError for another table.
        """
        if table == "claims":
            sights = self.ask(CLAIMS.format("CROSS", "NOT c.withdrawn"), -1)
            return frame.frame(frame.CLAIMS, (Sight(rows.claim_of(row), row["published"], row["publisher"]) for row in sights))
        if table == "voices":
            return frame.frame(frame.VOICES, frame.links(self.claims()))
        if table == "reports":
            return frame.frame(frame.REPORTS, self.reports())
        if table == "failures":
            return frame.frame(frame.FAILURES, self.failures())
        raise OptionError(f"there is no table {table!r}; there are: {', '.join(get_args(Table))}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the record for one transaction: all of it is stored, or nothing. For the modules of this room."""
        with told(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield self._db

    def decide_on(self, target: str, field: str, value: str, *, by: str | None = None) -> Verdict:
        """Write a verdict on something that is no actor."""
        with self.writing() as db:
            made = decide.verdict(sum(1 for _ in self.verdicts()), (target, field, value), by)
            rows.put_verdict(db, made)
        return made

    def _decide(self, fields: Callable[[Cast, Sequence[Verdict]], Iterable[decide.Fields]], by: str | None) -> tuple[Verdict, ...]:
        """Write the verdicts that `fields` come to, all or none."""
        with self.writing() as db:
            verdicts, cast = tuple(self.verdicts()), self._cast()
            found = fields(cast, verdicts)
            made = tuple(decide.verdict(n, each, by) for n, each in enumerate(found, len(verdicts)))
            for verdict in made:
                rows.put_verdict(db, verdict)
            remember(db, cast, (i for verdict in made for i in (verdict.target, verdict.value)))
        return made

    def _cast(self) -> Cast:
        """Gather all whom the record names, with what people decided about them."""
        held = holding(tuple(self.verdicts()))
        if held.entries != self._own:
            self._own, self._known = held.entries, None
        self._known = self._known or joined(held.entries)
        with told(self.path):
            return gather(self._db, held, self._known)

    def _whom(self, name: str | None) -> Iterator[Condition]:
        """Ask for claims by or about all whom a name means; by the words of voices and mentions where it means nobody."""
        if name is None:
            return
        cast = self._cast()
        members = [member for head in whom(cast, name) for member in cast.of(head)]
        yield from [filters.actors(members)] if members else filters.actor(name)

    def ask(self, sql: str, *values: str | int) -> Iterator[sqlite3.Row]:
        """Yield the rows that answer a query. For the modules of this room."""
        with told(self.path):
            # Not `yield from`, which would close the cursor when the iterator is dropped, perhaps after the record was closed.
            for row in self._db.execute(sql, values):  # noqa: UP028
                yield row

    def _only(self, kind: ids.Kind, name: str) -> sqlite3.Row:
        with told(self.path):
            return ids.only(self._db, kind, name, self.path)

    def _of(self, name: str | None) -> Iterator[Condition]:
        """Ask for one report, or for those from a file."""
        if name is None:
            return
        from_file = filters.from_file("r.file", name)
        sql, values = from_file
        if any(self.ask(f"SELECT 1 FROM reports r WHERE {sql} LIMIT 1", *values)):  # noqa: S608  # our own conditions
            yield from_file
        else:
            yield "r.n = ?", (self._only("report", name)["n"],)

    def _standing(self, report: str) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims(report=report)}
