"""who.toml as Structs: how a language writes titles, names, bodies and states, and how it points back to them.

In a pattern, `{word}` stands for any word of the lists of that name, `{name}` for `Who.name`.
"""

import re
from functools import cache

from msgspec import Struct, field

from onrecord.record import MentionKind, VoiceKind


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """A list of words that patterns call by `name`; lists of one name are one. With `fold`, capital and small are the same."""

    name: str
    words: tuple[str, ...]
    fold: bool = False


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A source that fits is of this kind; the first that fits decides. `named` left out: where a capital stands in it."""

    kind: VoiceKind
    match: str
    example: str
    named: bool | None = None


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """How a person's name and title stand together; the groups are `name` and `role`. Example: source, name, role."""

    match: str
    example: tuple[str, str, str]


class Pronoun(Struct, frozen=True, forbid_unknown_fields=True):
    """A word that stands for somebody. `points`: back to the last of `kinds`, out to the voice around it, or nowhere."""

    match: str
    kinds: tuple[VoiceKind, ...]
    example: str
    points: str = "back"
    gender: str = ""


class Short(Struct, frozen=True, forbid_unknown_fields=True):
    """How a full name holds a short one, `{short}`; its group `full` is the full name. Example: short, text, full.

    `short` is what a short one must fit. With `among`, not the text is searched but each name that is known is fitted.
    """

    kinds: tuple[VoiceKind, ...]
    match: str
    example: tuple[str, str, str]
    short: str = ""
    among: bool = False


class Description(Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that stands for a name: its group `head` ends (or begins) that name or its role.

    `by` is name, role or kind: by kind it is the last of `kinds`. With `ahead` the name may follow. Example: words, what stands
    before them, the name meant.
    """

    kinds: tuple[VoiceKind, ...]
    match: str
    example: tuple[str, str, str]
    by: str = "name"
    ahead: bool = False


class Hint(Struct, frozen=True, forbid_unknown_fields=True):
    """Words before or in a name that tell a woman (f) from a man (m)."""

    gender: str
    match: str
    example: str


class Mark(Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern with words that it fits."""

    match: str
    example: str


class Mend(Struct, frozen=True, forbid_unknown_fields=True):
    """Words in or round a name that tell its kind, whatever the tagger took it for: `match` sees the name in <>.

    Example: a text, the name in it in <>.
    """

    kind: MentionKind
    match: str
    example: str


class Office(Struct, frozen=True, forbid_unknown_fields=True):
    """An office that one person holds at a time: `words` name it, `titles` are what the knowledge base calls it in this language.

    `roles` are offices of the base that the words mean whatever their title ("leader"). Example: words, and the state in them.
    """

    words: tuple[str, ...]
    example: tuple[str, str]
    titles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class Government(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for the government of a state, which is the group `state`. Example: words, and the state in them."""

    match: str
    example: tuple[str, str]


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """Words in the name of a body that tell what it `is`; the word for that is the same in every language."""

    is_: str = field(name="is")
    match: str
    example: str


class Who(Struct, frozen=True, forbid_unknown_fields=True, cache_hash=True):
    """who.toml.

    `tail` is what stands after the head of a source and `article` what stands before it. `name` is a person's name beside a
    title, `looks` one that stands alone; `capital` fits what makes a source a named one; `lead` is what may stand before a name
    and does not belong to it. `subject_before` and `subject_after` fit what stands round the subject of a sentence,
    `title_before` and `title_after` what stands round a titled name, `aside` an apposition after a source; their group is
    `role`. `apposed` is a person's name in apposition to a source that only describes; its group is `full`. `dropped` are cues
    whose missing source is the voice before. `reach` is how many letters back a pronoun may point; `apart` is true where blanks
    part words. `holder` is how a state and an `{office}` stand together (its groups are `state`, `of` and `office`), `home` the
    government of the state where the language is at home, when it is named without one.
    """

    tail: str = ""
    article: str = ""
    name: str = r"\S.*"
    looks: str = ""
    capital: str = r"\w"
    lead: str = ""
    subject_before: str = ""
    subject_after: str = ""
    title_before: str = ""
    title_after: str = ""
    aside: str = ""
    apposed: str = ""
    reach: int = 400
    apart: bool = False
    lists: tuple[Words, ...] = ()
    kinds: tuple[Kind, ...] = ()
    forms: tuple[Form, ...] = ()
    pronouns: tuple[Pronoun, ...] = ()
    shorts: tuple[Short, ...] = ()
    descriptions: tuple[Description, ...] = ()
    dropped: tuple[Mark, ...] = ()
    hints: tuple[Hint, ...] = ()
    holder: str = ""
    home: str = ""
    mends: tuple[Mend, ...] = ()
    offices: tuple[Office, ...] = ()
    governments: tuple[Government, ...] = ()
    bodies: tuple[Body, ...] = ()


@cache
def pattern(match: str, who: Who) -> re.Pattern[str]:
    """Compile a pattern of the table with its lists filled in."""
    return re.compile(filled(match, who))


def filled(match: str, who: Who) -> str:
    """Put the words of the lists where a pattern calls them, the longest first."""
    if "{" not in match:
        return match
    out = match.replace("{name}", f"(?:{who.name})")
    for name, words in _lists(who):
        out = out.replace("{" + name + "}", words)
    return out


@cache
def _lists(who: Who) -> tuple[tuple[str, str], ...]:
    edge = r"\b" if who.apart else ""
    rows = {name: [w for w in who.lists if w.name == name] for name in dict.fromkeys(w.name for w in who.lists)}
    return tuple((name, edge + _either(lists)) for name, lists in rows.items())


def _either(lists: list[Words]) -> str:
    words = sorted((word for w in lists for word in w.words), key=len, reverse=True)
    return f"(?{'i' if lists[0].fold else ''}:{'|'.join(words)})"
