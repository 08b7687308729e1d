"""Reads a CSV file: with DuckDB's reader, or row by row where the physical lines of rejected rows are wanted."""

from collections.abc import Iterator
from itertools import islice

import duckdb
import pyarrow as pa

from data.importing.csv_text import CsvText, rows_with_lines
from data.importing.raw import RawRows, Reject, stream_in

BATCH_ROWS = 50_000
_LINE = "line"


def csv_rows(cursor: duckdb.DuckDBPyConnection, text: CsvText) -> RawRows | None:
    """The rows by DuckDB's reader, without lines; None where the header's form is beyond it."""
    if not text.is_plain:
        return None
    columns = _columns(text)
    relation = cursor.read_csv(
        str(text.path),
        header=True,
        auto_detect=False,
        sep=text.delimiter,
        quotechar=text.quote,
        escapechar=text.quote,
        columns=dict.fromkeys(columns.values(), "VARCHAR"),
        store_rejects=True,
    )
    return RawRows(relation=relation, columns=columns)


def csv_rows_with_lines(cursor: duckdb.DuckDBPyConnection, text: CsvText) -> RawRows:
    """The rows read one by one, each with the line where it begins, and the rows that have no sound form."""
    columns, rejects = _columns(text), list[Reject]()
    schema = pa.schema([pa.field(_LINE, pa.int64()), *(pa.field(name, pa.string()) for name in columns.values())])
    relation = stream_in(cursor, schema, _batches(text, schema, rejects))
    return RawRows(relation=relation, columns=columns, line=_LINE, rejects=tuple(rejects))


def _columns(text: CsvText) -> dict[str, str]:
    return {name: f"c{index}" for index, name in enumerate(text.names)}


def _batches(text: CsvText, schema: pa.Schema, rejects: list[Reject]) -> Iterator[pa.RecordBatch]:
    rows = rows_with_lines(text, rejects)
    while part := list(islice(rows, BATCH_ROWS)):
        lines = pa.array([line for line, _ in part], pa.int64())
        values = zip(*([value or None for value in row] for _, row in part), strict=True)
        yield pa.RecordBatch.from_arrays([lines, *(pa.array(column, pa.string()) for column in values)], schema=schema)
