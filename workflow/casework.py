"""One ticket being worked on: the case in memory, and the events, texts and files that wait for the commit."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Self

from workflow.acts import Act, Outcome, event_of, told_from, with_timers, write
from workflow.errors import EvidenceRefusedError
from workflow.evidence import File, kind_of, media_type, unknown
from workflow.evidence_metadata import without_metadata
from workflow.facts import Facts, facts_at
from workflow.lifecycle import Lifecycle, Transition
from workflow.ports import Change
from workflow.records import Case, Claim, Evidence, Link, LinkedTicket, Message, Surroundings
from workflow.replay import evolve
from workflow.rules import Rules
from workflow.tickets import EMPTY, SYNC, Actor, Event, Ticket, Timer
from workflow.vocabulary import EventKind, LinkKind


class CaseWork:
    """Applies acts to a case one after the other; `change` is what the store is to write. Lives for one use case."""

    def __init__(self, rules: Rules, case: Case, now: datetime, *, base_version: int | None = None) -> None:
        self.case = case
        self.now = now
        self.events: list[Event] = []
        self.done: list[Event] = []  # also those whose change was handed over
        self.rows: list[Transition] = []
        self._rules = rules
        self._base_version = case.ticket.version if base_version is None else base_version
        self._messages: list[Message] = []
        self._claims: list[Claim] = []
        self._evidence: list[tuple[Evidence, bytes]] = []
        self._retagged: list[Evidence] = []
        self.links: list[Link] = []
        self._dropped: list[Link] = []
        self.born: list[tuple[CaseWork, datetime]] = []
        self.origin: Ticket | None = None  # the merged ticket in which what is done here was said

    @classmethod
    def opened(cls, rules: Rules, act: Act, lifecycle: Lifecycle, surroundings: Surroundings, now: datetime) -> Self:
        """Work on a ticket that `act` opens."""
        scheme = surroundings.posting.scheme if surroundings.posting else None
        event = event_of(None, act, lifecycle, scheme)
        case = Case(
            ticket=evolve(None, event),
            order=surroundings.order,
            posting=surroundings.posting,
            product=surroundings.product,
        )
        work = cls(rules, case, now, base_version=0)
        work.take(with_timers(None, event, lifecycle, work.facts(act.occurred_at), rules.policies))
        return work

    @property
    def ticket(self) -> Ticket:
        """The ticket after all that was done so far."""
        return self.case.ticket

    @property
    def change(self) -> Change:
        """What is to be written."""
        return Change(
            expected_version=self._base_version,
            ticket=self.ticket,
            events=tuple(self.events),
            messages=tuple(self._messages),
            evidence=tuple(self._evidence),
            retagged=tuple(self._retagged),
            claims=tuple(self._claims),
            links=tuple(self.links),
            dropped_links=tuple(self._dropped),
        )

    def take_change(self) -> Change:
        """What is to be written, handed over: the work goes on from there."""
        change = self.change
        self._base_version = self.ticket.version
        self.events, self.rows, self.links = [], [], []
        self._messages, self._evidence, self._retagged, self._claims, self._dropped = [], [], [], [], []
        return change

    def facts(self, at: datetime, *, is_inclusive: bool = True) -> Facts:
        """The facts of the case as of `at`."""
        return facts_at(self.case, at, self._rules.policies, is_inclusive=is_inclusive)

    def fire(self, timer: Timer) -> Outcome:
        """Fire one due timer."""
        facts = self.facts(timer.due_at, is_inclusive=False)
        return self.take(self._rules.fire(self.ticket, timer, facts, self.now))

    @property
    def lifecycle(self) -> Lifecycle:
        """The lifecycle that the ticket runs on."""
        return self._rules.lifecycle_of(self.ticket)

    def judge(
        self, actor: Actor, trigger: str, values: Mapping[str, object], at: datetime, *, as_of: Ticket | None = None
    ) -> Outcome:
        """What one action that is true at `at` would make, of the ticket as it was then if `as_of` is given.

        Raises what `Rules.apply` raises.
        """
        ticket, facts = as_of or self.ticket, self.facts(at)
        outcome = self._rules.apply(ticket, facts, actor, trigger, values, at, recorded_at=self.now)
        if self.origin is None:
            return outcome
        timed = (facts, self._rules.policies)
        return told_from(self.origin, ticket, outcome, self._rules.lifecycle_of(ticket), timed)

    def row_of(self, actor: Actor, trigger: str, at: datetime) -> Transition | None:
        """The row that `trigger` of `actor` would take at `at`, None where the table has none that holds."""
        return self._rules.row_of(self.ticket, self.facts(at), actor, trigger, at)

    def act(self, actor: Actor, trigger: str, values: Mapping[str, object], at: datetime) -> Outcome:
        """Do one action that is true at `at`; raises what `Rules.apply` raises."""
        return self.take(self.judge(actor, trigger, values, at))

    def write(self, act: Act, *, category: str = "") -> Outcome:
        """Write an act that is no row of the table; `category` moves the ticket to that lifecycle."""
        lifecycle = self._rules.lifecycles.newest(category) if category else self._rules.lifecycle_of(self.ticket)
        return self.take(write(self.ticket, act, lifecycle, self.facts(act.occurred_at), self._rules.policies))

    def take(self, outcome: Outcome) -> Outcome:
        """Make `outcome` the present of the case."""
        self.events.append(outcome.event)
        self.done.append(outcome.event)
        self._messages.extend(outcome.messages)
        self.case = replace(self.case, ticket=outcome.ticket, messages=(*self.case.messages, *outcome.messages))
        if outcome.row:
            self.rows.append(outcome.row)
        return outcome

    def say(self, message: Message) -> None:
        """Add a message whose event is already written."""
        self._messages.append(message)
        self.case = replace(self.case, messages=(*self.case.messages, message))

    def claim(self, claim: Claim) -> None:
        """Add a claim, or take over what became of one, whose event is written next."""
        self._claims.append(claim)
        others = (item for item in self.case.claims if item.id != claim.id)
        self.case = replace(self.case, claims=(*others, claim))

    def attach(self, files: Sequence[File], actor: Actor, at: datetime) -> tuple[Evidence, ...]:
        """Add `files` as evidence with one event, without what a camera wrote into them (DECISIONS: Evidence).

        A file that the ticket already has is not added again.
        """
        known = {item.content_hash for item in self.case.evidence}
        added: list[Evidence] = []
        for file in files:
            if file.claim_id and file.claim_id not in {claim.id for claim in self.case.claims}:
                raise EvidenceRefusedError(name=file.name, reason="the claim that it is to show is not of this ticket")
        for file in files:
            kind = media_type(file)
            content = without_metadata(file.content, kind)
            digest = hashlib.sha256(content).hexdigest()
            if digest in known:
                continue
            if not self._rules.holds_picture(content, kind):
                raise unknown(file)
            known.add(digest)
            item = Evidence(
                id=self._rules.new_id(self.now),
                ticket_id=self.ticket.id,
                kind=kind_of(file),
                content_hash=digest,
                size_bytes=len(content),
                media_type=kind,
                file_name=file.name,
                added_by_role=actor.role,
                added_by_id=actor.id,
                added_at=at,
                claim_id=file.claim_id,
            )
            added.append(item)
            self._evidence.append((item, content))
        if added:
            self.case = replace(self.case, evidence=(*self.case.evidence, *added))
            payload = {
                "evidence_ids": [item.id for item in added],
                "evidence_kinds": [item.kind.value for item in added],
            }
            if any(item.claim_id for item in added):
                payload["claim_ids"] = [item.claim_id for item in added]
            self.write(self.note(EventKind.EVIDENCE_ADDED, "add_evidence", actor, at, payload))
        return tuple(added)

    def retag(self, item: Evidence) -> None:
        """Take over what is said anew of a file that the ticket has, whose event is written next."""
        self._retagged.append(item)
        self.case = replace(
            self.case, evidence=tuple(item if known.id == item.id else known for known in self.case.evidence)
        )

    def note(
        self, kind: EventKind, name: str, actor: Actor, at: datetime, payload: Mapping[str, object] = EMPTY
    ) -> Act:
        """An act that leaves the ticket in its state."""
        return Act(
            ticket_id=self.ticket.id,
            kind=kind,
            name=name,
            actor=actor,
            occurred_at=at,
            recorded_at=self.now,
            to_state=self.ticket.state,
            to_ball=self.ticket.ball,
            payload=payload,
        )

    def follow(self, occasion: str, at: datetime, actor: Actor = SYNC) -> None:
        """Take the rows that fire by themselves on `occasion` while their facts hold."""
        done: set[str] = set()
        while ready := [trigger for trigger in self.ready(occasion, at, actor) if trigger not in done]:
            done.add(ready[0])
            self.act(actor, ready[0], {}, at)

    def ready(self, occasion: str, at: datetime, actor: Actor, *, as_of: Ticket | None = None) -> tuple[str, ...]:
        """The rows that fire by themselves on `occasion`, of the ticket as it was then if `as_of` is given."""
        ticket = as_of or self.ticket
        rows = self._rules.lifecycle_of(ticket).rows_from(ticket.state)
        wanted = {name for name, options in rows.items() if any(row.on == occasion for row in options)}
        offers = self._rules.allowed_actions(ticket, self.facts(at), actor, at)
        ready = (offer for offer in offers if offer.trigger in wanted and offer.is_allowed)
        return tuple(offer.trigger for offer in ready if not any(use.is_required for use in offer.inputs))

    def see_link(self, other: Ticket) -> None:
        """Judge from here on with the linked ticket as it is after its own change."""
        self.case = replace(
            self.case,
            links=tuple(
                replace(link, state=other.state, state_kind=other.state_kind) if link.id == other.id else link
                for link in self.case.links
            ),
        )

    def see_child(self, child: Ticket, kind: LinkKind, at: datetime) -> None:
        """Judge from here on with a linked ticket that was opened for this one."""
        self._see(child, kind, is_child=True, linked_at=at)

    def bear(self, child: "CaseWork", since: datetime) -> None:
        """Let `child`, opened `since` and linked to this ticket, be written in one commit with what is done here."""
        self.born.append((child, since))
        for link in child.links:
            self.see_child(child.ticket, link.kind, link.linked_at)

    def add_link(self, link: Link, other: Ticket) -> None:
        """Link this ticket and `other`, which is already written or waits in the same commit."""
        self.links.append(link)
        self._see(other, link.kind, is_child=link.to_ticket_id == self.ticket.id, linked_at=link.linked_at)

    def drop_link(self, link: Link) -> None:
        """Take a link back, whose event is written; the two tickets judge without each other from here on."""
        self._dropped.append(link)
        other = link.to_ticket_id if link.from_ticket_id == self.ticket.id else link.from_ticket_id
        kept = tuple(seen for seen in self.case.links if (seen.id, seen.kind) != (other, link.kind))
        self.case = replace(self.case, links=kept)

    def _see(self, other: Ticket, kind: LinkKind, *, is_child: bool, linked_at: datetime) -> None:
        seen = LinkedTicket(
            id=other.id,
            number=other.number,
            kind=kind,
            is_child=is_child,
            category=other.category,
            state=other.state,
            state_kind=other.state_kind,
            linked_at=linked_at,
        )
        self.case = replace(self.case, links=(*self.case.links, seen))
