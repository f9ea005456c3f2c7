"""Claims go in, a Parquet file comes out with the columns of the CSV, typed. Needs pyarrow: `pip install onrecord[parquet]`."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from types import ModuleType
from typing import BinaryIO

from msgspec.structs import asdict, fields

from onrecord.errors import MissingPackageError
from onrecord.exporters._row import Row, row
from onrecord.record import Claim

suffix = ".parquet"

BATCH = 10_000  # claims in a row group: memory stays flat however many there are
TYPES = {"start": "int64", "end": "int64", "low": "int8", "high": "int8", "named": "bool_", "negated": "bool_", "score": "float64"}


def write(claims: Iterable[Claim], out: BinaryIO) -> None:
    """Write row groups of at most 10,000 claims. Raises MissingPackageError where pyarrow is not installed."""
    arrow, files = _arrow(), import_module("pyarrow.parquet")
    schema = arrow.schema([(field.name, getattr(arrow, TYPES.get(field.name, "string"))()) for field in fields(Row)])
    with files.ParquetWriter(out, schema, compression="zstd") as table:
        for batch in _batches(asdict(row(claim)) for claim in claims):
            table.write_table(arrow.Table.from_pylist(batch, schema=schema))


def _arrow() -> ModuleType:
    if find_spec("pyarrow") is None:
        raise MissingPackageError("parquet needs the package pyarrow, which is not installed: pip install 'onrecord[parquet]'")
    return import_module("pyarrow")


def _batches(rows: Iterator[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
