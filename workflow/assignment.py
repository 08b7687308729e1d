"""Who gets a ticket where nobody is named: the next one for an agent, and the least loaded agent for a ticket.

Each choice says why. Agents differ here by how much they have; skills, capacity and absence are not kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow.bulk import Chosen
from workflow.desk import Desk
from workflow.errors import DeskError, TicketChangedError
from workflow.tickets import EVERYTHING, Actor, Scope, Ticket


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """How many open tickets an agent has."""

    agent_id: str
    name: str
    open_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """The agent for one ticket, and why it is this one."""

    agent_id: str
    why: str


class NothingToTakeError(DeskError):
    """No ticket is without an assignee, or colleagues were faster with each."""

    def __init__(self) -> None:
        super().__init__("There is no ticket to take: each has somebody who works on it. Look again later.")


class NobodyToAssignError(DeskError):
    """No active agent is there to share tickets among."""

    def __init__(self) -> None:
        super().__init__("The tickets were not shared out: no agent is active. Assign them by hand.")


def take_next(
    desk: Desk, waiting: Sequence[Chosen], *, actor: Actor, now: datetime, scope: Scope = EVERYTHING
) -> Ticket:
    """Assign the first of `waiting` to `actor`; one that a colleague changed meanwhile is passed over.

    `NothingToTakeError` where none is left.
    """
    for item in waiting:
        try:
            return desk.assign(item.id, actor.id, actor=actor, now=now, expected_version=item.version, scope=scope)
        except TicketChangedError:
            continue
    raise NothingToTakeError


def shares(tickets: Sequence[Chosen], loads: Sequence[Load]) -> dict[str, Share]:
    """An agent for each ticket by its id: who has the fewest open tickets then, ties by name, then id.

    `NobodyToAssignError` without agents.
    """
    if not loads:
        raise NobodyToAssignError
    counts = {load.agent_id: load.open_count for load in loads}
    shared: dict[str, Share] = {}
    for ticket in tickets:
        least = min(loads, key=lambda load: (counts[load.agent_id], load.name, load.agent_id))
        count = counts[least.agent_id]
        why = f"{least.name} has the fewest open tickets ({count}) of {len(loads)} active agents"
        shared[ticket.id] = Share(agent_id=least.agent_id, why=why)
        counts[least.agent_id] = count + 1
    return shared
