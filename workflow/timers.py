"""Which timers a ticket has armed, and when each is due. Data only: nothing here waits."""

from datetime import datetime
from typing import Any

from workflow.facts import Facts
from workflow.guards import Moment, are_ruled_out
from workflow.lifecycle import Lifecycle, TimerSpec
from workflow.policies import Context, PolicyBook
from workflow.replay import written
from workflow.tickets import TIMER, Actor, Ticket, Timer
from workflow.vocabulary import Role

TAKEN_OVER = "taken_over"


def armed(lifecycle: Lifecycle, ticket: Ticket, policies: PolicyBook, facts: Facts) -> tuple[Timer, ...]:
    """The timers of `ticket` in its state, by the lifecycle's order: due at max(clock + budget, entry into the state).

    A timer that was spent stays away until its clock starts anew, and one that could never fire (the chat window of a
    phone call) is not shown to anybody. An imported ticket has none until an agent takes it over; from then on its
    clocks run, never from before: nothing that is long past happens at once.
    """
    if ticket.source and TAKEN_OVER not in ticket.flags:
        return ()
    moment = Moment(ticket=ticket, facts=facts, actor=TIMER, at=facts.at, policies=policies)
    context = {**facts.context, **{f"has_{flag}": True for flag in ticket.flags}}
    timed = [
        trigger
        for trigger, rows in lifecycle.timed_from(ticket.state).items()
        if any(not are_ruled_out(row.facts, moment) for row in rows)
    ]
    timers = (_timer(trigger, lifecycle, ticket, policies, context) for trigger in timed)
    return tuple(timer for timer in timers if timer)


def taking_over(ticket: Ticket, actor: Actor, at: datetime) -> dict[str, Any]:
    """What the event of an agent who takes an imported ticket over says; nothing on any other ticket."""
    if not ticket.source or TAKEN_OVER in ticket.flags or actor.role is not Role.SELLER_AGENT:
        return {}
    return {"raises": [TAKEN_OVER], "starts": {TAKEN_OVER: written(at)}}


def _timer(trigger: str, lifecycle: Lifecycle, ticket: Ticket, policies: PolicyBook, context: Context) -> Timer | None:
    for spec in lifecycle.timers:
        if spec.trigger != trigger or not _runs(spec, ticket):
            continue
        started_at = ticket.state_entered_at if spec.clock == "state" else ticket.clocks[spec.clock]
        anchor_at = max(started_at, ticket.clocks.get(TAKEN_OVER, started_at))
        policy = policies.row(spec.budget, anchor_at, context) if spec.budget else None
        due_at = anchor_at + policy.budget if policy else anchor_at
        if ticket.spent.get(trigger) == anchor_at:
            if due_at < ticket.state_entered_at:
                continue  # spent in an earlier visit: the next clock counts, or the ticket would wait for ever
            return None
        return Timer(
            trigger=trigger,
            clock=spec.clock,
            anchor_at=anchor_at,
            due_at=max(due_at, ticket.state_entered_at),
            policy_id=policy.id if policy else "",
        )
    return None


def _runs(spec: TimerSpec, ticket: Ticket) -> bool:
    if spec.clock == "state":
        return True
    started_at = ticket.clocks.get(spec.clock)
    if started_at is None:
        return False
    return not spec.is_since_entry or started_at >= ticket.state_entered_at
