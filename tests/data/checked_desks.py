"""Desks to be checked: one with a worked ticket, and one with everything that lies beside tickets."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from data.check import Difference, check
from data.database import Database
from data.opening import OpenDesk
from workflow.contacts import Contact
from workflow.evidence import File
from workflow.records import Claim, Money, Order
from workflow.tickets import SYNC, Actor, Ticket
from workflow.vocabulary import Channel, LinkKind, Role

T0 = datetime.fromisoformat("2026-03-02T09:00:00")
HOUR = timedelta(hours=1)
AGENT = Actor(role=Role.SELLER_AGENT, id="anna")
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636000000002000148afa471000000"
    "0049454e44ae426082"
)
PHOTO = File(name="photo.png", content=_PIXEL)  # one black pixel
CLAIM_ID = "0195573a-0000-7000-8000-000000000900"


def contact_of(**changes: Any) -> Contact:
    given: dict[str, Any] = {
        "category": "logistics_delay",
        "channel": Channel.CHAT_APP,
        "seller_id": "s-1",
        "buyer_key": "b-1",
        "order_id": "o-1",
        "files": (PHOTO,),
        "text": "Where is it?",
    }
    return Contact(**given | changes)


def ticket_of(opened: OpenDesk, **changes: Any) -> Ticket:
    """Ticket 1 with a photo, an answer, timers and an order."""
    opened.store.save_order(Order(id="o-1", number="1", seller_id="s-1", buyer_key="b-1", ordered_at=T0), (), ())
    ticket = opened.desk.open_ticket(contact_of(**changes), actor=AGENT, now=T0)
    opened.desk.act(ticket.id, "register", actor=AGENT, now=T0 + HOUR)
    return opened.desk.act(
        ticket.id, "seller_reply", actor=AGENT, now=T0 + 2 * HOUR, inputs={"reply_text": "On its way."}
    )


def family_of(opened: OpenDesk) -> None:
    """Ticket 1 with a claim that moved on (events 6 and 7), ticket 2 that follows it up and asks the buyer (4)."""
    first = ticket_of(opened)
    for status, at in (("OnSellerApproval", T0 + 3 * HOUR), ("Approved", T0 + 4 * HOUR)):
        claim = Claim(
            id=CLAIM_ID,
            ticket_id=first.id,
            kind="return",
            external_ref="RET-1",
            status=status,
            reason_code="defect",
            is_defect=True,
            filed_at=T0 + 3 * HOUR,
            amount=Money(amount=Decimal("12.50"), currency="RUB"),
        )
        opened.desk.record_claim(claim, actor=SYNC, now=at)
    following = contact_of(files=(), linked_to=first.id, link_kind=LinkKind.FOLLOW_UP_OF)
    second = opened.desk.open_ticket(following, actor=AGENT, now=T0 + 5 * HOUR)
    opened.desk.sync_state(second.id, "under_investigation", "M-1", actor=SYNC, now=T0 + 6 * HOUR)
    asked = {"asked_party": "buyer", "request_text": "Which box?"}
    opened.desk.act(second.id, "request_information", actor=SYNC, now=T0 + 7 * HOUR, inputs=asked)


def spoilt(database: Database, *statements: str) -> list[Difference]:
    """What `check` finds after somebody ran `statements`."""
    with database.writing() as cursor:
        for text in statements:
            cursor.execute(text).fetchall()
    return check(database)


def places(differences: list[Difference]) -> list[tuple[int | None, str]]:
    return [(difference.number, difference.place) for difference in differences]


def read_one(database: Database, query: str) -> Any:
    """The one value that a query gives."""
    ((value,),) = database.read(query)
    return value
