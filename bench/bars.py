"""What a figure is held to: `bars.toml`, what the project asks of a release, and `floors.toml`, below which no change may fall."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from bench.sets import Row

HERE = Path(__file__).parent


class Bar(Struct, frozen=True, forbid_unknown_fields=True):
    """One figure and what it must reach: at least, or at most, so much."""

    set: str
    measure: str
    split: str = "dev"
    at_least: float | None = None
    at_most: float | None = None

    def __str__(self) -> str:
        return f"≥ {self.at_least:,g}" if self.at_least is not None else f"≤ {self.at_most:,g}"

    def fits(self, row: Row) -> bool:
        """Tell whether this bar is for that figure."""
        return (self.set, self.split, self.measure) == (row["set"], row["split"], row["measure"])

    def held(self, value: float) -> bool:
        """Tell whether `value` is on the right side."""
        return value >= (self.at_least if self.at_least is not None else value) and value <= (
            self.at_most if self.at_most is not None else value
        )


class Bars(Struct, frozen=True, forbid_unknown_fields=True):
    """bars.toml. `local` sets may not be passed on; the shipped weights were trained on the texts of `trained_on`."""

    local: tuple[str, ...]
    trained_on: tuple[str, ...]
    bars: tuple[Bar, ...]


class Floors(Struct, frozen=True, forbid_unknown_fields=True):
    """floors.toml."""

    floors: tuple[Bar, ...]


@cache
def bars() -> Bars:
    """Read bars.toml."""
    return convert(tomllib.loads((HERE / "bars.toml").read_text("utf-8")), Bars)


@cache
def floors() -> tuple[Bar, ...]:
    """Read floors.toml."""
    return convert(tomllib.loads((HERE / "floors.toml").read_text("utf-8")), Floors).floors


def marked(found: Iterable[Row]) -> list[Row]:
    """Set `seen` on the figures of the sets that the shipped weights were trained on."""
    known = bars().trained_on
    return [Row(**{**row, "seen": row["seen"] or row["set"] in known}) for row in found]
