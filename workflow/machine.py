"""The `transitions` machine of a lifecycle: built once for each version, shared by every ticket, holding none."""

from dataclasses import dataclass
from functools import partial

from transitions import Machine, MachineError

from workflow import guards
from workflow.guards import Moment
from workflow.lifecycle import Lifecycle, Transition


@dataclass(slots=True)
class _Step:
    """What one trigger works on: the machine sees `state`, the conditions see `moment`; `row` is the one taken."""

    state: str
    moment: Moment
    row: Transition | None = None


class LifecycleMachine:
    """Runs the table of one lifecycle version. Safe to share between threads: a step lives for one call."""

    def __init__(self, lifecycle: Lifecycle) -> None:
        self.lifecycle = lifecycle
        self._machine = Machine(
            model=None, states=list(lifecycle.states), initial=lifecycle.initial, auto_transitions=False
        )
        for row in lifecycle.transitions:
            self._machine.add_transition(
                row.trigger,
                row.from_state,
                None if row.is_stay else row.to_state,
                conditions=[partial(_is_allowed, row)],
                before=[partial(_take, row)],
            )

    def step(self, trigger: str, moment: Moment) -> Transition | None:
        """The row that `trigger` takes at `moment`, or None where the table has none that holds."""
        event = self._machine.events.get(trigger)
        if event is None:
            return None
        step = _Step(state=moment.ticket.state, moment=moment)
        try:
            event.trigger(step, step)
        except MachineError:
            return None
        return step.row


def _is_allowed(row: Transition, step: _Step) -> bool:
    return step.moment.actor.role in row.by and guards.first_failure(row.facts, step.moment) is None


def _take(row: Transition, step: _Step) -> None:
    step.row = row
