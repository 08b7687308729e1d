"""Writes made-up logs into a desk as the desk itself would have recorded them, and reads the golden week."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pandas as pd

from data.database import Database
from data.search_index import rebuild_words

GOLDEN = Path(__file__).parents[1] / "golden"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """An event: when, into which state of which category."""

    at: datetime
    state: str
    kind: str
    category: str
    is_visit: bool = True
    is_public_reply: bool = False
    is_buyer_message: bool = False
    is_opening: bool = False  # the desk opened the ticket itself; else the event was observed
    rating: int = 0  # what the buyer gave with it; 0 where they gave none
    payload: str = "{}"


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketLog:
    """A ticket and its steps in the order in which they were recorded."""

    number: int
    steps: tuple[Step, ...]
    seller_id: str = "s-1"
    team_id: str = ""

    @property
    def id(self) -> str:
        return str(UUID(int=self.number))


def write_logs(database: Database, logs: Iterable[TicketLog]) -> None:
    """Replace what the desk holds by `logs`."""
    logs = list(logs)
    events = pd.DataFrame([event for log in logs for event in _events(log)], columns=list(_EVENT))
    events["position"] = range(1, len(events) + 1)
    tickets = pd.DataFrame([_ticket(log) for log in logs], columns=list(_TICKET))
    with database.writing() as cursor:
        for table, rows in (("events", events), ("tickets", tickets)):
            cursor.execute(f"delete from {table}")  # noqa: S608 - a name written here
            cursor.register("rows_to_write", rows)
            cursor.execute(f"insert into {table} by name select * from rows_to_write")  # noqa: S608 - likewise
            cursor.unregister("rows_to_write")
        rebuild_words(cursor)


def golden_week() -> list[TicketLog]:
    """The tickets of tests/golden/week.toml."""
    week = tomllib.loads((GOLDEN / "week.toml").read_text(encoding="utf-8"))
    return [
        TicketLog(number=ticket["number"], steps=tuple(_golden_steps(ticket, week["kinds"])))
        for ticket in week["tickets"]
    ]


def _golden_steps(ticket: dict, kinds: dict[str, str]) -> Iterable[Step]:
    category, state = ticket["category"], ""
    for text in ticket["steps"]:
        day, _, clock, name, *marks = text.split()
        is_visit = name != "="
        if is_visit:
            moved, _, state = name.rpartition("/")
            category = moved or category
        yield Step(
            at=datetime.fromisoformat(f"2026-03-0{day}T{clock}"),
            state=state,
            kind=kinds[state],
            category=category,
            is_visit=is_visit,
            is_public_reply="+reply" in marks,
        )


_EVENT = {
    "position": 0,
    "ticket_id": "",
    "seq": 0,
    "kind": "observed",
    "name": "step",
    "category": "",
    "lifecycle_version": 1,
    "from_state": "",
    "from_kind": "",
    "to_state": "",
    "to_kind": "",
    "to_ball": "seller",
    "actor_role": "seller_agent",
    "actor_id": "anna",
    "recorded_by": "anna",
    "occurred_at": None,
    "recorded_at": None,
    "is_visit": True,
    "is_public_reply": False,
    "is_buyer_message": False,
    "is_conforming": True,
    "state_seconds": None,
    "payload": "{}",
    "payload_version": 1,
}


def _events(log: TicketLog) -> Iterable[dict]:
    """In recording terms, as `workflow.acts` writes them."""
    left: Step | None = None
    for seq, step in enumerate(log.steps, start=1):
        is_moved = left is not None and left.category != step.category
        yield _EVENT | {
            "ticket_id": log.id,
            "seq": seq,
            "kind": "rated"
            if step.rating
            else "categorised"
            if is_moved
            else "opened"
            if step.is_opening
            else "observed",
            "category": step.category,
            "from_state": left.state if left else "",
            "from_kind": left.kind if left else "",
            "to_state": step.state,
            "to_kind": step.kind,
            "occurred_at": step.at,
            "recorded_at": max(earlier.at for earlier in log.steps[:seq]),
            "is_visit": step.is_visit,
            "is_public_reply": step.is_public_reply,
            "is_buyer_message": step.is_buyer_message,
            "payload": f'{{"rating":{step.rating}}}' if step.rating else step.payload,
            "state_seconds": (step.at - left.at).total_seconds() if left and step.is_visit else None,
        }
        left = step if step.is_visit else left


_TICKET = {
    "id": "",
    "number": 0,
    "category": "",
    "lifecycle_version": 1,
    "state": "",
    "state_kind": "",
    "ball": "seller",
    "version": 0,
    "opened_at": None,
    "state_entered_at": None,
    "channel": "email",
    "language": "en",
    "priority": "normal",
    "seller_id": "",
    "buyer_key": "",
    "order_id": "",
    "posting_number": "",
    "product_id": "",
    "assignee_id": "",
    "team_id": "",
    "resolution_reason": "",
    "source": "",
    "external_ref": "",
    "is_synthetic": False,
    "tags": "[]",
    "flags": "[]",
    "counts": "{}",
    "clocks": "{}",
    "spent": "{}",
    "next_due_at": None,
    "next_trigger": "",
    "timers": "[]",
    "last_event_at": None,
}


def _ticket(log: TicketLog) -> dict:
    by_time = sorted((step for step in log.steps if step.is_visit), key=lambda step: step.at)
    return _TICKET | {
        "id": log.id,
        "number": log.number,
        "category": by_time[-1].category,
        "state": by_time[-1].state,
        "state_kind": by_time[-1].kind,
        "version": len(log.steps),
        "opened_at": min(step.at for step in log.steps),
        "state_entered_at": by_time[-1].at,
        "seller_id": log.seller_id,
        "team_id": log.team_id,
        "last_event_at": max(step.at for step in log.steps),
        "next_due_at": pd.NaT,
    }
