"""Reads a ticket with everything that lies beside it, in few statements that all see the same moment."""

from collections import defaultdict
from typing import Any

import duckdb

from data.record_rows import claim_of, content_of, evidence_of, message_of, order_of, posting_of, product_of
from data.rows import Row, ticket_of
from data.statements import parsed
from workflow.errors import TicketNotFoundError
from workflow.records import Case, LinkedTicket, Posting, Surroundings
from workflow.tickets import Scope
from workflow.vocabulary import LinkKind, StateKind

Parts = dict[str, list[Row]]


def scope_parameters(scope: Scope) -> dict[str, list[str]]:
    """What every scoped statement asks for."""
    return {"seller_ids": list(scope.seller_ids), "team_ids": list(scope.team_ids)}


def rows_of(cursor: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> list[Row]:
    """All rows of a statement, by column name."""
    cursor.execute(parsed(cursor, query), parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def load_case(cursor: duckdb.DuckDBPyConnection, ticket_id: str, scope: Scope) -> Case:
    """The ticket and its file; `TicketNotFoundError` if there is none within `scope`. So are its linked tickets."""
    found = rows_of(cursor, "store/ticket", {"ticket_id": ticket_id, **scope_parameters(scope)})
    if not found:
        raise TicketNotFoundError(ticket_id=ticket_id)
    parts = _parts(cursor, "store/case_file", {"ticket_id": ticket_id})
    ticket = ticket_of(found[0])
    bought, exchange = _bought(cursor, ticket.order_id, ticket.posting_number, ticket.product_id)
    return Case(
        ticket=ticket,
        messages=tuple(map(message_of, parts["message"])),
        evidence=tuple(map(evidence_of, parts["evidence"])),
        claims=tuple(map(claim_of, parts["claim"])),
        links=_links(cursor, ticket_id, parts["link"], scope),
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
    if not (order_id or posting_number or product_id):
        return Surroundings(), None
    names = {"order_id": order_id, "posting_number": posting_number, "product_id": product_id}
    parts = _parts(cursor, "store/order_file", names)
    order = order_of(parts["order"][0], parts["item"]) if parts["order"] else None
    product = product_of(parts["product"][0]) if parts["product"] else None
    postings = [posting_of(row) for row in parts["posting"]]
    own = next((posting for posting in postings if posting.number == posting_number), None)
    others = [posting for posting in postings if order_id and posting.number != posting_number]
    exchange = max(others, key=lambda posting: (posting.status_changed_at, posting.number), default=None)
    return Surroundings(order=order, posting=own, product=product), exchange


def _parts(cursor: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> Parts:
    parts: Parts = defaultdict(list)
    for part, _, content in cursor.execute(parsed(cursor, query), parameters).fetchall():
        parts[part].append(content_of(content))
    return parts


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
