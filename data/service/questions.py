"""The manager's questions about service levels: attainment, breaches, deadlines, pauses. The SQL is in `sql/service`.

Everything is as of the selection's horizon. Attainment is by deadline cohort: of the targets whose deadline, shifted
by pauses, fell in the period, the share met (DECISIONS: Attainment).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from math import inf
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data.commits import value_of
from data.database import Database
from data.keeping import shorten
from data.selection import EARLIEST, Selection, Step
from data.service.kept import insert, rejudge
from data.service.shelf import Rulebook
from data.statements import asked_of, parsed
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Lateness:
    """By how much targets were late: `bins` of one doubling (the first also holds less than a second), and quantiles.

    `bins`: from_seconds, to_seconds, ended_count, running_count (it goes on). The quantiles are None where there is no
    breach.
    """

    bins: pd.DataFrame
    missed_count: int
    median_seconds: float | None
    p90_seconds: float | None


def added_up(groups: pd.DataFrame) -> pd.DataFrame:
    """The groups of `ServiceQuestions.attainment` as one: target_kind, then its counts."""
    counts = groups.drop(columns="group_key")
    return pd.DataFrame(counts.groupby("target_kind", sort=True).sum()).reset_index()


class ServiceQuestions:
    """Answers questions about the desk in `database`, as `rules` have it. Safe to share between threads."""

    def __init__(self, database: Database, rules: Rulebook) -> None:
        self._database, self._rules = database, rules

    def attainment(self, selection: Selection, grouping: Grouping = Grouping.WHOLE) -> pd.DataFrame:
        """How many targets with a deadline in the period were met, by group and kind of target.

        group_key (empty for the whole), target_kind, met_count, missed_count, ended_otherwise_count (of the cohort: in
        no share), running_count, paused_count, overdue_count (at the horizon: not due yet, standing still, missed and
        going on), lenient_met_count, lenient_missed_count (of those that would have been due in the period if pauses
        lasted as long as their states).
        """
        return self._frame("attainment", selection, grouping=grouping.value)

    def attained_by_then(self, selection: Selection) -> pd.DataFrame:
        """Met and missed alone, by kind of target, of a period that is over at the horizon: far less is judged anew.

        target_kind, met_count, missed_count; `ValueError` where the period goes on beyond the horizon.
        """
        if selection.until is None or selection.until > selection.horizon_at:
            raise ValueError("What falls due after the horizon is not decided.")
        book = self._rules.book
        asked = {"as_of": selection.horizon_at, "stays": sorted(book.stays)}
        with self._database.reading() as cursor:
            is_rewritten = self._database.recall(
                ("is_rewritten", self._rules.key, selection.horizon_at),
                lambda: value_of(cursor, "service/is_rewritten", asked),
            )
            if is_rewritten or book.has_continued:
                decided_only = not book.has_continued
                rejudge(cursor, self._rules, selection.horizon_at, selection.scope, is_decided_only=decided_only)
            query = "service/attained_by_then"
            return cursor.execute(parsed(cursor, query), asked_of(query, selection.parameters)).df()

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
        late_from_seconds: float = 0,
        late_to_seconds: float = inf,
        limit: int | None = None,
        offset: int = 0,
    ) -> pd.DataFrame:
        """The targets that were missed with a deadline in the period, the newest deadline first.

        What was late by less than a second counts as a second.

        number, ticket_id, target_kind, state, turn, policy_version, policy_id, calendar_id, category, priority,
        assignee_id, seller_id, team_id, started_at, due_at, ended_at (NaT: it goes on), ending, is_paused,
        budget_seconds, late_seconds (in the target's own clock, until it ended or until the horizon), all_count (how
        many there are on all pages).
        """
        more = {
            "target_kind": kind.value if kind else "",
            "grouping": grouping.value,
            "group_key": group_key,
            "late_from_seconds": late_from_seconds,
            "late_to_seconds": late_to_seconds,
            "row_limit": _NO_LIMIT if limit is None else limit,
            "row_offset": offset,
        }
        return self._late_frame("breaches", selection, more)

    def lateness(self, selection: Selection, kind: TargetKind | None = None) -> Lateness:
        """By how much the targets with a deadline in the period were late, in their own clocks."""
        found = self._late_frame("late_by_length", selection, {"target_kind": kind.value if kind else ""})
        bins = found.loc[:, ["from_seconds", "to_seconds", "ended_count", "running_count"]]
        median, p90 = found.loc[0, ["median_seconds", "p90_seconds"]] if len(found) else (None, None)
        return Lateness(
            bins=bins,
            missed_count=int(bins[["ended_count", "running_count"]].to_numpy().sum()),
            median_seconds=median,
            p90_seconds=p90,
        )

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

    def overdue_count(self, selection: Selection) -> int:
        """How many targets were missed before the horizon and still run; the period does not count."""
        return int(self._frame("overdue_count", selection)["targets_count"].iloc[0])

    def pause_audit(self, selection: Selection, grouping: Grouping = Grouping.AGENT) -> pd.DataFrame:
        """Whose pauses went on after the buyer had written, most first; `AGENT` or `SELLER`.

        group_key, targets_count, tickets_count, excess_pause_seconds, pause_seconds, met_count, missed_count,
        lenient_met_count, lenient_missed_count (if the pauses had been right).
        """
        rows = self._frame("paused_audit", selection, grouping=grouping.value)
        running = self._frame("pauses_running", selection, grouping=grouping.value)
        seconds = self._since_last_event(running.assign(ended_at=pd.NaT, is_paused=False), selection.horizon_at)
        running["seconds"] = seconds / _MICROSECONDS
        excess = running.loc[running["is_in_excess"].to_numpy(dtype=bool)]
        for column, some in (("excess_pause_seconds", excess), ("pause_seconds", running)):
            going_on = {str(key): float(group["seconds"].to_numpy().sum()) for key, group in some.groupby("group_key")}
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
            if not shorten(self._database, cursor, selection.horizon_at):
                rejudge(cursor, self._rules, selection.horizon_at, selection.scope)
            yield cursor

    def _frame(self, name: str, selection: Selection, **more: Any) -> pd.DataFrame:  # noqa: ANN401 - parameters of SQL
        values = selection.parameters | more
        query = f"service/{name}"
        with self._cursor(selection) as cursor:
            return cursor.execute(parsed(cursor, query), asked_of(query, values)).df()

    def _late_frame(self, name: str, selection: Selection, more: dict[str, Any]) -> pd.DataFrame:
        """The answer of a statement on `mart_breaches`: calendars are counted here, everything else there."""
        values = selection.parameters | more
        query, overdue = f"service/{name}", "service/overdue_in_calendars"
        with self._cursor(selection) as cursor:
            running = cursor.execute(parsed(cursor, overdue), asked_of(overdue, values)).df()
            since = self._since_last_event(running.assign(ended_at=pd.NaT, is_paused=False), selection.horizon_at)
            insert(cursor, "service/make_overdue_targets", running.assign(since_microseconds=since))
            return cursor.execute(parsed(cursor, query), asked_of(query, values)).df()

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
