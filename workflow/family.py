"""Tickets that belong together, worked on in one use case: their timers fire in one order, whoever set it off.

A ticket and its after-sales cases wait for each other, so an act on one first lets the clocks of all of them run, in
due order, exactly as ticking would. Owns what is loaded and the order of the changes; commits nothing.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush

from workflow.casework import CaseWork
from workflow.contacts import Contact
from workflow.handing import still_in_hands
from workflow.merging import free, freed
from workflow.opening import opened
from workflow.ports import Change, TicketStore
from workflow.records import Case, Posting
from workflow.rules import Rules
from workflow.tickets import EVERYTHING, SYNC, Event, Scope, Ticket
from workflow.vocabulary import LinkKind

Due = tuple[datetime, str]


class Family:
    """Works on several cases at a time. Lives for one use case, or for one batch of a tick."""

    def __init__(
        self,
        store: TicketStore,
        rules: Rules,
        now: datetime,
        scope: Scope = EVERYTHING,
        *,
        posting: Posting | None = None,
    ) -> None:
        """With `posting` the cases show that parcel as it is about to be, whatever the store still holds of it."""
        self.now = now
        self._posting = posting
        self._store = store
        self._rules = rules
        self._scope = scope
        self._works: dict[str, CaseWork] = {}
        self._changes: list[Change] = []
        self._due: list[Due] = []
        self._owed: deque[tuple[CaseWork, str, Sequence[Event]]] = deque()

    def join(self, ticket_id: str) -> CaseWork:
        """The work on a ticket, with its parents and children of after-sales at hand, and all their timers expected."""
        if self._scope != EVERYTHING:
            self._store.load_case(ticket_id, self._scope)  # who may not see it may not work on it
        work = self._load(ticket_id)
        self._expect_kin(work)
        return work

    def add(self, work: CaseWork) -> None:
        """Take in a ticket that was opened just now."""
        self._works[work.ticket.id] = work

    def expect(self, ticket: Ticket) -> None:
        """Let the next timer of `ticket` run with the others."""
        if ticket.next_timer:
            self.expect_at(ticket.next_timer.due_at, ticket.id)

    def expect_at(self, due_at: datetime, ticket_id: str) -> None:
        """Let the timer of a ticket that is not loaded yet run with the others."""
        heappush(self._due, (due_at, ticket_id))

    def fire_due(self, until: datetime, last: Due | None = None) -> None:
        """Fire every expected timer due at or before `until` (and not after `last`), by due time, then ticket id.

        Tickets that owe what is not of others any more let it go as of now: after all that was due by then.
        """
        self._fire(until, last)
        while self._owed and until >= self.now:
            self._free(*self._owed.popleft())
            self._fire(until, last)

    def settle(self, work: CaseWork, at: datetime) -> None:
        """Put down what was done to `work` and born of it, open what its rows open, let who waits for it follow."""
        events = tuple(work.events)
        is_moved = any(event.is_visit for event in events)
        born, work.born = work.born, []
        categories = [row.opens for row in work.rows if row.opens]
        if work.events:
            self._changes.append(work.take_change())
            self.expect(work.ticket)
        for child, since in born:
            self.add(child)
            self.settle(child, since)
        for category in categories:
            self._open_for(work, category, at)
        for other_id in freed(work, events):
            self._expect_kin(self._load(other_id))
            self._owed.append((work, other_id, events))
        if is_moved:
            self._let_follow(work, at)

    def take_changes(self) -> list[Change]:
        """What is to be written, in order; the family goes on from there."""
        changes, self._changes = self._changes, []
        return changes

    def _load(self, ticket_id: str) -> CaseWork:
        """Linked tickets follow their own rules, whoever may see them: the scope of the one who acts does not count."""
        if ticket_id not in self._works:
            case = self._store.load_case(ticket_id)
            case = _with_posting(self._store, case, self._posting) if self._posting else case
            work = CaseWork(self._rules, case, self.now)
            for link in work.case.links:
                if link.id in self._works:
                    work.see_link(self._works[link.id].ticket)
            self._works[ticket_id] = work
        return self._works[ticket_id]

    def _expect_kin(self, work: CaseWork) -> None:
        waiting = [work]
        while waiting:
            member = waiting.pop()
            self.expect(member.ticket)
            kin = (link.id for link in member.case.links if link.kind is LinkKind.AFTER_SALES_OF)
            waiting.extend(self._load(other) for other in kin if other not in self._works)

    def _fire(self, until: datetime, last: Due | None) -> None:
        while self._due and self._due[0][0] <= until and (last is None or self._due[0] <= last):
            due_at, ticket_id = heappop(self._due)
            work = self._load(ticket_id)
            timer = work.ticket.next_timer
            if timer is None or timer.due_at != due_at:
                continue  # another ticket's change has moved this one; its new timer is expected already
            work.fire(timer)
            self.settle(work, due_at)

    def _free(self, work: CaseWork, other_id: str, events: Sequence[Event]) -> None:
        """Correct a ticket that owes what `work` had brought into it, and by settling it those that it went on to."""
        other = self._load(other_id)
        free(work, other, events, (*self._store.events_of(other_id), *other.done))
        self.settle(other, self.now)

    def _let_follow(self, work: CaseWork, at: datetime) -> None:
        for link in work.case.links:
            if link.kind is LinkKind.AFTER_SALES_OF and not link.is_child:
                parent = self._load(link.id)
                parent.see_link(work.ticket)
                parent.follow("linked_change", at)
                self.settle(parent, at)

    def _open_for(self, work: CaseWork, category: str, at: datetime) -> None:
        """Open the ticket of `category` that a row of `work` opens, linked to it."""
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
            assignee_id=still_in_hands(self._store, ticket.assignee_id),
            linked_to=ticket.id,
            link_kind=LinkKind.AFTER_SALES_OF,
            is_synthetic=ticket.is_synthetic,
        )
        child = opened(self._store, self._rules, contact, SYNC, at, self.now, linked=ticket)
        work.see_child(child.ticket, LinkKind.AFTER_SALES_OF, at)
        self.add(child)
        self.settle(child, at)


def _with_posting(store: TicketStore, case: Case, posting: Posting) -> Case:
    """The case with `posting` in the place where it stands there: as its parcel, or as the order's newest other one."""
    ticket = case.ticket
    if posting.number == ticket.posting_number:
        return replace(case, posting=posting)
    if not ticket.order_id or posting.order_id != ticket.order_id:
        return case
    other = case.exchange_posting
    if other and other.number == posting.number:
        other = store.newest_posting(ticket.order_id, {ticket.posting_number, posting.number})
    newest = max((posting, other or posting), key=lambda parcel: (parcel.status_changed_at, parcel.number))
    return replace(case, exchange_posting=newest)
