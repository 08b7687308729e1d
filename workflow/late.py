"""A fact that reaches the desk after its moment: it keeps its own time, and what the clock did wrongly is corrected.

Nothing is deleted and nothing moves in the past: the fact is recorded where it belongs, and a correcting event, dated
when the desk learnt it, puts the ticket where it would stand (lifecycle_rules, Timers).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from workflow.acts import Act
from workflow.casework import CaseWork
from workflow.lifecycle import Lifecycle, Transition
from workflow.tickets import SYNC, Actor, Event
from workflow.vocabulary import EventKind, Role


def is_late(work: CaseWork, log: Sequence[Event], at: datetime) -> bool:
    """Whether a fact of `at` comes after the ticket moved on or a timer fired."""
    return at < work.ticket.state_entered_at or any(_is_fired(event, at) for event in log)


def record_late(  # noqa: PLR0913, PLR0917 - the parts of one act, and the log that it is judged against
    work: CaseWork,
    lifecycle: Lifecycle,
    log: Sequence[Event],
    actor: Actor,
    trigger: str,
    values: Mapping[str, object],
    at: datetime,
) -> None:
    """Record `trigger` at its own time `at`, then correct what it disproves as of now."""
    before = work.ticket
    outcome = work.judge(actor, trigger, values, at)
    row = outcome.row
    assert row is not None  # noqa: S101 - an applied action has taken its row
    stayed = Act(
        ticket_id=before.id,
        kind=EventKind.TRANSITION,
        name=trigger,
        actor=actor,
        occurred_at=at,
        recorded_at=work.now,
        to_state=before.state,
        to_ball=before.ball,
        is_public_reply=outcome.event.is_public_reply,
        payload={name: part for name, part in outcome.event.payload.items() if name != "timers"},
    )
    work.write(stayed)
    for message in outcome.messages:
        work.say(message)
    disproved = [event for event in log if _is_disproved(event, lifecycle, trigger, actor, at)]
    target = _target(row, lifecycle, log, disproved, trigger, actor)
    flags = sorted({flag for event in disproved for flag in event.payload.get("raises", ())} & before.flags)
    if target == before.state and not flags:
        return
    correction = work.note(EventKind.CORRECTION, trigger, SYNC, work.now, {"clears": flags} if flags else {})
    is_moved = target != before.state
    work.write(replace(correction, to_state=target, to_ball=None if is_moved else before.ball))


def _is_fired(event: Event, at: datetime) -> bool:
    is_timer = event.actor_role is Role.SYSTEM_TIMER and event.kind is EventKind.TRANSITION
    return is_timer and event.occurred_at > at


def _is_disproved(event: Event, lifecycle: Lifecycle, trigger: str, actor: Actor, at: datetime) -> bool:
    """Whether the timer's event would not have come about, had the desk known the fact in time."""
    if not _is_fired(event, at):
        return False
    row = _row(lifecycle, event.from_state, trigger, actor)
    if row is None:
        return False
    touched = {start.clock for start in row.starts} | set(row.stops)
    clocks = {spec.clock for spec in lifecycle.timers if spec.trigger == event.name}
    return not row.is_stay or bool(touched & clocks)


def _target(  # noqa: PLR0913, PLR0917 - the row, and the log that it is judged against
    row: Transition,
    lifecycle: Lifecycle,
    log: Sequence[Event],
    disproved: Sequence[Event],
    trigger: str,
    actor: Actor,
) -> str:
    """Where the ticket belongs: as if the last move, where it was a disproved timer's, had not been."""
    last_move = next((event for event in reversed(log) if event.is_visit), None)
    if last_move is None or last_move not in disproved:
        return row.to_state
    earlier = _row(lifecycle, last_move.from_state, trigger, actor)
    return earlier.to_state if earlier else row.to_state


def _row(lifecycle: Lifecycle, state: str, trigger: str, actor: Actor) -> Transition | None:
    rows = lifecycle.rows_from(state).get(trigger, ())
    return next((row for row in rows if actor.role in row.by), None)
