"""Cases with valid defaults: a desk in memory with the built-in lifecycles, one order, one buyer, one agent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

from workflow.contacts import Contact
from workflow.desk import Desk
from workflow.evidence import File
from workflow.ids import new_ids
from workflow.lifecycle import Lifecycle, Lifecycles
from workflow.loading import BUILT_IN, load_directory
from workflow.memory import MemoryTicketStore
from workflow.policies import PolicyBook, PolicyRow
from workflow.records import Money, Order, OrderItem, Posting, Product
from workflow.rules import Rules
from workflow.tickets import Actor, Ticket
from workflow.vocabulary import Channel, Role, Scheme

NOW = datetime(2026, 3, 2, 9, 0)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
AGENT = Actor(role=Role.SELLER_AGENT, id="anna")
OTHER_AGENT = Actor(role=Role.SELLER_AGENT, id="boris")
BUYER = Actor(role=Role.BUYER, id="buyer-1", recorded_by="anna")
PLATFORM = Actor(role=Role.PLATFORM_AGENT, id="mediator")
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
PHOTO = File(name="photo.png", content=PNG)
CATEGORIES = ("after_sales", "logistics_delay", "product_quality")


@lru_cache
def built_in() -> tuple[tuple[Lifecycle, ...], tuple[PolicyRow, ...]]:
    """The lifecycles and policies that the desk ships."""
    return load_directory(BUILT_IN)


def rules(seed: int = 1) -> Rules:
    """The rules of the shipped lifecycles, with reproducible ids."""
    lifecycles, policies = built_in()
    return Rules(Lifecycles(lifecycles), PolicyBook(policies), new_ids(Random(seed)))


@dataclass
class World:
    """A desk in memory and short ways to work it."""

    desk: Desk
    store: MemoryTicketStore

    def open(self, category: str = "logistics_delay", at: datetime = NOW, **changes: Any) -> Ticket:
        """Open a ticket about the one order."""
        values: dict[str, Any] = {
            "category": category,
            "channel": Channel.CHAT_APP,
            "text": "Where is my parcel?",
            "seller_id": "seller-1",
            "buyer_key": "buyer-1",
            "order_id": "order-1",
            "posting_number": "1001-1",
            "product_id": "sku-1",
        }
        return self.desk.open_ticket(Contact(**(values | changes)), actor=AGENT, now=at)

    def act(self, ticket: Ticket, trigger: str, at: datetime, actor: Actor = AGENT, **inputs: object) -> Ticket:
        """Act on the ticket as it is now."""
        return self.desk.act(ticket.id, trigger, actor=actor, now=at, inputs=inputs)

    def now(self, ticket: Ticket) -> Ticket:
        """The ticket as it is stored."""
        return self.store.load_case(ticket.id).ticket


def posting(**changes: Any) -> Posting:
    """A parcel on its way, promised for yesterday."""
    values: dict[str, Any] = {
        "number": "1001-1",
        "order_id": "order-1",
        "scheme": Scheme.RFBS,
        "status": "delivering",
        "status_changed_at": NOW - 3 * DAY,
        "tracking_number": "TRACK1001",
        "promised_at": NOW - DAY,
    }
    return Posting(**(values | changes))


def world(seed: int = 1, parcel: Posting | None = None) -> World:
    """A desk with one order of one product."""
    price = Money(amount=Decimal("1990.00"), currency="RUB")
    store = MemoryTicketStore(policies=built_in()[1], names={"anna": "Anna", "boris": "Boris"})
    product = Product(
        id="sku-1", name="Kettle", product_category="appliances", price=price, warranty_days=365, stock_count=5
    )
    items = (OrderItem(product_id="sku-1", quantity=1, price=price),)
    order = Order(
        id="order-1", number="1001", seller_id="seller-1", buyer_key="buyer-1", ordered_at=NOW - 9 * DAY, items=items
    )
    store.save_order(order, (parcel or posting(),), (product,))
    return World(desk=Desk(store, rules(seed)), store=store)


def delivered(days_ago: int = 2) -> Posting:
    """The parcel, delivered before `NOW`."""
    at = NOW - days_ago * DAY
    return posting(status="delivered", status_changed_at=at, delivered_at=at)
