"""The one writer's cursor: DuckDB's own, with a note of which tables its transaction wrote."""

import re
from functools import lru_cache
from typing import Any, Self

import duckdb

MOST_TEXTS = 1_000
_ASIDE = re.compile(r"--[^\n]*|'(?:[^']|'')*'")  # comments and texts: a word in them writes nothing
_TARGET = re.compile(
    r"\b(?:insert\s+(?:or\s+\w+\s+)?into|delete\s+from|update|create\s+(?:or\s+replace\s+)?temp\s+(?:table|view)"
    r"|drop\s+table(?:\s+if\s+exists)?)\s+([\w.\"]+)"
)
_KNOWN = frozenset({"select", "from", "with", "insert", "update", "delete", "create temp", "drop table"})
_HARMLESS = frozenset(
    {
        "begin",
        "close",
        "commit",
        "description",
        "df",
        "extract_statements",
        "fetchall",
        "fetchnumpy",
        "fetchone",
        "register",
        "rollback",
        "unregister",
    }
)


class Writer:
    """Passes everything on to `cursor`. `tables` are those written so far, None where that cannot be told."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self.tables: frozenset[str] | None = frozenset()

    def execute(self, query: str | duckdb.Statement, parameters: object = None) -> Self:
        """Run one statement."""
        found = tables_written(query if isinstance(query, str) else query.query)
        self.tables = None if found is None or self.tables is None else self.tables | found
        self._cursor.execute(query, parameters)
        return self

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever DuckDB's cursor has
        if name not in _HARMLESS:
            self.tables = None
        return getattr(self._cursor, name)


@lru_cache(MOST_TEXTS)
def tables_written(text: str) -> frozenset[str] | None:
    """The tables that a statement writes, none for a question; None where its text does not say."""
    words = " ".join(_ASIDE.sub(" ", text).lower().replace("or replace temp", "temp").split())
    if not any(words == known or words.startswith(f"{known} ") for known in _KNOWN):
        return None
    return frozenset(name.rpartition(".")[2].strip('"') for name in _TARGET.findall(words))
