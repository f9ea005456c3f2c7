"""What sure.toml holds: words that say how sure a statement is, whether it is denied, and whether it has happened."""

from typing import Literal

from msgspec import Struct

from onrecord.languages._tables import compiles
from onrecord.record import Act, Level, Status


class Aside(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a content that do not carry its point; `leaves` is what the example is without them."""

    id: str
    match: str
    example: str
    leaves: str

    def __post_init__(self) -> None:
        """Check the pattern."""
        compiles(self.match)


class Mark(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a content and what they say of its main statement.

    A pattern is tried without regard to case. The first of its named groups that took part, else the whole match, is the
    evidence. `low` and `high` are the ICD-203 band of a word of likelihood. `weak`: a status that gives way to any that is not.
    `edge`: only as the outermost mark. `cue`: only where the innermost cue matches this too. `near` are contents that look
    alike and are not meant.
    """

    id: str
    match: str
    example: str
    level: Level | None = None
    low: int | None = None
    high: int | None = None
    negated: bool = False
    status: Status | None = None
    weak: bool = False
    edge: bool = False
    cue: str | None = None
    cue_example: str | None = None
    near: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the patterns, and that the band is one."""
        compiles(self.match)
        compiles(self.cue or "")
        if (self.low is None) != (self.high is None) or (self.low or 0) > (self.high or 0):
            raise ValueError("low and high stand together, the smaller first")
        if self.cue and not self.cue_example:
            raise ValueError("a cue needs a cue_example")


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that put a statement under a condition, anywhere in its sentence."""

    id: str
    match: str
    example: str
    near: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the pattern."""
        compiles(self.match)


class Attitude(Struct, frozen=True, forbid_unknown_fields=True):
    """What the innermost cue says of its content. An entry is meant where the act is one of `acts` and the cue matches.

    `level` holds where the content has no mark of its own, `status` against any mark but a condition, `otherwise` where the
    content shows no status. `outer`: counts too where the cue stands next outside the innermost one.
    """

    id: str
    acts: tuple[Act, ...]
    example: str
    match: str = ""
    level: Level | None = None
    low: int | None = None
    high: int | None = None
    negated: bool = False
    outer: bool = False
    status: Status | None = None
    otherwise: Status | None = None
    near: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the pattern."""
        compiles(self.match)


class Sure(Struct, frozen=True, forbid_unknown_fields=True):
    """sure.toml. `head` says which end of a statement its predicate stands at: the first mark counts there, or the last."""

    head: Literal["first", "last"] = "first"
    asides: tuple[Aside, ...] = ()
    marks: tuple[Mark, ...] = ()
    conditions: tuple[Condition, ...] = ()
    attitudes: tuple[Attitude, ...] = ()
