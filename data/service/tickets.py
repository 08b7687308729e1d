"""One ticket's service levels, judged from its log: what the ledger and the ticket's page show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.case_files import rows_of
from data.commits import run
from data.service.judging import AFTER_ALL
from data.service.shelf import Rulebook
from data.store import DuckTicketStore
from workflow.records import Case
from workflow.service.history import Step, Subject, steps_of
from workflow.service.judging import Judged, judge
from workflow.service.ledger import Line, ledger
from workflow.tickets import EVERYTHING, Event, Scope
from workflow.vocabulary import EventKind, LinkKind, Priority


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedTicket:
    """A ticket's targets as of an instant, by kind and turn, with the steps that they were judged on."""

    steps: tuple[Step, ...]
    targets: tuple[Judged, ...]
    rules: Rulebook

    def ledger(self, target: Judged) -> tuple[Line, ...]:
        """The lines of one of the targets; their counted time adds up to `target.counted`."""
        return ledger(target, self.steps, self.rules.clocks)


def judged_ticket(
    store: DuckTicketStore, rules: Rulebook, ticket_id: str, horizon_at: datetime, scope: Scope = EVERYTHING
) -> JudgedTicket:
    """Judge one ticket; `TicketNotFoundError` if there is none within `scope`."""
    events = store.events_of(ticket_id, scope)
    case = store.load_case(ticket_id)
    is_parted = any(event.kind is EventKind.UNMERGED for event in events)
    is_paired = is_parted or any(link.kind is LinkKind.DUPLICATE_OF for link in case.links)
    subject = stored_subject(store, ticket_id, horizon_at) if is_paired else subject_of(case, events)
    steps = steps_of(events, subject, horizon_at)
    return JudgedTicket(steps=steps, targets=judge(steps, subject, rules.book, rules.clocks, horizon_at), rules=rules)


def judged_to_the_end(store: DuckTicketStore, rules: Rulebook, ticket_id: str) -> JudgedTicket:
    """Judge one ticket on its whole log, its clocks read at its last step: what is kept of it (`data.service.kept`)."""
    subject = stored_subject(store, ticket_id, AFTER_ALL)
    steps = steps_of(store.events_of(ticket_id, EVERYTHING), subject, AFTER_ALL)
    targets = judge(steps, subject, rules.book, rules.clocks, steps[-1].at) if steps else ()
    return JudgedTicket(steps=steps, targets=targets, rules=rules)


def subject_of(case: Case, events: Sequence[Event]) -> Subject:
    """What `stored_subject` finds out, from the case and the log of a ticket that never was a duplicate nor had one.

    The set-wise statement is made for many tickets: for one, it would look through the whole log.
    """
    ticket, kinds = case.ticket, {event.kind for event in events}
    births = [event.payload["ticket"] for event in events if "ticket" in event.payload]

    def at_birth(name: str, otherwise: str) -> str:
        return next((str(birth[name]) for birth in births if birth.get(name) is not None), otherwise)

    is_prioritised, is_assigned = EventKind.PRIORITISED in kinds, EventKind.ASSIGNED in kinds
    return Subject(
        channel=ticket.channel.value,
        seller=ticket.seller_id,
        language=ticket.language.value,
        scheme=_scheme(case, events),
        priority=at_birth("priority", Priority.NORMAL.value) if is_prioritised else ticket.priority.value,
        assignee=at_birth("assignee_id", "") if is_assigned else ticket.assignee_id,
    )


def _scheme(case: Case, events: Sequence[Event]) -> str:
    """The scheme that the ticket was opened with; a log that does not tell it is read with today's parcel."""
    openings = (event.payload for event in events if event.kind is EventKind.OPENED)
    told = (str(payload["scheme"]) for payload in openings if "scheme" in payload)
    return next(told, case.posting.scheme.value if case.posting else "")


def stored_subject(store: DuckTicketStore, ticket_id: str, horizon_at: datetime) -> Subject:
    """What the steps of a ticket's log do not say, as of `horizon_at`: as for the judging of all tickets at once."""
    with store.database.reading() as cursor:
        run(cursor, "service/make_judged_listed", {"ticket_ids": [ticket_id]})
        run(cursor, "service/make_subjects", {"as_of": horizon_at})
        (row,) = rows_of(cursor, "service/subjects", {})
    row |= {name: tuple(row[name]) for name in ("merge_times", "words")}
    return Subject(**{name: row[name] for name in Subject.__dataclass_fields__})
