"""One ticket's service levels, judged from its log: what the ledger and the ticket's page show."""

from dataclasses import dataclass
from datetime import datetime

from data.case_files import rows_of
from data.commits import run
from data.service.judging import AFTER_ALL
from data.service.shelf import Rulebook
from data.store import DuckTicketStore
from workflow.service.history import Step, Subject, steps_of
from workflow.service.judging import Judged, judge
from workflow.service.ledger import Line, ledger
from workflow.tickets import EVERYTHING, Scope


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
    subject = _subject(store, ticket_id, horizon_at)
    steps = steps_of(events, subject, horizon_at)
    return JudgedTicket(steps=steps, targets=judge(steps, subject, rules.book, rules.clocks, horizon_at), rules=rules)


def judged_to_the_end(store: DuckTicketStore, rules: Rulebook, ticket_id: str) -> JudgedTicket:
    """Judge one ticket on its whole log, its clocks read at its last step: what is kept of it (`data.service.kept`)."""
    subject = _subject(store, ticket_id, AFTER_ALL)
    steps = steps_of(store.events_of(ticket_id, EVERYTHING), subject, AFTER_ALL)
    targets = judge(steps, subject, rules.book, rules.clocks, steps[-1].at) if steps else ()
    return JudgedTicket(steps=steps, targets=targets, rules=rules)


def _subject(store: DuckTicketStore, ticket_id: str, horizon_at: datetime) -> Subject:
    with store.database.reading() as cursor:
        run(cursor, "service/make_judged_listed", {"ticket_ids": [ticket_id]})
        run(cursor, "service/make_subjects", {"as_of": horizon_at})
        (row,) = rows_of(cursor, "service/subjects", {})
    return Subject(**{name: row[name] for name in Subject.__dataclass_fields__})
