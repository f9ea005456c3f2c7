"""what.toml as Structs: how a language writes amounts, and what it counts."""

from msgspec import Struct

from onrecord.languages._tables import compiles


class Unit(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands after a number (`match`) or before it (`sign`), and the unit that it is: so many `times`, and `added`.

    Example: a text, the amount in the unit.
    """

    unit: str
    match: str
    example: tuple[str, float]
    sign: str = ""
    times: float = 1.0
    added: float = 0.0


class Scale(Struct, frozen=True, forbid_unknown_fields=True):
    """A word that multiplies the number before it."""

    word: str
    times: float


class Counted(Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a number that tell what befell those who are counted."""

    counts: str
    match: str
    example: str


class Beside(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of what stands right before a number, and right after it with its unit."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class What(Struct, frozen=True, forbid_unknown_fields=True, cache_hash=True):
    """what.toml.

    `numbers` are words for numbers; `between` stands between a number and its scale, `gap` before a unit. `noun` finds what is
    counted where no unit fits (its group `noun`); `never` fits a number in <> that is none of an amount; `clause` parts clauses.
    """

    apart: bool = False
    between: str = ""
    gap: str = ""
    noun: str = ""
    clause: str = r"[.;]"
    never: tuple[str, ...] = ()
    numbers: dict[str, float] = {}
    scales: tuple[Scale, ...] = ()
    units: tuple[Unit, ...] = ()
    counts: tuple[Counted, ...] = ()
    least: Beside = Beside()
    most: Beside = Beside()
    rough: Beside = Beside()

    def __hash__(self) -> int:
        """Hash by what is kept: a dictionary has no hash of its own."""
        return hash((self.apart, self.noun, self.never, self.scales, self.units, self.counts, tuple(self.numbers)))

    def __post_init__(self) -> None:
        """Check the patterns."""
        for rule in (*self.never, *(u.match for u in self.units), *(c.match for c in self.counts)):
            compiles(rule)
