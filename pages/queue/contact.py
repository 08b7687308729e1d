"""What the form of a new contact begins with and what was entered in it, turned into the desk's `Contact`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from data.people import new_buyer_key, new_seller_id, seller_named
from pages.shared import access, session
from pages.shared.files import taken
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.contacts import Contact, Newcomers
from workflow.records import Case, Order
from workflow.vocabulary import Channel, Language, LinkKind

PREFIX = "queue_contact_"
BEGINNING = f"{PREFIX}beginning"
CHANNELS = (Channel.CHAT_WEB, Channel.CHAT_APP, Channel.EMAIL, Channel.PHONE)
LANGUAGE, SUGGESTED = f"{PREFIX}language", f"{PREFIX}language_suggested"
PRESENT_SECONDS = 120  # the form shows minutes


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """What stands in the fields at first; of a follow-up also which ticket it continues, and its buyer."""

    linked_to: str = ""
    linked_number: int = 0
    buyer_key: str = ""
    channel: Channel = Channel.CHAT_WEB
    language: Language = Language.RU
    category: str = ""
    order_number: str = ""
    seller_id: str = ""
    product_id: str = ""


def following(case: Case) -> Beginning:
    """The beginning of a follow-up: everything that the earlier ticket knows."""
    ticket = case.ticket
    return Beginning(
        linked_to=ticket.id,
        linked_number=ticket.number,
        buyer_key=ticket.buyer_key,
        channel=ticket.channel if ticket.channel in CHANNELS else Channel.CHAT_WEB,
        language=ticket.language,
        category=ticket.category,
        order_number=ticket.posting_number or (case.order.number if case.order else ""),
        seller_id=ticket.seller_id,
        product_id=ticket.product_id,
    )


def beginning() -> Beginning:
    """What the open form began with."""
    return session.recall(BEGINNING) or Beginning()


def text_of(name: str) -> str:
    """What stands in a field, without the space around it."""
    return (session.recall(f"{PREFIX}{name}") or "").strip()


def named_order(person: Person) -> Order | None:
    """The order that the number in the form names, if the desk knows it."""
    number = text_of("number")
    return access.desk().store.order_by_number(number, person.scope) if number else None


def suggest_language(person: Person, order: Order | None) -> None:
    """Let the language be that of the newest ticket of the order's buyer, unless another one was chosen.

    Before its field is drawn. A follow-up goes on in the language of its ticket.
    """
    begun = beginning()
    known = access.directory().language_of(order.buyer_key, person.scope) if order and not begun.linked_to else None
    suggested = known or begun.language
    if session.recall(LANGUAGE) in {None, session.recall(SUGGESTED)}:
        session.remember(LANGUAGE, suggested)
        session.remember(SUGGESTED, suggested)


def product_key(order: Order | None, seller: str) -> str:
    """The key of the product's field; another order or seller has other products."""
    return f"{PREFIX}product_{order.id if order else seller}"


def missing(person: Person) -> list[str]:
    """A sentence for each part that is not there yet."""
    parts = (
        (named_order(person) or text_of("seller"), _("Say which seller it is about.")),
        (session.recall(f"{PREFIX}category"), _("Choose a category.")),
        (text_of("text"), _("Write down what the buyer says.")),
    )
    return [sentence for is_there, sentence in parts if not is_there]


def entered(person: Person) -> tuple[Contact, Newcomers | None]:
    """What was entered, and who is not known yet. No word that was typed becomes an id: they are given one."""
    order, number, begun = named_order(person), text_of("number"), beginning()
    parcels = access.directory().parcels(order.id) if order else ()
    seller = text_of("seller")
    seller_id = order.seller_id if order else _seller_id(person, seller)
    known_key = (order.buyer_key if order else "") or begun.buyer_key
    new_seller = "" if order or seller_id else new_seller_id()
    new_key = "" if known_key else new_buyer_key()
    contact = Contact(
        category=session.recall(f"{PREFIX}category"),
        channel=session.recall(f"{PREFIX}channel"),
        text=text_of("text"),
        seller_id=seller_id or new_seller,
        buyer_key=known_key or new_key,
        language=session.recall(LANGUAGE),
        priority=session.recall(f"{PREFIX}priority"),
        order_id=order.id if order else "",
        posting_number=number if number in parcels else next(iter(parcels), ""),
        product_id=session.recall(product_key(order, seller)) or "",
        team_id=_team_id(person),
        assignee_id=person.id,
        files=taken(session.recall(f"{PREFIX}files")),
        occurred_at=_occurred_at(),
        linked_to=begun.linked_to,
        link_kind=LinkKind.FOLLOW_UP_OF,
    )
    newcomers = Newcomers(
        first_seen_at=access.now(),
        seller_id=new_seller,
        seller_name=seller,
        buyer_key=new_key,
        buyer_name=text_of("buyer"),
    )
    return contact, newcomers if new_seller or new_key else None


def note_of_order(person: Person) -> str:
    """What the desk notes of an order that it does not know; empty where it knows the order, or none was named."""
    number = text_of("number")
    if not number or named_order(person):
        return ""
    return _("Order number as given: {number}").format(number=number)


def _seller_id(person: Person, chosen: str) -> str:
    """Empty for a new one. Whoever sees certain sellers only brings no new one: opening refuses what they typed."""
    if person.scope.seller_ids or chosen in access.directory().sellers(person.scope):
        return chosen
    return seller_named(access.desk().database, chosen)


def _team_id(person: Person) -> str:
    """The team of whoever opens it and has it; where they see others' tickets only, the first of those teams."""
    own = access.directory().team_of(person.id)
    return own if person.scope.has_team(own) else person.scope.team_ids[0]


def _occurred_at() -> datetime | None:
    """What was entered, on the desk's clock; the present minute counts as now."""
    written = session.recall(f"{PREFIX}at")
    if written is None:
        return None
    at = written.replace(tzinfo=ZoneInfo(access.zone())).astimezone(UTC).replace(tzinfo=None)
    return None if (access.now() - at).total_seconds() < PRESENT_SECONDS else at
