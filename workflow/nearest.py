"""What runs out first on one ticket, a breach before all else (DECISIONS: Due and breached in the queue).

The list asks the same of all tickets at once (`mart_queue`); a test holds the two equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.lifecycle import Lifecycle
from workflow.notices import BUYER_WROTE_AGAIN
from workflow.overdue import overdue_trigger
from workflow.service.judging import Judged
from workflow.service.policies import TargetKind
from workflow.tickets import Ticket
from workflow.timers import TAKEN_OVER

_KINDS = list(TargetKind)
REMEMBERED = timedelta(days=14)  # what the buyer wrote after the end, and nobody has touched since


@dataclass(frozen=True, kw_only=True, slots=True)
class Nearest:
    """The clock `trigger` of the lifecycle, or a service target. Without `due_at` what `trigger` flagged holds."""

    due_at: datetime | None
    trigger: str = ""
    target: Judged | None = None


def nearest(
    ticket: Ticket, lifecycle: Lifecycle, targets: Sequence[Judged], now: datetime, *, last_event_at: datetime
) -> Nearest | None:
    """What is named first of `ticket`; `targets` are those judged at `now`. None where nothing runs."""
    has_asked_again = ticket.state_kind.is_settled and BUYER_WROTE_AGAIN in ticket.flags
    if has_asked_again and last_event_at >= now - REMEMBERED:
        return Nearest(due_at=None, trigger=BUYER_WROTE_AGAIN)
    timer, promised = ticket.next_timer, _first_target(ticket, targets)
    due_at = min((at for at in (timer and timer.due_at, promised and promised.due_at) if at), default=None)
    flagged = overdue_trigger(lifecycle, ticket)
    if flagged and (due_at is None or due_at > now):
        return Nearest(due_at=None, trigger=flagged)
    if timer and timer.due_at == due_at:
        return Nearest(due_at=due_at, trigger=timer.trigger)
    return Nearest(due_at=due_at, target=promised) if promised else None


def _first_target(ticket: Ticket, targets: Sequence[Judged]) -> Judged | None:
    """The target that is due first; of a history from elsewhere there is one once somebody takes it over."""
    if ticket.state_kind.is_settled or (ticket.source and TAKEN_OVER not in ticket.flags):
        return None
    running = [(one.due_at, _KINDS.index(one.span.kind), one) for one in targets if one.ended_at is None and one.due_at]
    return min(running, key=lambda row: row[:2])[2] if running else None
