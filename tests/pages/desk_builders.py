"""A desk with a handful of tickets, made through the real use cases, for the tests of the pages."""

from datetime import datetime, timedelta
from decimal import Decimal

from data.opening import OpenDesk
from data.people import Agent, BuyerPerson, People, Seller, save_people
from workflow.contacts import Contact
from workflow.evidence import File
from workflow.records import Case, Money, Order, OrderItem, Posting, Product
from workflow.tickets import Actor, Ticket
from workflow.vocabulary import Channel, Language, Priority, Role, Scheme

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082"
)
ANNA = Actor(role=Role.SELLER_AGENT, id="anna")
BUYER_TEXT = "Where is my parcel? **Not bold** <img src=x onerror=alert(1)> ![](https://example.org/x.png)"


def fill(opened: OpenDesk, now: datetime) -> None:
    """Two sellers, two agents, one order, four tickets of logistics delay: number 1 is new, the others registered."""
    people = People(
        sellers=(Seller(id="s1", name="Northwind Audio"), Seller(id="s2", name="Birch Home")),
        agents=(Agent(id="anna", name="Anna Petrova"), Agent(id="li", name="Li Wei")),
        persons=(BuyerPerson(buyer_key="b1", name="Ivan S."),),
    )
    save_people(opened.database, people, now)
    opened.store.save_order(order(now), [posting(now)], [product()])
    for index in range(4):
        ticket = open_ticket(opened, now - timedelta(hours=5 * index + 2), index)
        if index:
            opened.desk.act(ticket.id, "register", actor=ANNA, now=now - timedelta(hours=5 * index + 1))


def contact_about_the_order(index: int = 0) -> Contact:
    return Contact(
        category="logistics_delay",
        channel=Channel.CHAT_APP,
        text=BUYER_TEXT,
        seller_id="s1",
        buyer_key="b1",
        language=Language.RU,
        priority=list(Priority)[index % 4],
        order_id="o1",
        posting_number="40001-0001-1",
        product_id="p1",
        files=(File(name="label.png", content=PNG),),
    )


def open_ticket(opened: OpenDesk, at: datetime, index: int = 0) -> Ticket:
    return opened.desk.open_ticket(contact_about_the_order(index), actor=ANNA, now=at)


def numbered(opened: OpenDesk, number: int) -> Case:
    ((ticket_id,),) = opened.database.read("select id::varchar from tickets where number = $1", [number])
    return opened.store.load_case(ticket_id)


def product() -> Product:
    return Product(
        id="p1",
        name="Wireless headphones N7",
        product_category="electronics",
        price=Money(amount=Decimal("4990.00"), currency="RUB"),
        stock_count=3,
    )


def order(now: datetime) -> Order:
    return Order(
        id="o1",
        number="40001-0001",
        seller_id="s1",
        buyer_key="b1",
        ordered_at=now - timedelta(days=14),
        items=(OrderItem(product_id="p1", quantity=1, price=Money(amount=Decimal("4990.00"), currency="RUB")),),
    )


def posting(now: datetime) -> Posting:
    return Posting(
        number="40001-0001-1",
        order_id="o1",
        scheme=Scheme.RFBS,
        status="delivering",
        status_changed_at=now - timedelta(days=8),
        tracking_number="RR123456789CN",
        carrier="CDEK",
        shipped_at=now - timedelta(days=12),
        promised_at=now - timedelta(days=3),
        original_promised_at=now - timedelta(days=5),
    )


def field(elements, prefix):
    """The one widget whose key begins so: an editor's keys end with the record that they are of."""
    (found,) = [element for element in elements if element.key and element.key.startswith(prefix)]
    return found
