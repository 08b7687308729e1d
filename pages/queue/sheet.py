"""Everything that the screen of one ticket shows, read once per run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.service.tickets import JudgedTicket
from pages.shared import access
from pages.shared.people import Person
from workflow.errors import DeskError
from workflow.lifecycle import Lifecycle
from workflow.records import Case
from workflow.rules import ActionOffer
from workflow.tickets import Actor, Event, Ticket
from workflow.vocabulary import Role

RECORDED = (Role.BUYER, Role.PLATFORM_AGENT)
PLATFORM_ID = "platform"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A ticket with its file, its log, and what may be done with it, by whose act it would be."""

    person: Person
    case: Case
    events: tuple[Event, ...]
    lifecycle: Lifecycle
    offers: Mapping[Role, tuple[ActionOffer, ...]]
    names: Mapping[str, str]
    judged: JudgedTicket | None  # None where its service levels cannot be judged: their card says why
    zone: str
    now: datetime

    @property
    def ticket(self) -> Ticket:
        """The ticket."""
        return self.case.ticket

    def key(self, name: str) -> str:
        """The key of a widget of this ticket: what was chosen or pressed on one is not carried out on the next."""
        return f"{name}_{self.ticket.number}"

    def actor(self, role: Role) -> Actor:
        """Who acts when the person at the screen acts as, or records an act of, `role`."""
        return actor_of(self.person, role, self.ticket)

    def offer(self, role: Role, trigger: str) -> ActionOffer | None:
        """The offer of an action."""
        return next((offer for offer in self.offers[role] if offer.trigger == trigger), None)


def actor_of(person: Person, role: Role, ticket: Ticket) -> Actor:
    """The person as themselves, or recording an act of the buyer or the platform."""
    if role is Role.SELLER_AGENT:
        return person.actor
    return person.on_behalf_of(role, ticket.buyer_key if role is Role.BUYER else PLATFORM_ID)


def load(ticket_id: str, person: Person) -> Sheet:
    """Read the sheet of a ticket; raises the desk's sentences."""
    opened = access.desk()
    now = access.now()
    case = opened.store.load_case(ticket_id, person.scope)
    ticket = case.ticket
    lifecycle = opened.desk.rules.lifecycle_of(ticket)
    roles: tuple[Role, ...] = (Role.SELLER_AGENT, *RECORDED)
    actors = [actor_of(person, role, ticket) for role in roles]
    offers: dict[Role, tuple[ActionOffer, ...]] = dict(
        zip(roles, opened.desk.offers_of(ticket_id, actors, now=now, scope=person.scope), strict=True)
    )
    return Sheet(
        person=person,
        case=case,
        events=opened.store.events_of(ticket_id, person.scope),
        lifecycle=lifecycle,
        offers=offers,
        judged=_judged(ticket_id, now, person),
        names={**access.directory().names(ticket.buyer_key), person.id: person.name},
        zone=access.zone(),
        now=now,
    )


def _judged(ticket_id: str, now: datetime, person: Person) -> JudgedTicket | None:
    try:
        return access.judged(ticket_id, now, person.scope)
    except DeskError:
        return None
