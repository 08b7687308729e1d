"""A fact that reaches the desk after its moment: it keeps its own time, and what the clock did wrongly is corrected.

Nothing is deleted and nothing moves in the past: the fact is recorded where it belongs, and a correcting event, dated
when the desk learnt it, puts the ticket where it would stand (lifecycle_rules, Timers).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflow.acts import Act, effects
from workflow.casework import CaseWork
from workflow.forms import INPUTS
from workflow.lifecycle import Lifecycle, Transition
from workflow.replay import read
from workflow.tickets import SYNC, Actor, Event, Ticket
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
    disproved = [event for event in log if _is_disproved(event, lifecycle, trigger, actor, at)]
    meant = _meant(row, lifecycle, log, disproved, actor)
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
        payload=_payload(outcome.event, row, meant, before),
    )
    work.write(stayed)
    for message in outcome.messages:
        work.say(message)
    target = meant.to_state
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


def _meant(
    row: Transition, lifecycle: Lifecycle, log: Sequence[Event], disproved: Sequence[Event], actor: Actor
) -> Transition:
    """The row that the fact would have taken: if the last move was a disproved timer's, the one of the state before."""
    last_move = next((event for event in reversed(log) if event.is_visit), None)
    if last_move is None or last_move not in disproved:
        return row
    return _row(lifecycle, last_move.from_state, row.trigger, actor) or row


def _payload(event: Event, row: Transition, meant: Transition, ticket: Ticket) -> dict[str, Any]:
    """What `event` says, with the effect of the row that is meant: its clocks run on in the state that it leads to."""
    said = {name: part for name, part in event.payload.items() if name != "timers"}
    if meant is row:
        return said
    given = said.get("inputs", {})
    instants = {
        use.name: read(given[use.name])
        for use in meant.inputs
        if INPUTS[use.name].kind == "instant" and use.name in given
    }
    own, other = effects(row, ticket, event.occurred_at, instants), effects(meant, ticket, event.occurred_at, instants)
    return {name: part for name, part in said.items() if name not in own} | other


def _row(lifecycle: Lifecycle, state: str, trigger: str, actor: Actor) -> Transition | None:
    rows = lifecycle.rows_from(state).get(trigger, ())
    return next((row for row in rows if actor.role in row.by), None)
