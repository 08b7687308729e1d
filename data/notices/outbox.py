"""What waits to leave the desk: one row per notice and channel, from the plan to the receipt or to giving up.

A delivery is marked as sent only after the receiver took it, so a crash loses none; a repeat carries the same key, made
of the notice and the channel, so that the receiver can tell (DECISIONS: Outbox).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd
import pyarrow as pa

from data.case_files import rows_of, scope_parameters
from data.commits import run
from data.database import Database
from data.notices.addresses import Addresses
from data.notices.choices import QuietHours
from data.rows import Row
from workflow.notice_choices import next_wait
from workflow.notices import NoticeKind
from workflow.tickets import EVERYTHING, Scope

NOBODY = ""  # has chosen nothing
BATCH = 500  # notices planned in one transaction
SHOWN = timedelta(days=30)  # how long what was given up is shown
WAITING, FAILED, SPARED, WITHHELD = "waiting", "failed", "spared", "withheld"
_COLUMNS = pa.schema(
    [
        ("notice_id", pa.string()),
        ("channel", pa.string()),
        ("person_id", pa.string()),
        ("idempotency_key", pa.string()),
        ("status", pa.string()),
        ("refused_count", pa.int32()),
        ("next_attempt_at", pa.timestamp("us")),
        ("reason", pa.string()),
    ]
)


class Outbox:
    """The deliveries of the desk in `database`. One sender at a time works it off; safe to ask from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, addresses: Addresses, now: datetime) -> int:
        """Decide where every new notice goes outside, by what its person chose and has; how many were decided.

        What came, or is decided, outside somebody's hours waits for their next opening. Each batch is one transaction,
        and what is decided is not decided again: an address that is given later gets nothing of the past.
        """
        planned = 0
        while notices := self._unplanned():
            hours = QuietHours(self._database)
            rows = [row for notice in notices for row in _deliveries(notice, addresses, hours, now)]
            with self._database.writing() as cursor:
                if rows:
                    cursor.register("incoming", pa.Table.from_pylist(rows, schema=_COLUMNS))
                    run(cursor, "store/load_outbox")
                    cursor.unregister("incoming")
                run(cursor, "notices/mark_planned", {"ids": [notice["id"] for notice in notices], "now": now})
            planned += len(notices)
        return planned

    def due(self, now: datetime, limit: int) -> list[Row]:
        """What may be tried now, the longest waiting first.

        notice_id, channel, person_id, idempotency_key, refused_count, kind, what, by_id, by_name, percent, due_at,
        made_at, number, seller_id and team_id (of the ticket), is_read (in the desk, meanwhile), is_here (the person
        still works for the desk).
        """
        with self._database.reading() as cursor:
            return rows_of(cursor, "notices/due_deliveries", {"now": now, "row_limit": limit})

    def sent(self, delivery: Row, now: datetime) -> None:
        """The receiver took it."""
        self._mark("notices/mark_sent", delivery, {"now": now})

    def spared(self, delivery: Row, now: datetime) -> None:
        """It was read in the desk before it left."""
        self._mark("notices/mark_unsent", delivery, {"status": SPARED, "now": now})

    def withheld(self, delivery: Row, now: datetime) -> None:
        """Its person may not see the ticket: it never leaves, though they may see it again one day."""
        self._mark("notices/mark_unsent", delivery, {"status": WITHHELD, "now": now})

    def refused(self, delivery: Row, reason: str, now: datetime, hours: QuietHours) -> None:
        """It did not get through: it waits, twice as long each time and for the person's hours, or is given up."""
        count = delivery["refused_count"] + 1
        wait = next_wait(count)
        values = {
            "status": WAITING if wait else FAILED,
            "refused_count": count,
            "next_attempt_at": hours.sent_from(delivery["person_id"], now + wait) if wait else now,
            "ended_at": None if wait else now,
            "reason": reason,
        }
        self._mark("notices/mark_refused", delivery, values)

    def held_back(self, delivery: Row, now: datetime, until: datetime) -> None:
        """Let everything that is due to the person on this channel wait `until` then, without counting as refused."""
        named = {"person_id": delivery["person_id"], "channel": delivery["channel"]}
        with self._database.writing() as cursor:
            run(cursor, "notices/hold_back", {**named, "now": now, "next_attempt_at": until})

    def given_up(self, now: datetime, *, limit: int = 50, scope: Scope = EVERYTHING) -> pd.DataFrame:
        """What was given up within 30 days, the newest first.

        notice_id, channel, person_id, person_name, refused_count, ended_at, reason, kind, number (of the ticket).
        """
        asked = {"since": now - SHOWN, "row_limit": limit, **scope_parameters(scope)}
        return self._database.frame("notices/given_up", asked)

    def try_again(self, now: datetime) -> None:
        """Let what was given up within 30 days be tried again in its person's hours, with the keys that it had."""
        hours = QuietHours(self._database)
        values = {
            "since": now - SHOWN,
            "usual_from_at": hours.sent_from(NOBODY, now),
            "person_ids": list(hours.choices),
            "from_ats": [hours.sent_from(person_id, now) for person_id in hours.choices],
        }
        with self._database.writing() as cursor:
            run(cursor, "notices/try_again", values)

    def _unplanned(self) -> list[Row]:
        with self._database.reading() as cursor:
            return rows_of(cursor, "notices/unplanned", {"row_limit": BATCH})

    def _mark(self, query: str, delivery: Row, values: Row) -> None:
        named = {"notice_id": delivery["notice_id"], "channel": delivery["channel"]}
        with self._database.writing() as cursor:
            run(cursor, query, named | values)


def _deliveries(notice: Row, addresses: Addresses, hours: QuietHours, now: datetime) -> Sequence[Row]:
    person_id = notice["person_id"]
    reached = addresses.channels_of(person_id)
    wanted = hours.choices_of(person_id).outside(NoticeKind(notice["kind"]))
    channels = [channel for channel in wanted if channel in reached]
    if not channels:
        return ()
    from_at, free_at = (hours.sent_from(person_id, at) for at in (notice["made_at"], now))
    from_at = from_at if free_at <= now else max(from_at, free_at)
    return [
        {
            "notice_id": notice["id"],
            "channel": channel.value,
            "person_id": person_id,
            "idempotency_key": f"{notice['id']}.{channel.value}",
            "status": WAITING,
            "refused_count": 0,
            "next_attempt_at": from_at,
            "reason": "",
        }
        for channel in channels
    ]
