"""What the clocks of a policy never reach is said before it is published."""

from datetime import datetime, timedelta

from workflow.calendars import Calendar, week
from workflow.service.errors import CalendarNeededError
from workflow.service.policies import (
    MARKETPLACE,
    PolicyVersion,
    ServicePolicy,
    Target,
    TargetKind,
    Threshold,
    WarningEffect,
)
from workflow.service.reach import unreached, unreached_by_promises

SINCE = datetime(2026, 3, 2)
RARE = Calendar(id="rare", name="Rare", weekly=week(mon=[("09:00", "09:01")]))


def policies(budget: timedelta, calendar_id: str = "rare", percent: int = 100) -> list[ServicePolicy]:
    warning = Threshold(percent=percent, effect=WarningEffect.NOTIFY)
    target = Target(kind=TargetKind.FIRST_REPLY, budget=budget, calendar_id=calendar_id, warnings=(warning,))
    return [ServicePolicy(id="all", name="All", targets=(target,))]


def test_a_minute_a_week_reaches_a_thousand_minutes_within_twenty_years():
    assert list(unreached(policies(timedelta(minutes=1_000)), [RARE], SINCE)) == []


def test_a_minute_a_week_does_not_reach_eleven_hundred_minutes_within_twenty_years():
    (fault,) = unreached(policies(timedelta(minutes=1_100)), [RARE], SINCE)
    assert fault.startswith("Policy all, first_reply: calendar Rare is not open for 18:20:00 within 20 years")


def test_a_warning_beyond_the_budget_counts():
    assert list(unreached(policies(timedelta(minutes=600), percent=200), [RARE], SINCE))


def test_what_an_old_version_promised_on_a_calendar_is_needed_and_the_version_is_named():
    """A minute a week are 1 042 whole minutes in 20 years: version 1 promises 1 100 of them, version 2 other hours."""
    versions = [
        PolicyVersion(version=1, valid_from=SINCE, policies=tuple(policies(timedelta(minutes=1_100)))),
        PolicyVersion(version=2, valid_from=SINCE, policies=tuple(policies(timedelta(days=9_999), "office"))),
        PolicyVersion(version=3, valid_from=SINCE, policies=tuple(policies(timedelta(days=9_999), MARKETPLACE))),
        PolicyVersion(version=4, valid_from=SINCE, policies=tuple(policies(timedelta(minutes=1_000)))),
    ]
    (fault,) = unreached_by_promises(versions, RARE, SINCE)
    assert fault.startswith(
        "Version 1 of the policies, policy all, first_reply: calendar Rare is not open for 18:20:00 within 20 years"
    )


def test_the_marketplace_reaches_twenty_years_and_no_more():
    assert list(unreached(policies(timedelta(days=300), MARKETPLACE), [], SINCE)) == []
    assert list(unreached(policies(timedelta(days=3_000), MARKETPLACE, percent=1_000), [], SINCE))


def test_a_calendar_that_is_needed_says_by_whom():
    faults = ["Version 1 of the policies needs it.", "Version 2, too."]
    error = CalendarNeededError(name="Rare", faults=faults)
    assert str(error) == "Calendar Rare cannot be published. Version 1 of the policies needs it. Version 2, too."
    assert error.faults == tuple(faults)
