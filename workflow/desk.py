"""The use cases of the desk: each loads a case, lets the rules judge, and commits all of it or nothing.

Every use case first fires the ticket's due timers. Leaves storage to the port and judgement to `rules`. A long module,
for it is the list of everything that can be done.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from workflow.casework import CaseWork
from workflow.composing import Window, window
from workflow.contacts import Contact, Newcomers, refuse_out_of_scope
from workflow.deeds import Deed
from workflow.errors import DeskError, InputInvalidError, TagInvalidError
from workflow.evidence import File
from workflow.evidence_tags import EvidenceTags
from workflow.facts import facts_at
from workflow.handing import present
from workflow.inputs import REFERENCE_HINT, is_reference
from workflow.lifecycle import Lifecycle
from workflow.opening import contacted
from workflow.pairs import Pairs
from workflow.parcels import follow_posting, refuse_out_of_sight
from workflow.ports import TicketStore
from workflow.reasons import Reason
from workflow.records import Case, Claim, Posting
from workflow.refusals import refuse_stranger, refused, require_role
from workflow.rules import ActionOffer, Rules
from workflow.satisfaction import rate
from workflow.steps import AddTags, Assign, Do, Step, take_steps
from workflow.tickets import EMPTY, EVERYTHING, SYNC, Actor, Event, Scope, Ticket
from workflow.ticking import tick
from workflow.timers import taking_over
from workflow.vocabulary import EventKind, Language, Priority, Role
from workflow.workbench import Workbench

TAG = re.compile(r"[\w-]{1,32}")


class Desk:
    """What people and processes can do with tickets. Time and actor are arguments; threads may share one desk."""

    def __init__(self, store: TicketStore, rules: Rules) -> None:
        self.store = store
        self.rules = rules
        self._bench = Workbench(store, rules)
        self.pairs = Pairs(self._bench)
        self.evidence_tags = EvidenceTags(self._bench)

    def open_ticket(
        self,
        contact: Contact,
        *,
        actor: Actor,
        now: datetime,
        newcomers: Newcomers | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Open a ticket from a buyer's contact that `actor` (an agent or a process) writes down.

        `newcomers` are kept with the ticket, or not at all. `ContactOutOfScopeError` where the ticket would not lie
        within `scope`.
        """
        require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT, Role.SYSTEM_SYNC})
        refuse_out_of_scope(contact, scope)
        at = contact.occurred_at or now
        if at > now:
            raise refused(0, "Open a ticket", Reason("in_future"))
        linked = self.store.load_case(contact.linked_to, scope).ticket if contact.linked_to else None
        work = contacted(self.store, self.rules, contact, actor, at, now, linked=linked)
        family = self._bench.family(now)
        family.add(work)
        family.settle(work, at)
        family.fire_due(now)
        self.store.commit(family.take_changes(), newcomers=newcomers)
        return work.ticket

    def case(self, ticket_id: str, *, scope: Scope = EVERYTHING) -> Case:
        """The ticket with everything that lies beside it, as it is stored."""
        return self.store.load_case(ticket_id, scope)

    def offers(
        self, ticket_id: str, *, actor: Actor, now: datetime, scope: Scope = EVERYTHING
    ) -> tuple[ActionOffer, ...]:
        """What `actor` may do with the ticket at `now`, judged after the timers that are due by then."""
        return self.offers_of(ticket_id, (actor,), now=now, scope=scope)[0]

    def offers_of(
        self, ticket_id: str, actors: Sequence[Actor], *, now: datetime, scope: Scope = EVERYTHING
    ) -> tuple[tuple[ActionOffer, ...], ...]:
        """As `offers`, for each of `actors` by one reading of the ticket."""
        family = self._bench.family(now, scope)
        work = family.join(ticket_id)
        family.fire_due(now)
        facts = work.facts(now)
        return tuple(self.rules.allowed_actions(work.ticket, facts, actor, now) for actor in actors)

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
        disproves is corrected. What a buyer writes in a merged ticket is said in the one that stays; what is given back
        is the ticket that was named. With `expected_version` the act is refused when somebody changed the ticket since.
        """
        require_role(actor, set(Role) - {Role.SYSTEM_TIMER})
        deed = Deed(actor=actor, trigger=trigger, at=occurred_at or now, inputs=inputs, files=files)
        stays_id = deed.stays(ticket_id, self.store, scope)

        def work_on(work: CaseWork, stays: CaseWork) -> None:
            deed.pass_on(work, stays, self.store)

        return self._bench.change_both(
            (ticket_id, stays_id),
            work_on,
            now=now,
            at=min(deed.at, now),
            expected_version=expected_version,
            scope=scope if stays_id == ticket_id else EVERYTHING,
        )

    def act_together(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        steps: Sequence[Step],
        *,
        actor: Actor,
        now: datetime,
        files: Sequence[File] = (),
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Take `steps` in one transaction, with `files` attached before them: all of them or nothing.

        Each passes the guards that it would pass alone. `StepRefusedError` names the step that is not possible.
        """
        require_role(actor, {Role.SELLER_AGENT})
        wrong = [tag for step in steps if isinstance(step, AddTags) for tag in step.tags if not TAG.fullmatch(tag)]
        if wrong:
            raise TagInvalidError(tag=wrong[0])
        given = [self.present(step, actor, now) if isinstance(step, Assign) else step for step in steps]

        def work_on(work: CaseWork) -> None:
            take_steps(work, given, actor, now, files)

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)

    def offers_after(self, case: Case, *steps: Do, actor: Actor, now: datetime) -> tuple[ActionOffer, ...]:
        """What `actor` might do with `case` right after `steps`; nothing where that is not possible. Writes nothing.

        Judged on the case as it is; timers that came due since it was read count when the steps are taken.
        """
        work = CaseWork(self.rules, case, now)
        try:
            take_steps(work, steps, actor, now)
        except DeskError:
            return ()
        return self.rules.allowed_actions(work.ticket, work.facts(now), actor, now)

    def window(self, case: Case, *, actor: Actor, now: datetime) -> Window:
        """Whether the channel of `case` takes a reply at `now`, and when it closes."""
        facts = facts_at(case, now, self.rules.policies, is_inclusive=True)
        return window(self.rules.moment(case.ticket, facts, actor, now))

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
        require_role(actor, set(Role) - {Role.SYSTEM_TIMER})

        def work_on(work: CaseWork) -> None:
            if work.attach(files, actor, now):
                work.follow("evidence", now, actor)

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)

    def assign(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        assignee_id: str,
        *,
        actor: Actor,
        now: datetime,
        why: str = "",
        is_given_back: bool = False,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Hand the ticket to an agent; an empty id takes it from everybody. The log keeps `why`.

        Of an agent who is away whoever stands in gets it, and that is why; `NobodyStandsInError` if nobody does, and
        `NotOurAgentError` for the marketplace's people. What `is_given_back` goes to whoever had it, whatever they are.
        """
        to = Assign(assignee_id=assignee_id, why=why)
        to = to if is_given_back else self.present(to, actor, now)
        payload = {"set": {"assignee_id": to.assignee_id}, **({"why": to.why} if to.why else {})}
        return self._set(ticket_id, EventKind.ASSIGNED, payload, actor, now, expected_version, scope)

    def prioritise(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        priority: Priority,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Change how urgent the ticket is."""
        return self._set(
            ticket_id, EventKind.PRIORITISED, {"set": {"priority": priority.value}}, actor, now, expected_version, scope
        )

    def tag(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        tags: Sequence[str],
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Replace the ticket's tags."""
        written = sorted({tag.strip() for tag in tags} - {""})
        wrong = [tag for tag in written if not TAG.fullmatch(tag)]
        if wrong:
            raise TagInvalidError(tag=wrong[0])
        return self._set(ticket_id, EventKind.TAGGED, {"set": {"tags": written}}, actor, now, expected_version, scope)

    def recategorise(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        category: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Move the ticket to another category's lifecycle, its history kept; so is an imported ticket taken over."""
        require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT})
        lifecycle = self.rules.lifecycles.newest(category)

        def work_on(work: CaseWork) -> None:
            ticket, current = work.ticket, work.lifecycle
            if ticket.category == category:
                raise refused(ticket.number, "Change the category", Reason("already_so"))
            if not current.is_observed and ticket.state not in current.contact_states:
                raise refused(ticket.number, "Change the category", _under_way(ticket, current))
            note = work.note(EventKind.CATEGORISED, "recategorise", actor, now, taking_over(ticket, actor, now))
            work.write(replace(note, to_state=lifecycle.takes_over_in, to_ball=None), category=category)

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)

    def rate(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        rating: int,
        comment: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Keep how content the buyer is, 1 to 5, as an agent enters it or a process brings it."""
        require_role(actor, {Role.BUYER, Role.SYSTEM_SYNC})

        def work_on(work: CaseWork) -> None:
            refuse_stranger(work.ticket, actor)
            rate(work, rating, comment, self.rules.new_id(now), actor, now)

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)

    def sync_state(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        target: str,
        external_ref: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Mirror a state that the marketplace reports: outside the table, by no guard refused, flagged as forced.

        `actor` is the marketplace with whoever records it. Only a state that the lifecycle does not know, or a
        reference that is none, is turned down.
        """
        require_role(actor, {Role.SYSTEM_SYNC})

        def work_on(work: CaseWork) -> None:
            ticket = work.ticket
            if target not in work.lifecycle.states:
                raise refused(ticket.number, "Mirror a state", Reason("unknown_state", {"state": target}))
            if not is_reference(external_ref):
                fields = {"external_ref": REFERENCE_HINT}
                raise InputInvalidError(number=ticket.number, action="Mirror a state", fields=fields)
            payload = {"inputs": {"external_ref": external_ref}}
            note = work.note(EventKind.FORCED, "sync_state", actor, now, payload)
            ball = ticket.ball if target == ticket.state else None
            work.write(replace(note, to_state=target, to_ball=ball, is_conforming=False))

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)

    def record_posting(
        self, posting: Posting, *, actor: Actor, now: datetime, seen: Posting | None = None, scope: Scope = EVERYTHING
    ) -> tuple[Ticket, ...]:
        """Take over what the marketplace says of a parcel, and let the tickets about it follow.

        `seen` is the parcel as a person saw it: `PostingChangedError` where it is no longer so. A parcel without a
        ticket within `scope` is not found. All tickets follow, for the parcel is where it is; those within `scope` are
        given back, each told as the marketplace's act that `actor` recorded; parcel and tickets are written together.
        What a timer did although the parcel's status had changed before is corrected.
        """
        require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT, Role.SYSTEM_SYNC})
        refuse_out_of_sight(self.store, posting, scope)
        followed = follow_posting(self._bench, posting, seen, replace(SYNC, recorded_by=actor.recorder), now)
        return tuple(ticket for ticket in followed if scope.covers(ticket))

    def record_claim(self, claim: Claim, *, actor: Actor, now: datetime, scope: Scope = EVERYTHING) -> Ticket:
        """Keep a formal request as the marketplace shows it; the same id again takes over its new status."""
        require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT, Role.SYSTEM_SYNC})

        def work_on(work: CaseWork) -> None:
            work.claim(claim)
            work.write(work.note(EventKind.CLAIM_RECORDED, "record_claim", actor, now, {"claim_id": claim.id}))

        return self._bench.change(claim.ticket_id, work_on, now=now, scope=scope)

    def present(self, step: Assign, actor: Actor, now: datetime) -> Assign:
        """The step with whoever gets the ticket in truth (`handing.present`)."""
        return present(self.store, step, actor, now)

    def tick(self, now: datetime) -> tuple[Event, ...]:
        """Fire every timer of the desk that is due at `now`, in due order."""
        return tick(self._bench, now)

    def _set(  # noqa: PLR0913, PLR0917 - one change has this many parts
        self,
        ticket_id: str,
        kind: EventKind,
        payload: Mapping[str, object],
        actor: Actor,
        now: datetime,
        expected_version: int | None,
        scope: Scope,
    ) -> Ticket:
        require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT, Role.SYSTEM_SYNC})

        def work_on(work: CaseWork) -> None:
            work.write(work.note(kind, kind.value, actor, now, payload))

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)


def _under_way(ticket: Ticket, lifecycle: Lifecycle) -> Reason:
    """Why a ticket that is past its first contact keeps its category."""
    if ticket.state_kind.is_settled:
        return Reason("settled_category")
    states = [lifecycle.states[name].labels[Language.EN] for name in (ticket.state, *lifecycle.contact_states)]
    return Reason("contact_only", {"state": states[0], "states": " / ".join(states[1:])})
