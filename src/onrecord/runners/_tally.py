"""What became of each report in; how far the run is, and its summary, out."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct

Fate = Literal["added", "known", "failed"]
# Called after each report and each file: how many files are done (in `reread`: reports), of how many, and which came last.
Progress = Callable[[int, int, Path], None]


class Summary(Struct, frozen=True):
    """How a run ended: reports that were stored, reports that were there already, and failures.

    After `reread`, `added` counts the reports that now read otherwise and `known` those that read as before.
    """

    added: int = 0
    known: int = 0
    failed: int = 0


class Tally:
    """Counts the reports of one run and tells the caller how far it is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self._fates: Counter[Fate] = Counter()

    def count(self, fate: Fate, file: str) -> None:
        """Count a report."""
        self._fates[fate] += 1
        self._tell(file)

    def finish(self, file: str) -> None:
        """Count a file that has been read to its end."""
        self._done += 1
        self._tell(file)

    def summary(self) -> Summary:
        """Return what was counted."""
        return Summary(self._fates["added"], self._fates["known"], self._fates["failed"])

    def _tell(self, file: str) -> None:
        if self._progress:
            self._progress(self._done, self._total, Path(file))
