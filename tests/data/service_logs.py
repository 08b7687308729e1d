"""Made-up logs in a real desk, and the judge of one ticket beside the judge of many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from data.commits import load
from data.database import Database
from data.rows import event_row, ticket_row
from data.service.judging import AFTER_ALL
from data.service.shelf import Rulebook
from tests.workflow.service_builders import event, ticket_id
from workflow.replay import evolve
from workflow.service.history import Subject, steps_of
from workflow.service.judging import judge
from workflow.tickets import Event
from workflow.vocabulary import EventKind

Logs = Sequence[Sequence[Event]]
Links = Sequence[tuple[int, int, datetime]]
Undone = Sequence[tuple[int, int, datetime, datetime]]


def told(logs: Logs, links: Links, undone: Undone = ()) -> list[list[Event]]:
    """`logs` with the merges of `links` and `undone`, and what undid the latter: back to where the log began."""
    found = [list(log) for log in logs]
    acts = [(a, at, EventKind.MERGED, "gone") for a, _, at in links]
    acts += [(a, at, EventKind.MERGED, "gone") for a, _, at, _ in undone]
    acts += [(a, at, EventKind.UNMERGED, logs[a - 1][0].to_state) for a, _, _, at in undone]
    for a, at, kind, state in sorted(acts, key=lambda act: act[1]):
        log = found[a - 1]
        category = next(item.category for item in reversed(log) if item.occurred_at <= at)
        place = max(number for number, item in enumerate(log, 1) if item.occurred_at <= at)
        log.insert(place, event(a, 0, at, state, kind=kind, category=category))
    return [[replace(item, seq=seq) for seq, item in enumerate(log, 1)] for log in found]


def write(
    database: Database,
    logs: Logs,
    links: Links = (),
    undone: Undone = (),
    *,
    known: Sequence[int] = (),
    plain: Links = (),
) -> None:
    """Replace what the desk holds by `logs`; a link merges its first ticket into its second.

    `undone` are links that were taken back, and when; `plain` call a ticket a duplicate that nobody merged.
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
        for statement in (*(f"delete from {table}" for table in TABLES), KNOWN_CATEGORIES):  # noqa: S608 - no input
            cursor.execute(statement)
        load(cursor, "events", [event_row(item) | {"position": at} for at, item in enumerate([*early, *late], 1)])
        load(cursor, "tickets", tickets)
        pairs = [
            {"from_ticket_id": ticket_id(a), "to_ticket_id": ticket_id(b), "kind": "duplicate_of", "linked_at": at}
            for a, b, at in (*links, *plain)
        ]
        load(cursor, "ticket_links", pairs)
        for a, b, at in (*links, *(merge[:3] for merge in undone)):
            cursor.execute("insert into recorded_merges values (?, ?, ?)", (ticket_id(a), ticket_id(b), at))
        for a, b, at, undone_at in undone:
            row = (ticket_id(a), ticket_id(b), at, undone_at)
            cursor.execute("insert into undone_merges values (?, ?, ?, ?)", row)


def forget(database: Database) -> None:
    """Take back everything that was kept, warned and published."""
    with database.writing() as cursor:
        for emptied in EMPTIED:
            cursor.execute(emptied)


TABLES = ("events", "tickets", "ticket_links", "recorded_merges", "undone_merges")
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
        earlier = [births[one - 1].occurred_at for one, _ in duplicates_of(number, links)]
        starts_at = min(earlier, default=None)
        is_earlier = starts_at is not None and starts_at < first.occurred_at
        words = sorted({at for at, _ in waiting(number, logs, links)})
        found.append(
            Subject(
                channel=made["channel"],
                seller=made["seller_id"],
                language=made["language"],
                scheme=first.payload.get("scheme", ""),
                priority=made["priority"],
                assignee=made["assignee_id"],
                merge_times=tuple(sorted(at for a, _, at in links if a == number)),
                starts_at=starts_at if is_earlier else None,
                words=tuple(at for at in words if is_earlier or at > first.occurred_at),
            )
        )
    return found


def duplicates_of(number: int, links, until: datetime = AFTER_ALL) -> set[tuple[int, datetime]]:
    """Those that were merged into a ticket by then, directly or through another duplicate, and when they were."""
    direct = {(a, at) for a, b, at in links if b == number and at <= until}
    return direct | {far for near, at in direct for far in duplicates_of(near, links, at)}


def waiting(number: int, logs: Logs, links, until: datetime = AFTER_ALL) -> set[tuple[datetime, int]]:
    """The buyer's messages that wait in a ticket's duplicates by then, each with the duplicate's number."""
    found = set()
    for a, _, merged_at in (link for link in links if link[1] == number and link[2] <= until):
        log = [item for item in logs[a - 1] if item.occurred_at <= merged_at]
        log = [item for item in log if item.kind is not EventKind.MERGED or item.occurred_at < merged_at]
        own, answered_at = [], datetime.min  # noqa: DTZ901 - naive UTC
        for step in steps_of(log, Subject(channel="", seller="", language=""), AFTER_ALL):
            if step.is_reply or step.is_settled:
                own, answered_at = [], step.at
            elif step.is_message:
                own.append(step.at)
        found |= {(at, a) for at in own}
        found |= {(at, one) for at, one in waiting(a, logs, links, merged_at) if at > answered_at}
    return found


def judged_one_by_one(logs, links, rules: Rulebook, horizon_at: datetime, undone: Undone = ()) -> list[dict]:
    """What the judge of one ticket says of each, as rows of the judge of many."""
    rows = []
    held = [*links, *((a, b, at) for a, b, at, undone_at in undone if undone_at >= horizon_at)]
    seen = [link for link in held if link[2] < horizon_at]
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
