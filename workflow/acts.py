"""An act in the making, and the event that it becomes. Owns how a row's effect is written; judges nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeAlias

from workflow.facts import Facts
from workflow.lifecycle import ClockStart, Lifecycle, Transition
from workflow.moments import BUYER_CLOCK, WINDOW_CLOCK
from workflow.policies import PolicyBook
from workflow.records import Message
from workflow.replay import evolve, written, written_timer
from workflow.tickets import EMPTY, Actor, Event, Ticket
from workflow.timers import armed
from workflow.vocabulary import Ball, EventKind, Scheme

Timed: TypeAlias = tuple[Facts, PolicyBook]  # what timers are armed by
_OF_THE_CHAT, _LOCK = frozenset({BUYER_CLOCK, WINDOW_CLOCK}), "chat_locked"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one act makes: the ticket after it, its event, and the texts that people typed with it."""

    ticket: Ticket
    event: Event
    messages: tuple[Message, ...] = ()
    row: Transition | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """An event in the making: what is to be written beside the ticket's own place in its lifecycle."""

    ticket_id: str
    kind: EventKind
    name: str
    actor: Actor
    occurred_at: datetime
    recorded_at: datetime
    to_state: str
    to_ball: Ball | None = None
    is_public_reply: bool = False
    is_buyer_message: bool = False
    is_conforming: bool = True
    payload: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


def write(ticket: Ticket, act: Act, lifecycle: Lifecycle, facts: Facts, policies: PolicyBook) -> Outcome:
    """Turn `act` into the event that follows the ticket's log; `lifecycle` is the one that it runs on afterwards."""
    return with_timers(ticket, event_of(ticket, act, lifecycle, facts.scheme), lifecycle, facts, policies)


def event_of(ticket: Ticket | None, act: Act, lifecycle: Lifecycle, scheme: Scheme | None) -> Event:
    """The event of `act`, without timers; `ticket` None opens one."""
    to_state = lifecycle.states[act.to_state]
    is_moved = ticket is None or ticket.state != act.to_state or ticket.category != lifecycle.category
    return Event(
        ticket_id=act.ticket_id,
        seq=ticket.version + 1 if ticket else 1,
        kind=act.kind,
        name=act.name,
        category=lifecycle.category,
        lifecycle_version=lifecycle.version,
        from_state=ticket.state if ticket else "",
        from_kind=ticket.state_kind if ticket else None,
        to_state=to_state.name,
        to_kind=to_state.kind,
        to_ball=act.to_ball or to_state.holder(scheme),
        actor_role=act.actor.role,
        actor_id=act.actor.id,
        recorded_by=act.actor.recorder,
        occurred_at=act.occurred_at,
        recorded_at=act.recorded_at,
        is_visit=is_moved,
        is_public_reply=act.is_public_reply,
        is_buyer_message=act.is_buyer_message,
        is_conforming=act.is_conforming,
        state_seconds=(act.occurred_at - ticket.state_entered_at).total_seconds() if ticket and is_moved else None,
        payload=act.payload,
    )


def with_timers(
    ticket: Ticket | None, event: Event, lifecycle: Lifecycle, facts: Facts, policies: PolicyBook
) -> Outcome:
    """`event` with the timers that it leaves armed, and the ticket after it."""
    after = evolve(ticket, event)
    timers = armed(lifecycle, after, policies, facts)
    if timers != after.timers:
        event = replace(event, payload={**event.payload, "timers": [written_timer(timer) for timer in timers]})
        after = replace(after, timers=timers)
    return Outcome(ticket=after, event=event)


def told_from(origin: Ticket, ticket: Ticket, outcome: Outcome, lifecycle: Lifecycle, timed: Timed) -> Outcome:
    """`outcome` of a message to `ticket` that was written in `origin`, a ticket that was merged into it."""
    event = outcome.event
    payload = {name: part for name, part in event.payload.items() if name != "timers"}
    payload |= {"from_ticket_id": origin.id, "from_number": origin.number}
    if origin.channel is not ticket.channel:
        payload = said_elsewhere(payload)
    again = with_timers(ticket, replace(event, payload=payload), lifecycle, *timed)
    messages = tuple(replace(message, channel=origin.channel) for message in outcome.messages)
    return replace(outcome, ticket=again.ticket, event=again.event, messages=messages)


def effects(row: Transition, ticket: Ticket, at: datetime, instants: Mapping[str, datetime]) -> dict[str, Any]:
    """The part of the payload that the effect of `row` makes, true at `at`; `instants` are those that inputs gave."""
    starts = {
        start.clock: written(instant)
        for start in row.starts
        if (instant := _start(start, ticket, at, instants, stops=row.stops))
    }
    parts: dict[str, Any] = {
        "starts": starts,
        "stops": list(row.stops),
        "raises": list(row.raises),
        "clears": list(row.clears),
        "counts": row.counts,
        "reason": row.reason,
    }
    return {name: part for name, part in parts.items() if part}


def said_elsewhere(payload: Mapping[str, Any]) -> dict[str, Any]:
    """`payload` of a message that came by another channel than the ticket's: it is owed a reply, and opens no chat."""
    starts = {clock: at for clock, at in payload.get("starts", {}).items() if clock not in _OF_THE_CHAT}
    clears = [flag for flag in payload.get("clears", ()) if flag != _LOCK]
    others = {name: part for name, part in payload.items() if name not in {"starts", "clears"}}
    return others | {name: part for name, part in (("starts", starts), ("clears", clears)) if part}


def _start(
    start: ClockStart, ticket: Ticket, at: datetime, instants: Mapping[str, datetime], *, stops: tuple[str, ...]
) -> datetime | None:
    """When the clock starts; None leaves it as it is. A late fact never turns a running clock back."""
    if start.at_input:
        return instants.get(start.at_input)
    running_since = None if start.clock in stops else ticket.clocks.get(start.clock)
    if running_since is None:
        return at
    return None if start.is_only_if_stopped or running_since >= at else at
