"""Proves that the desk's file is whole: the present is what the log says, and everything that is named exists.

Reads only. Statements under `sql/check` give no row where all is well; only tickets with effects are replayed here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb

from data.blobs import Blobs
from data.case_files import rows_of
from data.commits import run
from data.database import Database
from data.rows import Row, event_of, ticket_row, timer_of, timer_rows
from data.store import evidence_root
from workflow.replay import replay

BATCH = 2_000
_STATEMENTS = ("log", "positions", "chain", "lifecycles", "identities", "references", "records")


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing that is not as the log says; `number` is None where it belongs to no ticket."""

    number: int | None
    place: str
    stored: str
    expected: str

    def __str__(self) -> str:
        subject = "The desk" if self.number is None else f"Ticket {self.number}"
        return f"{subject}: {self.place} is {self.stored}, expected {self.expected}."


def check(database: Database) -> list[Difference]:
    """Every difference between the log, the present and what they name; an empty list where all is well."""
    with database.reading() as cursor:
        found = [difference for name in _STATEMENTS for difference in _rows(cursor, f"check/{name}")]
        found += _replayed(cursor)
        found += _evidence_files(cursor, Blobs(evidence_root(database.path)))
        keys = rows_of(cursor, "check/sampled_keys", {})
    found += _keys(database, keys)
    return sorted(found, key=lambda item: (item.number is None, item.number or 0))


def _rows(cursor: duckdb.DuckDBPyConnection, query: str) -> list[Difference]:
    return [
        Difference(number=number, place=place, stored=_text(stored), expected=_text(expected))
        for number, place, stored, expected in run(cursor, query)
    ]


def _replayed(cursor: duckdb.DuckDBPyConnection) -> Iterator[Difference]:
    """What differs between the ticket rows and the replay of their logs."""
    run(cursor, "check/make_plain_tickets")
    suspects = [str(ticket_id) for (ticket_id,) in run(cursor, "check/suspects")]
    for start in range(0, len(suspects), BATCH):
        among = {"ticket_ids": suspects[start : start + BATCH]}
        logs = _by_ticket(rows_of(cursor, "check/events_among", among), "ticket_id")
        timers = _by_ticket(rows_of(cursor, "check/timers_among", among), "ticket_id")
        for row in rows_of(cursor, "check/tickets_among", among):
            ticket_id = str(row["id"])
            if ticket_id in logs:  # a ticket without a log is named already
                yield from _compared(row, timers.get(ticket_id, []), logs[ticket_id])


def _by_ticket(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    return {str(key): list(group) for key, group in groupby(rows, key=lambda row: row[column])}


def _compared(stored: Row, stored_timers: Sequence[Row], log: Sequence[Row]) -> Iterator[Difference]:
    number = stored["number"]
    events = [event_of(row) for row in log]
    try:
        ticket = replay(events)
    except (KeyError, ValueError, TypeError) as error:
        yield Difference(number=number, place="events", stored=f"a log that fails at {error!r}", expected="a ticket")
        return
    for column, expected in ticket_row(ticket, events).items():
        value = str(stored[column]) if column == "id" else stored[column]
        if value != expected:
            yield Difference(number=number, place=f"tickets.{column}", stored=_text(value), expected=_text(expected))
    kept = sorted(str(timer_of(row)) for row in stored_timers)
    armed = sorted(str(timer_of(row)) for row in timer_rows(ticket))
    if kept != armed:
        yield Difference(number=number, place="timers", stored=_text(kept), expected=_text(armed))


def _evidence_files(cursor: duckdb.DuckDBPyConnection, blobs: Blobs) -> Iterator[Difference]:
    """Files that are missing beside the database, or whose bytes are not those of their name."""
    for content_hash, size_bytes, number in run(cursor, "check/evidence_files"):
        stored = blobs.fault(content_hash, size_bytes)
        if stored:
            place = f"evidence file {content_hash}"
            yield Difference(number=number, place=place, stored=stored, expected=f"whole, {size_bytes} bytes")


def _keys(database: Database, keys: Sequence[Row]) -> Iterator[Difference]:
    """Keys that do not find what a scan finds, or do not refuse it a second time."""
    for key in keys:
        ticket = {"ticket_id": key["ticket_id"]}
        found = database.read("check/look_up_ticket", ticket)[0][0]
        if found != 1:
            yield Difference(
                number=None, place=f"the key of ticket {key['ticket_id']}", stored=f"{found} rows", expected="1 row"
            )
        if not database.refuses("check/insert_ticket_again", ticket):
            yield _open_key(f"the key of ticket {key['ticket_id']}")
        if not database.refuses("check/insert_again", key):
            yield _open_key(f"the key of event {key['seq']} of ticket {key['ticket_id']}")


def _open_key(place: str) -> Difference:
    return Difference(number=None, place=place, stored="open to a second row", expected="taken")


def _text(value: Any) -> str:  # noqa: ANN401 - any column's value
    return "nothing" if value is None or value == "" else str(value)
