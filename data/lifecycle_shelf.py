"""The lifecycles and policies that a desk keeps with its tickets: every version that a ticket may run on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from data.clock import now
from data.commits import run
from data.database import Database
from data.errors import LifecycleChangedError, PolicyChangedError
from data.rows import Row, json_text
from data.selection import BreachClock
from workflow import overdue
from workflow.lifecycle import Lifecycle, State, Transition
from workflow.loading import load_lifecycle
from workflow.policies import PolicyRow
from workflow.vocabulary import Ball, Language, Role, StateKind

PEOPLE = frozenset({Role.SELLER_AGENT, Role.BUYER, Role.PLATFORM_AGENT})


def save_lifecycle(database: Database, lifecycle: Lifecycle, *, undescribed: Collection[str] = ()) -> bool:
    """Keep a version of a lifecycle; whether it was new.

    `undescribed` are the states of a history from elsewhere that its mapping does not describe. A version that is
    known may change as far as `is_read_alike`; anything else is refused (`LifecycleChangedError`).
    """
    stored = stored_lifecycles(database)
    if lifecycle in stored:
        return False
    key = (lifecycle.category, lifecycle.version)
    known = [item for item in stored if (item.category, item.version) == key]
    if known and not is_read_alike(known[0], lifecycle):
        raise LifecycleChangedError(category=lifecycle.category, version=lifecycle.version)
    with database.writing() as cursor:
        head = {"category": lifecycle.category, "version": lifecycle.version}
        texts = {"is_observed": lifecycle.is_observed, "source": lifecycle.source, "added_at": now()}
        run(cursor, "store/save_lifecycle", {**head, **texts, **_labels(lifecycle.labels)})
        for state in lifecycle.states.values():
            place = {"state": state.name, "kind": state.kind.value, "ball": state.ball.value}
            row = {**head, **place, **_labels(state.labels), "is_described": state.name not in undescribed}
            run(cursor, "store/save_lifecycle_state", row)
    return not known


def is_read_alike(known: Lifecycle, found: Lifecycle) -> bool:
    """Whether tickets that run on `known` may run on `found`, for nothing that happened becomes something else.

    Names may differ, and which timers mean a breach. New is only an action by which a person takes marks away.
    """
    triggers = {row.trigger for row in known.transitions}
    kept = [row for row in found.transitions if row.trigger in triggers or not _only_takes_marks(row)]
    return _behaviour(known) == _behaviour(replace(found, transitions=tuple(kept)))


def stored_lifecycles(database: Database) -> tuple[Lifecycle, ...]:
    """Every version that the desk keeps: declared ones from their text, observed ones from their states."""
    return database.recall(
        "stored_lifecycles", lambda: _stored(database), ("lifecycles", "lifecycle_states", "policy_rows")
    )


def breach_clocks(database: Database) -> tuple[BreachClock, ...]:
    """Which timers of all lifecycles mean a breach of ours, and what ends it (`workflow.overdue.breach_clocks`)."""
    return database.recall("breach_clocks", lambda: _breach_clocks(database), ("lifecycles",))


def _breach_clocks(database: Database) -> tuple[BreachClock, ...]:
    return tuple(
        BreachClock(category=lifecycle.category, version=lifecycle.version, trigger=trigger, clock=clock)
        for lifecycle in stored_lifecycles(database)
        for trigger, clock in overdue.breach_clocks(lifecycle)
    )


def save_policies(database: Database, stored: Iterable[PolicyRow], policies: Sequence[PolicyRow]) -> int:
    """Insert the rows of `policies` that `stored` has not; how many were written.

    A row that is known may name another source. Another value would move clocks that run (`PolicyChangedError`).
    """
    known = {row.id: row for row in stored}
    changed = [row for row in policies if known.get(row.id) != row]
    for row in changed:
        if row.id in known:
            _refuse_another_value(known[row.id], row)
    if changed:
        with database.writing() as cursor:
            for row in changed:
                run(cursor, "store/save_policy_row", _policy(row))
    return len(changed)


def _refuse_another_value(stored: PolicyRow, found: PolicyRow) -> None:
    if replace(stored, source=found.source) != found:
        raise PolicyChangedError(policy_id=found.id, stored=_said(stored), found=_said(found))


def _said(row: PolicyRow) -> str:
    conditions = "".join(f", {name} = {value}" for name, value in sorted(row.when.items()))
    return f"{row.budget / timedelta(hours=1):g} h from {row.valid_from:%Y-%m-%d}{conditions}"


def _policy(row: PolicyRow) -> Row:
    return {
        "id": row.id,
        "key": row.key,
        "budget_seconds": row.budget.total_seconds(),
        "valid_from": row.valid_from,
        "source": row.source,
        "conditions": json_text(row.when),
    }


def _stored(database: Database) -> tuple[Lifecycle, ...]:
    states: dict[tuple[str, int], dict[str, State]] = {}
    for of, version, name, kind, ball, *labels in database.read("store/lifecycle_states"):
        state = State(name=name, kind=StateKind(kind), ball=Ball(ball), labels=_named(labels))
        states.setdefault((of, version), {})[name] = state
    keys = frozenset(key for (key,) in database.read("store/policy_keys"))
    return tuple(
        _observed(row, states.get((row[0], row[1]), {}))
        if row[2]
        else load_lifecycle(row[6], f"{row[0]}, version {row[1]}", keys)[0]
        for row in database.read("store/lifecycles")
    )


def _observed(row: tuple[str, int, bool, str, str, str, str], states: dict[str, State]) -> Lifecycle:
    category, version, _, *labels, source = row
    return Lifecycle(
        category=category,
        version=version,
        labels=_named(labels),
        initial=next(iter(states), ""),
        states=MappingProxyType(states),
        is_observed=True,
        source=source,
    )


def _behaviour(lifecycle: Lifecycle) -> Lifecycle:
    """The lifecycle without its names, its breaches, its text and its lines, as a value that compares."""
    states = {name: replace(state, labels={}) for name, state in lifecycle.states.items()}
    timers = tuple(replace(spec, is_breach=False) for spec in lifecycle.timers)
    initial = "" if lifecycle.is_observed else lifecycle.initial
    rows = tuple(replace(row, row=0) for row in lifecycle.transitions)
    return replace(
        lifecycle, labels={}, actions={}, source="", initial=initial, states=states, timers=timers, transitions=rows
    )


def _only_takes_marks(row: Transition) -> bool:
    """Whether all that the row does, by a person who is asked for nothing, is to clear flags and stop clocks."""
    least = Transition(
        row=row.row,
        trigger=row.trigger,
        from_state=row.from_state,
        to_state=row.from_state,
        by=row.by & PEOPLE,
        facts=row.facts,
        stops=row.stops,
        clears=row.clears,
    )
    return bool(row.by) and row == least


def _labels(labels: Mapping[Language, str]) -> Row:
    return {f"label_{language.value}": labels[language] for language in Language}


def _named(labels: Sequence[str]) -> MappingProxyType[Language, str]:
    return MappingProxyType(dict(zip(Language, labels, strict=True)))
