"""Which timers a ticket has armed, and when each is due. Data only: nothing here waits."""

from workflow.lifecycle import Lifecycle, TimerSpec
from workflow.policies import Context, PolicyBook
from workflow.tickets import Ticket, Timer
from workflow.vocabulary import Role

TAKEN_OVER = "taken_over"


def armed(lifecycle: Lifecycle, ticket: Ticket, policies: PolicyBook, context: Context) -> tuple[Timer, ...]:
    """The timers of `ticket` in its state, by the lifecycle's order: due at max(clock + budget, entry into the state).

    A timer that was spent stays away until its clock starts anew. An imported ticket has none until an agent takes it
    over (lifecycle_rules, Timers).
    """
    if ticket.source and TAKEN_OVER not in ticket.flags:
        return ()
    timed = [
        trigger
        for trigger, rows in lifecycle.rows_from(ticket.state).items()
        if any(Role.SYSTEM_TIMER in row.by for row in rows)
    ]
    timers = (_timer(trigger, lifecycle, ticket, policies, context) for trigger in timed)
    return tuple(timer for timer in timers if timer)


def _timer(trigger: str, lifecycle: Lifecycle, ticket: Ticket, policies: PolicyBook, context: Context) -> Timer | None:
    for spec in lifecycle.timers:
        if spec.trigger != trigger or not _runs(spec, ticket):
            continue
        anchor_at = ticket.state_entered_at if spec.clock == "state" else ticket.clocks[spec.clock]
        if ticket.spent.get(trigger) == anchor_at:
            return None
        policy = policies.row(spec.budget, anchor_at, context) if spec.budget else None
        due_at = anchor_at + policy.budget if policy else anchor_at
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
