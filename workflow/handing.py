"""Into whose hands a ticket comes that is given to somebody by name. DECISIONS: Assignment without a name."""

from datetime import datetime

from workflow.ports import TicketStore
from workflow.staff import ELSEWHERE, LEFT, AgentLeftError, NobodyStandsInError, NotOurAgentError, stand_in
from workflow.steps import Assign
from workflow.tickets import Actor


def present(store: TicketStore, step: Assign, actor: Actor, now: datetime) -> Assign:
    """The step with whoever stands in for an agent who is away, and why; whoever takes a ticket is there.

    `NobodyStandsInError` if nobody does, `NotOurAgentError` for whoever is no agent of the seller, `AgentLeftError` for
    whoever was one.
    """
    there = _there(store, step, actor, now)
    role = store.role_of(there.assignee_id)
    if role == LEFT:
        raise AgentLeftError(name=store.name_of(there.assignee_id))
    if role in ELSEWHERE:
        raise NotOurAgentError(name=store.name_of(there.assignee_id))
    return there


def still_in_hands(store: TicketStore, assignee_id: str) -> str:
    """Who has a ticket that is opened out of theirs; empty where they have left or are no agent of the seller."""
    role = store.role_of(assignee_id)
    return "" if role == LEFT or role in ELSEWHERE else assignee_id


def _there(store: TicketStore, step: Assign, actor: Actor, now: datetime) -> Assign:
    profiles = {profile.agent_id: profile for profile in store.profiles()}
    profile = profiles.get(step.assignee_id)
    if profile is None or profile.absent_until_at is None or not profile.is_absent_at(now):
        return step
    if step.assignee_id == actor.id:
        return step
    name, until_at = store.name_of(step.assignee_id), profile.absent_until_at
    present_id = stand_in(step.assignee_id, profiles, now)
    if not present_id:
        raise NobodyStandsInError(name=name, until_at=until_at)
    away = f"{name} is away until {until_at:%Y-%m-%d %H:%M} UTC, {store.name_of(present_id)} stands in"
    return Assign(assignee_id=present_id, why=f"{step.why}; {away}" if step.why else away)
