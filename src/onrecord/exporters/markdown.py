"""Claims go in, a list in Markdown comes out that says, report by report, who said what and how sure they were."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from onrecord.exporters._row import called
from onrecord.record import Certainty, Claim
from onrecord.text import visible

suffix = ".md"

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&$]|(?<=www)\.|:(?=//))")
FIRST = re.compile(r"^([-+=#]|\d+(?=[.)]))")
BLANKS = re.compile(r"\s+")


def write(claims: Iterable[Claim], out: BinaryIO) -> None:
    """Write a heading for each report and an entry for each claim; nothing in a report's words acts as Markdown or HTML."""
    out.write(b"# Claims\n")
    for file, group in groupby(claims, key=lambda claim: claim.file):
        out.write(f"\n## {escaped(file)}\n".encode())
        out.writelines("".join(entry(claim)).encode() for claim in group)


def entry(claim: Claim) -> Iterator[str]:
    """Write one claim: its voices and how sure they were, and what they said as a quotation."""
    voices = " › ".join(f"**{escaped(called(voice))}**" for voice in claim.voices)
    acts = "".join(f" *{voice.act}*" for voice in claim.voices[-1:])
    yield f"\n- {voices}{acts} · {', '.join(_tags(claim))} · `{claim.id}`\n"
    yield f"  > {escaped(claim.text)}\n"


def escaped(words: str) -> str:
    """Escape all that Markdown, HTML in it, or an automatic link would act on; line ends and tabs become blanks."""
    plain = SPECIAL.sub(r"\\\1", visible(BLANKS.sub(" ", words).strip()))
    return FIRST.sub(_shielded, plain)


def _shielded(match: re.Match[str]) -> str:
    mark = match.group()
    return f"{mark[:-1]}&#{ord(mark[-1])};" if mark.isdecimal() else f"\\{mark}"


def _tags(claim: Claim) -> Iterator[str]:
    sure: Certainty = claim.sure
    yield sure.level if sure.low is None else f"{sure.level} {sure.low}–{sure.high} %"
    if sure.negated:
        yield "negated"
    yield sure.status
    if claim.when:
        yield escaped(claim.when.value)
    if claim.quote != "indirect":
        yield f"{claim.quote} quotation"
