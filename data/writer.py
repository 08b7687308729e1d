"""The one writer's cursor: DuckDB's own, noting which tables its transaction wrote and whether a statement failed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
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
_UNFAILING = frozenset(
    {"begin", "close", "commit", "description", "extract_statements", "register", "rollback", "unregister"}
)  # or what fails of them ends the transaction anyway
_HARMLESS = _UNFAILING | {"df", "fetchnumpy"}


class Writer:
    """Passes everything on to `cursor`.

    `tables` are those written so far, None where that cannot be told; `is_faultless` says that nothing failed so far.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self.tables: frozenset[str] | None = frozenset()
        self.is_faultless = True

    def execute(self, query: str | duckdb.Statement, parameters: object = None) -> Self:
        """Run one statement."""
        found = tables_written(query if isinstance(query, str) else query.query)
        self.tables = None if found is None or self.tables is None else self.tables | found
        with self._noting_faults():
            self._cursor.execute(query, parameters)
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows of the last statement."""
        with self._noting_faults():
            return self._cursor.fetchall()

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row of the last statement."""
        with self._noting_faults():
            return self._cursor.fetchone()

    @contextmanager
    def _noting_faults(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.is_faultless = False
            raise

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever DuckDB's cursor has
        if name not in _HARMLESS:
            self.tables = None
        if name not in _UNFAILING:
            self.is_faultless = False
        return getattr(self._cursor, name)


@lru_cache(MOST_TEXTS)
def tables_written(text: str) -> frozenset[str] | None:
    """The tables that a statement writes, none for a question; None where its text does not say."""
    words = " ".join(_ASIDE.sub(" ", text).lower().replace("or replace temp", "temp").split())
    if not any(words == known or words.startswith(f"{known} ") for known in _KNOWN):
        return None
    return frozenset(name.rpartition(".")[2].strip('"') for name in _TARGET.findall(words))
