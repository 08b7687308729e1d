"""What has run out on us: the timers that a table marks with `is_breach`, and how long each of them holds.

Leaves to others: when a timer fires (`ticking`), and the targets of service levels (`workflow.service`).
"""

from collections.abc import Iterator

from workflow.lifecycle import Lifecycle, TimerSpec
from workflow.moments import STATE_CLOCK
from workflow.rows import Fault, place
from workflow.tickets import Ticket
from workflow.vocabulary import Ball, Role


def breach_clocks(lifecycle: Lifecycle) -> tuple[tuple[str, str], ...]:
    """Each trigger that means a breach, with the clock that ends it: those with a clock of their own first, by name.

    `state`: it holds while the ticket stays where it was flagged and we must act. Any other clock: until that clock
    ends or begins anew, whoever must act meanwhile.
    """
    marked = [spec for spec in lifecycle.timers if spec.is_breach]
    bound = {spec.trigger for spec in marked if _is_of_state(spec)}
    pairs = {(spec.trigger, STATE_CLOCK if spec.trigger in bound else spec.clock) for spec in marked}
    return tuple(sorted(pairs, key=order))


def order(pair: tuple[str, str]) -> tuple[bool, str, str]:
    """Which of several that hold is named: one order for all tables."""
    trigger, clock = pair
    return clock == STATE_CLOCK, trigger, clock


def overdue_trigger(lifecycle: Lifecycle, ticket: Ticket) -> str:
    """The first clock of ours that has run out while what it waits for has not happened, or nothing.

    The same for every open ticket at once is `int_overdue_trigger` of the store's marts.
    """
    if ticket.state_kind.is_settled:
        return ""
    for trigger, clock in breach_clocks(lifecycle):
        began_at, spent_at = ticket.clocks.get(clock), ticket.spent.get(trigger)
        if clock == STATE_CLOCK and ticket.ball is Ball.SELLER:
            began_at = ticket.state_entered_at
        if trigger in ticket.flags and began_at is not None and spent_at is not None and spent_at >= began_at:
            return trigger
    return ""


def breaches_amiss(lifecycle: Lifecycle) -> Iterator[Fault]:
    """Timers that say `is_breach` and could never be seen as one."""
    for trigger in dict.fromkeys(spec.trigger for spec in lifecycle.timers if spec.is_breach):
        specs = [spec for spec in lifecycle.timers if spec.trigger == trigger]
        stays = [
            row
            for row in lifecycle.transitions
            if row.trigger == trigger and Role.SYSTEM_TIMER in row.by and row.is_stay
        ]
        where = f"timer {trigger}"
        if not all(spec.is_breach for spec in specs):
            yield where, "'is_breach' stands at some of its timers only: say it at all of them or at none"
        if not stays:
            yield where, "'is_breach' needs a row of system_timer that stays and flags it: every row leaves the state"
        for row in stays:
            if trigger not in row.raises:
                yield place(row), f"its timer says 'is_breach', so it must raise the flag {trigger!r}"
        if any(map(_is_of_state, specs)) and not any(_may_be_ours(row.from_state, lifecycle) for row in stays):
            states = ", ".join(dict.fromkeys(row.from_state for row in stays))
            yield where, f"'is_breach' on the clock 'state' is about what we must do, and in {states} others must"


def _is_of_state(spec: TimerSpec) -> bool:
    return spec.clock == STATE_CLOCK or spec.is_since_entry


def _may_be_ours(state_name: str, lifecycle: Lifecycle) -> bool:
    """Whether the seller may hold the ball there: by state or scheme, or because a row asks who must act."""
    state = lifecycle.states[state_name]
    asking = any(row.ball_from and row.to_state == state_name for row in lifecycle.transitions)
    return asking or Ball.SELLER in {state.ball, *state.ball_by_scheme.values()}
