"""Writes changes into an open transaction: few statements for one act, one statement a table for many rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa

from data.record_rows import claim_row, evidence_row, link_row, message_row
from data.rows import Row, event_row, ticket_row
from data.statements import asked_of, narrowed, parsed
from workflow.ports import Change
from workflow.tickets import Event, Ticket
from workflow.vocabulary import EventKind

FEW = 8  # from here on one set-based insert costs less than single ones


class StaleChangeError(Exception):
    """A change was made on a version that is no more; the store turns it into the desk's error."""

    def __init__(self, ticket_id: str) -> None:
        self.ticket_id = ticket_id
        super().__init__(ticket_id)


def write(
    cursor: duckdb.DuckDBPyConnection, changes: Sequence[Change], known: Mapping[str, Ticket]
) -> tuple[Event, ...]:
    """Write `changes` and give their events with positions in order; `StaleChangeError` at the first stale one.

    `known` are tickets as they are stored now, by id, as far as they are at hand.
    """
    _write_tickets(cursor, changes, known)
    events = place(cursor, [event for change in changes for event in change.events])
    _add(cursor, "message", "messages", (message_row(item) for change in changes for item in change.messages))
    _add(cursor, "evidence", "evidence", (evidence_row(item) for change in changes for item, _ in change.evidence))
    for item in (item for change in changes for item in change.retagged):
        run(cursor, "store/tag_evidence", asked_of("store/tag_evidence", evidence_row(item)))
    for change in changes:
        _write_claims(cursor, change)
    _add(cursor, "link", "ticket_links", (link_row(item) for change in changes for item in change.links))
    for link in (item for change in changes for item in change.dropped_links):
        run(cursor, "store/drop_link", link_row(link))
    if any(event.kind is EventKind.MERGED for event in events):
        run(cursor, "store/insert_recorded_merges", {"since": events[0].position})
    if any(event.kind is EventKind.UNMERGED for event in events):
        run(cursor, "store/insert_undone_merges", {"since": events[0].position})
    return events


def place(cursor: duckdb.DuckDBPyConnection, events: Sequence[Event]) -> tuple[Event, ...]:
    """Append `events` to the log, each with the desk's next position."""
    if len(events) < FEW:
        return tuple(replace(event, position=_appended(cursor, event)) for event in events)
    placed = with_positions(cursor, events)
    load(cursor, "events", [{**event_row(event), "position": event.position} for event in placed])
    return placed


def with_positions(cursor: duckdb.DuckDBPyConnection, events: Sequence[Event]) -> tuple[Event, ...]:
    """`events` with positions in a row that are theirs from now on."""
    first = value_of(cursor, "store/reserve_positions", {"count": len(events)})
    return tuple(replace(event, position=first + offset) for offset, event in enumerate(events))


def load(cursor: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Insert many rows with the one statement `store/load_<table>`."""
    if not rows:
        return
    cursor.register("incoming", pa.Table.from_pylist(list(rows)))
    try:
        run(cursor, f"store/load_{table}")
    finally:
        cursor.unregister("incoming")


def value_of(cursor: duckdb.DuckDBPyConnection, query: str, parameters: Row) -> int:
    """The first column of the one row of a statement that counts or numbers."""
    return run(cursor, query, parameters)[0][0]


def run(cursor: duckdb.DuckDBPyConnection, query: str, parameters: Row | None = None) -> list[tuple[Any, ...]]:
    """All rows of a statement. A result that is not fetched would keep the cursor from its next work."""
    return cursor.execute(parsed(cursor, query), parameters).fetchall()


def _write_claims(cursor: duckdb.DuckDBPyConnection, change: Change) -> None:
    """Add the claims of `change`; one that the ticket has already is replaced, for its status moved on."""
    if not change.claims:
        return
    ids = [claim.id for claim in change.claims]
    run(cursor, "store/delete_claims", {"ticket_id": change.ticket.id, "ids": ids})
    _add(cursor, "claim", "claims", map(claim_row, change.claims))


def _write_tickets(cursor: duckdb.DuckDBPyConnection, changes: Sequence[Change], known: Mapping[str, Ticket]) -> None:
    new = [change for change in changes if not change.expected_version]
    rows = [ticket_row(change.ticket, change.events) for change in new]
    try:
        _add(cursor, "ticket", "tickets", rows)
    except duckdb.ConstraintException as error:
        raise StaleChangeError(new[0].ticket.id) from error
    for change in changes:
        if change.expected_version:
            _update(cursor, change, known.get(change.ticket.id))


def _update(cursor: duckdb.DuckDBPyConnection, change: Change, before: Ticket | None) -> None:
    columns = _columns(change, before)
    row = ticket_row(change.ticket, change.events, (*columns, "id") if columns else None)
    update = narrowed(cursor, "store/update_ticket", columns or frozenset(row))
    row["expected_version"] = change.expected_version
    asked = {name: row[name] for name in update.named_parameters}
    if cursor.execute(update, asked).fetchall()[0][0] != 1:
        raise StaleChangeError(change.ticket.id)


def _columns(change: Change, before: Ticket | None) -> frozenset[str]:
    """The columns that differ from the ticket as it is stored; none where that is not at hand."""
    if before is None or before.version != change.expected_version:
        return frozenset()
    after = change.ticket
    names = {name for name in Ticket.__dataclass_fields__ if getattr(before, name) != getattr(after, name)}
    if before.next_timer != after.next_timer:
        names |= {"next_due_at", "next_trigger"}
    return frozenset(names)


def _appended(cursor: duckdb.DuckDBPyConnection, event: Event) -> int:
    try:
        return value_of(cursor, "store/insert_event", event_row(event))
    except duckdb.ConstraintException as error:
        raise StaleChangeError(event.ticket_id) from error


def _add(cursor: duckdb.DuckDBPyConnection, name: str, table: str, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if len(listed) >= FEW:
        load(cursor, table, listed)
        return
    for row in listed:
        run(cursor, f"store/insert_{name}", row)
