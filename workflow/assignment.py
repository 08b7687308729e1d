"""Who gets a ticket where nobody is named: the next one for an agent, and the least loaded agent for a ticket.

Each choice says why, and the log keeps it (DECISIONS: Assignment without a name). What an agent takes is `staff`'s.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow.bulk import Chosen
from workflow.desk import Desk
from workflow.errors import DeskError, TicketChangedError
from workflow.staff import Needs, Profile
from workflow.tickets import EMPTY, EVERYTHING, Actor, Scope, Ticket

NEAREST = "the nearest clock of those that nobody has"


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """How many open tickets an agent has, and what is known of their work."""

    agent_id: str
    name: str
    open_count: int
    profile: Profile | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """The agent for one ticket, and why it is this one; an empty id is nobody, and why."""

    agent_id: str
    why: str


class NothingToTakeError(DeskError):
    """No ticket is without an assignee, colleagues were faster with each, or the agent takes none of them."""

    def __init__(self, *, passed_count: int = 0) -> None:
        self.passed_count = passed_count
        why = f"{passed_count} that nobody has are not what you take" if passed_count else "each has somebody"
        super().__init__(f"There is no ticket to take: {why}. Look again later.")


class NobodyToAssignError(DeskError):
    """No active agent is there to share tickets among."""

    def __init__(self) -> None:
        super().__init__("The tickets were not shared out: no agent is active. Assign them by hand.")


def take_next(  # noqa: PLR0913 - one act has this many parts
    desk: Desk,
    waiting: Sequence[Chosen],
    *,
    actor: Actor,
    now: datetime,
    needs: Mapping[str, Needs] = EMPTY,
    scope: Scope = EVERYTHING,
) -> Ticket:
    """Assign the first of `waiting` that fits the skills of `actor` to them.

    `needs` has what a ticket asks for by its id; one without fits. A ticket that a colleague changed meanwhile is
    passed over. `NothingToTakeError` where none is left.
    """
    mine = next((profile for profile in desk.store.profiles() if profile.agent_id == actor.id), None)
    passed_count = 0
    for item in waiting:
        asked = needs.get(item.id)
        if mine and asked and not mine.knows(asked):
            passed_count += 1
            continue
        why = f"{NEAREST} and that fit their skills" if mine and mine.has_skills else NEAREST
        try:
            return desk.assign(
                item.id, actor.id, actor=actor, now=now, why=why, expected_version=item.version, scope=scope
            )
        except TicketChangedError:
            continue
    raise NothingToTakeError(passed_count=passed_count)


def shares(
    tickets: Sequence[Chosen],
    loads: Sequence[Load],
    needs: Mapping[str, Needs],
    at: datetime,
    *,
    held: Mapping[str, str] = EMPTY,
) -> dict[str, Share]:
    """An agent for each ticket by its id: of those who are there, know it and have room, whoever has the fewest.

    Ties go by name, then id; each ticket counts for the next one. `needs` has what a ticket asks for by its id, `held`
    who has it now, of open tickets: it counts for them only once it is clear that it stays. `NobodyToAssignError`
    without agents.
    """
    if not loads:
        raise NobodyToAssignError
    selected = Counter(held.get(ticket.id, "") for ticket in tickets)
    counts = Counter({load.agent_id: load.open_count - selected[load.agent_id] for load in loads})
    shared: dict[str, Share] = {}
    for ticket in tickets:
        hindered = {load.agent_id: _hindrance(load, counts[load.agent_id], needs.get(ticket.id), at) for load in loads}
        able = [load for load in loads if not hindered[load.agent_id]]
        passed = _passed(hindered)
        if not able:
            shared[ticket.id] = Share(agent_id="", why=f"none of {len(loads)} active agents can take it ({passed})")
            counts[held.get(ticket.id, "")] += 1
            continue
        least = min(able, key=lambda load: (counts[load.agent_id], load.name, load.agent_id))
        count = counts[least.agent_id]
        of = f"{len(able)} active agents" + (f" who can take it ({passed})" if passed else "")
        shared[ticket.id] = Share(
            agent_id=least.agent_id, why=f"{least.name} has the fewest open tickets ({count}) of {of}"
        )
        counts[least.agent_id] = count + 1
    return shared


def _hindrance(load: Load, open_count: int, needs: Needs | None, at: datetime) -> str:
    """Why an agent cannot take one more such ticket, empty if they can."""
    profile = load.profile
    if profile is None:
        return ""
    if profile.is_absent_at(at):
        return "away"
    if needs and not profile.knows(needs):
        return "without the skill"
    return "" if profile.has_room(open_count) else "full"


def _passed(hindered: Mapping[str, str]) -> str:
    """How many agents were passed over, by reason."""
    counted = Counter(reason for reason in hindered.values() if reason)
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counted.items()))
