"""A language code goes in, that language's checked tables come out."""

from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from onrecord.languages._origins import Origins
from onrecord.languages._said import Said
from onrecord.languages._sure import Sure
from onrecord.languages._tables import compiles, read
from onrecord.languages._what import What
from onrecord.languages._when import Dated, Side, Unit, When, Written
from onrecord.languages._who import Who
from onrecord.plugin import load, names

__all__ = ["About", "Dated", "Language", "Part", "Side", "Unit", "When", "Written", "get", "supported"]

Part = Literal["source", "cue", "content"]


class Edge(Struct, frozen=True, forbid_unknown_fields=True):
    """What is cut off a span the tagger found, at its start or at its end; `example` becomes `leaves`."""

    id: str
    part: Part
    example: str
    leaves: str
    start: str = ""
    end: str = ""

    def __post_init__(self) -> None:
        compiles(self.start)
        compiles(self.end)


class Grow(Struct, frozen=True, forbid_unknown_fields=True):
    """What is added to a span that the tagger cut short: `after` fits the words that follow it.

    In the example, the span `found` becomes `becomes`; where `cue` is given, the words must be all
    that stands between the span and that cue.
    """

    id: str
    part: Part
    after: str
    example: str
    found: str
    becomes: str
    cue: str = ""

    def __post_init__(self) -> None:
        compiles(self.after)


class Closing(Struct, frozen=True, forbid_unknown_fields=True):
    """The second half of a cue that stands round a content: where the first `opens`, what `match` finds after it closes.

    The group `cue` of `match` is added to the cue. In the example, `found` is the first half, `content` the content, and `adds`
    is added.
    """

    id: str
    opens: str
    match: str
    example: str
    found: str
    content: str
    adds: str

    def __post_init__(self) -> None:
        compiles(self.opens)
        compiles(self.match)


class About(Struct, frozen=True, forbid_unknown_fields=True):
    """language.toml: what the language is called and how it is written (`script` is an ISO 15924 code).

    `home` is the one state whose papers write in it (`state.jpn`), None where there are many. `inside` fits what
    follows the name of a state that is a part of another word (日本語).
    """

    name: str = ""
    native: str = ""
    script: str = "Zyyy"
    spaces: bool = True
    home: str | None = None
    inside: str = ""
    edges: tuple[Edge, ...] = ()
    grows: tuple[Grow, ...] = ()
    closings: tuple[Closing, ...] = ()


class Language(Struct, frozen=True):
    """All that extraction asks of a language, one table a question."""

    code: str
    said: Said
    who: Who
    sure: Sure
    when: When
    what: What
    origins: Origins
    language: About


@cache
def get(code: str) -> Language:
    """Return the tables of `code`, read and checked once; a language without a folder gets empty ones.

    Raises LanguageError where a table is malformed.
    """
    if code not in supported():
        return Language(code, Said(), Who(), Sure(), When(), What(), Origins(), About())
    folder = Path(load("languages", code).__path__[0])
    return Language(
        code=code,
        said=read(folder / "said.toml", Said),
        who=read(folder / "who.toml", Who),
        sure=read(folder / "sure.toml", Sure),
        when=read(folder / "when.toml", When).expanded(),
        what=read(folder / "what.toml", What),
        origins=read(folder / "origins.toml", Origins),
        language=read(folder / "language.toml", About),
    )


def supported() -> tuple[str, ...]:
    """List the codes of all languages that have a folder, ours and installed."""
    return names("languages")
