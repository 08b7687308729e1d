"""How tickets, events and timers become rows and rows become them again. Runs no statement."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from workflow.replay import read, written, written_timer
from workflow.tickets import Event, Ticket, Timer
from workflow.vocabulary import Ball, Channel, EventKind, Language, Priority, Role, StateKind

Row = dict[str, Any]
_CONVERTED = frozenset(
    {
        "id",
        "state_kind",
        "ball",
        "channel",
        "language",
        "priority",
        "tags",
        "flags",
        "counts",
        "clocks",
        "spent",
        "timers",
    }
)


def json_text(value: object) -> str:
    """JSON with sorted keys, so that equal values have equal text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def ticket_row(ticket: Ticket, events: Sequence[Event], only: Collection[str] | None = None) -> Row:
    """The row of a ticket that `events` have just brought here, or those of its columns that are asked for."""
    names = _TICKET_COLUMNS if only is None else only
    row = {name: _WRITTEN[name](ticket) if name in _WRITTEN else getattr(ticket, name) for name in names}
    return row | {"last_event_at": max(event.occurred_at for event in events)}


def ticket_of(row: Mapping[str, Any]) -> Ticket:
    """The ticket of a row of `tickets`."""
    return Ticket(
        **{name: row[name] for name in Ticket.__dataclass_fields__ if name in row and name not in _CONVERTED},
        id=str(row["id"]),
        state_kind=StateKind(row["state_kind"]),
        ball=Ball(row["ball"]),
        channel=Channel(row["channel"]),
        language=Language(row["language"]),
        priority=Priority(row["priority"]),
        tags=tuple(json.loads(row["tags"])),
        flags=frozenset(json.loads(row["flags"])),
        counts=json.loads(row["counts"]),
        clocks=_read_all(row["clocks"]),
        spent=_read_all(row["spent"]),
        timers=tuple(map(_timer_of, json.loads(row["timers"]))),
    )


def event_row(event: Event) -> Row:
    """The row of an event, without the position that the store gives it."""
    fields = Event.__dataclass_fields__
    return {name: getattr(event, name) for name in fields if name != "position"} | {
        "kind": event.kind.value,
        "from_kind": event.from_kind.value if event.from_kind else "",
        "to_kind": event.to_kind.value,
        "to_ball": event.to_ball.value,
        "actor_role": event.actor_role.value,
        "payload": json_text(event.payload),
    }


def event_of(row: Mapping[str, Any]) -> Event:
    """The event of a row of `events`."""
    converted = {
        "ticket_id": str(row["ticket_id"]),
        "kind": EventKind(row["kind"]),
        "from_kind": StateKind(row["from_kind"]) if row["from_kind"] else None,
        "to_kind": StateKind(row["to_kind"]),
        "to_ball": Ball(row["to_ball"]),
        "actor_role": Role(row["actor_role"]),
        "payload": json.loads(row["payload"]),
    }
    return Event(**{**row, **converted})


def _timer_of(row: Mapping[str, str]) -> Timer:
    return Timer(
        trigger=row["trigger"],
        clock=row["clock"],
        anchor_at=read(row["anchor_at"]),
        due_at=read(row["due_at"]),
        policy_id=row["policy_id"],
    )


_WRITTEN: dict[str, Callable[[Ticket], object]] = {
    "state_kind": lambda ticket: ticket.state_kind.value,
    "ball": lambda ticket: ticket.ball.value,
    "channel": lambda ticket: ticket.channel.value,
    "language": lambda ticket: ticket.language.value,
    "priority": lambda ticket: ticket.priority.value,
    "tags": lambda ticket: json_text(ticket.tags),
    "flags": lambda ticket: json_text(sorted(ticket.flags)),
    "counts": lambda ticket: json_text(ticket.counts),
    "clocks": lambda ticket: json_text(_written_all(ticket.clocks)),
    "spent": lambda ticket: json_text(_written_all(ticket.spent)),
    "timers": lambda ticket: json_text([written_timer(item) for item in ticket.timers]),
    "next_due_at": lambda ticket: ticket.next_timer.due_at if ticket.next_timer else None,
    "next_trigger": lambda ticket: ticket.next_timer.trigger if ticket.next_timer else "",
}
_TICKET_COLUMNS = tuple(dict.fromkeys((*Ticket.__dataclass_fields__, *_WRITTEN)))


def _written_all(instants: Mapping[str, datetime]) -> dict[str, str]:
    return {name: written(at) for name, at in instants.items()}


def _read_all(text: str) -> dict[str, datetime]:
    return {name: read(at) for name, at in json.loads(text).items()}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")
