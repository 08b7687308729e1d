"""Dated policy rows: how long a window or a budget is, from when on, for whom, and who says so."""

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

    def fits(self, context: Context) -> bool:
        """Whether every condition of the row holds in `context`."""
        return all(context.get(name) == value for name, value in self.when.items())


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
        """The row of `key` in force at `at`; `PolicyMissingError` if no row fits `context` at any time.

        Before the first row of a context its oldest value is taken: a history that starts earlier has clocks, too.
        """
        fitting = [row for row in self._rows.get(key, ()) if row.fits(context)]
        if not fitting:
            raise PolicyMissingError(key=key, at=at)
        in_force = [row for row in fitting if row.valid_from <= at]
        if not in_force:
            return min(fitting, key=lambda row: (row.valid_from, -len(row.when), row.id))
        return max(in_force, key=lambda row: (len(row.when), row.valid_from, row.id))
