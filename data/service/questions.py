"""The manager's questions about service levels: attainment, breaches, deadlines, pauses. The SQL is in `sql/service`.

Everything is as of the selection's horizon. Attainment is by deadline cohort: of the targets whose deadline, shifted
by pauses, fell in the period, the share met (DECISIONS: Attainment).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data.database import Database
from data.keeping import shorten
from data.selection import EARLIEST, Selection, Step
from data.service.kept import rejudge
from data.service.shelf import Rulebook
from data.statements import asked_of, statement
from workflow.service.policies import MARKETPLACE, TargetKind

_NO_LIMIT = 2**31
_MICROSECONDS = 1_000_000


class Grouping(StrEnum):
    """By what attainment is told apart."""

    WHOLE = auto()
    CATEGORY = auto()
    PRIORITY = auto()
    TEAM = auto()
    AGENT = auto()
    SELLER = auto()
    POLICY = auto()


_COLUMN_OF = {
    Grouping.CATEGORY: "category",
    Grouping.PRIORITY: "priority",
    Grouping.TEAM: "team_id",
    Grouping.AGENT: "assignee_id",
    Grouping.SELLER: "seller_id",
    Grouping.POLICY: "policy_id",
}
_TALLIES = [
    "met_count",
    "missed_count",
    "ended_otherwise_count",
    "running_count",
    "paused_count",
    "overdue_count",
    "lenient_met_count",
    "lenient_missed_count",
    "excess_pause_seconds",
]


def attained(cells: pd.DataFrame, grouping: Grouping = Grouping.WHOLE) -> pd.DataFrame:
    """The cells of `ServiceQuestions.attainment_cells` added up, by group and kind of target.

    group_key (empty for the whole), target_kind, met_count, missed_count, ended_otherwise_count (of the cohort: in no
    share), running_count, paused_count, overdue_count (at the horizon: not due yet, standing still, missed and going
    on), lenient_met_count, lenient_missed_count (if pauses lasted as long as their states), excess_pause_seconds.
    """
    keys = cells[_COLUMN_OF[grouping]] if grouping in _COLUMN_OF else pd.Series("", index=cells.index, dtype=str)
    grouped = cells.assign(group_key=keys).groupby(["group_key", "target_kind"], sort=True)[_TALLIES]
    return pd.DataFrame(grouped.sum()).reset_index()


class ServiceQuestions:
    """Answers questions about the desk in `database`, as `rules` have it. Safe to share between threads."""

    def __init__(self, database: Database, rules: Rulebook) -> None:
        self._database, self._rules = database, rules

    def attainment_cells(self, selection: Selection) -> pd.DataFrame:
        """What `attainment` adds up, asked once for all groupings: one row per combination that occurs.

        target_kind, category, priority, team_id, assignee_id, seller_id, policy_id, then the counts of `attainment`.
        """
        return self._frame("attainment_cells", selection)

    def attainment(self, selection: Selection, grouping: Grouping = Grouping.WHOLE) -> pd.DataFrame:
        """How many targets with a deadline in the period were met, by group and kind of target: see `attained`."""
        return attained(self.attainment_cells(selection), grouping)

    def attainment_over_time(self, selection: Selection, step: Step = Step.WEEK) -> pd.DataFrame:
        """The same by the day, week or month of the deadline: period_on, target_kind, met_count, missed_count."""
        return self._frame("attainment_over_time", selection, step=step.value)

    def breaches(  # noqa: PLR0913 - what narrows the list is told apart by name
        self,
        selection: Selection,
        *,
        kind: TargetKind | None = None,
        grouping: Grouping = Grouping.WHOLE,
        group_key: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> pd.DataFrame:
        """The targets that were missed with a deadline in the period, the newest deadline first.

        number, ticket_id, target_kind, state, turn, policy_version, policy_id, calendar_id, category, priority,
        assignee_id, seller_id, team_id, started_at, due_at, ended_at (NaT: it goes on), ending, is_paused,
        budget_seconds, late_seconds (in the target's own clock, until it ended or until the horizon).
        """
        narrowed = {"target_kind": kind.value if kind else "", "grouping": grouping.value, "group_key": group_key}
        paged = {"row_limit": _NO_LIMIT if limit is None else limit, "row_offset": offset}
        rows = self._frame("breaches", selection, **narrowed, **paged)
        late = rows["counted_microseconds"] + self._since_last_event(rows, selection.horizon_at)
        rows["late_seconds"] = (late - rows["budget_microseconds"]) / _MICROSECONDS
        rows["budget_seconds"] = rows["budget_microseconds"] / _MICROSECONDS
        return rows.drop(columns=["counted_microseconds", "budget_microseconds", "last_event_at"])

    def due_targets(  # noqa: PLR0913 - what narrows the list is told apart by name
        self,
        selection: Selection,
        *,
        until: datetime,
        after: datetime | None = None,
        kind: TargetKind | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> pd.DataFrame:
        """The targets that run with a deadline before `until`, the nearest first, those that are overdue as well.

        number, ticket_id, target_kind, target_state, turn, policy_version, policy_id, calendar_id, category, priority,
        assignee_id, seller_id, started_at, due_at, status (running, or missed and going on), budget_microseconds,
        ticket_state, ball. With `after` only what is due later than it. The period does not count.
        """
        more = {"until": until, "due_after": after or EARLIEST, "row_limit": limit, "row_offset": offset}
        more |= {"target_kind": kind.value if kind else ""}
        return self._frame("due_targets", selection, **more)

    def pause_audit(self, selection: Selection, grouping: Grouping = Grouping.AGENT) -> pd.DataFrame:
        """Whose pauses went on after the buyer had written, most first; `AGENT` or `SELLER`.

        group_key, targets_count, tickets_count, excess_pause_seconds, pause_seconds, met_count, missed_count,
        lenient_met_count, lenient_missed_count (if the pauses had been right).
        """
        rows = self._frame("paused_audit", selection, grouping=grouping.value)
        running = self._frame("excess_running", selection, grouping=grouping.value)
        running["seconds"] = self._since_last_event(running, selection.horizon_at) / _MICROSECONDS
        going_on = {str(key): float(some["seconds"].to_numpy().sum()) for key, some in running.groupby("group_key")}
        for column in ("excess_pause_seconds", "pause_seconds"):
            rows[column] += [going_on.get(key, 0.0) for key in rows["group_key"]]
        ordered = rows.sort_values(["excess_pause_seconds", "group_key"], ascending=[False, True], ignore_index=True)
        return ordered.loc[ordered["excess_pause_seconds"] > 0]

    def waits_by_outcome(self, selection: Selection, kind: TargetKind) -> pd.DataFrame:
        """How many targets of `kind` that began in the period took how long, by outcome, in bins two to a doubling.

        from_seconds, to_seconds, met_count, missed_count, overdue_count, running_count, ended_otherwise_count.
        """
        return self._frame("waits_by_outcome", selection, target_kind=kind.value)

    def recent_warnings(self, selection: Selection, *, since: datetime, limit: int = 50) -> pd.DataFrame:
        """The warnings that were acted on since an instant, the newest first.

        number, ticket_id, target_kind, state, percent, due_at, fired_at, effect, outcome (empty: done; else the
        sentence why not), category, assignee_id.
        """
        return self._frame("recent_warnings", selection, since=since, row_limit=limit)

    @contextmanager
    def _cursor(self, selection: Selection) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._database.reading() as cursor:
            if not shorten(cursor, selection.horizon_at):
                rejudge(cursor, self._rules, selection.horizon_at, selection.scope)
            yield cursor

    def _frame(self, name: str, selection: Selection, **more: Any) -> pd.DataFrame:  # noqa: ANN401 - parameters of SQL
        values = selection.parameters | more
        query = f"service/{name}"
        with self._cursor(selection) as cursor:
            return cursor.execute(statement(query), asked_of(query, values)).df()

    def _since_last_event(self, rows: pd.DataFrame, horizon_at: datetime) -> "np.ndarray[Any, np.dtype[np.int64]]":
        """What the clocks of running targets counted since their tickets' last events, in microseconds."""
        counted = np.zeros(len(rows), dtype=np.int64)
        is_running = (rows["ended_at"].isna() & ~rows["is_paused"]).to_numpy(dtype=bool)
        last = rows["last_event_at"].to_numpy(dtype="datetime64[us]").astype(np.int64)
        horizon = int(np.datetime64(horizon_at, "us").astype(np.int64))
        for calendar_id in rows["calendar_id"].unique():
            places = np.flatnonzero(is_running & (rows["calendar_id"] == calendar_id).to_numpy(dtype=bool))
            if calendar_id == MARKETPLACE:
                counted[places] = horizon - last[places]
            else:
                counted[places] = self._rules.columns[calendar_id].elapsed(last[places], horizon)
        return counted
