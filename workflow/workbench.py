"""How one change of a ticket is made whole: load, fire what is due, work, follow the links, commit, or again.

Owns the order of these steps and what happens when another was faster. What is done to the ticket is the caller's.
"""

from collections.abc import Callable
from datetime import datetime

from workflow.acts import Act
from workflow.casework import CaseWork
from workflow.contacts import Contact
from workflow.errors import DeskError, TicketChangedError
from workflow.ports import TicketStore
from workflow.records import Link
from workflow.rules import Rules
from workflow.tickets import EVERYTHING, SYNC, Actor, Event, Scope, Ticket
from workflow.vocabulary import EventKind, LinkKind, Role

_ATTEMPTS = 3
_CLOCK = "the clock"


class Workbench:
    """Carries out changes against a store. Holds no ticket; threads may share one."""

    def __init__(self, store: TicketStore, rules: Rules) -> None:
        self.store = store
        self.rules = rules

    def change(  # noqa: PLR0913 - one change has this many parts
        self,
        ticket_id: str,
        work_on: Callable[[CaseWork], None],
        *,
        now: datetime,
        at: datetime | None = None,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Load, fire what is due, do the work, fire what became due, commit; again where another was faster.

        A caller who names `expected_version` has seen the ticket and is told instead.
        """
        attempts = 1 if expected_version is not None else _ATTEMPTS
        while True:
            attempts -= 1
            work = CaseWork(self.rules, self.store.load_case(ticket_id, scope), now)
            self._refuse_stale(work.ticket, expected_version)
            is_moved = work.fire_due(at or now)
            fired = work.change
            try:
                if is_moved and expected_version is not None:
                    raise self._changed(next(item for item in work.events if item.is_visit), work.ticket.number)
                work_on(work)
            except DeskError:
                if fired.events:
                    self.store.commit([fired])
                raise
            work.fire_due(now)
            try:
                self.store.commit([item.change for item in self._family(work, at or now)])
            except TicketChangedError:
                if not attempts:
                    raise
            else:
                return work.ticket

    def _family(self, work: CaseWork, at: datetime) -> list[CaseWork]:
        """`work`, the linked tickets that its rows open, and those that follow its new state."""
        opened = [self._opened_by(work, row.opens, at) for row in work.rows if row.opens]
        return [work, *opened, *self.followers(work, at, {})]

    def followers(self, work: CaseWork, at: datetime, known: dict[str, CaseWork]) -> list[CaseWork]:
        """The tickets of which `work` is the after-sales case, moved by what became of it; `known` are at hand."""
        moved: list[CaseWork] = []
        if not any(event.is_visit for event in work.events):
            return moved
        for link in work.case.links:
            if link.kind is LinkKind.AFTER_SALES_OF and not link.is_child:
                parent = known.get(link.id) or CaseWork(self.rules, self.store.load_case(link.id), work.now)
                parent.fire_due(at)
                parent.see_link(work.ticket)
                parent.follow("linked_change", at)
                if parent.events:
                    moved.append(parent)
        return moved

    def _opened_by(self, work: CaseWork, category: str, at: datetime) -> CaseWork:
        """The ticket of `category` that a row of `work` opens, linked to it."""
        ticket = work.ticket
        contact = Contact(
            category=category,
            channel=ticket.channel,
            text="",
            seller_id=ticket.seller_id,
            buyer_key=ticket.buyer_key,
            language=ticket.language,
            priority=ticket.priority,
            order_id=ticket.order_id,
            posting_number=ticket.posting_number,
            product_id=ticket.product_id,
            team_id=ticket.team_id,
            assignee_id=ticket.assignee_id,
            is_synthetic=ticket.is_synthetic,
        )
        opened = self.opened(contact, SYNC, at, work.now)
        kind = LinkKind.AFTER_SALES_OF
        link = Link(from_ticket_id=opened.ticket.id, to_ticket_id=ticket.id, kind=kind, linked_at=at)
        opened.add_link(link, ticket)
        return opened

    def opened(self, contact: Contact, actor: Actor, at: datetime, now: datetime) -> CaseWork:
        """Work on a new ticket of `contact`, opened at `at`; the contact's text and files are still to be added."""
        lifecycle = self.rules.lifecycles.newest(contact.category)
        act = Act(
            ticket_id=self.rules.new_id(now),
            kind=EventKind.OPENED,
            name="open",
            actor=actor,
            occurred_at=at,
            recorded_at=now,
            to_state=lifecycle.initial,
            payload={"ticket": _attributes(contact, self.store.next_number())},
        )
        return CaseWork.opened(self.rules, act, lifecycle, self.store.surroundings(contact), now)

    def _refuse_stale(self, ticket: Ticket, expected_version: int | None) -> None:
        if expected_version is not None and ticket.version != expected_version:
            raise self._changed(self.store.events_of(ticket.id)[-1], ticket.number)

    def _changed(self, event: Event, number: int) -> TicketChangedError:
        is_clock = event.actor_role is Role.SYSTEM_TIMER
        return TicketChangedError(
            number=number,
            winner=_CLOCK if is_clock else self.store.name_of(event.recorded_by),
            changed_at=event.recorded_at,
            what=event.name.replace("_", " "),
        )


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
