"""Acts on a real desk that leave a mark in the log, and the search for marks that were lost."""

import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from data.clock import now
from data.opening import OpenDesk
from data.people import Agent, People, save_people
from data.store import DuckTicketStore
from workflow.contacts import Contact, Newcomers
from workflow.ports import Change
from workflow.records import Case, Posting
from workflow.tickets import Actor, Event, Ticket
from workflow.vocabulary import Channel, Priority, Role

START = datetime.fromisoformat("2026-03-02T09:00:00")
PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636000000002000148afa471000000"
    "0049454e44ae426082"
)  # a PNG of one pixel
Ack = tuple[str, int, str]  # ticket id, version, the mark that the act left in its event


class TimedStore(DuckTicketStore):
    """The desk's store, noting how long each commit took, with the wait for the writer's lock."""

    def __init__(self, opened: OpenDesk) -> None:
        super().__init__(opened.database, opened.store.blobs.root)
        self.seconds: list[float] = []

    def commit(
        self,
        changes: Sequence[Change],
        *,
        posting: Posting | None = None,
        seen: Posting | None = None,
        newcomers: Newcomers | None = None,
    ) -> tuple[Event, ...]:
        began_at = time.perf_counter()
        events = super().commit(changes, posting=posting, seen=seen, newcomers=newcomers)
        self.seconds.append(time.perf_counter() - began_at)
        return events


def agent(index: int) -> Actor:
    return Actor(role=Role.SELLER_AGENT, id=f"agent-{index}")


def some_tickets(opened: OpenDesk, count: int) -> list[Ticket]:
    agents = tuple(Agent(id=f"agent-{index}", name=f"Agent {index}") for index in range(64))
    save_people(opened.database, People(agents=agents), now())
    contact = Contact(
        category="logistics_delay",
        channel=Channel.EMAIL,
        text="Where is my parcel?",
        seller_id="seller-1",
        buyer_key="buyer-1",
        priority=Priority.HIGH,
    )
    return [opened.desk.open_ticket(contact, actor=agent(0), now=START) for _ in range(count)]


def act(opened: OpenDesk, seen: Case, actor: Actor, mark: str, dice: random.Random) -> Ticket:
    """One act on the ticket as it was seen; its event carries `mark`."""
    ticket, desk = seen.ticket, opened.desk
    at = START + timedelta(seconds=ticket.version)
    match dice.randrange(3):
        case 0:
            return desk.tag(ticket.id, [mark], actor=actor, now=at, expected_version=ticket.version)
        case 1:
            return desk.assign(ticket.id, mark, actor=actor, now=at, expected_version=ticket.version)
        case _:
            texts = {"note_text": mark}
            return desk.act(ticket.id, "add_note", actor=actor, now=at, inputs=texts, expected_version=ticket.version)


def missing(opened: OpenDesk, acks: list[Ack]) -> list[str]:
    """The acknowledged acts that the log does not have, or not with their mark."""
    logs = {ticket_id: opened.store.load_case(ticket_id) for ticket_id in {ack[0] for ack in acks}}
    events = {ticket_id: opened.store.events_of(ticket_id) for ticket_id in logs}
    lost: list[str] = []
    for ticket_id, version, mark in acks:
        event = events[ticket_id][version - 1] if version <= len(events[ticket_id]) else None
        if event is None:
            lost.append(f"act {mark} on ticket {ticket_id} was acknowledged as version {version} and is not there")
            continue
        texts = {message.id: message.text for message in logs[ticket_id].messages}
        said = [texts.get(message_id, "") for message_id in event.payload.get("message_ids", ())]
        if mark not in str(event.payload.get("set", "")) and mark not in said:
            lost.append(f"act {mark} on ticket {ticket_id}: version {version} is another's")
    return lost
