"""origins.toml as Structs: what a voice is worth as an origin, and how a language credits a text to another outlet."""

from typing import Literal

from msgspec import Struct

from onrecord.languages._tables import compiles


class Credit(Struct, frozen=True, forbid_unknown_fields=True):
    """How a text is credited: the group `outlet` names whose it is. `at` is the end of a report where such words stand.

    `partly`: the text is another's only in part ("with inputs from agencies"). Example: a text, and the outlet.
    """

    match: str
    at: Literal["start", "end"]
    example: tuple[str, str]
    partly: bool = False

    def __post_init__(self) -> None:
        """Check the pattern."""
        compiles(self.match)


class Origins(Struct, frozen=True, forbid_unknown_fields=True, cache_hash=True):
    """origins.toml.

    `spokes` fits a title of who speaks for a body, `comments` one of who comments on what others found, `reporter` a voice that is
    the outlet's own, `eyes` words by which an outlet says that it saw for itself. `body` finds in a title
    the body (its group `body`), `heard` in a content of whom (its group `who`) the speaker has it, `relative` a
    word that only points to the voice before. An empty pattern fits nothing.
    """

    spokes: str = ""
    comments: str = ""
    reporter: str = ""
    eyes: str = ""
    body: str = ""
    heard: str = ""
    relative: str = ""
    credits: tuple[Credit, ...] = ()

    def __post_init__(self) -> None:
        """Check the patterns."""
        for match in (self.spokes, self.comments, self.reporter, self.eyes, self.body, self.heard, self.relative):
            compiles(match)
