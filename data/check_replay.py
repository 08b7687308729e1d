"""Rebuilds tickets from their logs and names what differs. Whole histories from elsewhere are rebuilt by SQL."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import duckdb

from data.case_files import rows_of
from data.check_findings import Difference, text
from data.commits import run
from data.rows import Row, event_of, ticket_row
from workflow.replay import replay

BATCH = 2_000


def check_replay(cursor: duckdb.DuckDBPyConnection) -> Iterator[Difference]:
    """What differs between the ticket rows and the replay of their logs."""
    run(cursor, "check/make_plain_tickets")
    run(cursor, "check/make_plain_presents")
    suspects = [str(ticket_id) for (ticket_id,) in run(cursor, "check/suspects")]
    for start in range(0, len(suspects), BATCH):
        among = {"ticket_ids": suspects[start : start + BATCH]}
        logs = _by_ticket(rows_of(cursor, "check/events_among", among), "ticket_id")
        for row in rows_of(cursor, "check/tickets_among", among):
            ticket_id = str(row["id"])
            if ticket_id in logs:  # a ticket without a log is named already
                yield from _compared(row, logs[ticket_id])


def _by_ticket(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    return {str(key): list(group) for key, group in groupby(rows, key=lambda row: row[column])}


def _compared(stored: Row, log: Sequence[Row]) -> Iterator[Difference]:
    number = stored["number"]
    try:
        events = [event_of(row) for row in log]
        ticket = replay(events)
    except (AttributeError, KeyError, ValueError, TypeError) as error:
        yield Difference(number=number, place="events", stored=f"a log that fails at {error!r}", expected="a ticket")
        return
    for column, expected in ticket_row(ticket, events).items():
        value = str(stored[column]) if column == "id" else stored[column]
        if value != expected:
            yield Difference(number=number, place=f"tickets.{column}", stored=text(value), expected=text(expected))
