"""The SQL of the desk: one file a statement, named by its path below `data/sql` without the ending."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

SQL_ROOT = Path(__file__).parent / "sql"
MIGRATIONS_ROOT = Path(__file__).parent / "migrations"
_PARAMETER = re.compile(r"\$([a-z_]+)")
_SET = re.compile(r" +([a-z_]+) = .*,")
_NAME = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)+")


_parsed: dict[str, str | duckdb.Statement] = {}
_narrowed: dict[tuple[str, frozenset[str]], duckdb.Statement] = {}


@cache
def _text(name: str) -> str:
    return (SQL_ROOT / f"{name}.sql").read_text(encoding="utf-8")


def statement(name_or_text: str) -> str:
    """The text of `store/ticket` is that of `data/sql/store/ticket.sql`; anything but a path is taken as SQL."""
    return _text(name_or_text) if _NAME.fullmatch(name_or_text) else name_or_text


def parsed(cursor: duckdb.DuckDBPyConnection, name_or_text: str) -> str | duckdb.Statement:
    """As `statement`, for running: a file of one statement is parsed once in a process, a quarter of what it costs."""
    found = _parsed.get(name_or_text)
    if found is not None:
        return found
    if not _NAME.fullmatch(name_or_text):
        return name_or_text
    one, *others = cursor.extract_statements(_text(name_or_text))
    _parsed[name_or_text] = one if not others else _text(name_or_text)
    return _parsed[name_or_text]


def narrowed(cursor: duckdb.DuckDBPyConnection, name: str, columns: frozenset[str]) -> duckdb.Statement:
    """The update of a file without the lines that set other columns than these: each costs a write of its own.

    The last column that it sets stays. Parsed once in a process.
    """
    key = (name, columns)
    if key not in _narrowed:
        lines = [(line, _SET.fullmatch(line)) for line in statement(name).splitlines()]
        text = "\n".join(line for line, found in lines if not found or found[1] in columns)
        (_narrowed[key],) = cursor.extract_statements(text)
    return _narrowed[key]


def asked_of(query: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `values` that a statement names as parameters: DuckDB refuses any others."""
    return {name: values[name] for name in _asked(query) if name in values}


@cache
def _asked(query: str) -> frozenset[str]:
    return frozenset(_PARAMETER.findall(statement(query)))
