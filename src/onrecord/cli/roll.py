"""Actors and verdicts go in, lines for a terminal come out: the roll of who speaks and is spoken of, and what was decided."""

from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from onrecord.cli.view import QUIET, TITLE, VOICE, flat, indented, joined
from onrecord.record import Actor, Verdict
from onrecord.store import Presence

HEADS = ("speaks", "named")
GAP = 2
SHORT = 8
SPELLINGS = 2  # of one language that are shown
# Languages whose names are shown where a base knows many, and how verdicts on an actor read.
SHOWN = ("en", "ja")
READ = {
    "same": "{value} is {target}",
    "apart": "{value} is not {target}",
    "name": "{target} is called {value}",
    "entry": "{target} is known",
}
PAIRED = ("same", "apart")


def roll(found: Iterable[Presence], width: int) -> Iterator[Text]:
    """Draw each actor on two lines: how often it speaks and is named, what it is called; and quietly what, when and its id."""
    columns = [len(head) for head in HEADS]
    yield Text((" " * GAP).join(HEADS), QUIET)
    for actor in found:
        counts = (" " * GAP).join(str(n).rjust(column) for n, column in zip((actor.spoke, actor.spoken_of), columns, strict=True))
        below = Text(" " * (len(counts) + GAP))
        yield from indented(names(actor.names), width, Text(counts + " " * GAP), below)
        yield from indented(Text(flat(" · ".join(_about(actor))), QUIET), width, below)


def names(spellings: dict[str, tuple[str, ...]]) -> Text:
    """Write the names of an actor, the first of each language before other spellings."""
    langs = [lang for lang in spellings if lang in SHOWN] or list(spellings)
    firsts = list(dict.fromkeys(spellings[lang][0] for lang in langs if spellings[lang]))
    others = dict.fromkeys(name for lang in langs for name in spellings[lang][1:SPELLINGS] if name not in firsts)
    shown = [*(Text(flat(name), VOICE) for name in firsts), *(Text(flat(name), QUIET) for name in others)]
    return joined(" · ", shown) if shown else Text("no name", QUIET)


def called(actor: Actor, lang: str) -> str:
    """Return the name to show in a report's language, else in any."""
    spellings = actor.names.get(lang) or next(iter(actor.names.values()), ())
    return flat(spellings[0]) if spellings else ""


def decisions(verdicts: Iterable[Verdict], undone: Mapping[str, str], who: Mapping[str, Actor], width: int) -> Iterator[Text]:
    """Draw each verdict with its id, and quietly who said so when, and whether it was taken back."""
    for verdict in verdicts:
        back = f"taken back by {undone[verdict.id][:SHORT]}" if verdict.id in undone else ""
        about = " · ".join(part for part in (verdict.by, verdict.at, back) if part)
        lead = Text(f"{verdict.id[:SHORT]}  ", TITLE if not back else QUIET)
        yield from indented(Text(told(verdict, who), QUIET if back else ""), width, lead, Text(" " * lead.cell_len))
        yield from indented(Text(flat(about), QUIET), width, Text(" " * lead.cell_len))


def told(verdict: Verdict, who: Mapping[str, Actor]) -> str:
    """Say in words what a verdict decides; `who` are those whom it names, each as its own report calls it."""
    field, _, lang = verdict.field.partition(".")
    target = _named(verdict.target, who)
    value = _named(verdict.value, who) if field in PAIRED else f"{verdict.value} ({lang})" if lang else verdict.value
    takes = f"takes back {verdict.undoes[:SHORT]}: " if verdict.undoes else ""
    return flat(takes + READ.get(field, "{target}: {value}").format(target=target, value=value))


def concerned(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Yield the ids of those whom verdicts name."""
    for verdict in verdicts:
        yield verdict.target
        yield from [verdict.value] if verdict.field in PAIRED else ()


def _named(member: str, who: Mapping[str, Actor]) -> str:
    name = called(who[member], "") if member in who else ""
    return f"{name} ({member})" if name else member


def _about(actor: Presence) -> Iterator[str]:
    yield actor.kind
    if actor.first:
        yield actor.first if actor.first == actor.last else f"{actor.first} to {actor.last}"
    yield actor.id
