"""Reads a ticket with everything that lies beside it, in statements that all see the same moment."""

from collections import defaultdict
from operator import itemgetter
from typing import Any
from uuid import UUID

import duckdb

from data.record_rows import claim_of, content_of, evidence_of, message_of, order_of, posting_of, product_of
from data.rows import Row, ticket_of
from data.statements import parsed
from workflow.errors import TicketNotFoundError
from workflow.records import Case, LinkedTicket, Posting, Surroundings
from workflow.tickets import Scope
from workflow.vocabulary import LinkKind, StateKind


def scope_parameters(scope: Scope) -> dict[str, list[str]]:
    """What every scoped statement asks for."""
    return {"seller_ids": list(scope.seller_ids), "team_ids": list(scope.team_ids)}


def rows_of(cursor: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> list[Row]:
    """All rows of a statement, by column name."""
    cursor.execute(parsed(cursor, query), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def load_case(cursor: duckdb.DuckDBPyConnection, ticket_id: str, scope: Scope) -> Case:
    """The ticket and its file; `TicketNotFoundError` if there is none within `scope`. So are its linked tickets.

    Plain statements: one that unites and sorts all of it costs twice their sum. Records that few tickets have are read
    where there are some.
    """
    found = rows_of(cursor, "store/ticket", {"ticket_id": ticket_id})
    ticket = ticket_of(found[0]) if found else None
    if ticket is None or not scope.covers(ticket):
        raise TicketNotFoundError(ticket_id=ticket_id)
    beside = {"ticket_id": ticket_id}
    some = {part for (part,) in cursor.execute(parsed(cursor, "store/rare_beside"), beside).fetchall()}

    def rare(part: str) -> list[Row]:
        return _in_order(cursor, f"store/{part}_of", beside) if part in some else []

    bought, exchange = _bought(cursor, ticket.order_id, ticket.posting_number, ticket.product_id)
    return Case(
        ticket=ticket,
        messages=tuple(map(message_of, _in_order(cursor, "store/messages_of", beside))),
        evidence=tuple(map(evidence_of, rare("evidence"))),
        claims=tuple(map(claim_of, rare("claims"))),
        links=_links(cursor, ticket.id, rare("links"), scope),
        order=bought.order,
        posting=bought.posting,
        exchange_posting=exchange,
        product=bought.product,
    )


def surroundings(
    cursor: duckdb.DuckDBPyConnection, order_id: str, posting_number: str, product_id: str
) -> Surroundings:
    """The order, the posting and the product with these ids, as far as they are known."""
    return _bought(cursor, order_id, posting_number, product_id)[0]


def _bought(
    cursor: duckdb.DuckDBPyConnection, order_id: str, posting_number: str, product_id: str
) -> tuple[Surroundings, Posting | None]:
    """What was bought, and the order's newest other parcel, which is the exchange's."""
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    if order_id or product_id:
        names = {"order_id": order_id or None, "product_id": product_id}
        for part, record in cursor.execute(parsed(cursor, "store/bought"), names).fetchall():
            parts[part].append(content_of(record))
    postings = parts["posting"]
    if posting_number and all(row["number"] != posting_number for row in postings):
        found = cursor.execute(parsed(cursor, "store/posting"), {"posting_number": posting_number}).fetchall()
        postings += [content_of(record) for (record,) in found]
    own = next((posting_of(row) for row in postings if row["number"] == posting_number), None)
    others = [posting_of(row) for row in postings if row["number"] != posting_number]
    exchange = max(others, key=lambda posting: (posting.status_changed_at, posting.number), default=None)
    items = sorted(parts["item"], key=itemgetter("line"))
    known = Surroundings(
        order=order_of(parts["order"][0], items) if parts["order"] else None,
        posting=own,
        product=product_of(parts["product"][0]) if parts["product"] else None,
    )
    return known, exchange


def _in_order(cursor: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> list[Row]:
    """The rows in the order in which they were written. Sorted here, where a few cost nothing."""
    rows = sorted(rows_of(cursor, query, parameters), key=itemgetter("place"))
    return [
        {name: str(value) if isinstance(value, UUID) else value for name, value in row.items() if name != "place"}
        for row in rows
    ]


def _links(
    cursor: duckdb.DuckDBPyConnection, ticket_id: str, links: list[Row], scope: Scope
) -> tuple[LinkedTicket, ...]:
    if not links:
        return ()
    others = [_other_end(link, ticket_id) for link in links]
    wanted = {"ticket_ids": others, **scope_parameters(scope)}
    found = {str(row["id"]): row for row in rows_of(cursor, "store/linked_tickets", wanted)}
    return tuple(
        LinkedTicket(
            id=other,
            number=found[other]["number"],
            kind=LinkKind(link["kind"]),
            is_child=link["to_ticket_id"] == ticket_id,
            category=found[other]["category"],
            state=found[other]["state"],
            state_kind=StateKind(found[other]["state_kind"]),
            linked_at=link["linked_at"],
        )
        for other, link in zip(others, links, strict=True)
        if other in found
    )


def _other_end(link: Row, ticket_id: str) -> str:
    return link["from_ticket_id"] if link["to_ticket_id"] == ticket_id else link["to_ticket_id"]
