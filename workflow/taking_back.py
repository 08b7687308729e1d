"""An action that is taken back: the ticket is as it was before it, for nothing happened since (DECISIONS: Bulk acts).

Owns what of the ticket is put back. Which action leads back, and until when, is the caller's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflow.acts import Outcome, with_timers
from workflow.casework import CaseWork
from workflow.errors import DeskError
from workflow.owed import TAKES_BACK
from workflow.ports import TicketStore
from workflow.records import LinkedTicket
from workflow.refusals import require_role
from workflow.replay import replay, written
from workflow.tickets import EVERYTHING, Actor, Event, Scope, Ticket
from workflow.vocabulary import LinkKind, Role
from workflow.workbench import Workbench

_PUT_BACK = frozenset({"timers", "starts", "stops", "raises", "clears"})


@dataclass(frozen=True, kw_only=True, slots=True)
class WayBack:
    """The action `trigger` with its `inputs`, which takes back the action `taken`, the first after `since_version`."""

    trigger: str
    inputs: Mapping[str, object]
    taken: str
    since_version: int


class ParentFollowedError(DeskError):
    """The ticket whose after-sales case this one is went on by what was to be taken back; nothing leads that back."""

    def __init__(self, *, number: int, parent_number: int) -> None:
        self.number, self.parent_number = number, parent_number
        super().__init__(
            f"Ticket {number} stays as it is, for ticket {parent_number}, whose after-sales case it is, has followed"
            " it: change both by hand."
        )


def parent_that_followed(store: TicketStore, ticket_id: str, way: WayBack) -> LinkedTicket | None:
    """The ticket whose after-sales case this one is, where it came into a state since the action was taken."""
    taken = _taken(store.events_of(ticket_id), way)
    for link in store.load_case(ticket_id).links:
        if link.kind is LinkKind.AFTER_SALES_OF and not link.is_child:
            positions = (event.position or 0 for event in store.events_of(link.id) if event.is_visit)
            if any(position > (taken.position or 0) for position in positions):
                return link
    return None


def take_back(  # noqa: PLR0913 - one act has this many parts
    bench: Workbench,
    ticket_id: str,
    way: WayBack,
    *,
    actor: Actor,
    now: datetime,
    expected_version: int,
    scope: Scope = EVERYTHING,
) -> Ticket:
    """Take `way`: it leads back, and ball, clocks and flags are put back. `expected_version` is that after the action.

    What was said to the buyer is said: after a public reply the clocks are those that the table gives the way back.
    `ParentFollowedError` where the action took another ticket along.
    """
    require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT})

    def work_on(work: CaseWork) -> None:
        if parent := parent_that_followed(bench.store, ticket_id, way):
            raise ParentFollowedError(number=work.ticket.number, parent_number=parent.number)
        outcome = work.judge(actor, way.trigger, way.inputs, now)
        log = (*bench.store.events_of(ticket_id), *work.done)
        taken = _taken(log, way)
        if not taken.is_public_reply:
            event = _putting_back(outcome, log, taken, work.ticket)
            again = with_timers(work.ticket, event, work.lifecycle, work.facts(now), bench.rules.policies)
            outcome = replace(outcome, ticket=again.ticket, event=again.event)
        work.take(outcome)

    return bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)


def _taken(log: Sequence[Event], way: WayBack) -> Event:
    return next(event for event in log if event.name == way.taken and event.seq > way.since_version)


def _putting_back(outcome: Outcome, log: Sequence[Event], taken: Event, present: Ticket) -> Event:
    """The event of the way back with the ball, clocks and flags before `taken`; flags that clocks raised since stay."""
    before = replay(event for event in log if event.seq < taken.seq)
    fired = (event for event in log if event.seq > taken.seq)
    flags = before.flags.union(*(event.payload.get("raises", ()) for event in fired))
    parts: dict[str, Any] = {
        "starts": {name: written(at) for name, at in before.clocks.items() if present.clocks.get(name) != at},
        "stops": [name for name in present.clocks if name not in before.clocks],
        "raises": sorted(flags - present.flags),
        "clears": sorted(present.flags - flags),
    }
    payload = {name: part for name, part in outcome.event.payload.items() if name not in _PUT_BACK}
    payload |= {TAKES_BACK: taken.seq} | {name: part for name, part in parts.items() if part}
    return replace(outcome.event, to_ball=before.ball, payload=payload)
