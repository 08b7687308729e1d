"""Made-up logs with everything that service levels look at, in a real desk, and the judge of one ticket beside them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from data.commits import load
from data.database import Database
from data.rows import event_row, ticket_row
from data.service.shelf import Rulebook
from workflow.business_time import BusinessTime, CalendarVersion
from workflow.calendars import Calendar, Holiday, week
from workflow.replay import evolve
from workflow.service.history import Subject, steps_of
from workflow.service.judging import judge
from workflow.tickets import Event
from workflow.vocabulary import Ball, EventKind, Role, StateKind

BEGIN = datetime(2026, 3, 2, 6)
STATES = {
    "new": (StateKind.OPEN, Ball.SELLER),
    "asked": (StateKind.WAITING, Ball.BUYER),
    "carrier": (StateKind.WAITING, Ball.CARRIER),
    "disputed": (StateKind.PLATFORM, Ball.PLATFORM),
    "done": (StateKind.DONE, Ball.NOBODY),
    "gone": (StateKind.FINAL, Ball.NOBODY),
}
OFFICE = Calendar(
    id="office",
    name="Office",
    time_zone="Europe/Berlin",
    weekly=week(
        mon=[("09:00", "12:00"), ("13:00", "17:00")],
        tue=[("09:00", "17:00")],
        wed=[("22:00", "06:00")],
        fri=[("09:00", "17:00")],
    ),
    holidays=(Holiday(on=datetime(2026, 3, 9).date(), name="A day off"),),
)
LATER = Calendar(
    id="office", name="Office", time_zone="UTC", weekly=week(mon=[("08:00", "20:00")], sat=[("08:00", "12:00")])
)
CLOCKS = {
    "office": BusinessTime(
        (
            CalendarVersion(version=1, valid_from=BEGIN, calendar=OFFICE),
            CalendarVersion(version=2, valid_from=datetime(2026, 3, 10, 11), calendar=LATER),
        )
    )
}


def ticket_id(number: int) -> str:
    return str(UUID(int=number))


def event(number: int, seq: int, at: datetime, state: str, **changes) -> Event:
    kind, ball = STATES[state]
    values = {
        "ticket_id": ticket_id(number),
        "seq": seq,
        "kind": EventKind.TRANSITION,
        "name": "step",
        "category": "parcels",
        "lifecycle_version": 1,
        "from_state": "",
        "from_kind": None,
        "to_state": state,
        "to_kind": kind,
        "to_ball": ball,
        "actor_role": Role.SELLER_AGENT,
        "actor_id": "anna",
        "recorded_by": "anna",
        "occurred_at": at,
        "recorded_at": at,
        "is_visit": True,
    }
    return Event(**(values | changes))


def birth(number: int, at: datetime, state: str = "new", *, kind: EventKind = EventKind.OPENED, **changes) -> Event:
    ticket = {
        "number": number,
        "channel": changes.pop("channel", "email"),
        "language": "en",
        "priority": changes.pop("priority", "normal"),
        "seller_id": changes.pop("seller", "s-1"),
        "assignee_id": "",
    }
    return event(number, 1, at, state, kind=kind, payload={"ticket": ticket}, **changes)


def write(database: Database, logs: Sequence[Sequence[Event]], links: Sequence[tuple[int, int, datetime]] = ()) -> None:
    """Replace what the desk holds by `logs`; a link makes its first ticket a duplicate of its second."""
    tickets = []
    for log in logs:
        ticket = None
        for item in log:
            ticket = evolve(ticket, item)
        tickets.append(ticket_row(ticket, log))
    rows = [item for log in logs for item in log]
    with database.writing() as cursor:
        for table in ("events", "tickets", "ticket_links"):
            cursor.execute(f"delete from {table}")  # noqa: S608 - a name written here
        load(cursor, "events", [event_row(item) | {"position": place} for place, item in enumerate(rows, 1)])
        load(cursor, "tickets", tickets)
        pairs = [
            {"from_ticket_id": ticket_id(a), "to_ticket_id": ticket_id(b), "kind": "duplicate_of", "linked_at": at}
            for a, b, at in links
        ]
        load(cursor, "ticket_links", pairs)


@st.composite
def random_logs(draw) -> list[list[Event]]:
    return [draw(random_log(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]


@st.composite
def random_log(draw, number: int) -> list[Event]:
    gaps = st.sampled_from([0, 1, 3_600 * 10**6, 5 * 3_600 * 10**6, 26 * 3_600 * 10**6, 70 * 3_600 * 10**6 + 7])
    at = BEGIN + timedelta(microseconds=draw(gaps))
    kind = draw(st.sampled_from([EventKind.OPENED, EventKind.OBSERVED]))
    start = draw(st.sampled_from(["new", "asked", "done"]))
    priority = draw(st.sampled_from(["normal", "urgent"]))
    log = [birth(number, at, start, kind=kind, priority=priority, is_buyer_message=draw(st.booleans()))]
    state, category, priorities = start, "parcels", ["low", "normal", "urgent"]
    for seq in range(2, draw(st.integers(2, 12))):
        is_late = draw(st.integers(0, 9)) == 0
        when = at - timedelta(hours=3) if is_late and seq > 2 and at - timedelta(hours=3) > log[0].occurred_at else at
        what = draw(st.sampled_from(["visit", "visit", "message", "reply", "note", "priority", "assigned", "category"]))
        common = {"category": category}
        if what == "visit":
            state = draw(st.sampled_from(sorted(STATES)))
            common |= {"is_public_reply": draw(st.booleans()), "is_buyer_message": draw(st.booleans())}
        elif what == "category":
            category, state = draw(st.sampled_from(["parcels", "returns"])), "new"
            common = {"category": category, "kind": EventKind.CATEGORISED}
        else:
            sets = {"priority": draw(st.sampled_from(priorities))} if what == "priority" else {"assignee_id": "ben"}
            kinds = {"priority": EventKind.PRIORITISED, "assigned": EventKind.ASSIGNED}
            common |= {
                "is_visit": False,
                "is_buyer_message": what == "message",
                "is_public_reply": what == "reply",
                "kind": kinds.get(what, EventKind.TRANSITION),
                "payload": {"set": sets} if what in kinds else {},
            }
        log.append(event(number, seq, when, state, **common))
        at += timedelta(microseconds=draw(gaps))
    return log


def subjects(logs: Sequence[Sequence[Event]], links: Sequence[tuple[int, int, datetime]] = ()) -> list[Subject]:
    births = [log[0] for log in logs]
    found = []
    for number, first in enumerate(births, 1):
        made = first.payload["ticket"]
        merged = min((at for a, _, at in links if a == number), default=None)
        earlier = [births[a - 1].occurred_at for a, b, _ in links if b == number]
        starts_at = min(earlier, default=None)
        found.append(
            Subject(
                channel=made["channel"],
                seller=made["seller_id"],
                language=made["language"],
                priority=made["priority"],
                assignee=made["assignee_id"],
                merged_at=merged,
                starts_at=starts_at if starts_at and starts_at < first.occurred_at else None,
            )
        )
    return found


def judged_one_by_one(logs, links, rules: Rulebook, horizon_at: datetime) -> list[dict]:
    """What the judge of one ticket says of each, as rows of the judge of many."""
    rows = []
    seen = [link for link in links if link[2] < horizon_at]
    for log, subject in zip(logs, subjects(logs, seen), strict=True):
        steps = steps_of(log, subject, horizon_at)
        for it in judge(steps, subject, rules.book, rules.clocks, horizon_at):
            target = it.promise.target
            rows.append(
                {
                    "ticket_id": log[0].ticket_id,
                    "target_kind": target.kind.value,
                    "state": it.span.state,
                    "turn": it.span.turn,
                    "policy_version": it.version,
                    "policy_id": it.promise.policy.id,
                    "calendar_id": target.calendar_id,
                    "budget": target.budget,
                    "started_at": it.started_at,
                    "ended_at": it.ended_at,
                    "ending": it.ending.value,
                    "due_at": it.due_at,
                    "is_paused": it.is_paused,
                    "lenient_due_at": it.lenient_due_at,
                    "counted": it.counted,
                    "paused": it.paused,
                    "excess": it.excess,
                }
            )
    return rows


def judged_as_columns(frame) -> list[dict]:
    """The rows of the judge of many, as those of `judged_one_by_one`."""
    rows = []
    for row in frame.to_dict("records"):
        instants = {
            name: None if str(row[name]) == "NaT" else row[name].to_pydatetime()
            for name in ("started_at", "ended_at", "due_at", "lenient_due_at")
        }
        spans = {
            "budget": "budget_microseconds",
            "counted": "counted_microseconds",
            "paused": "pause_microseconds",
            "excess": "excess_pause_microseconds",
        }
        lengths = {name: timedelta(microseconds=row[column]) for name, column in spans.items()}
        names = ("ticket_id", "target_kind", "state", "turn", "policy_version", "policy_id", "calendar_id", "ending")
        rows.append({name: row[name] for name in names} | instants | lengths | {"is_paused": row["is_paused"]})
    return rows
