"""Finds the places of a table in which a ticket could get stuck: waits without an end, and states without a way."""

from collections.abc import Callable, Iterable, Iterator

from workflow.lifecycle import ClockStart, Lifecycle, State, TimerSpec, Transition
from workflow.moments import STATE_CLOCK
from workflow.rows import Fault, place
from workflow.vocabulary import Role, StateKind


def timers_amiss(lifecycle: Lifecycle) -> Iterator[Fault]:
    """Timers without rows, rows of the timer without a timer, and timers that no ticket ever reaches."""
    timed = [row for row in lifecycle.transitions if Role.SYSTEM_TIMER in row.by]
    triggers = {row.trigger for row in timed}
    always: set[str] = set()
    for spec in lifecycle.timers:
        where = f"timer {spec.trigger}"
        if spec.trigger not in triggers:
            yield where, "no row of this trigger has system_timer in 'by'"
        if spec.clock == STATE_CLOCK and not spec.budget:
            yield where, "a timer on the clock 'state' needs a budget"
        if spec.trigger in always:
            yield where, f"the one on clock {spec.clock!r} is never reached: the clock 'state' before it always runs"
        if spec.clock == STATE_CLOCK:
            always.add(spec.trigger)
    known = {spec.trigger for spec in lifecycle.timers}
    for row in timed:
        if row.trigger not in known:
            yield place(row), f"unknown timer {row.trigger!r}: say in 'timers' when it is due"
        if lifecycle.states[row.from_state].kind is StateKind.FINAL:
            yield place(row), "a final state is the end: no timer runs there"


def endless_waits(lifecycle: Lifecycle) -> Iterator[Fault]:
    """States that wait for somebody and in which no timer is sure to run."""
    for state in lifecycle.states.values():
        if state.kind not in {StateKind.WAITING, StateKind.PLATFORM}:
            continue
        rows = lifecycle.rows_from(state.name).items()
        triggers = {trigger for trigger, group in rows if any(Role.SYSTEM_TIMER in row.by for row in group)}
        specs = [spec for spec in lifecycle.timers if spec.trigger in triggers]
        if not any(_surely_runs(spec, state, lifecycle) for spec in specs):
            clocks = ", ".join(dict.fromkeys(spec.clock for spec in specs))
            why = f"not every way in starts one of the clocks {clocks}" if clocks else "it has no timer"
            yield f"state {state.name}", f"{state.name} could wait for ever: {why}; add a timer on the clock 'state'"


def lost_states(lifecycle: Lifecycle) -> Iterator[Fault]:
    """States that cannot be reached, or from which no final state can."""
    forth = _reached({lifecycle.initial}, lifecycle.transitions, lambda row: (row.from_state, row.to_state))
    finals = {state.name for state in lifecycle.states.values() if state.kind is StateKind.FINAL}
    back = _reached(finals, lifecycle.transitions, lambda row: (row.to_state, row.from_state))
    for name in lifecycle.states:
        if name not in forth:
            yield f"state {name}", f"it cannot be reached from {lifecycle.initial}"
        if name not in back:
            yield f"state {name}", "no final state can be reached from it"


def _surely_runs(spec: TimerSpec, state: State, lifecycle: Lifecycle) -> bool:
    """Whether the clock runs whenever a ticket is there: every way in starts it afresh, and nothing stops it there."""
    if spec.clock == STATE_CLOCK:
        return True
    if state.name in {lifecycle.initial, lifecycle.takes_over_in}:
        return False  # a ticket also comes there by no row
    entering = [row for row in lifecycle.transitions if row.to_state == state.name and not row.is_stay]
    staying = [row for row in lifecycle.transitions if row.from_state == state.name and row.is_stay]
    is_stopped = any(spec.clock in row.stops and not _starts(row, spec) for row in staying)
    return not is_stopped and all(_starts(row, spec) for row in entering)


def _starts(row: Transition, spec: TimerSpec) -> bool:
    required = {use.name for use in row.inputs if use.is_required}
    return any(start.clock == spec.clock and _is_sure(start, spec, required) for start in row.starts)


def _is_sure(start: ClockStart, spec: TimerSpec, required: set[str]) -> bool:
    """An instant that a person gives may be missing or lie before the entry; a clock that runs may be spent."""
    if start.at_input:
        return start.at_input in required and not spec.is_since_entry
    return not start.is_only_if_stopped


def _reached(
    start: set[str], rows: Iterable[Transition], direction: Callable[[Transition], tuple[str, str]]
) -> set[str]:
    steps = [direction(row) for row in rows]
    reached, is_growing = set(start), True
    while is_growing:
        found = {there for here, there in steps if here in reached} - reached
        reached |= found
        is_growing = bool(found)
    return reached
