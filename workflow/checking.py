"""What a lifecycle table must be like before a ticket may run on it. Each refusal names file, row and reason."""

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, product
from typing import NoReturn

from workflow.errors import LifecycleError
from workflow.forms import INPUTS
from workflow.guards import GUARDS, Atom, are_exclusive, parse
from workflow.lifecycle import Lifecycle, Transition
from workflow.moments import STATE_CLOCK
from workflow.vocabulary import Ball, Effect, Role, StateKind

MACHINE_FLAGS = frozenset({"taken_over"})  # raised by the desk, not by a row


def check(lifecycle: Lifecycle, file_name: str, policy_keys: frozenset[str]) -> None:
    """Refuse, with `LifecycleError`, a table that a ticket could get lost or stuck in."""
    table = _Table(lifecycle, file_name, policy_keys)
    table.check_head()
    for row in lifecycle.transitions:
        table.check_row(row)
    table.check_timers()
    table.check_paths()
    table.check_overlaps()
    table.check_due_together()


def check_categories(lifecycle: Lifecycle, file_name: str, categories: frozenset[str]) -> None:
    """Refuse rows that name a category which is not among `categories`."""
    for row in lifecycle.transitions:
        atoms = (atom for expression in (*row.facts, *row.advice) for atom in parse(expression))
        linked = {name for atom in atoms for kind, name in _named(atom) if kind == "category"}
        opened = {row.opens} - {""}
        for name in sorted((linked | opened) - categories):
            raise LifecycleError(file=file_name, row=_where(row), reason=f"unknown category {name!r}: it has no file")


