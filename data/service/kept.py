"""What is kept of the targets for speed: judged once when a ticket changes, and judged anew where a horizon needs it.

`kept_targets` and `kept_warnings` are derived from the log, the policies and the calendars, and can be made anew.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

import duckdb
import pandas as pd

from data.commits import run, value_of
from data.database import Database
from data.rows import json_text
from data.service.judging import AFTER_ALL, judge_tickets, judged_with_warnings
from data.service.shelf import Rulebook
from data.statements import statement
from workflow.tickets import EVERYTHING, Scope

BATCH = 100_000  # tickets; more would not fit the running sums
Tell = Callable[[float], None]
_MARK = "targets_kept_up_to"
_lock = Lock()
_KEPT = (
    "ticket_id",
    "target_kind",
    "state",
    "turn",
    "policy_version",
    "policy_id",
    "calendar_id",
    "budget_microseconds",
    "started_at",
    "ended_at",
    "ending",
    "due_at",
    "counted_microseconds",
    "is_paused",
    "lenient_due_at",
    "pause_microseconds",
    "excess_pause_microseconds",
    "category",
    "priority",
    "assignee_id",
)


def keep_up(database: Database, rules: Rulebook, tell: Tell | None = None) -> int:
    """Bring the kept targets up to the newest event; how many tickets were judged. Safe to call from several threads.

    Judging is done beside the writers; each batch is written in one short transaction. `tell` is given the share that
    is done. A crash in between leaves some tickets to be judged again.
    """
    with _lock:
        mark, newest = _mark(database), database.read("store/last_position")[0][0]
        calendars = {name: len(clock.versions) for name, clock in rules.clocks.items()}
        if mark.position == newest and mark.calendars == calendars:
            return 0
        with database.reading() as cursor:
            run(cursor, "service/make_changed", _changes(mark, newest, rules))
            count = value_of(cursor, "service/count_changed", {})
            for offset in range(0, count, BATCH):
                run(cursor, "service/make_judged_changed", {"row_limit": BATCH, "row_offset": offset})
                _keep(database, cursor, rules)
                if tell:
                    tell(min(offset + BATCH, count) / count)
        row = {"key": _MARK, "value": json_text({"position": newest, "calendars": calendars})}
        with database.writing() as cursor:
            run(cursor, "store/save_setting", row)
    return count


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mark:
    """Up to where the log is judged, and how many versions each calendar had then."""

    position: int
    calendars: Mapping[str, int]


def _mark(database: Database) -> _Mark:
    rows = database.read("store/setting", {"key": _MARK})
    kept = json.loads(rows[0][0]) if rows else {"position": 0, "calendars": {}}
    return _Mark(position=kept["position"], calendars=kept["calendars"])


def _changes(mark: _Mark, newest: int, rules: Rulebook) -> dict[str, Any]:
    """What `make_changed` asks: calendars with a new version, and since when the earliest of these holds."""
    versions = {
        name: clock.versions[mark.calendars[name] :] for name, clock in rules.clocks.items() if name in mark.calendars
    }
    since = [version.valid_from for added in versions.values() for version in added]
    return {
        "kept_up_to": mark.position,
        "newest": newest,
        "calendar_ids": [name for name, added in versions.items() if added],
        "since": min(since, default=AFTER_ALL),
    }


def _keep(database: Database, cursor: duckdb.DuckDBPyConnection, rules: Rulebook) -> None:
    targets, warnings = judged_with_warnings(cursor, rules)
    judged = cursor.execute(statement("service/list_judged")).df()
    with database.writing() as writer:
        writer.register("judged", judged)
        run(writer, "service/drop_kept_targets")
        run(writer, "service/drop_kept_warnings")
        writer.unregister("judged")
        insert(writer, "service/insert_kept_targets", targets.loc[:, list(_KEPT)])
        insert(writer, "service/insert_kept_warnings", warnings)


def rejudge(
    cursor: duckdb.DuckDBPyConnection, rules: Rulebook, horizon_at: datetime, scope: Scope = EVERYTHING
) -> None:
    """Make `rejudged_targets` for questions as of `horizon_at`: the targets of tickets that went on after it."""
    scoped = {"seller_ids": list(scope.seller_ids), "team_ids": list(scope.team_ids)}
    run(cursor, "service/make_judged_spanning", {"as_of": horizon_at, **scoped})
    if not value_of(cursor, "service/count_judged", {}):
        return  # the table of this name that is always there is empty
    targets = judge_tickets(cursor, rules, horizon_at, is_live=False)
    insert(cursor, "service/make_rejudged", targets.loc[:, list(_KEPT)], {"as_of": horizon_at})


def insert(
    cursor: duckdb.DuckDBPyConnection, query: str, frame: pd.DataFrame, values: dict[str, Any] | None = None
) -> None:
    """Run a statement that reads `frame` as `incoming`; nothing happens to an empty one but in a table made from it."""
    if frame.empty and "/insert_" in query:
        return
    cursor.register("incoming", frame)
    try:
        run(cursor, query, values)
    finally:
        cursor.unregister("incoming")
