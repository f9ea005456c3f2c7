"""Claims go in, one line of JSON for each comes out: every field, and exactly the words of the report."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.exporters._line import line
from onrecord.record import Claim

suffix = ".jsonl"


def write(claims: Iterable[Claim], out: BinaryIO) -> None:
    """Write each claim as a line; `msgspec.json.decode(line, type=Claim)` gives it back."""
    out.writelines(line(claim) for claim in claims)
