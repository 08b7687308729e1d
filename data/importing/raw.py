"""The rows of a log as text, whatever format they came in: what the readers hand to staging."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from data.importing.errors import FileRefusedError


@dataclass(frozen=True, kw_only=True)
class Reject:
    """A row that cannot be taken: the physical line where it begins (Parquet: its number), the column, and why."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RawRows:
    """A relation of text columns, one row an event, in the order of the file.

    `columns` maps each name in the file to its column in `relation`; `line`, `row_hash` and `rest` (a JSON object of
    everything that the mapping does not name) are columns of `relation` or empty. `typed_times` are the columns whose
    times the format itself defines. `is_open`: a name that the file lacks is merely absent (XES), not a mistake.
    """

    relation: duckdb.DuckDBPyRelation
    columns: Mapping[str, str]
    line: str = ""
    row_hash: str = ""
    rest: str = ""
    typed_times: frozenset[str] = frozenset()
    is_open: bool = False
    rejects: tuple[Reject, ...] = field(default=())


def unique_names(given: Iterable[str]) -> tuple[str, ...]:
    """A name for each column: `column0` where none is given, `Variant_1` for a second `Variant`."""
    names: dict[str, None] = {}
    for index, name in enumerate(given):
        stem = name or f"column{index}"
        unique, count = stem, 0
        while unique in names:
            count += 1
            unique = f"{stem}_{count}"
        names[unique] = None
    return tuple(names)


def stream_in(
    cursor: duckdb.DuckDBPyConnection, schema: pa.Schema, batches: Iterable[pa.RecordBatch]
) -> duckdb.DuckDBPyRelation:
    """Put `batches` into the table `raw_rows`; a refusal on the way is raised as it was."""
    refusals: list[FileRefusedError] = []
    reader = pa.RecordBatchReader.from_batches(schema, _until_refused(batches, refusals))
    cursor.register("raw_stream", reader)
    cursor.execute("create or replace table raw_rows as select * from raw_stream")
    cursor.unregister("raw_stream")
    if refusals:
        raise refusals[0]
    return cursor.table("raw_rows")


def _until_refused(batches: Iterable[pa.RecordBatch], refusals: list[FileRefusedError]) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except FileRefusedError as error:  # the database would wrap it in an error of its own
        refusals.append(error)
