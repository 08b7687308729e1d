"""How the records beside a ticket become rows and rows become records again. Runs no statement."""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from data.rows import Row
from workflow.records import Claim, Evidence, Link, Message, Money, Order, OrderItem, Posting, Product
from workflow.vocabulary import Channel, EvidenceKind, Role, Scheme

_INSTANTS = frozenset(
    {
        "anchor_at",
        "due_at",
        "sent_at",
        "recorded_at",
        "added_at",
        "filed_at",
        "auto_approve_at",
        "linked_at",
        "ordered_at",
        "status_changed_at",
        "shipped_at",
        "promised_at",
        "original_promised_at",
        "delivered_at",
    }
)


def content_of(text: str) -> Row:
    """A row that a statement gave as JSON, with its instants and decimals as such."""
    row: Row = json.loads(text, parse_float=Decimal)
    for name in _INSTANTS & row.keys():
        if row[name] is not None:
            row[name] = datetime.fromisoformat(row[name])
    return row


def message_row(message: Message) -> Row:
    """The row of a message, with its direction beside it."""
    return {**_fields(message), "direction": message.direction}


def message_of(row: Row) -> Message:
    """The message of a row of `messages`."""
    known = {name: row[name] for name in Message.__dataclass_fields__}
    return Message(**{**known, "author_role": Role(row["author_role"]), "channel": Channel(row["channel"])})


def evidence_row(evidence: Evidence) -> Row:
    """The row of a file of evidence."""
    return _fields(evidence)


def evidence_of(row: Row) -> Evidence:
    """The evidence of a row of `evidence`."""
    return Evidence(**{**row, "kind": EvidenceKind(row["kind"]), "added_by_role": Role(row["added_by_role"])})


def claim_row(claim: Claim) -> Row:
    """The row of a claim."""
    return {**_fields(claim, "amount"), **_money_fields("amount", "currency", claim.amount)}


def claim_of(row: Row) -> Claim:
    """The claim of a row of `claims`."""
    amount = _money(row.pop("amount"), row.pop("currency"))
    return Claim(**row, amount=amount)


def link_row(link: Link) -> Row:
    """The row of a link."""
    return _fields(link)


def order_row(order: Order) -> Row:
    """The row of an order, without its items."""
    return _fields(order, "items")


def item_rows(order: Order) -> list[Row]:
    """The rows of an order's items, in their order."""
    return [
        {
            "order_id": order.id,
            "line": line,
            "product_id": item.product_id,
            "quantity": item.quantity,
            **_money_fields("price_amount", "price_currency", item.price),
        }
        for line, item in enumerate(order.items, start=1)
    ]


def order_of(row: Row, items: Iterable[Row]) -> Order:
    """The order of a row of `orders` and those of its items."""
    return Order(
        **row,
        items=tuple(
            OrderItem(
                product_id=item["product_id"],
                quantity=item["quantity"],
                price=Money(amount=item["price_amount"], currency=item["price_currency"]),
            )
            for item in items
        ),
    )


def posting_row(posting: Posting) -> Row:
    """The row of a posting."""
    return _fields(posting)


def posting_of(row: Row) -> Posting:
    """The posting of a row of `postings`."""
    return Posting(**{**row, "scheme": Scheme(row["scheme"])})


def product_row(product: Product, seller_id: str) -> Row:
    """The row of a product that `seller_id` sells."""
    price = _money_fields("price_amount", "price_currency", product.price)
    return {**_fields(product, "price"), "seller_id": seller_id, **price}


def product_of(row: Row) -> Product:
    """The product of a row of `products`."""
    known = {name: row[name] for name in Product.__dataclass_fields__ if name in row}
    return Product(**known, price=_money(row["price_amount"], row["price_currency"]))


def _fields(value: Any, *without: str) -> Row:  # noqa: ANN401 - any of the records
    return {
        name: getattr(value, name) if not hasattr(getattr(value, name), "value") else getattr(value, name).value
        for name in value.__dataclass_fields__
        if name not in without
    }


def _money_fields(amount: str, currency: str, money: Money | None) -> Row:
    return {amount: money.amount if money else None, currency: money.currency if money else None}


def _money(amount: Decimal | int | None, currency: str | None) -> Money | None:
    return None if amount is None else Money(amount=Decimal(amount), currency=currency or "")
