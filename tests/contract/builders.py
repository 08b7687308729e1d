"""Tickets, their changes and what lies beside them, for whatever keeps tickets."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from workflow.ports import Change
from workflow.records import (
    Evidence,
    Message,
    Money,
    Order,
    OrderItem,
    Posting,
    Product,
)
from workflow.replay import evolve, written
from workflow.tickets import Event, Ticket
from workflow.vocabulary import (
    Ball,
    Channel,
    EventKind,
    EvidenceKind,
    Role,
    Scheme,
    StateKind,
)

T0 = datetime.fromisoformat("2026-03-02T09:30:15.123456")
MINUTE = timedelta(minutes=1)


def uid(number: int) -> str:
    return f"0195573a-0000-7000-8000-{number:012d}"


def event(ticket_id: str, seq: int, **changes: Any) -> Event:
    given: dict[str, Any] = {
        "kind": EventKind.TRANSITION,
        "name": "seller_reply",
        "category": "logistics_delay",
        "lifecycle_version": 1,
        "from_state": "new",
        "from_kind": StateKind.OPEN,
        "to_state": "new",
        "to_kind": StateKind.OPEN,
        "to_ball": Ball.SELLER,
        "actor_role": Role.SELLER_AGENT,
        "actor_id": "anna",
        "recorded_by": "anna",
        "occurred_at": T0 + seq * MINUTE,
        "recorded_at": T0 + seq * MINUTE,
    }
    return Event(ticket_id=ticket_id, seq=seq, **{**given, **changes})


def opened(number: int, *, timers: tuple[dict[str, str], ...] = (), **attributes: Any) -> Change:
    values = {
        "number": number,
        "channel": "chat_app",
        "language": "ru",
        "priority": "normal",
        "seller_id": "s-1",
        "buyer_key": "b-1",
        "tags": ["fragile", "gift"],
        **attributes,
    }
    payload = {"ticket": values, "starts": {"reply": written(T0)}, "raises": ["urgent"], "timers": list(timers)}
    first = event(
        uid(number),
        1,
        kind=EventKind.OPENED,
        name="open",
        from_state="",
        from_kind=None,
        is_visit=True,
        payload=payload,
    )
    return Change(expected_version=0, ticket=evolve(None, first), events=(first,))


def acted(ticket: Ticket, **changes: Any) -> Change:
    following = event(ticket.id, ticket.version + 1, from_state=ticket.state, from_kind=ticket.state_kind, **changes)
    return Change(expected_version=ticket.version, ticket=evolve(ticket, following), events=(following,))


def timer(trigger: str, due_at: datetime) -> dict[str, str]:
    return {
        "trigger": trigger,
        "clock": "reply",
        "anchor_at": written(T0),
        "due_at": written(due_at),
        "policy_id": f"{trigger}-1",
    }


def message(number: int, ticket_id: str, **changes: Any) -> Message:
    given: dict[str, Any] = {
        "author_role": Role.BUYER,
        "author_id": "b-1",
        "channel": Channel.CHAT_WEB,
        "is_public": True,
        "text": "Где посылка?",
        "sent_at": T0,
        "recorded_at": T0 + MINUTE,
    }
    return Message(id=uid(number), ticket_id=ticket_id, **{**given, **changes})


def evidence(number: int, content: bytes) -> tuple[Evidence, bytes]:
    item = Evidence(
        id=uid(number),
        ticket_id=uid(1),
        kind=EvidenceKind.PHOTO,
        content_hash=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        media_type="image/jpeg",
        file_name="photo 1.jpg",
        added_by_role=Role.BUYER,
        added_by_id="b-1",
        added_at=T0,
    )
    return item, content


def bought() -> tuple[Order, Posting, Posting, Product]:
    price = Money(amount=Decimal("1299.90"), currency="RUB")
    cheap = Money(amount=Decimal("0.10"), currency="RUB")
    items = (
        OrderItem(product_id="sku-1", quantity=2, price=price),
        OrderItem(product_id="sku-2", quantity=1, price=cheap),
    )
    order = Order(id="o-1", number="0042-1", seller_id="s-1", buyer_key="b-1", ordered_at=T0, items=items)
    sent = Posting(
        number="p-1",
        order_id="o-1",
        scheme=Scheme.RFBS,
        status="in_transit",
        status_changed_at=T0,
        tracking_number="RU 1",
        is_cross_border=True,
        promised_at=T0 + MINUTE,
    )
    exchange = replace(sent, number="p-2", status_changed_at=T0 + MINUTE, promised_at=None)
    product = Product(
        id="sku-1",
        name="Чайник",
        product_category="kettle",
        price=price,
        warranty_days=365,
        is_technically_complex=True,
    )
    return order, sent, exchange, product
