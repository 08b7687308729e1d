"""What DuckDB's errors mean to a person: the only place that reads the library's messages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.errors import (
    DatabaseBusyError,
    DatabaseClosedError,
    DatabaseError,
    DatabaseFaultError,
    DatabaseNewerError,
    DatabaseUnreachableError,
    DiskFullError,
    NotADeskError,
    TextBrokenError,
    WriteConflictError,
)

_OWNER = re.compile(r"\(PID (\d+)\)")
_VERSION = re.compile(r"version number (\d+)")
_CONFLICTS = (
    "Conflict on update",
    "Conflict on tuple deletion",
    "Failed to commit: PRIMARY KEY or UNIQUE constraint violation",
    "write-write conflict",
)
_STRANGE = {
    "not a valid DuckDB database file": "DuckDB does not recognise it",
    "Corrupt database": "it is damaged, so restore it from a copy",
    "Could not read enough bytes": "it is damaged, so restore it from a copy",
}
_HALF = "cannot encode str as UTF-8"
_FULL = ("No space left on device", "File too large", "Disk quota exceeded", "not enough space", "Out of disk")


def is_conflict(error: duckdb.Error) -> bool:
    """Whether another transaction changed the same row first: at the statement, or only at the commit."""
    return any(part in str(error) for part in _CONFLICTS)


def meaning(error: duckdb.Error, path: Path) -> DatabaseError:
    """The desk's error for a statement or a commit that DuckDB refused."""
    text = str(error)
    if is_conflict(error):
        return WriteConflictError(path=path)
    if any(part in text for part in _FULL):
        return DiskFullError(path=path)
    if _HALF in text:
        return TextBrokenError(path=path)
    if isinstance(error, duckdb.ConnectionException) and "closed" in text:
        return DatabaseClosedError(path=path)
    return DatabaseFaultError(path=path, reason=_first_line(text))


def meaning_at_open(error: duckdb.Error, path: Path) -> DatabaseError:
    """The desk's error for a file that DuckDB could not open."""
    text = str(error)
    if "Could not set lock" in text:
        owner = _OWNER.search(text)
        return DatabaseBusyError(path=path, process_id=int(owner[1]) if owner else None)
    if version := _VERSION.search(text):
        return DatabaseNewerError(path=path, reason=f"storage version {version[1]}")
    if any(part in text for part in _FULL):
        return DiskFullError(path=path)
    for part, reason in _STRANGE.items():
        if part in text:
            return NotADeskError(path=path, reason=reason)
    return DatabaseUnreachableError(path=path, reason=_first_line(text).rstrip("."))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn an error of DuckDB into the desk's own; a text that is none fails before DuckDB sees it, too."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise TextBrokenError(path=path) from error
    except duckdb.Error as error:
        raise meaning(error, path) from error


def _first_line(text: str) -> str:
    return text.partition("\n")[0]
