"""How an event changes a ticket. Nothing else changes one: acting and rebuilding both come through here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflow.tickets import Event, Ticket, Timer
from workflow.vocabulary import Channel, EventKind, Language, Priority

_ENUMS = {"channel": Channel, "language": Language, "priority": Priority, "tags": tuple}


def written(moment: datetime) -> str:
    """An instant as the payload keeps it."""
    return moment.isoformat(timespec="microseconds")


def read(text: str) -> datetime:
    """The instant that a payload keeps."""
    return datetime.fromisoformat(text)


def written_timer(timer: Timer) -> dict[str, str]:
    """A timer as the payload keeps it."""
    return {
        "trigger": timer.trigger,
        "clock": timer.clock,
        "anchor_at": written(timer.anchor_at),
        "due_at": written(timer.due_at),
        "policy_id": timer.policy_id,
    }


def evolve(ticket: Ticket | None, event: Event) -> Ticket:
    """The ticket after `event`; None is a ticket that the event opens.

    Counts are counted here, from the names that events carry: no event holds a total.
    """
    payload = event.payload
    before = ticket or _born(event)
    after = replace(
        before,
        category=event.category,
        lifecycle_version=event.lifecycle_version,
        state=event.to_state,
        state_kind=event.to_kind,
        ball=event.to_ball,
        version=max(event.seq, before.version),
        state_entered_at=event.occurred_at if event.is_visit else before.state_entered_at,
        resolution_reason=_resolution_reason(before, event),
        flags=(before.flags - frozenset(payload.get("clears", ()))) | frozenset(payload.get("raises", ())),
        counts=_counted(before.counts, payload.get("counts", "")),
        clocks=_clocks(before.clocks, payload),
        spent=_spent(before.spent, payload),
        timers=_timers(before, event),
    )
    changes = _attributes(payload.get("set", {}))
    return replace(after, **changes) if changes else after


def replay(events: Iterable[Event]) -> Ticket:
    """The ticket that `events` make.

    The desk's own log is read in its order of recording; a history from elsewhere in the order in which it happened.
    """
    log = sorted(events, key=lambda event: event.seq)
    if log[0].kind is EventKind.OBSERVED:
        observed = [event for event in log if event.kind is EventKind.OBSERVED]
        later = [event for event in log if event.kind is not EventKind.OBSERVED]
        history = sorted(observed, key=lambda event: (event.occurred_at, event.seq))
        log = history + _staying(later, history[-1])
    ticket: Ticket | None = None
    for event in log:
        ticket = evolve(ticket, event)
    assert ticket is not None  # noqa: S101 - a log has at least one event
    return ticket


def _staying(events: Sequence[Event], last: Event) -> list[Event]:
    """The desk's own `events` on a history from elsewhere: what moves nothing stays where the history ended.

    An agent may be assigned between two exports; the second one brought the ticket further all the same.
    """
    moved = next((index for index, event in enumerate(events) if event.is_visit), len(events))
    end = {
        "category": last.category,
        "lifecycle_version": last.lifecycle_version,
        "to_state": last.to_state,
        "to_kind": last.to_kind,
        "to_ball": last.to_ball,
    }
    return [replace(event, **end) for event in events[:moved]] + list(events[moved:])


def _born(event: Event) -> Ticket:
    return Ticket(
        id=event.ticket_id,
        category=event.category,
        lifecycle_version=event.lifecycle_version,
        state=event.to_state,
        state_kind=event.to_kind,
        ball=event.to_ball,
        version=0,
        opened_at=event.occurred_at,
        state_entered_at=event.occurred_at,
        **_attributes(event.payload["ticket"]),
    )


def _attributes(written_values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _ENUMS[name](value) if name in _ENUMS else value for name, value in written_values.items()}


def _resolution_reason(before: Ticket, event: Event) -> str:
    if not event.to_kind.is_settled:
        return ""
    return event.payload.get("reason", before.resolution_reason)


def _counted(counts: Mapping[str, int], name: str) -> Mapping[str, int]:
    return {**counts, name: counts.get(name, 0) + 1} if name else counts


def _clocks(clocks: Mapping[str, datetime], payload: Mapping[str, Any]) -> Mapping[str, datetime]:
    stops, starts = payload.get("stops", ()), payload.get("starts", {})
    if not stops and not starts:
        return clocks
    running = {name: at for name, at in clocks.items() if name not in stops}
    return running | {name: read(at) for name, at in starts.items()}


def _spent(spent: Mapping[str, datetime], payload: Mapping[str, Any]) -> Mapping[str, datetime]:
    fired = payload.get("spent")
    return {**spent, fired["trigger"]: read(fired["anchor_at"])} if fired else spent


def _timers(before: Ticket, event: Event) -> tuple[Timer, ...]:
    kept = event.payload.get("timers")
    if kept is None:
        return () if event.is_visit else before.timers
    return tuple(
        Timer(
            trigger=timer["trigger"],
            clock=timer["clock"],
            anchor_at=read(timer["anchor_at"]),
            due_at=read(timer["due_at"]),
            policy_id=timer["policy_id"],
        )
        for timer in kept
    )
