"""Writes the desk's tables to a folder as CSV or Parquet, all of one moment, each file whole or not at all.

A text cell of a CSV file that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) gets
an apostrophe before it; Parquet keeps every value as it is. The bytes of evidence files are not exported.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import assert_never

import duckdb

from data.database import Database
from data.statements import statement
from workflow.errors import DeskError

LOG_TABLES = ("events", "tickets", "messages")
_ORDERS = {"events": "position", "tickets": "number", "messages": "sent_at, id"}
_RUNS_AS_FORMULA = r"^[=+\-@\t\r\n]"


class ExportFormat(StrEnum):
    """How a table is written; the value is the ending of its file."""

    CSV = auto()
    PARQUET = auto()


class ExportRefusedError(DeskError):
    """The folder cannot be written to; no file of it was changed."""

    def __init__(self, *, folder: Path, reason: str) -> None:
        self.folder = folder
        super().__init__(f"Nothing was exported to {folder}: {reason}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedTable:
    """A table that was written, and where."""

    name: str
    file: Path
    rows_count: int


def export(
    database: Database, folder: Path, export_format: ExportFormat, tables: Sequence[str] = LOG_TABLES
) -> tuple[ExportedTable, ...]:
    """Write `tables` (empty: every table of the desk) to `folder`; files of an earlier export are replaced at the end.

    `ExportRefusedError` where the folder cannot be made or written: what lay there stays.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".export-", dir=folder) as scratch, database.reading() as cursor:
            names = tables or [name for (name,) in cursor.execute(statement("store/table_names")).fetchall()]
            rows_counts = {name: _write(cursor, name, Path(scratch), export_format) for name in names}
            for name in names:
                _file(Path(scratch), name, export_format).replace(_file(folder, name, export_format))
    except OSError as error:
        raise ExportRefusedError(folder=folder, reason=error.strerror or str(error)) from error
    return tuple(
        ExportedTable(name=name, file=_file(folder, name, export_format), rows_count=count)
        for name, count in rows_counts.items()
    )


def _write(cursor: duckdb.DuckDBPyConnection, name: str, folder: Path, export_format: ExportFormat) -> int:
    table = cursor.table(name)
    ordered = table.order(_ORDERS[name]) if name in _ORDERS else table
    file = str(_file(folder, name, export_format))
    match export_format:
        case ExportFormat.CSV:
            ordered.select(*(_cell(column, kind) for column, kind in _columns(table))).write_csv(file, header=True)
        case ExportFormat.PARQUET:
            ordered.write_parquet(file, compression="zstd")
        case _:
            assert_never(export_format)
    return len(table)


def _columns(table: duckdb.DuckDBPyRelation) -> Iterator[tuple[str, str]]:
    return zip(table.columns, map(str, table.types), strict=True)


def _cell(column: str, kind: str) -> duckdb.Expression:
    value = duckdb.ColumnExpression(column)
    if kind != "VARCHAR":
        return value
    is_formula = duckdb.FunctionExpression("regexp_matches", value, duckdb.ConstantExpression(_RUNS_AS_FORMULA))
    quoted = duckdb.FunctionExpression("concat", duckdb.ConstantExpression("'"), value)
    return duckdb.CaseExpression(is_formula, quoted).otherwise(value).alias(column)


def _file(folder: Path, name: str, export_format: ExportFormat) -> Path:
    return folder / f"{name}.{export_format.value}"
