"""Reports in; what the work makes of each, one after another in this process, out."""

from collections.abc import Generator, Iterable

from onrecord.record import Report
from onrecord.runners import Outcome, Work


def run(work: Work, todo: Iterable[Report], *, jobs: int = 1) -> Generator[tuple[Report, Outcome], None, None]:  # noqa: ARG001  # all runners are called alike
    """Yield each report with what came of it."""
    for report in todo:
        yield report, work(report)
