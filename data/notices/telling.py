"""Keeps the news of acts and of clocks, in the transaction of what caused them. Who is told is `workflow.notices`'."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from data.case_files import rows_of
from data.commits import FEW, run
from data.database import Database
from data.rows import Row
from workflow.ids import new_ids
from workflow.notices import (
    AHEAD,
    RECENT,
    Colleague,
    Notice,
    NoticeKind,
    cause_of_instant,
    may_be_news,
    moves_hands,
    news_of,
    told_of_clocks,
)
from workflow.ports import Change
from workflow.staff import ELSEWHERE

BREACH_PERCENT = 100
_COLLEAGUES = "notices/colleagues"
_MARK = "breaches_told_up_to"
_COLUMNS = pa.schema(
    [
        ("id", pa.string()),
        ("person_id", pa.string()),
        ("kind", pa.string()),
        ("ticket_id", pa.string()),
        ("cause", pa.string()),
        ("what", pa.string()),
        ("by_id", pa.string()),
        ("percent", pa.int32()),
        ("due_at", pa.timestamp("us")),
        ("made_at", pa.timestamp("us")),
    ]
)
_new_id = new_ids()


def news_of_changes(
    cursor: duckdb.DuckDBPyConnection,
    changes: Sequence[Change],
    known: Mapping[str, str],
    ask_colleagues: Callable[[], Sequence[Colleague]],
) -> tuple[Notice, ...]:
    """The news in `changes`, which are not written yet: who had the tickets before still stands there.

    `known` has that by ticket id, as far as it need not be looked up. Colleagues are asked for where there may be news.
    """
    telling = [change for change in changes if may_be_news(change)]
    if not telling:
        return ()
    colleagues = ask_colleagues()
    moving = [change.ticket.id for change in telling if any(moves_hands(event) for event in change.events)]
    unknown = [ticket_id for ticket_id in moving if ticket_id not in known]
    held = {**known, **{row["ticket_id"]: row["assignee_id"] for row in _holders(cursor, unknown)}}
    told: list[Notice] = []
    for change in telling:
        ticket = change.ticket
        before = held.get(ticket.id, "" if ticket.id in moving else ticket.assignee_id)
        told += news_of(change, before, colleagues)
        held[ticket.id] = ticket.assignee_id  # for the next change of the same ticket
    return tuple(told)


def colleagues_of(database: Database) -> tuple[Colleague, ...]:
    """Everybody who works the seller's tickets now."""
    with database.reading() as cursor:
        return _colleagues(cursor)


def keep(cursor: duckdb.DuckDBPyConnection, notices: Iterable[Notice]) -> None:
    """Write `notices` in an open transaction; one that is told already stays as it is."""
    listed = list(notices)
    rows = [asdict(notice) | {"id": _new_id(notice.made_at), "kind": notice.kind.value} for notice in listed]
    if len(rows) < FEW:
        for notice, row in zip(listed, rows, strict=True):
            # What somebody did was never told before: its event or its text is written in the same transaction.
            run(cursor, "store/insert_news" if notice.by_id else "store/insert_notice", row)
        return
    cursor.register("incoming", pa.Table.from_pylist(rows, schema=_COLUMNS))
    try:
        run(cursor, "store/load_notices")
    finally:
        cursor.unregister("incoming")


def tell_of_warning(cursor: duckdb.DuckDBPyConnection, warning: Row, now: datetime) -> None:
    """Tell whoever has the ticket that a share of a target's budget is used up, in the warning's own transaction.

    `warning` has ticket_id, target_kind, state, started_at, percent, due_at (when that share was used up).
    """
    percent = warning["percent"]
    is_breach = percent >= BREACH_PERCENT
    parts = (warning["target_kind"], warning["state"], warning["started_at"].isoformat(), str(percent))
    (holder,) = _holders(cursor, [warning["ticket_id"]])
    keep(
        cursor,
        _to_all(
            holder | {"what": warning["target_kind"], "due_at": warning["due_at"], "percent": percent},
            _colleagues(cursor),
            kind=NoticeKind.BREACHED if is_breach else NoticeKind.DUE_SOON,
            cause=cause_of_instant(warning["due_at"]) if percent == BREACH_PERCENT else ":".join(parts),
            now=now,
        ),
    )


def tell_of_clocks(database: Database, now: datetime) -> None:
    """Tell whoever has a ticket which clock runs out within the hour, and which target was missed since the last look.

    Targets are to be judged up to the newest event before. Of a desk that looks for the first time what was missed
    already is history; of one that stood still, what was missed in the last week is told.
    """
    with database.writing() as cursor:
        colleagues = _colleagues(cursor)
        told: list[Notice] = []
        for row in rows_of(cursor, "notices/clocks_running_out", _ahead(colleagues, now)):
            cause = f"clock:{row['due_at'].isoformat()}"
            told += _to_all(row, colleagues, kind=NoticeKind.DUE_SOON, cause=cause, now=now)
        looked_at = _looked_at(cursor)
        since = max(looked_at or now, now - RECENT)
        missed = rows_of(cursor, "notices/targets_run_out", {"since": since, "until": now})
        for row in missed:
            cause = cause_of_instant(row["due_at"])
            told += _to_all(row, colleagues, kind=NoticeKind.BREACHED, cause=cause, now=now)
        keep(cursor, told)
        if missed or looked_at is None:
            run(cursor, "store/save_setting", {"key": _MARK, "value": now.isoformat()})


def _ahead(colleagues: Sequence[Colleague], now: datetime) -> dict[str, Any]:
    """What `clocks_running_out` asks: tickets that nobody would be told of are left out."""
    return {
        "now": now,
        "until": now + AHEAD,
        "agent_ids": [colleague.id for colleague in colleagues],
        "team_ids": sorted({colleague.team_id for colleague in colleagues} - {""}),
    }


def _to_all(
    row: Row, colleagues: Sequence[Colleague], *, kind: NoticeKind, cause: str, now: datetime
) -> tuple[Notice, ...]:
    """One notice for everybody who is told of a ticket's clocks."""
    return tuple(
        Notice(
            person_id=person_id,
            kind=kind,
            ticket_id=row["ticket_id"],
            cause=cause,
            what=row["what"],
            made_at=now,
            percent=row.get("percent"),
            due_at=row["due_at"],
        )
        for person_id in told_of_clocks(row["assignee_id"], row["team_id"], colleagues)
    )


def _colleagues(cursor: duckdb.DuckDBPyConnection) -> tuple[Colleague, ...]:
    return tuple(Colleague(**row) for row in rows_of(cursor, _COLLEAGUES, {"elsewhere": sorted(ELSEWHERE)}))


def _holders(cursor: duckdb.DuckDBPyConnection, ticket_ids: Sequence[str]) -> list[dict[str, Any]]:
    if len(ticket_ids) >= FEW:
        return rows_of(cursor, "notices/holders", {"ticket_ids": list(ticket_ids)})
    return [row for ticket_id in ticket_ids for row in rows_of(cursor, "notices/holder", {"ticket_id": ticket_id})]


def _looked_at(cursor: duckdb.DuckDBPyConnection) -> datetime | None:
    rows = run(cursor, "store/setting", {"key": _MARK})
    return datetime.fromisoformat(rows[0][0]) if rows else None
