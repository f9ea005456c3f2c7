"""Files and folders in; a record that holds their reports and claims, and a summary of the run, out."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path

from msgspec import Struct, structs

from onrecord.actors import Knowledge, joined
from onrecord.attempt import attempt, encodable
from onrecord.errors import OptionError
from onrecord.extraction import extract
from onrecord.plugin import load, names
from onrecord.readers import MAX_BYTES, Given, read
from onrecord.record import Claim, Failure, Report
from onrecord.runners._tally import Fate, Progress, Summary, Tally
from onrecord.store import Store

__all__ = ["Outcome", "Progress", "Summary", "Work", "add", "collect", "reread"]

# What a runner does with a report, and what comes of it.
Outcome = tuple[Claim, ...] | Failure
Work = Callable[[Report], Outcome]
Run = Callable[..., Generator[tuple[Report, Outcome], None, None]]
Reading = Callable[[Path], Iterable[Report | Failure]]
Keep = Callable[[Report, Iterable[Claim]], bool]


class Own(Struct, frozen=True):
    """Where the user's actors lie, and after how many verdicts."""

    record: str
    verdicts: int


def add(  # noqa: PLR0913  # the options of the command, one to one
    paths: Iterable[str | Path],
    *,
    record: str | Path = "record.db",
    jobs: int = 1,
    given: Given | None = None,
    reader: str | None = None,
    max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
) -> Summary:
    """Read files and folders, extract the claims and store them; pass over what is stored already.

    A folder stands for all files in it, at any depth, that a reader takes and that are not hidden; `-` is standard input. A
    file or report that fails is kept as a Failure, and the run goes on. A run that was stopped leaves whole reports, and goes
    on from there when it is started again. With `jobs` above 1, that many processes extract while this one reads and writes;
    a script must then keep its own work under `if __name__ == "__main__":`.
    Raises RecordError, OptionError, UnknownNameError.
    """
    run, paths = _runner(jobs), tuple(paths)
    reading = partial(read, reader=reader, given=given, max_bytes=max_bytes)
    with Store(record) as store:
        tally = Tally(progress, len(list(collect(paths))) if progress else 0)
        found = _read_all(paths, reading, store, tally)
        # Who names a reader or says something about a report wants it read so, although its bytes are known.
        todo = _unknown(found, store, tally, by_bytes=given in (None, Given()) and reader is None)
        with closing(run(_work(store), todo, jobs=jobs)) as outcomes:
            for report, outcome in outcomes:
                tally.count(_keep(store, store.add, report, outcome), report.file)
        return tally.summary()


def reread(record: str | Path = "record.db", *, jobs: int = 1, progress: Progress | None = None) -> Summary:
    """Extract the claims of all stored reports anew, from the stored texts, with this version.

    What a machine filled is replaced under the same ids; claims that are no longer found are kept as withdrawn. A report
    that fails keeps the claims it has. Raises RecordError, OptionError.
    """
    run = _runner(jobs)
    with Store(record, create=False) as store:
        tally = Tally(progress, store.count())
        with closing(run(_work(store), store.stored(), jobs=jobs)) as outcomes:
            for report, outcome in outcomes:
                tally.finish(report.file)
                tally.count(_keep(store, store.replace, report, outcome), report.file)
        return tally.summary()


def collect(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the files that paths stand for, in sorted order: a file itself, a folder all files in it that a reader takes.

    Hidden files and folders are left out, and links to folders, which may lead in a circle. A folder that cannot be opened
    is yielded like a file: reading it gives the error.
    """
    suffixes = tuple(suffix for name in names("readers") for suffix in load("readers", name).suffixes)
    for path in map(Path, paths):
        yield from _files(path, suffixes) if path.is_dir() else (path,)


def _runner(jobs: int) -> Run:
    if jobs < 1:
        raise OptionError(f"jobs {jobs} leaves nobody to work; write 1 or more")
    run: Run = load("runners", "here" if jobs == 1 else "pool").run
    return run


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    if not os.access(folder, os.R_OK | os.X_OK):
        yield folder
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from () if path.is_symlink() else _files(path, suffixes)
        elif path.name.lower().endswith(suffixes):
            yield path


def _read_all(paths: Iterable[str | Path], reading: Reading, store: Store, tally: Tally) -> Iterator[Report | Failure]:
    """Yield the reports and failures of all files; what a file failed with before is forgotten when it is read anew."""
    for path in collect(paths):
        file = encodable(str(path))
        store.forget_failures(file)
        for found in attempt(partial(reading, path), file, "read"):
            yield structs.replace(found, file=encodable(found.file))
        tally.finish(file)


def _unknown(found: Iterable[Report | Failure], store: Store, tally: Tally, *, by_bytes: bool) -> Iterator[Report]:
    """Yield the reports that are not stored; keep the failures."""
    for report in found:
        if isinstance(report, Failure):
            store.fail(report)
            tally.count("failed", report.file)
        elif store.holds(report.id) or (by_bytes and report.sha256 and store.seen(report.sha256, report.file)):
            tally.count("known", report.file)
        else:
            yield report


def _work(store: Store) -> Work:
    """Make what a runner does with each report. Workers fetch the user's actors where they lie, so that none travels."""
    verdicts = sum(1 for _ in store.verdicts())
    return partial(_extract, own=Own(str(store.path.absolute()), verdicts)) if store.own_actors() else _extract


def _extract(report: Report, own: Own | None = None) -> Outcome:
    (outcome,) = attempt(lambda: [extract(report, base=_known(own)) if own else extract(report)], report.file, "extract")
    return outcome


@lru_cache(maxsize=1)
def _known(own: Own) -> Knowledge:
    """Fetch the knowledge of a record, once a run: `own` is another one when more was decided."""
    with Store(own.record, readonly=True) as store:
        return joined(store.own_actors())


def _keep(store: Store, keep: Keep, report: Report, outcome: Outcome) -> Fate:
    if isinstance(outcome, Failure):
        store.fail(outcome)
        return "failed"
    return "added" if keep(report, outcome) else "known"
