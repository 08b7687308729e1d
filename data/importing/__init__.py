"""Brings an event log from elsewhere into the desk: CSV, Parquet or XES, as a mapping says (docs/importing.md)."""

from data.importing.errors import FileRefusedError, MappingRefusedError, RowsRejectedError
from data.importing.report import ImportReport
from data.importing.running import run_import

__all__ = ["FileRefusedError", "ImportReport", "MappingRefusedError", "RowsRejectedError", "run_import"]
