"""Verdicts in, what stands of them out: who is one, who is not, what somebody is called, and whom the user brought."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, json

from onrecord.actors.knowledge import Entry
from onrecord.actors.unite import Decided
from onrecord.record import Verdict

# The fields of a verdict on an actor; a name's is followed by its language: `name.ja`.
SAME, APART, NAME, ENTRY = "same", "apart", "name", "entry"


class Standing(Struct, frozen=True):
    """What holds: `names` are id, language and name, the latest last; `entries` the user's own actors."""

    decided: Decided = Decided()
    names: tuple[tuple[str, str, str], ...] = ()
    entries: tuple[Entry, ...] = ()


def undone(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """Return which verdicts were taken back, and by which; what took one back and was taken back itself counts no more."""
    found: dict[str, str] = {}
    for verdict in reversed(verdicts):
        if verdict.undoes and verdict.id not in found:
            found[verdict.undoes] = verdict.id
    return found


def standing(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that hold, in order."""
    back = undone(verdicts)
    return tuple(v for v in verdicts if v.id not in back and v.undoes is None)


def holding(verdicts: Sequence[Verdict]) -> Standing:
    """Read what the verdicts, in the order of their making, come to."""
    stand = standing(verdicts)
    return Standing(
        Decided(tuple(_pairs(stand, SAME)), tuple(_pairs(stand, APART))),
        tuple((v.target, v.field.partition(".")[2], v.value) for v in stand if v.field.partition(".")[0] == NAME),
        tuple({v.target: json.decode(v.value, type=Entry) for v in stand if v.field == ENTRY}.values()),
    )


def _pairs(verdicts: Iterable[Verdict], field: str) -> Iterator[tuple[str, str]]:
    return ((v.target, v.value) for v in verdicts if v.field == field)
