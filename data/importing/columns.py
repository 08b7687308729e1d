"""Finds the columns that a mapping names in the rows of a file, and lays them out for staging as the table `rows`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, Expression, FunctionExpression

from data.importing.errors import FileRefusedError
from data.importing.mapping import REQUIRED, TICKET_FIELDS, ColumnSource, LogMapping
from data.importing.raw import RawRows

_UNIT, _SHOWN_NAMES = "\x1f", 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """What `rows` was made of: the column of the time, whether the format defines it, and names that were absent."""

    names: Mapping[str, str]
    has_typed_time: bool
    absent: tuple[str, ...]


def lay_out(cursor: duckdb.DuckDBPyConnection, raw: RawRows, mapping: LogMapping, file: str) -> Layout:
    """Make the table `rows`: line, row_hash, case_ref, activity, state, time_text, resource, attributes.

    Also the view `row_fields` with the ticket's own fields. What the mapping does not name is null, `attributes` is a
    JSON object. Refuses a file that lacks a column.
    """
    finder = _Finder(raw, mapping, file)
    found = {role: finder.expression(role, source) for role, source in mapping.columns.items()}
    fields = {name: found.get(role) for role, name in _FIELD_NAMES.items()}
    state = found.get("state")
    raw.relation.select(
        (ColumnExpression(raw.line) if raw.line else ConstantExpression(None)).cast("BIGINT").alias("line"),
        _hash(raw, mapping.ignored).cast("UUID").alias("row_hash"),
        *(_text(_or_null(found.get(role))).alias(name) for role, name in _REQUIRED_NAMES.items()),
        (_or_null(None) if state is None else _text(state)).alias("state"),
        _or_null(found.get("resource")).alias("resource"),
        _or_null(finder.attributes()).alias("attributes"),
        *(value.alias(name) for name, value in fields.items() if value is not None),
    ).create("rows")
    cursor.table("rows").select(
        ColumnExpression("rowid").alias("row_id"),
        *(_or_null(None if value is None else ColumnExpression(name)).alias(name) for name, value in fields.items()),
    ).create_view("row_fields", replace=True)
    time_names = mapping.columns["time"].names
    return Layout(
        names={role: finder.label(role) for role in mapping.columns},
        has_typed_time=next((name in raw.typed_times for name in time_names if name in raw.columns), False),
        absent=tuple(finder.absent),
    )


_FIELD_NAMES = {"category": "category", **TICKET_FIELDS}
_REQUIRED_NAMES = {"case": "case_ref", "activity": "activity", "time": "time_text"}


class _Finder:
    def __init__(self, raw: RawRows, mapping: LogMapping, file: str) -> None:
        self.raw, self.mapping, self.file = raw, mapping, file
        self.absent: list[str] = []

    def expression(self, role: str, source: ColumnSource) -> Expression | None:
        present = [name for name in source.names if name in self.raw.columns]
        is_whole = len(present) == len(source.names) if source.is_joined else bool(present)
        if not is_whole and (role in REQUIRED or not self.raw.is_open):
            self._refuse(role, [name for name in source.names if name not in present])
        if not present:
            self.absent.append(role)
            return None
        if not source.is_joined:
            return self._column(present[0])
        separator = ConstantExpression(source.separator)
        return FunctionExpression("concat_ws", separator, *(_blank_is_null(self._column(name)) for name in present))

    def attributes(self) -> Expression | None:
        if self.raw.rest:
            return ColumnExpression(self.raw.rest)
        names = self.mapping.attributes
        if self.mapping.takes_all_attributes:
            names = tuple(name for name in self.raw.columns if name not in self.mapping.wanted)
        missing = [name for name in names if name not in self.raw.columns]
        if missing and not self.raw.is_open:
            self._refuse("attributes", missing)
        self.absent += missing
        present = {name: self._column(name) for name in names if name in self.raw.columns}
        return _object(present) if present else None

    def label(self, role: str) -> str:
        """How a reject names the column of `role`."""
        source = self.mapping.columns[role]
        if source.is_joined:
            return source.separator.join(source.names)
        return next((name for name in source.names if name in self.raw.columns), source.names[0])

    def _column(self, name: str) -> Expression:
        return ColumnExpression(self.raw.columns[name])

    def _refuse(self, role: str, missing: Sequence[str]) -> None:
        wanted = " or ".join(f'"{name}"' for name in missing)
        shown = ", ".join(list(self.raw.columns)[:_SHOWN_NAMES]) or "none"
        what = "no event has the attribute" if self.raw.is_open else "there is no column"
        has = "the mapped attributes that it has are" if self.raw.is_open else "the file has"
        reason = f"{what} {wanted} (columns.{role} of {self.mapping.file}); {has}: {shown}."
        raise FileRefusedError(file=self.file, reason=reason)


def _hash(raw: RawRows, ignored: frozenset[str]) -> Expression:
    if raw.row_hash:
        return ColumnExpression(raw.row_hash)
    kept = [column for name, column in raw.columns.items() if name not in ignored]
    texts = (_text(ColumnExpression(column)) for column in kept)
    return FunctionExpression("md5_number", FunctionExpression("concat_ws", ConstantExpression(_UNIT), *texts))


def _text(value: Expression) -> Expression:
    return CaseExpression(value.isnull(), ConstantExpression("")).otherwise(value)


def _or_null(value: Expression | None) -> Expression:
    return ConstantExpression(None).cast("VARCHAR") if value is None else value


def _blank_is_null(value: Expression) -> Expression:
    is_blank = FunctionExpression("trim", value) == ConstantExpression("")
    return CaseExpression(is_blank, ConstantExpression(None).cast("VARCHAR")).otherwise(value)


def _object(values: Mapping[str, Expression]) -> Expression:
    """A JSON object of the values that are there, by name; null where none is."""
    pairs = [part for name in sorted(values) for part in (ConstantExpression(name), values[name])]
    whole = FunctionExpression("json_object", *pairs)
    kept = FunctionExpression("json_merge_patch", ConstantExpression("{}"), whole).cast("VARCHAR")
    return FunctionExpression("nullif", kept, ConstantExpression("{}"))
