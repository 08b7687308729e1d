"""Business time of whole columns: the functions of `workflow.business_time` in numpy, equal to the microsecond.

Columns are whole microseconds since 1970-01-01 UTC (`int64`), budgets whole microseconds. Which hours are open is laid
out by the rules themselves; here it becomes a table of openings with the open time before each, which is searched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workflow.business_time import BusinessTime, CalendarVersion
from workflow.calendar_errors import BudgetNegativeError, NoOpeningError
from workflow.zones import BEGINNING, END

Column = NDArray[np.int64]
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - instants are naive UTC
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1) // _MICROSECOND
_ROOM = 60 * _DAY


def epoch_microseconds(at: datetime) -> int:
    """The whole microseconds from 1970 until a naive UTC instant."""
    return (at - _EPOCH) // _MICROSECOND


_FIRST, _LAST = epoch_microseconds(BEGINNING), epoch_microseconds(END)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """The openings within [from_at, to_at), after one without length at `from_at`, so that a search always finds one.

    `before[k]` is the open time before opening k; `after[k]` that until its closing.
    """

    from_at: int
    to_at: int
    opens: Column
    closes: Column
    before: Column
    after: Column

    def open_time(self, at: Column) -> Column:
        """The open time from the table's beginning until each instant."""
        k = np.searchsorted(self.opens, at, "right") - 1
        return self.before[k] + np.minimum(at, self.closes[k]) - self.opens[k]

    def instants(self, open_times: Column) -> Column:
        """The first instant at which each open time (above zero) is reached."""
        k = np.searchsorted(self.after, open_times, "left")
        return self.opens[k] + open_times - self.before[k]

    def next_open(self, at: Column) -> Column:
        """Each instant itself where it is open, otherwise the next opening."""
        return np.maximum(at, self.opens[np.searchsorted(self.closes, at, "right")])


class BusinessColumns:
    """The open time of a calendar through all of its versions, for columns. Safe to share between threads."""

    def __init__(self, versions: Iterable[CalendarVersion]) -> None:
        self.scalar = BusinessTime(versions)
        self._table: _Table | None = None

    def elapsed(self, from_us: ArrayLike, to_us: ArrayLike) -> Column:
        """Open microseconds of each row from `from_us` until `to_us`, zero where that is not later.

        Shapes broadcast, so either may be one number. `ValueError` for a missing instant (NaT).
        """
        starts, ends = _columns(from_us, to_us)
        _check_instants(starts, ends)
        if not starts.size or self.scalar.is_plain:
            return np.maximum(ends - starts, 0)
        table = self._covering(min(starts.min(), ends.min()), max(starts.max(), ends.max()))
        return np.maximum(table.open_time(ends) - table.open_time(starts), 0)

    def deadline(self, from_us: ArrayLike, budget_us: ArrayLike) -> Column:
        """The earliest instant of each row at which `budget_us` of open time has elapsed since `from_us`.

        As in `BusinessTime.deadline`, with the same errors; one row without a deadline refuses the column.
        """
        starts, budgets = _columns(from_us, budget_us)
        _check_instants(starts)
        if not starts.size:
            return starts
        if budgets.min() < 0:
            raise BudgetNegativeError(budget=timedelta(microseconds=int(budgets.min())))
        if self.scalar.is_plain:
            self._refuse((starts >= _LAST) | (budgets > _LAST - starts), starts, budgets)
            return starts + budgets
        table = self._reaching(starts, budgets)
        targets = table.open_time(starts) + budgets
        if budgets.all():
            return table.instants(targets)
        found, is_zero = np.empty_like(starts), budgets == 0
        found[is_zero] = table.next_open(starts[is_zero])
        found[~is_zero] = table.instants(targets[~is_zero])
        return found

    def _reaching(self, starts: Column, budgets: Column) -> _Table:
        """A table long enough for every deadline: it is made longer until it is, or until time itself ends."""
        first, last, room = int(starts.min()), int(starts.max()), 2 * int(budgets.max()) + _ROOM
        while True:
            table = self._covering(first, last + room)
            is_short = table.after[-1] - table.open_time(starts) < budgets
            is_short |= (budgets == 0) & (starts >= table.closes[-1])
            if not is_short.any():
                return table
            if table.to_at >= _LAST:
                self._refuse(is_short, starts, budgets)
            room *= 4

    def _covering(self, first: int, last: int) -> _Table:
        table, last = self._table, min(last, _LAST)
        if table is None or first < table.from_at or last > table.to_at:
            known = () if table is None else (table,)
            from_at = min((first - _ROOM, *(one.from_at for one in known)))
            to_at = max((last + _ROOM, *(one.to_at for one in known)))
            table = self._table = _laid_out(self.scalar, max(from_at, _FIRST), min(to_at, _LAST))
        return table

    def _refuse(self, is_without: NDArray[np.bool_], starts: Column, budgets: Column) -> None:
        """Raise for the first row of a mask."""
        for row in np.flatnonzero(is_without)[:1]:
            at, budget = _instant(int(starts[row])), timedelta(microseconds=int(budgets[row]))
            raise NoOpeningError(name=self.scalar.versions[-1].calendar.name, at=at, budget=budget)


def _columns(first: ArrayLike, second: ArrayLike) -> tuple[Column, Column]:
    one, two = np.broadcast_arrays(np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64))
    return np.atleast_1d(one), np.atleast_1d(two)


def _check_instants(*columns: Column) -> None:
    if any(((column < _FIRST) | (column > _LAST)).any() for column in columns):
        raise ValueError("A column of instants holds a missing one, or one outside of the years 1 to 9999.")


def _laid_out(time: BusinessTime, from_at: int, to_at: int) -> _Table:
    edges = [
        (epoch_microseconds(opens), epoch_microseconds(closes))
        for opens, closes in time.openings(_instant(from_at), _instant(to_at))
    ]
    opens, closes = np.array([(from_at, from_at), *edges], dtype=np.int64).T
    after = np.cumsum(closes - opens)
    return _Table(
        from_at=from_at,
        to_at=to_at,
        opens=np.ascontiguousarray(opens),
        closes=np.ascontiguousarray(closes),
        before=after - (closes - opens),
        after=after,
    )


def _instant(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND
