"""Puts a whole desk that was simulated in memory into the file: one transaction, one statement a table."""

from collections import defaultdict
from datetime import datetime

import duckdb

from data.commits import load, run, value_of, with_positions
from data.errors import NumbersTakenError
from data.keeping import keep
from data.people import People, write_people
from data.record_rows import (
    claim_row,
    evidence_row,
    item_rows,
    link_row,
    message_row,
    order_row,
    posting_row,
    product_row,
)
from data.rows import event_row, ticket_row
from data.search_index import keep_words, make_record_words
from data.store import DuckTicketStore
from workflow.memory import MemoryTicketStore


def load_desk(store: DuckTicketStore, memory: MemoryTicketStore, people: People) -> None:
    """Load everything that `memory` holds, and `people`; the events keep their order, the tickets their numbers.

    `NumbersTakenError` where the desk has given one of the numbers already. All of it or nothing.
    """
    for content in memory.blobs.values():
        store.blobs.put(content)
    with store.database.writing() as cursor:
        _take_numbers(cursor, sorted(ticket.number for ticket in memory.tickets.values()))
        _load_log(cursor, memory)
        _load_records(cursor, memory)
        _load_orders(cursor, memory)
        write_people(cursor, people, _first_seen(memory, people))
        keep_words(cursor)
        make_record_words(cursor)
        keep(cursor)
    store.database.checkpoint()


def _take_numbers(cursor: duckdb.DuckDBPyConnection, numbers: list[int]) -> None:
    if not numbers:
        return
    next_free = value_of(cursor, "store/next_free_number", {})
    if numbers[0] < next_free:
        raise NumbersTakenError(lowest=numbers[0], next_free=next_free)
    run(cursor, "store/reserve_numbers", {"count": numbers[-1] - next_free + 1})


def _load_log(cursor: duckdb.DuckDBPyConnection, memory: MemoryTicketStore) -> None:
    events = sorted((event for log in memory.events.values() for event in log), key=lambda event: event.position or 0)
    load(cursor, "tickets", [ticket_row(ticket, memory.events[ticket.id]) for ticket in memory.tickets.values()])
    placed = with_positions(cursor, events)
    load(cursor, "events", [{**event_row(event), "position": event.position} for event in placed])
    if placed:
        run(cursor, "store/insert_recorded_merges", {"since": placed[0].position})
        run(cursor, "store/insert_undone_merges", {"since": placed[0].position})


def _load_records(cursor: duckdb.DuckDBPyConnection, memory: MemoryTicketStore) -> None:
    load(cursor, "messages", [message_row(item) for items in memory.messages.values() for item in items])
    load(cursor, "evidence", [evidence_row(item) for items in memory.evidence.values() for item in items])
    load(cursor, "claims", [claim_row(item) for items in memory.claims.values() for item in items])
    load(cursor, "ticket_links", [link_row(item) for item in memory.links])


def _load_orders(cursor: duckdb.DuckDBPyConnection, memory: MemoryTicketStore) -> None:
    orders = memory.orders.values()
    sellers = {item.product_id: order.seller_id for order in orders for item in order.items}
    load(cursor, "orders", [order_row(order) for order in orders])
    load(cursor, "order_items", [row for order in orders for row in item_rows(order)])
    load(cursor, "postings", [posting_row(posting) for posting in memory.postings.values()])
    load(cursor, "products", [product_row(item, sellers.get(item.id, "")) for item in memory.products.values()])


def _first_seen(memory: MemoryTicketStore, people: People) -> dict[str, datetime]:
    """When each buyer first appears: with the first order or the first ticket."""
    seen: defaultdict[str, list[datetime]] = defaultdict(list)
    for order in memory.orders.values():
        seen[order.buyer_key].append(order.ordered_at)
    for ticket in memory.tickets.values():
        seen[ticket.buyer_key].append(ticket.opened_at)
    first = {key: min(instants) for key, instants in seen.items() if key}
    latest = max((instant for instants in seen.values() for instant in instants), default=None)
    strangers = {person.buyer_key for person in people.persons} - first.keys()
    return first | {key: latest for key in sorted(strangers) if latest}
