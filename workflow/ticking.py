"""Firing the desk's due timers in due order, whatever the time since the last tick. No threads, no waiting."""

from datetime import datetime
from heapq import heapify, heappop, heappush

from workflow.casework import CaseWork
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
    due = list(bench.store.due_timers(now, batch))
    last = due[-1] if len(due) == batch else (now, chr(0x10FFFF))
    heapify(due)
    works: dict[str, CaseWork] = {}
    changes: list[Change] = []
    while due:
        due_at, ticket_id = heappop(due)
        if ticket_id not in works:
            works[ticket_id] = CaseWork(bench.rules, bench.store.load_case(ticket_id), now)
        work = works[ticket_id]
        timer = work.ticket.next_timer
        if timer is None or timer.due_at != due_at:
            continue  # a linked ticket's change has moved it meanwhile; its new timer is in the heap
        work.fire(timer)
        moved = [work, *bench.followers(work, due_at, works)]
        for item in moved:
            works[item.ticket.id] = item
            changes.append(item.take_change())
            following = item.ticket.next_timer
            if following and (following.due_at, item.ticket.id) <= last:
                heappush(due, (following.due_at, item.ticket.id))
    return changes
