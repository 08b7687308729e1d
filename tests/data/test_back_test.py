"""A back-test counts what judging each ticket under both sets of policies gives."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from data.business_time import BusinessColumns
from data.calendar_shelf import publish_calendar
from data.service.back_test import back_test
from data.service.shelf import Rulebook, publish_policies, rulebook
from tests.data.service_logs import subjects, write
from tests.new_desks import new_database
from tests.workflow.service_builders import BEGIN, OFFICE
from tests.workflow.service_strategies import policies, random_logs
from workflow.service.history import steps_of
from workflow.service.judging import judge
from workflow.service.policies import PolicyVersion, ServiceBook, ServicePolicy, Target, TargetKind

HOUR = timedelta(hours=1)
HORIZON_AT = BEGIN + 100 * HOUR
IN_FORCE = (
    ServicePolicy(
        id="all",
        name="All",
        targets=(
            Target(kind=TargetKind.FIRST_REPLY, budget=5 * HOUR),
            Target(kind=TargetKind.FULL_RESOLUTION, budget=20 * HOUR, calendar_id="office"),
        ),
    ),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("desk") / "desk.duckdb") as opened:
        now = datetime(2026, 1, 1)
        publish_calendar(opened, OFFICE, valid_from=now, by="anna", note="", now=now)
        publish_policies(opened, IN_FORCE, valid_from=now, by="anna", note="", now=now)
        yield opened


def _sides(logs, rules) -> dict:
    """The status of each target by ticket, kind, state and start."""
    found = {}
    for log, subject in zip(logs, subjects(logs), strict=True):
        steps = steps_of(log, subject, HORIZON_AT)
        for it in judge(steps, subject, rules.book, rules.clocks, HORIZON_AT):
            key = (log[0].ticket_id, it.span.kind.value, it.span.state, it.span.start)
            found[key] = (steps[it.span.start].category, it.status.value)
    return found


def _tally(status: str) -> str:
    return status if status in {"met", "missed"} else "other"


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs=random_logs(), draft=policies())
def test_a_back_test_counts_what_each_ticket_says(database, logs, draft):
    write(database, logs)
    found = back_test(database, draft, since=BEGIN, until=HORIZON_AT, horizon_at=HORIZON_AT)
    rules = rulebook(database)
    book = ServiceBook([PolicyVersion(version=1, valid_from=datetime(2026, 1, 1), policies=draft)])
    columns = {name: BusinessColumns(clock.versions) for name, clock in rules.clocks.items()}
    logs = [log for log in logs if min(event.occurred_at for event in log) < HORIZON_AT]
    before = _sides(logs, rules)
    after = _sides(logs, Rulebook(book=book, clocks=rules.clocks, columns=columns))
    counts = Counter()
    for when, sides in (("before", before), ("after", after)):
        for (_ticket, kind, _state, _start), (category, status) in sides.items():
            counts[category, kind, f"{when}_{_tally(status)}_count"] += 1
    rows = found.by_category.set_index(["category", "target_kind"]).stack()
    assert {key: count for key, count in rows.items() if count} == dict(counts)
    nothing = ("", "")
    sides = {(before.get(key, nothing)[1], after.get(key, nothing)[1]): key for key in before | after}
    changed = [
        key
        for key in before | after
        if (was := before.get(key, nothing)[1]) != (now := after.get(key, nothing)[1])
        and {was, now} & {"met", "missed"}
    ]
    assert found.changed_count == len(changed) == len(found.changed)
    assert set(zip(found.changed["before_status"], found.changed["after_status"], strict=True)) <= set(sides)
    assert found.tickets_count == len(logs)
