"""A fact that reaches the desk after its moment: it keeps its own time, and what the clock did wrongly is corrected.

Nothing is deleted and nothing moves in the past: the fact is recorded where it belongs, and a correcting event, dated
when the desk learnt it, puts the ticket where it would stand (lifecycle_rules, Timers). The fact is judged in the state
that the ticket was in before the clock moved it; where a person moved it since, in the state that it is in now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflow.acts import Act, Outcome
from workflow.casework import CaseWork
from workflow.errors import ActionNotAllowedError
from workflow.lifecycle import Lifecycle, Transition
from workflow.replay import read, replay
from workflow.tickets import SYNC, Actor, Event, Ticket
from workflow.vocabulary import EventKind, Role


def is_late(ticket: Ticket, log: Sequence[Event], at: datetime) -> bool:
    """Whether a fact of `at` comes after the ticket moved on or a timer fired."""
    return at < ticket.state_entered_at or any(_is_fired(event, at) for event in log)


def before_the_clock(log: Sequence[Event], at: datetime) -> Ticket:
    """The ticket as it stood at `at`, or as it is where since then more than the clock has moved it."""
    since = [event for event in log if event.is_visit and event.occurred_at > at]
    if since and all(_is_fired(event, at) for event in since):
        return replay(event for event in log if event.seq < since[0].seq)
    return replay(log)


def record_late(  # noqa: PLR0913, PLR0917 - the parts of one act, and the log that it is judged against
    work: CaseWork,
    log: Sequence[Event],
    actor: Actor,
    trigger: str,
    values: Mapping[str, object],
    at: datetime,
) -> None:
    """Record `trigger` at its own time `at`, then correct what it disproves as of now."""
    present, past = work.ticket, before_the_clock(log, at)
    try:
        outcome = work.judge(actor, trigger, values, at, as_of=past)
    except ActionNotAllowedError:
        past, outcome = present, work.judge(actor, trigger, values, at)
    verdict = _judge(work.lifecycle, log, past, present, outcome, at)
    work.write(_fact(work, outcome))
    for message in outcome.messages:
        work.say(message)
    if verdict.target == present.state and not verdict.flags:
        return
    is_moved = verdict.target != present.state
    is_own_end = is_moved and verdict.target == outcome.event.to_state
    payload = {"clears": sorted(verdict.flags)} if verdict.flags else {}
    if is_own_end and "reason" in outcome.event.payload:
        payload["reason"] = outcome.event.payload["reason"]
    correction = work.note(EventKind.CORRECTION, trigger, SYNC, work.now, payload)
    ball = outcome.event.to_ball if is_own_end else None
    work.write(replace(correction, to_state=verdict.target, to_ball=ball if is_moved else present.ball))
    if is_own_end and outcome.row:
        work.rows.append(outcome.row)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Where the ticket belongs, and the flags that were raised wrongly."""

    target: str
    flags: frozenset[str]


def _is_fired(event: Event, at: datetime) -> bool:
    is_timer = event.actor_role is Role.SYSTEM_TIMER and event.kind is EventKind.TRANSITION
    return is_timer and event.occurred_at > at


def _judge(  # noqa: PLR0913, PLR0917 - the fact, and all that it is held against
    lifecycle: Lifecycle, log: Sequence[Event], past: Ticket, present: Ticket, outcome: Outcome, at: datetime
) -> _Verdict:
    """What the clock did wrongly: it moved the ticket although the fact stopped it, or raised a flag without cause."""
    row = outcome.row
    assert row is not None  # noqa: S101 - an applied action has taken its row
    fired = [event for event in log if _is_fired(event, at)]
    moves = [event for event in fired if event.is_visit and event.seq > past.version]
    is_undone = bool(moves) and (not row.is_stay or _concerns(row, moves[0], lifecycle))
    target = row.to_state if is_undone or not moves else present.state
    timed = lifecycle.rows_from(target)
    wrong = [
        event
        for event in fired
        if _concerns(row, event, lifecycle)
        or (is_undone and event.seq >= moves[0].seq)
        or (event.from_state == past.state and target != past.state and event.name not in timed)
    ]
    raised = frozenset(flag for event in wrong for flag in event.payload.get("raises", ()))
    return _Verdict(target, raised & present.flags)


def _concerns(row: Transition, event: Event, lifecycle: Lifecycle) -> bool:
    """Whether `row` starts or stops a clock of the timer that fired."""
    touched = {start.clock for start in row.starts} | set(row.stops)
    return bool(touched & {spec.clock for spec in lifecycle.timers if spec.trigger == event.name})


def _fact(work: CaseWork, outcome: Outcome) -> Act:
    """The act at its own time, leaving the ticket where it is. A clock that started later runs on."""
    event, ticket = outcome.event, work.ticket
    payload: dict[str, Any] = {name: part for name, part in event.payload.items() if name != "timers"}
    later = {clock for clock, started_at in ticket.clocks.items() if started_at > event.occurred_at}
    starts = {
        clock: start
        for clock, start in payload.pop("starts", {}).items()
        if clock not in later or read(start) > ticket.clocks[clock]
    }
    stops = [clock for clock in payload.pop("stops", ()) if clock not in later]
    return Act(
        ticket_id=ticket.id,
        kind=EventKind.TRANSITION,
        name=event.name,
        actor=Actor(role=event.actor_role, id=event.actor_id, recorded_by=event.recorded_by),
        occurred_at=event.occurred_at,
        recorded_at=work.now,
        to_state=ticket.state,
        to_ball=ticket.ball,
        is_public_reply=event.is_public_reply,
        is_buyer_message=event.is_buyer_message,
        payload=payload | ({"starts": starts} if starts else {}) | ({"stops": stops} if stops else {}),
    )
