"""How a contact becomes the first events of a ticket."""

from datetime import datetime

from workflow.acts import Act
from workflow.casework import CaseWork
from workflow.contacts import Contact
from workflow.ports import TicketStore
from workflow.records import Link
from workflow.replay import written
from workflow.rules import Rules
from workflow.tickets import Actor, Ticket
from workflow.vocabulary import EventKind, Role


def contacted(  # noqa: PLR0913, PLR0917 - as `opened`
    store: TicketStore,
    rules: Rules,
    contact: Contact,
    actor: Actor,
    at: datetime,
    now: datetime,
    *,
    linked: Ticket | None = None,
) -> CaseWork:
    """Work on a new ticket of `contact` as `actor` writes it down, with the buyer's text and files."""
    work = opened(store, rules, contact, actor, at, now, linked=linked)
    buyer = Actor(role=Role.BUYER, id=contact.buyer_key, recorded_by=actor.id)
    work.act(buyer, "buyer_message", {"message_text": contact.text}, at)
    if contact.files:
        work.attach(contact.files, buyer, at)
    return work


def opened(  # noqa: PLR0913, PLR0917 - a ticket's birth has this many parts
    store: TicketStore,
    rules: Rules,
    contact: Contact,
    actor: Actor,
    at: datetime,
    now: datetime,
    *,
    linked: Ticket | None = None,
) -> CaseWork:
    """Work on a new ticket of `contact`, opened at `at`; the contact's text and files are still to be added.

    `linked` is the ticket that `contact.linked_to` names; the link stands in the first event. So does the scheme that
    the parcel had then (empty: no parcel was known), for promises are made by it, whatever the parcel becomes.
    """
    lifecycle = rules.lifecycles.newest(contact.category)
    surroundings = store.surroundings(contact)
    scheme = surroundings.posting.scheme.value if surroundings.posting else ""
    payload: dict[str, object] = {"ticket": _attributes(contact, store.next_number()), "scheme": scheme}
    if linked:
        payload["link"] = {"to": linked.id, "kind": contact.link_kind.value, "linked_at": written(at)}
    act = Act(
        ticket_id=rules.new_id(now),
        kind=EventKind.OPENED,
        name="open",
        actor=actor,
        occurred_at=at,
        recorded_at=now,
        to_state=lifecycle.initial,
        payload=payload,
    )
    work = CaseWork.opened(rules, act, lifecycle, surroundings, now)
    if linked:
        link = Link(from_ticket_id=work.ticket.id, to_ticket_id=linked.id, kind=contact.link_kind, linked_at=at)
        work.add_link(link, linked)
    return work


def _attributes(contact: Contact, number: int) -> dict[str, object]:
    """What the first event keeps of a contact: everything but the text and the files."""
    return {
        "number": number,
        "channel": contact.channel.value,
        "language": contact.language.value,
        "priority": contact.priority.value,
        "seller_id": contact.seller_id,
        "buyer_key": contact.buyer_key,
        "order_id": contact.order_id,
        "posting_number": contact.posting_number,
        "product_id": contact.product_id,
        "team_id": contact.team_id,
        "assignee_id": contact.assignee_id,
        "tags": sorted(contact.tags),
        "is_synthetic": contact.is_synthetic,
    }
