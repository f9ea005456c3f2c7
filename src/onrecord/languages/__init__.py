"""A language code goes in, that language's checked tables come out."""

from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from onrecord.languages._said import Said
from onrecord.languages._sure import Sure
from onrecord.languages._tables import compiles, read
from onrecord.languages._when import When
from onrecord.languages._who import Who
from onrecord.plugin import load, names

__all__ = ["About", "Language", "get", "supported"]


class Edge(Struct, frozen=True, forbid_unknown_fields=True):
    """What is cut off a span the tagger found, at its start or at its end; `example` becomes `leaves`."""

    id: str
    part: Literal["source", "cue", "content"]
    example: str
    leaves: str
    start: str = ""
    end: str = ""

    def __post_init__(self) -> None:
        compiles(self.start)
        compiles(self.end)


class About(Struct, frozen=True, forbid_unknown_fields=True):
    """language.toml: what the language is called and how it is written (`script` is an ISO 15924 code)."""

    name: str = ""
    native: str = ""
    script: str = "Zyyy"
    spaces: bool = True
    edges: tuple[Edge, ...] = ()


class Language(Struct, frozen=True):
    """All that extraction asks of a language, one table a question."""

    code: str
    said: Said
    who: Who
    sure: Sure
    when: When
    language: About


@cache
def get(code: str) -> Language:
    """Return the tables of `code`, read and checked once; a language without a folder gets empty ones.

    Raises LanguageError where a table is malformed.
    """
    if code not in supported():
        return Language(code, Said(), Who(), Sure(), When(), About())
    folder = Path(load("languages", code).__path__[0])
    return Language(
        code=code,
        said=read(folder / "said.toml", Said),
        who=read(folder / "who.toml", Who),
        sure=read(folder / "sure.toml", Sure),
        when=read(folder / "when.toml", When).expanded(),
        language=read(folder / "language.toml", About),
    )


def supported() -> tuple[str, ...]:
    """List the codes of all languages that have a folder, ours and installed."""
    return names("languages")
