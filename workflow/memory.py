"""A whole `TicketStore` in memory: the demo is simulated in it, and rules are tested in it in milliseconds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import RLock

from workflow.contacts import Contact, Newcomers
from workflow.errors import SellerKnownError, TicketChangedError, TicketNotFoundError
from workflow.policies import PolicyRow
from workflow.ports import Change
from workflow.records import (
    Case,
    Claim,
    Evidence,
    Link,
    LinkedTicket,
    Message,
    Order,
    Posting,
    Product,
    Surroundings,
)
from workflow.refusals import refuse_changed
from workflow.staff import Profile
from workflow.tickets import EVERYTHING, TIMER, Event, Scope, Ticket


@dataclass
class MemoryTicketStore:
    """Keeps everything in dictionaries, in order of arrival. One lock; a commit is all or nothing."""

    policies: tuple[PolicyRow, ...] = ()
    names: dict[str, str] = field(default_factory=dict[str, str])
    roles: dict[str, str] = field(default_factory=dict[str, str])
    staff: dict[str, Profile] = field(default_factory=dict[str, Profile])
    tickets: dict[str, Ticket] = field(default_factory=dict[str, Ticket])
    events: dict[str, list[Event]] = field(default_factory=dict[str, list[Event]])
    messages: dict[str, list[Message]] = field(default_factory=dict[str, list[Message]])
    evidence: dict[str, list[Evidence]] = field(default_factory=dict[str, list[Evidence]])
    claims: dict[str, list[Claim]] = field(default_factory=dict[str, list[Claim]])
    links: list[Link] = field(default_factory=list[Link])
    blobs: dict[str, bytes] = field(default_factory=dict[str, bytes])
    orders: dict[str, Order] = field(default_factory=dict[str, Order])
    postings: dict[str, Posting] = field(default_factory=dict[str, Posting])
    products: dict[str, Product] = field(default_factory=dict[str, Product])
    sellers: dict[str, str] = field(default_factory=dict[str, str])
    buyers: dict[str, str] = field(default_factory=dict[str, str])
    position: int = 0
    number: int = 0
    _lock: RLock = field(default_factory=RLock, repr=False)

    def load_case(self, ticket_id: str, scope: Scope = EVERYTHING) -> Case:
        """The ticket and its file."""
        ticket = self._ticket(ticket_id, scope)
        known = self._known(ticket.order_id, ticket.posting_number, ticket.product_id)
        return Case(
            ticket=ticket,
            messages=tuple(self.messages.get(ticket_id, ())),
            evidence=tuple(self.evidence.get(ticket_id, ())),
            claims=tuple(self.claims.get(ticket_id, ())),
            links=tuple(
                self._linked(link, ticket_id)
                for link in self.links
                if _names(link, ticket_id) and scope.covers(self.tickets[_other(link, ticket_id)])
            ),
            order=known.order,
            posting=known.posting,
            exchange_posting=self._exchange(ticket),
            product=known.product,
        )

    def surroundings(self, contact: Contact) -> Surroundings:
        """What is known of the order, the parcel and the product that `contact` names."""
        return self._known(contact.order_id, contact.posting_number, contact.product_id)

    def events_of(self, ticket_id: str, scope: Scope = EVERYTHING) -> tuple[Event, ...]:
        """The ticket's log by `seq`."""
        self._ticket(ticket_id, scope)
        return tuple(self.events[ticket_id])

    def commit(
        self,
        changes: Sequence[Change],
        *,
        posting: Posting | None = None,
        seen: Posting | None = None,
        newcomers: Newcomers | None = None,
    ) -> tuple[Event, ...]:
        """Write all `changes`, the posting and the newcomers, or nothing where one of them is stale."""
        with self._lock:
            self._refuse_stale(changes)
            if newcomers is not None:
                self._refuse_known(newcomers)
            if posting is not None:
                self.save_posting(posting, seen=seen)
            if newcomers is not None:
                self._keep(newcomers)
            return tuple(event for change in changes for event in self._write(change))

    def name_of(self, person_id: str) -> str:
        """How people call an agent or a process."""
        return "the clock" if person_id == TIMER.id else self.names.get(person_id, person_id)

    def role_of(self, person_id: str) -> str:
        """What an agent is on the desk's records."""
        return self.roles.get(person_id, "")

    def next_number(self) -> int:
        """A number that was never given before."""
        with self._lock:
            self.number += 1
            return self.number

    def due_timers(self, now: datetime, limit: int, scope: Scope = EVERYTHING) -> tuple[tuple[datetime, str], ...]:
        """Pairs of due instant and ticket id, by both."""
        waiting = (ticket for ticket in self.tickets.values() if ticket.timers and scope.covers(ticket))
        nearest = ((ticket.next_timer, ticket) for ticket in waiting)
        due = sorted((timer.due_at, ticket.id) for timer, ticket in nearest if timer and timer.due_at <= now)
        return tuple(due[:limit])

    def tickets_of_posting(
        self, posting_number: str, scope: Scope = EVERYTHING, *, order_id: str = ""
    ) -> tuple[str, ...]:
        """Ids of the tickets about a posting or about the order that it belongs to, oldest first."""
        posting = self.postings.get(posting_number)
        orders = {order_id, posting.order_id if posting else ""} - {""}
        about = [
            item
            for item in self.tickets.values()
            if (item.posting_number == posting_number or item.order_id in orders) and scope.covers(item)
        ]
        return tuple(ticket.id for ticket in sorted(about, key=lambda ticket: (ticket.opened_at, ticket.id)))

    def save_order(self, order: Order, postings: Sequence[Posting], products: Sequence[Product]) -> None:
        """Insert or replace an order with its postings and products."""
        with self._lock:
            self.orders[order.id] = order
            self.postings.update({posting.number: posting for posting in postings})
            self.products.update({product.id: product for product in products})

    def save_posting(self, posting: Posting, *, seen: Posting | None = None) -> None:
        """Insert or replace a posting, where it is still as it was `seen`."""
        with self._lock:
            refuse_changed(seen, self.postings.get(posting.number))
            self.postings[posting.number] = posting

    def order_by_number(self, number: str, scope: Scope = EVERYTHING) -> Order | None:
        """The order with this marketplace number, or the order of the posting with this number."""
        posting = self.postings.get(number)
        for order in self.orders.values():
            is_meant = order.number == number or (posting is not None and posting.order_id == order.id)
            if is_meant and (not scope.seller_ids or order.seller_id in scope.seller_ids):
                return order if self._is_within_teams(order, scope) else None
        return None

    def _is_within_teams(self, order: Order, scope: Scope) -> bool:
        """An order itself has no team: the tickets about it tell, and one without tickets is anybody's."""
        about = [ticket for ticket in self.tickets.values() if ticket.order_id == order.id]
        return not about or any(scope.covers(ticket) for ticket in about)

    def newest_posting(self, order_id: str, but_for: Collection[str]) -> Posting | None:
        """The order's parcel whose status changed last, but for those with these numbers."""
        parcels = [posting for posting in self.postings.values() if posting.order_id == order_id]
        others = (posting for posting in parcels if posting.number not in but_for)
        return max(others, key=lambda posting: (posting.status_changed_at, posting.number), default=None)

    def profiles(self) -> tuple[Profile, ...]:
        """What is known of each agent's work, by agent id."""
        return tuple(sorted(self.staff.values(), key=lambda profile: profile.agent_id))

    def policy_rows(self) -> tuple[PolicyRow, ...]:
        """Every dated policy row."""
        return self.policies

    def _ticket(self, ticket_id: str, scope: Scope) -> Ticket:
        ticket = self.tickets.get(ticket_id)
        if ticket is None or not scope.covers(ticket):
            raise TicketNotFoundError(ticket_id=ticket_id)
        return ticket

    def _known(self, order_id: str, posting_number: str, product_id: str) -> Surroundings:
        return Surroundings(
            order=self.orders.get(order_id),
            posting=self.postings.get(posting_number),
            product=self.products.get(product_id),
        )

    def _exchange(self, ticket: Ticket) -> Posting | None:
        """The order's newest other parcel, which is the exchange's."""
        return self.newest_posting(ticket.order_id, {ticket.posting_number}) if ticket.order_id else None

    def _linked(self, link: Link, ticket_id: str) -> LinkedTicket:
        is_child = link.to_ticket_id == ticket_id
        other = self.tickets[_other(link, ticket_id)]
        return LinkedTicket(
            id=other.id,
            number=other.number,
            kind=link.kind,
            is_child=is_child,
            category=other.category,
            state=other.state,
            state_kind=other.state_kind,
            linked_at=link.linked_at,
        )

    def _refuse_stale(self, changes: Sequence[Change]) -> None:
        versions: dict[str, int] = {}
        for change in changes:
            ticket_id = change.ticket.id
            if not change.events:
                raise ValueError(f"The change of ticket {change.ticket.number} has no event.")
            stored = self.tickets.get(ticket_id)
            version = versions.get(ticket_id, stored.version if stored else 0)
            if version != change.expected_version:
                last = self.events[ticket_id][-1]
                raise TicketChangedError(
                    number=change.ticket.number,
                    winner=self.name_of(last.recorded_by),
                    changed_at=last.recorded_at,
                    what=last.name.replace("_", " "),
                    event=last,
                )
            versions[ticket_id] = change.ticket.version

    def _refuse_known(self, newcomers: Newcomers) -> None:
        names = {name.strip().lower() for name in self.sellers.values()}
        if newcomers.seller_id and newcomers.seller_name.strip().lower() in names:
            raise SellerKnownError(name=newcomers.seller_name)

    def _keep(self, newcomers: Newcomers) -> None:
        self.sellers |= {newcomers.seller_id: newcomers.seller_name} if newcomers.seller_id else {}
        self.buyers |= {newcomers.buyer_key: newcomers.buyer_name} if newcomers.buyer_key else {}

    def _write(self, change: Change) -> list[Event]:
        ticket_id = change.ticket.id
        placed: list[Event] = []
        for event in change.events:
            self.position += 1
            placed.append(replace(event, position=self.position))
        self.tickets[ticket_id] = change.ticket
        self.events.setdefault(ticket_id, []).extend(placed)
        self.messages.setdefault(ticket_id, []).extend(change.messages)
        self.evidence.setdefault(ticket_id, []).extend(item for item, _ in change.evidence)
        retagged = {item.id: item for item in change.retagged}
        self.evidence[ticket_id] = [retagged.get(item.id, item) for item in self.evidence[ticket_id]]
        self.blobs.update({item.content_hash: content for item, content in change.evidence})
        newer = {claim.id for claim in change.claims}
        kept = [claim for claim in self.claims.get(ticket_id, ()) if claim.id not in newer]
        self.claims[ticket_id] = [*kept, *change.claims]
        self.links = [link for link in [*self.links, *change.links] if link not in change.dropped_links]
        return placed


def _other(link: Link, ticket_id: str) -> str:
    return link.from_ticket_id if link.to_ticket_id == ticket_id else link.to_ticket_id


def _names(link: Link, ticket_id: str) -> bool:
    return ticket_id in {link.from_ticket_id, link.to_ticket_id}
