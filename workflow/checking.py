"""What a lifecycle table must be like before a ticket may run on it. Each refusal names file, row and reason."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations

from workflow.errors import LifecycleError
from workflow.forms import INPUTS
from workflow.guards import GUARDS, Atom, are_exclusive, parse
from workflow.lifecycle import Lifecycle, TimerSpec, Transition
from workflow.moments import STATE_CLOCK
from workflow.overdue import breaches_amiss
from workflow.overlaps import due_together, overlaps
from workflow.rows import Fault, place
from workflow.vocabulary import Ball, Effect, Role, StateKind
from workflow.waits import endless_waits, lost_states, timers_amiss

MACHINE_FLAGS = frozenset({"taken_over"})  # raised by the desk, not by a row


def check(lifecycle: Lifecycle, file_name: str, policy_keys: frozenset[str]) -> None:
    """Refuse, with `LifecycleError`, a table that a ticket could get lost or stuck in."""
    names = _Names(lifecycle, policy_keys)
    faults = chain(
        _in_head(lifecycle),
        chain.from_iterable(_in_row(row, lifecycle, names) for row in lifecycle.transitions),
        chain.from_iterable(_in_timer(spec, names) for spec in lifecycle.timers),
        timers_amiss(lifecycle),
        breaches_amiss(lifecycle),
        endless_waits(lifecycle),
        lost_states(lifecycle),
        overlaps(lifecycle),
        due_together(lifecycle),
    )
    # The checks build upon each other, so only the first fault is looked for.
    for where, reason in faults:
        raise LifecycleError(file=file_name, row=where, reason=reason)


def check_categories(lifecycle: Lifecycle, file_name: str, categories: frozenset[str]) -> None:
    """Refuse rows that name a category which is not among `categories`."""
    for row in lifecycle.transitions:
        atoms = (atom for expression in (*row.facts, *row.advice) for atom in parse(expression))
        linked = {name for atom in atoms for kind, name in _named(atom) if kind == "category"}
        opened = {row.opens} - {""}
        for name in sorted((linked | opened) - categories):
            raise LifecycleError(file=file_name, row=place(row), reason=f"unknown category {name!r}: it has no file")


class _Names:
    """The names that a table declares and its rows may use."""

    def __init__(self, lifecycle: Lifecycle, policy_keys: frozenset[str]) -> None:
        rows = lifecycle.transitions
        self._known: Mapping[str, frozenset[str]] = {
            "policy": policy_keys,
            "clock": lifecycle.clocks | {STATE_CLOCK},
            "flag": frozenset(flag for row in rows for flag in row.raises) | MACHINE_FLAGS,
            "count": frozenset(row.counts for row in rows),
        }

    def unknown(self, kind: str, name: str) -> Iterator[str]:
        """Why `name` is no name of `kind`; nothing where it is one, or where the table declares none of that kind."""
        if name not in self._known.get(kind, {name}):
            why = {"flag": "no row raises it", "count": "no row counts it", "clock": "no row starts it"}.get(kind)
            yield f"unknown {kind} {name!r}: {why or 'it has no dated row'}"


def _in_head(lifecycle: Lifecycle) -> Iterator[Fault]:
    for key, name in (("initial", lifecycle.initial), ("takes_over_in", lifecycle.takes_over_in)):
        state = lifecycle.states.get(name)
        if state is None:
            yield "", f"{key!r} names the unknown state {name!r}"
        elif state.kind.is_settled:
            yield "", f"{key!r} names {name!r}, in which a ticket is at its end"
    for trigger in sorted(lifecycle.actions.keys() - {row.trigger for row in lifecycle.transitions}):
        yield f"action {trigger}", "no row has this trigger"


def _in_timer(spec: TimerSpec, names: _Names) -> Iterator[Fault]:
    used = (("clock", spec.clock), *((("policy", spec.budget),) if spec.budget else ()))
    for kind, name in used:
        for reason in names.unknown(kind, name):
            yield f"timer {spec.trigger}", reason


def _in_row(row: Transition, lifecycle: Lifecycle, names: _Names) -> Iterator[Fault]:
    """The names that one row uses, what it asks for, and whether its effect fits its people and its end."""
    reasons = chain(
        _in_guards(row, names),
        _in_inputs(row),
        _in_clocks(row, names),
        chain.from_iterable(names.unknown("flag", flag) for flag in row.clears),
        _in_effect(row, is_resolved=lifecycle.states[row.to_state].kind is StateKind.DONE and not row.is_stay),
        _in_people(row),
    )
    for reason in reasons:
        yield place(row), reason


def _in_guards(row: Transition, names: _Names) -> Iterator[str]:
    for expression in (*row.facts, *row.advice):
        try:
            atoms = parse(expression)
        except ValueError as error:
            yield str(error)
        else:
            for kind, name in chain.from_iterable(map(_named, atoms)):
                yield from names.unknown(kind, name)
    for one, other in combinations(row.facts, 2):
        if are_exclusive(one, other):
            yield f"it can never be taken: {one!r} and {other!r} exclude each other"


def _in_inputs(row: Transition) -> Iterator[str]:
    asked = [use.name for use in row.inputs]
    required = {use.name for use in row.inputs if use.is_required}
    for name in asked:
        if name not in INPUTS:
            yield f"unknown input {name!r}"
        elif asked.count(name) > 1:
            yield f"input {name!r} stands twice"
    if row.ball_from and (row.ball_from not in required or not INPUTS[row.ball_from].choices.keys() <= set(Ball)):
        yield f"'ball_from' names {row.ball_from!r}, which is no required choice of a party"
    for name in sorted(required):
        if INPUTS[name].comment_in and INPUTS[name].comment_in not in asked:
            yield f"input {name!r} may need a comment: ask for {INPUTS[name].comment_in!r}, too"


def _in_clocks(row: Transition, names: _Names) -> Iterator[str]:
    asked = {use.name for use in row.inputs}
    for start in row.starts:
        if start.at_input and (start.at_input not in asked or INPUTS[start.at_input].kind != "instant"):
            yield f"clock {start.clock!r} starts at {start.at_input!r}, which is no instant it asks for"
    for clock in row.stops:
        yield from names.unknown("clock", clock)
    if STATE_CLOCK in {*row.stops, *(start.clock for start in row.starts)}:
        yield f"no row starts or stops the clock {STATE_CLOCK!r}: it is the entry into the state"


def _in_effect(row: Transition, *, is_resolved: bool) -> Iterator[str]:
    if is_resolved is not (row.effect is Effect.RESOLUTION):
        must = "must" if is_resolved else "must not"
        yield f"its effect {must} be 'resolution', for {row.to_state} decides that"
    said = (INPUTS[use.name] for use in row.inputs if use.is_required)
    if row.effect is Effect.PUBLIC_REPLY and not any(field.kind == "text" and field.is_public for field in said):
        yield "a public reply says something: require a text that the buyer sees, such as 'reply_text'"


def _in_people(row: Transition) -> Iterator[str]:
    is_asking = any(use.is_required for use in row.inputs)
    if row.on and (Role.SYSTEM_SYNC not in row.by or is_asking):
        yield "a row that fires by itself needs system_sync in 'by' and no required input"
    if Role.SYSTEM_TIMER in row.by and is_asking:
        yield "a timer's row needs no required input: nobody is there to give it"
    if row.opens and (row.on or Role.SYSTEM_TIMER in row.by):
        yield "a row that fires by itself opens no other ticket"


def _named(atom: Atom) -> Iterable[tuple[str, str]]:
    return zip(GUARDS[atom.name].takes, atom.args, strict=True)
