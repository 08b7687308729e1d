"""Firing the desk's due timers in due order, whatever the time since the last tick. No threads, no waiting."""

from datetime import datetime

from workflow.errors import TicketChangedError
from workflow.ports import Change
from workflow.tickets import Event
from workflow.workbench import Workbench

BATCH = 500
_ATTEMPTS = 5


def tick(bench: Workbench, now: datetime, *, batch: int = BATCH) -> tuple[Event, ...]:
    """Fire every timer of every ticket that is due at `now`, by due time, then ticket id.

    One call after any downtime writes the log that ticking every minute would have written, apart from `recorded_at`.
    Each batch is one transaction; a ticket that somebody changes meanwhile is judged again.
    """
    fired: list[Event] = []
    attempts = _ATTEMPTS
    while True:
        changes = _due_changes(bench, now, batch)
        if not changes:
            return tuple(fired)
        try:
            fired.extend(bench.store.commit(changes))
            attempts = _ATTEMPTS
        except TicketChangedError:
            attempts -= 1
            if not attempts:
                raise


def _due_changes(bench: Workbench, now: datetime, batch: int) -> list[Change]:
    """The changes of the next `batch` due tickets and of everything that follows within their horizon, in due order."""
    due = bench.store.due_timers(now, batch)
    family = bench.family(now)
    for due_at, ticket_id in due:
        family.expect_at(due_at, ticket_id)
    family.fire_due(now, due[-1] if len(due) == batch else None)
    return family.take_changes()
