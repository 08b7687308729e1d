"""Carries an agent's act to the use case and keeps what came of it: done, a sentence, or a sentence for each field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pages.queue import drawers, play, refused
from pages.queue.drawers import ASKED, REFUSAL
from pages.queue.refused import stale
from pages.queue.sheet import Sheet, actor_of
from pages.shared import access, session
from pages.shared.people import DeskRole, Person
from pages.shared.people import acting as acting_person
from pages.shared.refusals import worded, worded_fields
from pages.shared.texts import _
from workflow.errors import DeskError, InputInvalidError, TicketChangedError
from workflow.evidence import File
from workflow.records import Case
from workflow.steps import Step
from workflow.tickets import Ticket
from workflow.vocabulary import EvidenceKind, Priority, Role

DONE = "queue_done"
INPUT_PREFIX = "queue_input_"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Actions that the person wants to take; `version` is the ticket as they saw it."""

    ticket: Ticket
    role: Role
    triggers: tuple[str, ...]
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why an act did not happen: for the whole of it, or field by field."""

    sentence: str = ""
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


def ask(sheet: Sheet, role: Role, triggers: Sequence[str]) -> None:
    """Begin: an action that asks for nothing happens at once, any other opens its form."""
    offers = [offer for trigger in triggers if (offer := sheet.offer(role, trigger)) and offer.is_allowed]
    if not offers:
        return
    asked = Asked(
        ticket=sheet.ticket,
        role=role,
        triggers=tuple(offer.trigger for offer in offers),
        version=sheet.ticket.version,
    )
    if len(offers) == 1 and not offers[0].inputs and not offers[0].advice:
        refusal = act(asked, offers[0].trigger, {}, ())
        session.remember(DONE, _("{action}: done").format(action=_(offers[0].label)) if not refusal else "")
        session.remember(REFUSAL, refusal)
        return
    drawers.begin("/".join((ASKED, asked.ticket.id, role.value, *asked.triggers)))
    session.remember(ASKED, asked)


def act(asked: Asked, trigger: str, values: Mapping[str, object], files: Sequence[File]) -> Refusal | None:
    """Do it. A stale screen is told who was faster; what was typed stays where it is."""
    try:
        person = acting_person(DeskRole.AGENT)
        after = access.desk().desk.act(
            asked.ticket.id,
            trigger,
            actor=actor_of(person, asked.role, asked.ticket),
            now=access.now(),
            inputs=values,
            files=files,
            expected_version=asked.version,
            scope=person.scope,
        )
    except InputInvalidError as error:
        return Refusal(fields=worded_fields(error))
    except TicketChangedError as error:
        return Refusal(sentence=stale(error))
    except DeskError as error:
        return Refusal(sentence=worded(error))
    play.go_on(asked.ticket, after)
    return None


def act_together(asked: Asked, steps: Sequence[Step], files: Sequence[File]) -> Refusal | None:
    """Take several steps in one transaction: all of them, or none and the reason."""
    try:
        person = acting_person(DeskRole.AGENT)
        after = access.desk().desk.act_together(
            asked.ticket.id,
            steps,
            actor=person.actor,
            now=access.now(),
            files=files,
            expected_version=asked.version,
            scope=person.scope,
        )
    except InputInvalidError as error:
        return Refusal(fields=worded_fields(error))
    except TicketChangedError as error:
        return Refusal(sentence=stale(error))
    except DeskError as error:
        return Refusal(sentence=worded(error))
    play.go_on(asked.ticket, after)
    return None


def assign(ticket: Ticket, assignee_id: str) -> None:
    """Hand the ticket to somebody; where whoever stands in for them got it, that is said."""

    def hand_over(person: Person) -> Ticket:
        after = access.desk().desk.assign(
            ticket.id,
            assignee_id,
            actor=person.actor,
            now=access.now(),
            expected_version=ticket.version,
            scope=person.scope,
        )
        if after.assignee_id != assignee_id:
            text, name_of = _("{name} is away: {colleague} stands in and has the ticket."), access.desk().store.name_of
            session.remember(DONE, text.format(name=name_of(assignee_id), colleague=name_of(after.assignee_id)))
        return after

    _change(ticket, hand_over)


def prioritise(ticket: Ticket, priority: Priority) -> None:
    """Change how urgent the ticket is."""
    _change(
        ticket,
        lambda person: access.desk().desk.prioritise(
            ticket.id,
            priority,
            actor=person.actor,
            now=access.now(),
            expected_version=ticket.version,
            scope=person.scope,
        ),
    )


def tag(ticket: Ticket, tags: Sequence[str]) -> None:
    """Let `tags` be those of the ticket, and no other."""
    _change(
        ticket,
        lambda person: access.desk().desk.tag(
            ticket.id,
            tags,
            actor=person.actor,
            now=access.now(),
            expected_version=ticket.version,
            scope=person.scope,
        ),
    )


def recategorise(ticket: Ticket, category: str) -> None:
    """Move the ticket to another category; an imported one is taken over so."""
    _change(
        ticket,
        lambda person: access.desk().desk.recategorise(
            ticket.id,
            category,
            actor=person.actor,
            now=access.now(),
            expected_version=ticket.version,
            scope=person.scope,
        ),
    )


def attach(case: Case, files: Sequence[File], *, is_buyers: bool = False) -> int | None:
    """Add evidence, the agent's own or what the buyer sent in; how many files are new, None where it was refused."""
    ticket, count = case.ticket, 0

    def add(person: Person) -> Ticket:
        nonlocal count
        after = access.desk().desk.attach_evidence(
            ticket.id,
            files,
            actor=person.on_behalf_of(Role.BUYER, ticket.buyer_key) if is_buyers else person.actor,
            now=access.now(),
            expected_version=ticket.version,
            scope=person.scope,
        )
        count = len(access.desk().store.load_case(ticket.id, person.scope).evidence) - len(case.evidence)
        return after

    is_added = refused.attempt(ticket.id, refused.EVIDENCE, add, files_count=len(files))
    return count if is_added else None


def tag_evidence(ticket: Ticket, evidence_id: str, kind: EvidenceKind, claim_id: str) -> bool:
    """Say anew what a file shows, and for which claim; whether it was taken."""
    return _change(
        ticket,
        lambda person: access.desk().desk.evidence_tags.put(
            ticket.id,
            evidence_id,
            kind,
            claim_id,
            actor=person.actor,
            now=access.now(),
            expected_version=ticket.version,
            scope=person.scope,
        ),
        refused.of_file(evidence_id),
    )


def _change(ticket: Ticket, change: Callable[[Person], Ticket], place: str = refused.HEAD) -> bool:
    """What is refused is said at `place`."""
    return refused.attempt(ticket.id, place, change, undone=_("Nothing was changed."))
