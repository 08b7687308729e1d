"""The use cases of the desk: each loads a case, lets the rules judge, and commits all of it or nothing.

Every use case first fires the ticket's due timers. Leaves storage to the port and judgement to `rules`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from workflow.casework import CaseWork
from workflow.contacts import Contact
from workflow.errors import ActionNotAllowedError, RoleNotAllowedError
from workflow.evidence import File
from workflow.late import is_late, record_late
from workflow.ports import TicketStore
from workflow.reasons import Reason, sentence
from workflow.records import Case, Link, Posting
from workflow.rules import ActionOffer, Rules
from workflow.tickets import EMPTY, EVERYTHING, SYNC, Actor, Event, Scope, Ticket
from workflow.ticking import tick
from workflow.timers import TAKEN_OVER
from workflow.vocabulary import EventKind, Priority, Role
from workflow.workbench import Workbench


class Desk:
    """What people and processes can do with tickets. Time and actor are arguments; threads may share one desk."""

    def __init__(self, store: TicketStore, rules: Rules) -> None:
        self.store = store
        self.rules = rules
        self._bench = Workbench(store, rules)

    def open_ticket(self, contact: Contact, *, actor: Actor, now: datetime) -> Ticket:
        """Open a ticket from a buyer's contact that `actor` (an agent or a process) writes down."""
        _require(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT, Role.SYSTEM_SYNC})
        at = contact.occurred_at or now
        work = self._bench.opened(contact, actor, at, now)
        buyer = Actor(role=Role.BUYER, id=contact.buyer_key, recorded_by=actor.id)
        work.act(buyer, "buyer_message", {"message_text": contact.text}, at)
        if contact.files:
            work.attach(contact.files, buyer, at)
        if contact.linked_to:
            parent = self.store.load_case(contact.linked_to).ticket
            link = Link(from_ticket_id=work.ticket.id, to_ticket_id=parent.id, kind=contact.link_kind, linked_at=at)
            work.add_link(link, parent)
        work.fire_due(now)
        self.store.commit([work.change])
        return work.ticket

    def case(self, ticket_id: str, *, scope: Scope = EVERYTHING) -> Case:
        """The ticket with everything that lies beside it, as it is stored."""
        return self.store.load_case(ticket_id, scope)

    def offers(
        self, ticket_id: str, *, actor: Actor, now: datetime, scope: Scope = EVERYTHING
    ) -> tuple[ActionOffer, ...]:
        """What `actor` may do with the ticket at `now`, judged after the timers that are due by then."""
        work = CaseWork(self.rules, self.store.load_case(ticket_id, scope), now)
        work.fire_due(now)
        return self.rules.allowed_actions(work.ticket, work.facts(now), actor, now)

    def act(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        trigger: str,
        *,
        actor: Actor,
        now: datetime,
        inputs: Mapping[str, object] = EMPTY,
        files: Sequence[File] = (),
        occurred_at: datetime | None = None,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Do `trigger`, with `files` attached before it.

        `occurred_at` is when it was true (default `now`); a fact that is late is recorded at its own time and what it
        disproves is corrected. With `expected_version` the act is refused when somebody changed the ticket since.
        """
        _require(actor, set(Role) - {Role.SYSTEM_TIMER})
        at = min(occurred_at or now, now)

        def work_on(work: CaseWork) -> None:
            if files:
                work.attach(files, actor, at)
            log = self.store.events_of(ticket_id, scope) if at < now else ()
            if is_late(work, log, at):
                lifecycle = self.rules.lifecycle_of(work.ticket)
                record_late(work, lifecycle, (*log, *work.events), actor, trigger, inputs, at)
            else:
                work.act(actor, trigger, inputs, at)

        return self._bench.change(ticket_id, work_on, now=now, at=at, expected_version=expected_version, scope=scope)

    def attach_evidence(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        files: Sequence[File],
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Add files; the row that waits for evidence fires by itself."""

        def work_on(work: CaseWork) -> None:
            if work.attach(files, actor, now):
                work.follow("evidence", now, actor)

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)

    def assign(
        self, ticket_id: str, assignee_id: str, *, actor: Actor, now: datetime, expected_version: int | None = None
    ) -> Ticket:
        """Hand the ticket to an agent; an empty id takes it from everybody."""
        return self._set(ticket_id, EventKind.ASSIGNED, {"assignee_id": assignee_id}, actor, now, expected_version)

    def prioritise(
        self, ticket_id: str, priority: Priority, *, actor: Actor, now: datetime, expected_version: int | None = None
    ) -> Ticket:
        """Change how urgent the ticket is."""
        return self._set(ticket_id, EventKind.PRIORITISED, {"priority": priority.value}, actor, now, expected_version)

    def tag(
        self, ticket_id: str, tags: Sequence[str], *, actor: Actor, now: datetime, expected_version: int | None = None
    ) -> Ticket:
        """Replace the ticket's tags."""
        written = sorted({tag.strip() for tag in tags} - {""})
        return self._set(ticket_id, EventKind.TAGGED, {"tags": written}, actor, now, expected_version)

    def recategorise(
        self, ticket_id: str, category: str, *, actor: Actor, now: datetime, expected_version: int | None = None
    ) -> Ticket:
        """Move the ticket to another category's lifecycle, its history kept; so is an imported ticket taken over."""
        _require(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT})
        lifecycle = self.rules.lifecycles.newest(category)

        def work_on(work: CaseWork) -> None:
            if work.ticket.category == category:
                raise _refused(work.ticket, "Change the category", Reason("already_so"))
            raises = {"raises": [TAKEN_OVER]} if work.ticket.source else {}
            note = work.note(EventKind.CATEGORISED, "recategorise", actor, now, raises)
            work.write(replace(note, to_state=lifecycle.takes_over_in, to_ball=None), category=category)

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version)

    def sync_state(self, ticket_id: str, target: str, external_ref: str, *, now: datetime) -> Ticket:
        """Mirror a state that the marketplace reports: never refused, outside the table, flagged as non-conforming."""

        def work_on(work: CaseWork) -> None:
            payload = {"inputs": {"external_ref": external_ref}}
            note = work.note(EventKind.FORCED, "sync_state", SYNC, now, payload)
            if target not in self.rules.lifecycle_of(work.ticket).states:
                raise _refused(work.ticket, "Mirror a state", Reason("unknown_state", {"state": target}))
            is_moved = target != work.ticket.state
            ball = None if is_moved else work.ticket.ball
            work.write(replace(note, to_state=target, to_ball=ball, is_conforming=False))

        return self._bench.change(ticket_id, work_on, now=now)

    def record_posting(self, posting: Posting, *, now: datetime) -> tuple[Ticket, ...]:
        """Take over what the marketplace says of a parcel, and let the tickets about it follow."""
        self.store.save_posting(posting)

        def work_on(work: CaseWork) -> None:
            work.follow("posting_change", now)

        ids = self.store.tickets_of_posting(posting.number)
        return tuple(self._bench.change(ticket_id, work_on, now=now) for ticket_id in ids)

    def tick(self, now: datetime) -> tuple[Event, ...]:
        """Fire every timer of the desk that is due at `now`, in due order."""
        return tick(self._bench, now)

    def _set(  # noqa: PLR0913, PLR0917 - one change has this many parts
        self,
        ticket_id: str,
        kind: EventKind,
        values: Mapping[str, object],
        actor: Actor,
        now: datetime,
        expected_version: int | None,
    ) -> Ticket:
        _require(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT, Role.SYSTEM_SYNC})

        def work_on(work: CaseWork) -> None:
            work.write(work.note(kind, kind.value, actor, now, {"set": dict(values)}))

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version)


def _refused(ticket: Ticket, action: str, reason: Reason) -> ActionNotAllowedError:
    return ActionNotAllowedError(number=ticket.number, action=action, reason_code=reason.code, reason=sentence(reason))


def _require(actor: Actor, roles: set[Role]) -> None:
    """Roles are checked where the work happens: a page may be wrong, the desk may not."""
    if actor.role not in roles:
        raise RoleNotAllowedError(role=actor.role.value)
