"""Holds what is kept of service targets against the judge of one ticket, on a sample of the tickets."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from data.case_files import rows_of
from data.check_findings import Difference, text
from data.commits import run
from data.database import Database
from data.rows import Row
from data.service.kept import make_changed
from data.service.shelf import rulebook
from data.service.tickets import judged_to_the_end
from data.store import DuckTicketStore, evidence_root
from workflow.service.judging import Judged

SAMPLE = 50  # of the tickets that changed last, and as many of all others
_MICROSECOND = timedelta(microseconds=1)
_Targets = dict[tuple[str, int], Row]


def check_targets(database: Database) -> Iterator[Difference]:
    """What differs between kept and fresh targets; tickets that are to be judged again are left out."""
    rules, store = rulebook(database), DuckTicketStore(database, evidence_root(database.path))
    with database.reading() as cursor:
        make_changed(database, cursor, rules)
        for number, place, stored, expected in run(cursor, "check/kept_targets"):
            yield Difference(number=number, place=place, stored=text(stored), expected=text(expected))
        tickets = run(cursor, "check/sampled_tickets", {"sample": SAMPLE})
        rows = rows_of(cursor, "check/targets_among", {"ticket_ids": [ticket_id for ticket_id, _ in tickets]})
    kept: dict[str, _Targets] = {}
    for row in rows:
        kept.setdefault(row.pop("ticket_id"), {})[row.pop("target_kind"), row.pop("turn")] = row
    for ticket_id, number in tickets:
        judged = judged_to_the_end(store, rules, ticket_id).targets
        fresh = {(it.promise.target.kind.value, it.span.turn): _row(it) for it in judged}
        yield from _compared(number, kept.get(ticket_id, {}), fresh)


def _compared(number: int, kept: _Targets, fresh: _Targets) -> Iterator[Difference]:
    for key in sorted(kept.keys() | fresh.keys()):
        name = f"{key[0]} {key[1]}"
        if key not in kept or key not in fresh:
            stored, expected = ("a target" if key in of else None for of in (kept, fresh))
            yield _difference(number, f"kept_targets, {name}", stored, expected)
            continue
        for column, expected in fresh[key].items():
            if kept[key][column] != expected:
                yield _difference(number, f"kept_targets.{column} of {name}", kept[key][column], expected)


def _difference(number: int, place: str, stored: Any, expected: Any) -> Difference:  # noqa: ANN401 - any column's value
    return Difference(number=number, place=place, stored=text(stored), expected=text(expected))


def _row(it: Judged) -> Row:
    target = it.promise.target
    return {
        "state": it.span.state,
        "policy_version": it.version,
        "policy_id": it.promise.policy.id,
        "calendar_id": target.calendar_id,
        "budget_microseconds": target.budget // _MICROSECOND,
        "started_at": it.started_at,
        "ended_at": it.ended_at,
        "ending": it.ending.value,
        "due_at": it.due_at,
        "counted_microseconds": it.counted // _MICROSECOND,
        "allowed_microseconds": it.allowed // _MICROSECOND,
        "is_paused": it.is_paused,
        "lenient_due_at": it.lenient_due_at,
        "pause_microseconds": it.paused // _MICROSECOND,
        "excess_pause_microseconds": it.excess // _MICROSECOND,
    }
