"""Reads a Parquet file. Every column becomes text; times that the format defines stay exact."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import ColumnExpression

from data.importing.errors import FileRefusedError
from data.importing.files import LogFile
from data.importing.raw import RawRows


def parquet_rows(cursor: duckdb.DuckDBPyConnection, log: LogFile) -> RawRows:
    """The rows as text; line is the number of the row."""
    try:
        schema = pq.read_schema(log.plain)
        relation = cursor.read_parquet(str(log.plain), file_row_number=True)
    except (OSError, pa.ArrowException, duckdb.Error) as error:
        reason = f"the Parquet file cannot be read ({str(error).splitlines()[0]}): export it again."
        raise FileRefusedError(file=log.name, reason=reason) from error
    columns: dict[str, str] = {}
    for index, name in enumerate(schema.names):
        columns.setdefault(name or f"column{index}", f"c{index}")
    texts = [
        ColumnExpression(name).cast("VARCHAR").alias(f"c{index}") for index, name in enumerate(relation.columns[:-1])
    ]
    line = (ColumnExpression("file_row_number") + 1).alias("line")
    times = {field.name for field in schema if pa.types.is_timestamp(field.type) or pa.types.is_date(field.type)}
    return RawRows(relation=relation.select(*texts, line), columns=columns, line="line", typed_times=frozenset(times))
