"""A pause that still goes on is in the audit, and what would never fall due is not published."""

from datetime import datetime, timedelta

import pytest

from data.calendar_shelf import publish_calendar
from data.selection import Selection
from data.service.kept import keep_up
from data.service.publishing import publish_calendar_on
from data.service.questions import ServiceQuestions
from data.service.shelf import publish_policies, rulebook
from tests.data.service_logs import write
from tests.new_desks import new_database
from tests.workflow.service_builders import birth, event
from workflow.calendars import Calendar, week
from workflow.service.errors import CalendarNeededError, PolicyInvalidError
from workflow.service.policies import ServicePolicy, Target, TargetKind
from workflow.vocabulary import Ball

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 3, 2, 9)


@pytest.fixture
def database(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as opened:
        yield opened


def test_a_pause_that_goes_on_after_the_buyer_wrote_counts_until_the_horizon(database):
    """Asked on Monday 10:00, the buyer writes at 13:00, nobody acts: as of Wednesday 13:00 two days are in excess."""
    log = [
        birth(1, MONDAY, is_buyer_message=True),
        event(1, 2, MONDAY + HOUR, "asked", is_public_reply=True),
        event(1, 3, MONDAY + 4 * HOUR, "asked", is_visit=False, is_buyer_message=True),
    ]
    target = Target(kind=TargetKind.FULL_RESOLUTION, budget=8 * HOUR, pause_balls=frozenset({Ball.BUYER}))
    write(database, [log])
    policies = [ServicePolicy(id="all", name="All", targets=(target,))]
    publish_policies(database, policies, valid_from=MONDAY, by="anna", note="", now=MONDAY)
    rules = rulebook(database)
    keep_up(database, rules)
    selection = Selection(horizon_at=MONDAY + 52 * HOUR, since=MONDAY)
    row = ServiceQuestions(database, rules).pause_audit(selection).iloc[0]
    assert row["excess_pause_seconds"] == 48 * 3_600
    assert (row["targets_count"], row["tickets_count"], row["missed_count"]) == (1, 1, 1)


def test_a_promise_on_a_calendar_that_never_opens_is_refused(database):
    calendar = Calendar(id="shut", name="Shut")
    publish_calendar(database, calendar, valid_from=MONDAY, by="anna", note="", now=MONDAY)
    target = Target(kind=TargetKind.FIRST_REPLY, budget=10 * HOUR, calendar_id="shut")
    policies = [ServicePolicy(id="all", name="All", targets=(target,))]
    with pytest.raises(PolicyInvalidError) as refusal:
        publish_policies(database, policies, valid_from=MONDAY, by="anna", note="", now=MONDAY)
    assert "Policy all, first_reply: calendar Shut is not open for 10:00:00 within 20 years" in str(refusal.value)
    assert rulebook(database).book.newest is None


def test_a_calendar_in_use_is_not_emptied(database):
    calendar = Calendar(id="office", name="Office", weekly=week(mon=[("09:00", "18:00")]))
    publish_calendar(database, calendar, valid_from=MONDAY, by="anna", note="", now=MONDAY)
    target = Target(kind=TargetKind.FIRST_REPLY, budget=10 * HOUR, calendar_id="office")
    policies = [ServicePolicy(id="all", name="All", targets=(target,))]
    publish_policies(database, policies, valid_from=MONDAY, by="anna", note="", now=MONDAY)
    empty = Calendar(id="office", name="Office")
    with pytest.raises(CalendarNeededError, match="Office is not open"):
        publish_calendar_on(database, empty, base_version=1, valid_from=MONDAY, by="ben", note="", now=MONDAY)
    assert len(rulebook(database).clocks["office"].versions) == 1
