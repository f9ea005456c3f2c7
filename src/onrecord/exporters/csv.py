"""Claims go in, a table in CSV comes out, one row a claim, that a spreadsheet opens without harm."""

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from typing import BinaryIO

from msgspec.structs import astuple, fields

from onrecord.exporters._row import Row, row
from onrecord.record import Claim
from onrecord.text import visible

suffix = ".csv"

# A cell that begins so is run as a formula by a spreadsheet (OWASP, "CSV Injection"); the wide ones in Japanese ones.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write(claims: Iterable[Claim], out: BinaryIO) -> None:
    """Write a header and the rows, after RFC 4180, as UTF-8 with a mark, without which Excel takes Japanese for Shift_JIS."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    try:
        table = csv.writer(text)
        table.writerow(field.name for field in fields(Row))
        table.writerows(map(cell, astuple(row(claim))) for claim in claims)
    finally:
        text.detach()  # else the wrapper would close `out`, which is the caller's


def cell(value: str | float | None) -> str:
    """Write one cell: nothing for None, `'` before what would be a formula, control characters as pictures."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value).lower()
    return visible(f"'{value}" if value.startswith(FORMULA) else value)
