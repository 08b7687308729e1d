"""Reads a Parquet file. Every column becomes text; times that the format defines stay exact."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import ColumnExpression, SQLExpression

from data.importing.errors import FileRefusedError
from data.importing.files import LogFile
from data.importing.raw import RawRows, unique_names


def parquet_rows(cursor: duckdb.DuckDBPyConnection, log: LogFile) -> RawRows:
    """The rows as text; line is the number of the row."""
    try:
        schema = pq.read_schema(log.plain)
        relation = cursor.read_parquet(str(log.plain))
    except (OSError, pa.ArrowException, duckdb.Error) as error:
        reason = f"the Parquet file cannot be read ({str(error).splitlines()[0]}): export it again."
        raise FileRefusedError(file=log.name, reason=reason) from error
    names = unique_names(schema.names)
    columns = {name: f"c{index}" for index, name in enumerate(names)}
    texts = [ColumnExpression(name).cast("VARCHAR").alias(f"c{index}") for index, name in enumerate(relation.columns)]
    line = SQLExpression("row_number() over ()").alias("line")
    times = {name for name, field in zip(names, schema, strict=True) if _is_time(field.type)}
    return RawRows(relation=relation.select(*texts, line), columns=columns, line="line", typed_times=frozenset(times))


def _is_time(kind: pa.DataType) -> bool:
    return pa.types.is_timestamp(kind) or pa.types.is_date(kind)
