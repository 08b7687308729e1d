"""Made-up logs in a real desk, and the judge of one ticket beside the judge of many."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from data.commits import load
from data.database import Database
from data.rows import event_row, ticket_row
from data.service.shelf import Rulebook
from tests.workflow.service_builders import ticket_id
from workflow.replay import evolve
from workflow.service.history import Subject, steps_of
from workflow.service.judging import judge
from workflow.tickets import Event

Logs = Sequence[Sequence[Event]]
Links = Sequence[tuple[int, int, datetime]]


def write(database: Database, logs: Logs, links: Links = (), *, known: Sequence[int] = ()) -> None:
    """Replace what the desk holds by `logs`; a link makes its first ticket a duplicate of its second.

    `known` are how many events of each log were recorded before all the others; a log without events is no ticket.
    """
    counts = known or [0] * len(logs)
    early = [item for log, count in zip(logs, counts, strict=True) for item in log[:count]]
    late = [item for log, count in zip(logs, counts, strict=True) for item in log[count:]]
    tickets = []
    for log in filter(None, logs):
        ticket = None
        for item in log:
            ticket = evolve(ticket, item)
        tickets.append(ticket_row(ticket, log))
    with database.writing() as cursor:
        for statement in ("delete from events", "delete from tickets", "delete from ticket_links", KNOWN_CATEGORIES):
            cursor.execute(statement)
        load(cursor, "events", [event_row(item) | {"position": at} for at, item in enumerate([*early, *late], 1)])
        load(cursor, "tickets", tickets)
        pairs = [
            {"from_ticket_id": ticket_id(a), "to_ticket_id": ticket_id(b), "kind": "duplicate_of", "linked_at": at}
            for a, b, at in links
        ]
        load(cursor, "ticket_links", pairs)


def forget(database: Database) -> None:
    """Take back everything that was kept, warned and published."""
    with database.writing() as cursor:
        for emptied in EMPTIED:
            cursor.execute(emptied)


KNOWN_CATEGORIES = """
insert or ignore into lifecycle_states
select category, 1, 'new', 'open', 'seller', 'New', 'New', 'New', true
from (values ('parcels'), ('returns')) as known (category)
"""
EMPTIED = (
    "delete from kept_targets",
    "delete from kept_warnings",
    "delete from settings where key = 'targets_kept_up_to'",
    "delete from service_policy_versions",
    "delete from service_warnings",
)


def subjects(logs: Sequence[Sequence[Event]], links: Sequence[tuple[int, int, datetime]] = ()) -> list[Subject]:
    births = [log[0] for log in logs]
    found = []
    for number, first in enumerate(births, 1):
        made = first.payload["ticket"]
        merged = min((at for a, _, at in links if a == number), default=None)
        earlier = [births[one - 1].occurred_at for one in duplicates_of(number, links)]
        starts_at = min(earlier, default=None)
        found.append(
            Subject(
                channel=made["channel"],
                seller=made["seller_id"],
                language=made["language"],
                scheme=first.payload.get("scheme", ""),
                priority=made["priority"],
                assignee=made["assignee_id"],
                merged_at=merged,
                starts_at=starts_at if starts_at and starts_at < first.occurred_at else None,
            )
        )
    return found


def duplicates_of(number: int, links) -> set[int]:
    """Those that were merged into a ticket, directly or through another duplicate."""
    direct = {a for a, b, _ in links if b == number}
    return direct | {far for near in direct for far in duplicates_of(near, links)}


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
                    "allowed": it.allowed,
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
            "allowed": "allowed_microseconds",
            "paused": "pause_microseconds",
            "excess": "excess_pause_microseconds",
        }
        lengths = {name: timedelta(microseconds=row[column]) for name, column in spans.items()}
        names = ("ticket_id", "target_kind", "state", "turn", "policy_version", "policy_id", "calendar_id", "ending")
        rows.append({name: row[name] for name in names} | instants | lengths | {"is_paused": row["is_paused"]})
    return rows
