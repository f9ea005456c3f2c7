"""Reports in; what the work makes of each, done by several processes, out, in the order they are done."""

import os
import signal
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from threading import Thread

from onrecord.errors import OptionError
from onrecord.record import Failure, Report
from onrecord.runners import Outcome, Work

AHEAD = 3  # reports in flight for each worker: enough to keep it busy, few enough to hold in memory
Results = Generator[tuple[Report, Outcome], None, None]


def run(work: Work, todo: Iterable[Report], *, jobs: int) -> Results:
    """Yield each report with what came of it.

    `work` and its results must be picklable. Where a worker is killed, every report in flight is under suspicion and is tried
    again alone; one that kills its worker there, too, becomes a Failure, so that no other is lost with it.
    """
    queue = iter(todo)
    while suspects := (yield from _together(work, queue, jobs)):
        for report in suspects:
            if (yield from _together(work, iter([report]), 1)):
                yield report, _killed(report)


def _together(work: Work, queue: Iterator[Report], jobs: int) -> Generator[tuple[Report, Outcome], None, list[Report]]:
    """Work until the queue is empty, or until a worker dies; return the reports that were in flight then."""
    flying: dict[Future[Outcome], Report] = {}
    with _workers(jobs) as pool:
        while True:
            for report in islice(queue, AHEAD * jobs - len(flying)):
                try:
                    flying[pool.submit(work, report)] = report
                except BrokenProcessPool:
                    return [*flying.values(), report]
            if not flying:
                return []
            lost: list[Report] = []
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                report = flying.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    lost.append(report)
                else:
                    yield report, future.result()
            if lost:
                return [*lost, *flying.values()]


@contextmanager
def _workers(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of processes that have been seen to work; leave none behind, however it is left.

    They are spawned, not forked: the threads of onnxruntime do not survive a fork.
    """
    others = set(active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_settle)
    try:
        _ping(pool, jobs)
        yield pool
    except BaseException:
        # Ctrl-C, a full disk: nobody waits for what is half done. It is not stored, and the next run does it again.
        for child in set(active_children()) - others:
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _ping(pool: ProcessPoolExecutor, jobs: int) -> None:
    """Tell workers that never start from workers that a report kills."""
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        raise OptionError(
            f'jobs {jobs}: the processes do not start; put what your script does under `if __name__ == "__main__":`, or use jobs 1'
        ) from error


def _settle() -> None:
    """Make this worker leave Ctrl-C to its parent, and go when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _killed(report: Report) -> Failure:
    message = f"{report.file}: its worker was killed twice, perhaps for memory; add it alone with --jobs 1, or leave it out"
    return Failure(report.file, "extract", "WorkerKilled", message)
