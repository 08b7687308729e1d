"""Reads dated policy rows as TOML keeps them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from workflow import shapes
from workflow.errors import LifecycleError
from workflow.policies import PolicyRow

_UNITS = ("days", "hours", "minutes")


def read(rows: list[dict[str, Any]], file: str) -> tuple[PolicyRow, ...]:
    """Every policy row, its id made of key, conditions and first day."""
    return tuple(_row(row, file, number) for number, row in enumerate(rows, 1))


def check_ids(rows: Iterable[PolicyRow], file: str) -> None:
    """Refuse two rows for the same case from the same day."""
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            reason = "stands twice: two rows for the same case from the same day"
            raise LifecycleError(file=file, row=f"policy {row.id}", reason=reason)
        seen.add(row.id)


def _row(row: dict[str, Any], file: str, number: int) -> PolicyRow:
    where = f"policy {number} ({row.get('key', 'without key')})"
    units = {name: value for name, value in row.items() if name in _UNITS}
    conditions = {name: value for name, value in row.items() if name not in {"key", "valid_from", "source", *_UNITS}}
    needed = {"key": shapes.A_NAME, "valid_from": _DAY, "source": shapes.TEXT}
    optional = dict.fromkeys(_UNITS, shapes.NUMBER) | dict.fromkeys(conditions, _CONDITION)
    shapes.check_shape(row, needed, optional, file, where)
    if len(units) != 1:
        raise LifecycleError(file=file, row=where, reason="say how long in one of days, hours or minutes")
    day: date = row["valid_from"]
    when = dict(sorted(conditions.items()))
    words = (row["key"], *(f"{name}={value}" for name, value in when.items()), f"{day:%Y-%m-%d}")
    return PolicyRow(
        id=" ".join(words),
        key=row["key"],
        budget=timedelta(**units),
        valid_from=datetime(day.year, day.month, day.day),  # noqa: DTZ001 - instants are naive UTC
        source=row["source"],
        when=MappingProxyType(when),
    )


def _is_day(value: object) -> bool:
    return isinstance(value, date)


def _is_condition(value: object) -> bool:
    return isinstance(value, str | bool)


_DAY: shapes.Kind = _is_day, "a day such as 2025-10-15"
_CONDITION: shapes.Kind = _is_condition, "a text, true or false"
