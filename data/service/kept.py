"""What is kept of the targets for speed: judged once when a ticket changes, and judged anew where a horizon needs it.

`kept_targets` and `kept_warnings` are derived from the log, the policies and the calendars, and can be made anew.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

import duckdb
import pandas as pd

from data.commits import run, value_of
from data.database import Database
from data.rows import json_text
from data.selection import EARLIEST
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
    "allowed_microseconds",
    "is_paused",
    "is_in_excess",
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
    if database.recall(("are_kept", rules.key), lambda: _mark(database) == _reached(database, rules)):
        return 0
    with _lock:
        mark, reached = _mark(database), _reached(database, rules)
        if mark == reached:
            return 0
        newest = reached.position
        with database.reading() as cursor:
            run(cursor, "service/make_changed", _changes(mark, newest, rules))
            count = value_of(cursor, "service/count_changed", {})
            for offset in range(0, count, BATCH):
                run(cursor, "service/make_judged_changed", {"row_limit": BATCH, "row_offset": offset})
                _keep(database, cursor, rules)
                if tell:
                    tell(min(offset + BATCH, count) / count)
        row = {"key": _MARK, "value": json_text(asdict(reached))}
        with database.writing() as cursor:
            run(cursor, "store/save_setting", row)
    return count


def keep_anew(database: Database, rules: Rulebook) -> int:
    """Forget every kept target and judge the whole log again; how many tickets were judged."""
    with database.writing() as cursor:
        for query in ("empty_kept_targets", "empty_kept_warnings", "drop_mark"):
            run(cursor, f"service/{query}")
    return keep_up(database, rules)


def waiting_count(database: Database) -> int:
    """How many events came since the targets were last judged; a long way behind after an import."""
    return database.read("store/last_position")[0][0] - _mark(database).position


def judged_up_to(database: Database) -> int:
    """The position of the log up to which the targets are kept."""
    return database.recall("judged_up_to", lambda: _mark(database).position, ("settings",))


def make_changed(database: Database, cursor: duckdb.DuckDBPyConnection, rules: Rulebook) -> None:
    """Make `changed_tickets` of `cursor`: those whose kept targets are not up to date."""
    newest = database.read("store/last_position")[0][0]
    run(cursor, "service/make_changed", _changes(_mark(database), newest, rules))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mark:
    """Up to where the log is judged, and how many versions each calendar and the policies had then."""

    position: int = 0
    calendars: Mapping[str, int] = field(default_factory=dict[str, int])
    policies: int = 0


def _mark(database: Database) -> _Mark:
    rows = database.read("store/setting", {"key": _MARK})
    return _Mark(**json.loads(rows[0][0])) if rows else _Mark()


def _reached(database: Database, rules: Rulebook) -> _Mark:
    """Where the mark stands when everything is kept."""
    return _Mark(
        position=database.read("store/last_position")[0][0],
        calendars={name: len(clock.versions) for name, clock in rules.clocks.items()},
        policies=len(rules.book.versions),
    )


def _changes(mark: _Mark, newest: int, rules: Rulebook) -> dict[str, Any]:
    """What `make_changed` asks: calendars with a new version and since when the earliest of these holds; the policies.

    The first version of the policies holds from the beginning of time.
    """
    versions = {
        name: clock.versions[mark.calendars[name] :] for name, clock in rules.clocks.items() if name in mark.calendars
    }
    since = [version.valid_from for added in versions.values() for version in added]
    promised = [version.valid_from for version in rules.book.versions[mark.policies :]]
    return {
        "kept_up_to": mark.position,
        "newest": newest,
        "calendar_ids": [name for name, added in versions.items() if added],
        "since": min(since, default=AFTER_ALL),
        "promised_since": min(promised, default=AFTER_ALL) if mark.policies else EARLIEST,
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
    cursor: duckdb.DuckDBPyConnection,
    rules: Rulebook,
    horizon_at: datetime,
    scope: Scope = EVERYTHING,
    *,
    is_decided_only: bool = False,
) -> None:
    """Make `rejudged_targets` for questions as of `horizon_at`: the targets of tickets that went on after it.

    With `is_decided_only` those alone whose decided targets are not what they were then.
    """
    scoped = {
        "seller_ids": list(scope.seller_ids),
        "team_ids": list(scope.team_ids),
        "is_decided_only": is_decided_only,
        "stays": sorted(rules.book.stays),
    }
    run(cursor, "service/make_judged_spanning", {"as_of": horizon_at, **scoped})
    if not value_of(cursor, "service/count_judged", {}):
        return  # the table of this name that is always there is empty
    targets = judge_tickets(cursor, rules, horizon_at, is_live=False)
    insert(cursor, "service/make_rejudged", targets.loc[:, [*_KEPT, "last_step_at"]])


def insert(cursor: duckdb.DuckDBPyConnection, query: str, frame: pd.DataFrame) -> None:
    """Run a statement that reads `frame` as `incoming`; nothing happens to an empty one but in a table made from it."""
    if frame.empty and "/insert_" in query:
        return
    cursor.register("incoming", frame)
    try:
        run(cursor, query)
    finally:
        cursor.unregister("incoming")
