"""said.toml as Structs: what a language's cues mean, how its verbs bend, and what may stand round a nested attribution."""

import re
from typing import Literal

from msgspec import Struct

from onrecord.languages._tables import compiles
from onrecord.record import Act, VoiceKind


class Cue(Struct, frozen=True, forbid_unknown_fields=True):
    """Cues of one act.

    `verbs` are lemmas whose first word bends, `nouns` singulars, `words` regular expressions that stand as they are. A `weak`
    cue counts only where no other stands beside it: 懸念を示した is fear, though 示した alone is say. `voices` gives the act
    where a voice of that kind speaks.
    """

    act: Act
    example: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weak: bool = False
    voices: tuple[tuple[VoiceKind, Act], ...] = ()


class Bend(Struct, frozen=True, forbid_unknown_fields=True):
    """How a word bends: `match` must fit the whole word, `forms` are made from its groups; the example is word and one form."""

    match: str
    forms: tuple[str, ...]
    example: tuple[str, str]


class Glue(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that hold nothing of their own: a content made of them and of another attribution is that attribution."""

    match: str
    example: str


class Own(Struct, frozen=True, forbid_unknown_fields=True):
    """A speaker's own attitude inside what he says is no second voice: `match` fits its source, `acts` are what its cue does."""

    match: str
    acts: tuple[Act, ...]
    example: tuple[str, str]


class Cited(Struct, frozen=True, forbid_unknown_fields=True):
    """A cue whose source another voice leans on; `source` finds that source in the words after it, in a group of this name.

    The example is a text from the cue on, and the source in it, none where the source stands elsewhere.
    """

    match: str
    example: str
    source: str = ""
    finds: str = ""


class Noted(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody said, told as a noun between a cue and its content: `match` fits the words that part the two.

    Its groups are `cue`, that noun, and `source`, whose statement it is, if the words say so; `by` is found in the cue of the
    voice that tells of it. In the example the attribution of `outer`, a cue, and `content` is parted: `source` (none where it
    is empty) and `cue` are the inner voice, `said` its content.
    """

    match: str
    example: str
    outer: str
    content: str
    source: str
    cue: str
    said: str
    by: str = ""

    def __post_init__(self) -> None:
        """Check the pattern and its groups."""
        compiles(self.match)
        compiles(self.by)
        if set(re.compile(self.match).groupindex) != {"source", "cue"}:
            raise ValueError(f"{self.match!r} must have the groups source and cue")


class Deed(Struct, frozen=True, forbid_unknown_fields=True):
    """An act without a statement, or a mere topic, that looks like an attribution: `cue` and `content` fit both of its parts.

    The example is such a cue and such a content; with `near` for its content, where there is one, it would be an attribution.
    """

    cue: str
    example: tuple[str, str]
    near: str = ""
    content: str = ""

    def __post_init__(self) -> None:
        """Check the patterns."""
        compiles(self.cue)
        compiles(self.content)


class Said(Struct, frozen=True, forbid_unknown_fields=True, cache_hash=True):
    """said.toml.

    `head` is the end of a cue that decides (刑を批判し是正を求めた is demand: last); `apart` is true where blanks part words;
    `spare` is the number of letters that may stand round a nested attribution beside the glue; `terms` are quoted pieces
    that are mere terms, seen with the words after them; `cited` are cues whose source another voice leans on ("citing"); `own`
    are sources inside a content that are its speaker ("said he hoped"); `noted` are statements told as nouns ("allegations");
    `deeds` are acts that say nothing ("cast their ballots").
    """

    head: Literal["first", "last"] = "last"
    apart: bool = False
    spare: int = 0
    cues: tuple[Cue, ...] = ()
    irregular: tuple[tuple[str, ...], ...] = ()
    verbs: tuple[Bend, ...] = ()
    nouns: tuple[Bend, ...] = ()
    glue: tuple[Glue, ...] = ()
    terms: tuple[Glue, ...] = ()
    cited: tuple[Cited, ...] = ()
    own: tuple[Own, ...] = ()
    noted: tuple[Noted, ...] = ()
    deeds: tuple[Deed, ...] = ()