class _Table:
    """One table under examination."""

    def __init__(self, lifecycle: Lifecycle, file_name: str, policy_keys: frozenset[str]) -> None:
        self._file, self._lifecycle = file_name, lifecycle
        rows = lifecycle.transitions
        self._names: Mapping[str, frozenset[str]] = {
            "policy": policy_keys,
            "clock": lifecycle.clocks | {STATE_CLOCK},
            "flag": frozenset(flag for row in rows for flag in row.raises) | MACHINE_FLAGS,
            "count": frozenset(row.counts for row in rows),
        }

    def check_head(self) -> None:
        """The names of the file's head."""
        lifecycle = self._lifecycle
        for key, state in (("initial", lifecycle.initial), ("takes_over_in", lifecycle.takes_over_in)):
            if state not in lifecycle.states:
                self._refuse("", f"{key!r} names the unknown state {state!r}")
        for trigger in sorted(lifecycle.actions.keys() - {row.trigger for row in lifecycle.transitions}):
            self._refuse(f"action {trigger}", "no row has this trigger")

    def check_row(self, row: Transition) -> None:
        """The names that one row uses, and whether its effect fits its end."""
        where = _where(row)
        for expression in (*row.facts, *row.advice):
            self._check_expression(expression, where)
        self._check_inputs(row, where)
        for clock in row.stops:
            self._check_name("clock", clock, where)
        for flag in row.clears:
            self._check_name("flag", flag, where)
        is_resolved = self._lifecycle.states[row.to_state].kind is StateKind.DONE and not row.is_stay
        if is_resolved is not (row.effect is Effect.RESOLUTION):
            must = "must" if is_resolved else "must not"
            self._refuse(where, f"its effect {must} be 'resolution', for {row.to_state} decides that")
        if row.on and (Role.SYSTEM_SYNC not in row.by or any(use.is_required for use in row.inputs)):
            self._refuse(where, "a row that fires by itself needs system_sync in 'by' and no required input")

    def check_timers(self) -> None:
        """Timers have rows, and rows of the timer have a timer."""
        timed = [row for row in self._lifecycle.transitions if Role.SYSTEM_TIMER in row.by]
        triggers = {row.trigger for row in timed}
        for spec in self._lifecycle.timers:
            where = f"timer {spec.trigger}"
            if spec.trigger not in triggers:
                self._refuse(where, "no row of this trigger has system_timer in 'by'")
            self._check_name("clock", spec.clock, where)
            if spec.budget:
                self._check_name("policy", spec.budget, where)
            elif spec.clock == STATE_CLOCK:
                self._refuse(where, "a timer on the clock 'state' needs a budget")
        known = {spec.trigger for spec in self._lifecycle.timers}
        for row in timed:
            if row.trigger not in known:
                self._refuse(_where(row), f"unknown timer {row.trigger!r}: say in 'timers' when it is due")
        ticking = {row.from_state for row in timed}
        for state in self._lifecycle.states.values():
            if state.kind in {StateKind.WAITING, StateKind.PLATFORM} and state.name not in ticking:
                self._refuse(f"state {state.name}", f"a {state.kind.value} state needs a timer, or it waits for ever")

    def check_paths(self) -> None:
        """Every state can be reached, and from every state a final one."""
        lifecycle = self._lifecycle
        forth = _reached({lifecycle.initial}, lifecycle.transitions, lambda row: (row.from_state, row.to_state))
        finals = {state.name for state in lifecycle.states.values() if state.kind is StateKind.FINAL}
        back = _reached(finals, lifecycle.transitions, lambda row: (row.to_state, row.from_state))
        for name in lifecycle.states:
            if name not in forth:
                self._refuse(f"state {name}", f"it cannot be reached from {lifecycle.initial}")
            if name not in back:
                self._refuse(f"state {name}", "no final state can be reached from it")

    def check_overlaps(self) -> None:
        """No two rows that one moment could satisfy lead to different ends."""
        for state in self._lifecycle.states:
            for rows in self._lifecycle.rows_from(state).values():
                for first, second in combinations(rows, 2):
                    if first.to_state != second.to_state and first.by & second.by and not _are_disjoint(first, second):
                        self._refuse(
                            _where(second),
                            f"one moment could satisfy this row and row {first.row}, which leads to {first.to_state}: "
                            "give them facts that exclude each other",
                        )

    def check_due_together(self) -> None:
        """No two timers of one state are always due at the same instant and lead to different ends."""
        timed = [row for row in self._lifecycle.transitions if Role.SYSTEM_TIMER in row.by]
        budgets = {(spec.trigger, spec.clock, spec.budget) for spec in self._lifecycle.timers}
        for first, second in combinations(timed, 2):
            if first.from_state != second.from_state or first.trigger == second.trigger:
                continue
            if first.is_stay or second.is_stay or first.to_state == second.to_state or _are_disjoint(first, second):
                continue
            mine, others = (
                {(clock, budget) for trigger, clock, budget in budgets if trigger == row.trigger}
                for row in (first, second)
            )
            if mine & others:
                self._refuse(
                    _where(second),
                    f"its timer is due at the same instant as {first.trigger} of row {first.row}, "
                    f"which leads to {first.to_state}",
                )

    def _check_expression(self, expression: str, where: str) -> None:
        try:
            atoms = parse(expression)
        except ValueError as error:
            self._refuse(where, str(error))
        for atom in atoms:
            for kind, name in _named(atom):
                if kind in self._names:
                    self._check_name(kind, name, where)

    def _check_inputs(self, row: Transition, where: str) -> None:
        required = {use.name for use in row.inputs if use.is_required}
        asked = {use.name for use in row.inputs}
        for name in sorted(asked - INPUTS.keys()):
            self._refuse(where, f"unknown input {name!r}")
        for start in row.starts:
            if start.at_input and (start.at_input not in asked or INPUTS[start.at_input].kind != "instant"):
                self._refuse(
                    where, f"clock {start.clock!r} starts at {start.at_input!r}, which is no instant it asks for"
                )
        if row.ball_from and (row.ball_from not in required or not INPUTS[row.ball_from].choices.keys() <= set(Ball)):
            self._refuse(where, f"'ball_from' names {row.ball_from!r}, which is no required choice of a party")
        for name in sorted(required):
            if INPUTS[name].comment_in and INPUTS[name].comment_in not in asked:
                self._refuse(where, f"input {name!r} may need a comment: ask for {INPUTS[name].comment_in!r}, too")

    def _check_name(self, kind: str, name: str, where: str) -> None:
        if name not in self._names[kind]:
            why = {"flag": "no row raises it", "count": "no row counts it", "clock": "no row starts it"}.get(kind)
            self._refuse(where, f"unknown {kind} {name!r}: {why or 'it has no dated row'}")

    def _refuse(self, where: str, reason: str) -> NoReturn:
        raise LifecycleError(file=self._file, row=where, reason=reason)


def _named(atom: Atom) -> Iterable[tuple[str, str]]:
    return zip(GUARDS[atom.name].takes, atom.args, strict=True)


def _where(row: Transition) -> str:
    return f"row {row.row} ({row.trigger} from {row.from_state})"


def _are_disjoint(first: Transition, second: Transition) -> bool:
    return any(are_exclusive(one, other) for one, other in product(first.facts, second.facts))


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
