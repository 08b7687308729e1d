"""Dated policy rows: how long a window or a budget is, from when on, for whom, and who says so. No value is a constant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from workflow.errors import PolicyMissingError

Context: TypeAlias = Mapping[str, str | bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyRow:
    """One value of one policy: it holds from `valid_from` on for the contexts that match every entry of `when`."""

    id: str
    key: str
    budget: timedelta
    valid_from: datetime
    source: str
    when: Mapping[str, str | bool] = field(default_factory=dict[str, str | bool])

    def matches(self, context: Context, at: datetime) -> bool:
        """Whether the row is in force at `at` for `context`."""
        return self.valid_from <= at and all(context.get(name) == value for name, value in self.when.items())


class PolicyBook:
    """Looks up the row in force: the most specific that matches, of those the newest."""

    def __init__(self, rows: Iterable[PolicyRow]) -> None:
        self._rows: dict[str, list[PolicyRow]] = {}
        for row in rows:
            self._rows.setdefault(row.key, []).append(row)

    @property
    def keys(self) -> frozenset[str]:
        """Every policy that has a row."""
        return frozenset(self._rows)

    def row(self, key: str, at: datetime, context: Context) -> PolicyRow:
        """The row of `key` in force at `at`; `PolicyMissingError` if none matches."""
        matching = [row for row in self._rows.get(key, ()) if row.matches(context, at)]
        if not matching:
            raise PolicyMissingError(key=key, at=at)
        return max(matching, key=lambda row: (len(row.when), row.valid_from, row.id))
