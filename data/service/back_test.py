"""Replays the chosen past under a draft of the policies and under what was in force (DECISIONS: Back-test)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from time import perf_counter
from typing import Any

import pandas as pd

from data.case_files import scope_parameters
from data.database import Database
from data.service.shelf import rulebook
from data.store import DuckTicketStore, evidence_root
from workflow.business_time import BusinessTime
from workflow.calendars import Calendar
from workflow.service.history import Subject, steps_of
from workflow.service.judging import Clocks, Judged, Status, judge
from workflow.service.policies import PolicyVersion, ServiceBook, ServicePolicy
from workflow.tickets import EVERYTHING, Event, Scope, Ticket
from workflow.vocabulary import LinkKind, Priority
from workflow.zones import BEGINNING

MOST_CHANGED = 500
_SIDES = frozenset({Status.MET, Status.MISSED})
_TALLIES = ("met", "missed", "other")
_BY_CATEGORY = (
    "category",
    "target_kind",
    *(f"{when}_{tally}_count" for when in ("before", "after") for tally in _TALLIES),
)
_CHANGED = (
    "number",
    "ticket_id",
    "category",
    "target_kind",
    "state",
    "started_at",
    "before_status",
    "after_status",
    "before_due_at",
    "after_due_at",
)
_Key = tuple[str, str, str, datetime]  # kind, state, category at the beginning, beginning


@dataclass(frozen=True, kw_only=True, slots=True)
class BackTest:
    """What the past would have been.

    `by_category`: category, target_kind and the counts met, missed and other (`before_met_count`, ...).
    `changed`: number, ticket_id, category, target_kind, state, started_at, before_status, after_status (empty: nothing
    was promised), before_due_at, after_due_at; of the `changed_count` targets that change sides, the first 500.
    """

    by_category: pd.DataFrame
    changed: pd.DataFrame
    changed_count: int
    tickets_count: int
    seconds: float


def back_test(  # noqa: PLR0913 - what is replayed, over which past, as of when and for whom
    database: Database,
    policies: Sequence[ServicePolicy],
    *,
    since: datetime,
    until: datetime,
    horizon_at: datetime,
    scope: Scope = EVERYTHING,
    calendars: Mapping[str, Calendar] | None = None,
) -> BackTest:
    """Judge the tickets opened in [since, until), as of `horizon_at`, under `policies` and under what was in force.

    `calendars` stand in for those of their ids, in the replay under `policies` only.
    """
    begun = perf_counter()
    rules = rulebook(database)
    draft = ServiceBook((PolicyVersion(version=1, valid_from=BEGINNING, policies=tuple(policies)),))
    clocks = {**rules.clocks, **{name: BusinessTime.of(calendar) for name, calendar in (calendars or {}).items()}}
    store = DuckTicketStore(database, evidence_root(database.path))
    rows: list[dict[str, Any]] = []
    tickets_count = 0
    for ticket_id, opened_at in _tickets(database, scope):
        if since <= opened_at < until:
            tickets_count += 1
            ticket, events, subject = _case(store, ticket_id, scope)
            before = _judged(events, subject, rules.book, rules.clocks, horizon_at)
            after = _judged(events, subject, draft, clocks, horizon_at)
            rows += _compared(ticket, before, after)
    changed = [row for row in rows if _is_changed(row)]
    return BackTest(
        by_category=_by_category(rows),
        changed=pd.DataFrame(changed[:MOST_CHANGED], columns=list(_CHANGED)),
        changed_count=len(changed),
        tickets_count=tickets_count,
        seconds=perf_counter() - begun,
    )


def _tickets(database: Database, scope: Scope) -> list[tuple[str, datetime]]:
    return database.read("service/tickets_of_back_test", scope_parameters(scope))


def _case(store: DuckTicketStore, ticket_id: str, scope: Scope) -> tuple[Ticket, tuple[Event, ...], Subject]:
    case, events = store.load_case(ticket_id, scope), store.events_of(ticket_id, scope)
    opening: Mapping[str, str] = next((e.payload["ticket"] for e in events if "ticket" in e.payload), {})
    merges = [link.linked_at for link in case.links if link.kind is LinkKind.DUPLICATE_OF and not link.is_child]
    subject = Subject(
        channel=case.ticket.channel.value,
        seller=case.ticket.seller_id,
        language=case.ticket.language.value,
        scheme=case.posting.scheme.value if case.posting and case.posting.scheme else "",
        priority=opening.get("priority", Priority.NORMAL.value),
        assignee=opening.get("assignee_id", ""),
        merged_at=min(merges, default=None),
    )
    return case.ticket, events, subject


def _judged(
    events: Sequence[Event], subject: Subject, book: ServiceBook, clocks: Clocks, horizon_at: datetime
) -> Mapping[_Key, Judged]:
    steps = steps_of(events, subject, horizon_at)
    return {
        (one.span.kind.value, one.span.state, steps[one.span.start].category, one.started_at): one
        for one in judge(steps, subject, book, clocks, horizon_at)
    }


def _compared(ticket: Ticket, before: Mapping[_Key, Judged], after: Mapping[_Key, Judged]) -> Iterator[dict[str, Any]]:
    for key in dict.fromkeys(chain(before, after)):
        was, would = before.get(key), after.get(key)
        kind, state, category, started_at = key
        yield {
            "number": ticket.number,
            "ticket_id": ticket.id,
            "category": category,
            "target_kind": kind,
            "state": state,
            "started_at": started_at,
            "before_status": was.status.value if was else "",
            "after_status": would.status.value if would else "",
            "before_due_at": was.due_at if was else None,
            "after_due_at": would.due_at if would else None,
        }


def _is_changed(row: Mapping[str, Any]) -> bool:
    before, after = row["before_status"], row["after_status"]
    return before != after and bool({before, after} & _SIDES)


def _by_category(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        found = counts.setdefault((row["category"], row["target_kind"]), dict.fromkeys(_BY_CATEGORY[2:], 0))
        for when in ("before", "after"):
            status = row[f"{when}_status"]
            if status:
                found[f"{when}_{status if status in _SIDES else 'other'}_count"] += 1
    listed = [
        {"category": category, "target_kind": kind, **found} for (category, kind), found in sorted(counts.items())
    ]
    return pd.DataFrame(listed, columns=list(_BY_CATEGORY))
