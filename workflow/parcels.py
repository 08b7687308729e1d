"""What is new of a parcel, and what its tickets make of it: all of that in one commit, or none of it."""

from datetime import datetime

from workflow.casework import CaseWork
from workflow.errors import PostingNotFoundError, TicketChangedError
from workflow.family import Family
from workflow.late import before_the_clock, record_late
from workflow.ports import TicketStore
from workflow.records import Posting
from workflow.tickets import EVERYTHING, Actor, Scope, Ticket
from workflow.workbench import ATTEMPTS, Workbench


def refuse_out_of_sight(store: TicketStore, posting: Posting, scope: Scope) -> None:
    """`PostingNotFoundError` where no ticket about the parcel lies within `scope`.

    Of a parcel that nobody knew, and nobody has a ticket about, the tickets of the order count that it is said to be
    of: one that is known stays its order's, and cannot be claimed for another.
    """
    number = posting.number
    if scope == EVERYTHING or store.tickets_of_posting(number, scope):
        return
    is_known = store.order_by_number(number) is not None or bool(store.tickets_of_posting(number))
    if is_known or not store.tickets_of_posting(number, scope, order_id=posting.order_id):
        raise PostingNotFoundError(number=number)


def follow_posting(
    bench: Workbench, posting: Posting, seen: Posting | None, actor: Actor, now: datetime
) -> tuple[Ticket, ...]:
    """Keep `posting` and let every ticket about it or its order follow, told as the act of `actor`; oldest first.

    `PostingChangedError` where the parcel is no longer as it was `seen`: then nothing is written.
    """
    attempts = ATTEMPTS
    while True:
        attempts -= 1
        try:
            return _follow(bench, posting, seen, actor, now)
        except TicketChangedError:
            if not attempts:
                raise


def _follow(
    bench: Workbench, posting: Posting, seen: Posting | None, actor: Actor, now: datetime
) -> tuple[Ticket, ...]:
    family = Family(bench.store, bench.rules, now, posting=posting)
    ids = bench.store.tickets_of_posting(posting.number, order_id=posting.order_id)
    works = [family.join(ticket_id) for ticket_id in ids]
    family.fire_due(now)
    for work in works:
        _take_over(bench, work, posting, actor, now)
        family.settle(work, now)
    family.fire_due(now)
    bench.store.commit(family.take_changes(), posting=posting, seen=seen)
    return tuple(work.ticket for work in works)


def _take_over(bench: Workbench, work: CaseWork, posting: Posting, actor: Actor, now: datetime) -> None:
    """What happened to the parcel before a clock moved the ticket corrects what that clock did."""
    at = min(max(posting.status_changed_at, work.ticket.opened_at), now)
    log = (*bench.store.events_of(work.ticket.id), *work.done)
    past = before_the_clock(log, at)
    if past.version == work.ticket.version or past.state == work.ticket.state:
        work.follow("posting_change", max(at, work.ticket.state_entered_at), actor)
        return
    for trigger in work.ready("posting_change", at, actor, as_of=past):
        record_late(work, log, actor, trigger, {}, at)
