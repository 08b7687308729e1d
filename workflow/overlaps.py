"""Finds rows of a table that one moment could satisfy, and timers that are due at one instant."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from workflow.guards import are_exclusive
from workflow.lifecycle import Lifecycle, Transition
from workflow.rows import Fault, place
from workflow.vocabulary import Role


def overlaps(lifecycle: Lifecycle) -> Iterator[Fault]:
    """Two rows of one trigger, state and role: the first would silently win where both hold."""
    for state in lifecycle.states:
        for rows in lifecycle.rows_from(state).values():
            for first, second in combinations(rows, 2):
                if first.by & second.by and not _are_disjoint(first, second):
                    reason = _overlap(first, second)
                    if reason:
                        yield place(second), reason


def due_together(lifecycle: Lifecycle) -> Iterator[Fault]:
    """Two timers of one state that are always due at the same instant and lead to different ends."""
    timed = [row for row in lifecycle.transitions if Role.SYSTEM_TIMER in row.by]
    budgets = {(spec.trigger, spec.clock, spec.budget) for spec in lifecycle.timers}
    for first, second in combinations(timed, 2):
        if first.from_state != second.from_state or first.trigger == second.trigger:
            continue
        if first.is_stay or second.is_stay or first.to_state == second.to_state or _are_disjoint(first, second):
            continue
        mine, others = (
            {(clock, budget) for trigger, clock, budget in budgets if trigger == row.trigger} for row in (first, second)
        )
        if mine & others:
            instant = f"its timer is due at the same instant as {first.trigger} of row {first.row}"
            yield place(second), f"{instant}, which leads to {first.to_state}"


def _overlap(first: Transition, second: Transition) -> str:
    """What is wrong with two rows that may hold together; nothing where they mean the same in two cases."""
    both = f"one moment could satisfy this row and row {first.row}"
    if first.to_state != second.to_state:
        return f"{both}, which leads to {first.to_state}: give them facts that exclude each other"
    if _meaning(first) != _meaning(second):
        return f"{both}, which does something else and would silently win: give them facts that exclude each other"
    return f"it says the same as row {first.row}" if set(first.facts) == set(second.facts) else ""


def _meaning(row: Transition) -> Transition:
    """The row without its place, its people and its case."""
    return replace(row, row=0, by=frozenset(), facts=())


def _are_disjoint(first: Transition, second: Transition) -> bool:
    return any(are_exclusive(mine, other) for mine, other in product(first.facts, second.facts))
