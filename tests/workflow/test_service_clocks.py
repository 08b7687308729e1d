"""The clock of a target: where hours, holidays, clock changes and new versions of a calendar put a deadline."""

from datetime import date, timedelta

import pytest

from tests.workflow.calendar_builders import FIVE_DAYS, at, business, hours, version
from tests.workflow.service_builders import Log, judged, only, target
from workflow.business_time import BusinessTime
from workflow.calendar_errors import NoOpeningError
from workflow.calendars import ExtraDay, Holiday, Window, always_open, week
from workflow.service.judging import Status
from workflow.service.policies import MARKETPLACE

PLAIN = business()
LUNCH = business(weekly=week(mon=[("09:00", "12:00"), ("13:00", "17:00")], tue=[("09:00", "17:00")]))
NIGHT = business(weekly=week(mon=[("22:00", "06:00")], tue=[("22:00", "06:00")]))
DAY_OFF = business(holidays=(Holiday(on=date(2026, 1, 6), name="Epiphany"),))
BERLIN = business(time_zone="Europe/Berlin")
SUNDAY_NIGHT = business(time_zone="Europe/Berlin", weekly=week(sun=[("01:00", "05:00")], mon=[("09:00", "17:00")]))
EVER = BusinessTime.of(always_open())


@pytest.mark.parametrize(
    ("clock", "opened", "budget", "due"),
    [
        # Monday 5 January 2026; hours are 09:00 to 17:00 UTC on five days.
        pytest.param(PLAIN, "2026-01-05 09:00", 2, "2026-01-05 11:00", id="at the window's opening edge"),
        pytest.param(PLAIN, "2026-01-05 07:00", 2, "2026-01-05 11:00", id="before hours"),
        pytest.param(PLAIN, "2026-01-05 17:00", 2, "2026-01-06 11:00", id="at the window's closing edge"),
        pytest.param(PLAIN, "2026-01-05 16:59:59.999999", 2, "2026-01-06 10:59:59.999999", id="just before closing"),
        pytest.param(PLAIN, "2026-01-09 18:30", 2, "2026-01-12 11:00", id="after hours on a Friday"),
        pytest.param(PLAIN, "2026-01-10 12:00", 8, "2026-01-12 17:00", id="at a weekend"),
        pytest.param(PLAIN, "2026-01-05 09:00", 8, "2026-01-05 17:00", id="a budget that ends at closing time"),
        pytest.param(PLAIN, "2026-01-05 10:00", 8, "2026-01-06 10:00", id="a budget that goes on tomorrow"),
        pytest.param(DAY_OFF, "2026-01-06 10:00", 2, "2026-01-07 11:00", id="created on a holiday"),
        pytest.param(DAY_OFF, "2026-01-05 16:00", 2, "2026-01-07 10:00", id="across a holiday"),
        pytest.param(LUNCH, "2026-01-05 11:00", 2, "2026-01-05 14:00", id="lunch splits it"),
        pytest.param(LUNCH, "2026-01-05 12:30", 1, "2026-01-05 14:00", id="created at lunch"),
        pytest.param(LUNCH, "2026-01-05 09:00", 3, "2026-01-05 12:00", id="due when lunch begins"),
        pytest.param(NIGHT, "2026-01-05 23:00", 2, "2026-01-06 01:00", id="overnight, past midnight"),
        pytest.param(NIGHT, "2026-01-06 05:00", 2, "2026-01-06 23:00", id="overnight, into the next night"),
        # Europe/Berlin is one hour ahead in winter and two in summer.
        pytest.param(BERLIN, "2026-01-05 08:00", 2, "2026-01-05 10:00", id="winter time"),
        pytest.param(BERLIN, "2026-07-06 07:00", 2, "2026-07-06 09:00", id="summer time"),
        pytest.param(BERLIN, "2026-03-27 15:00", 2, "2026-03-30 08:00", id="across the change in spring"),
        pytest.param(BERLIN, "2026-10-23 14:00", 2, "2026-10-26 09:00", id="across the change in autumn"),
        # The night of the change in spring has three hours (00:00 to 03:00 UTC), that in autumn five (from 23:00).
        pytest.param(SUNDAY_NIGHT, "2026-03-29 00:00", 3, "2026-03-29 03:00", id="the short night"),
        pytest.param(SUNDAY_NIGHT, "2026-03-29 00:00", 4, "2026-03-30 08:00", id="beyond the short night"),
        pytest.param(SUNDAY_NIGHT, "2026-10-24 23:00", 5, "2026-10-25 04:00", id="the long night"),
        pytest.param(SUNDAY_NIGHT, "2026-10-24 23:00", 6, "2026-10-26 09:00", id="beyond the long night"),
        pytest.param(EVER, "2026-01-10 12:00", 24, "2026-01-11 12:00", id="24/7"),
        pytest.param(EVER, "2026-03-28 12:00", 24, "2026-03-29 12:00", id="24/7 knows no clock change"),
    ],
)
def test_the_clock_puts_the_deadline_where_hands_put_it(clock, opened, budget, due):
    found = only(Log(opened), target(budget=hours(budget)), clock=clock)
    assert found.due_at == at(due)
    just_before = at(due) - timedelta(microseconds=1)
    assert only(Log(opened).reply(str(just_before)), target(budget=hours(budget)), clock=clock).status is Status.MET
    assert only(Log(opened).reply(due), target(budget=hours(budget)), clock=clock).status is Status.MISSED


def test_the_marketplaces_clock_counts_every_hour():
    found = only(Log("2026-01-09 18:30"), target(budget=hours(24), calendar_id=MARKETPLACE), now="2026-01-10 12:30")
    assert (found.due_at, found.counted) == (at("2026-01-10 18:30"), hours(18))


def test_outside_of_hours_nothing_is_counted():
    found = only(Log("2026-01-09 18:30").reply("2026-01-11 23:59"), target())
    assert (found.counted, found.status, found.due_at) == (hours(0), Status.MET, at("2026-01-12 17:00"))


def test_microseconds_are_kept():
    log = Log("2026-01-05 09:00:00.000001").reply("2026-01-05 16:59:59.999998")
    found = only(log, target())
    assert found.counted == hours(8) - timedelta(microseconds=3)
    assert found.due_at == at("2026-01-06 09:00:00.000001")


def test_a_calendar_that_changes_applies_to_its_own_interval():
    # From Tuesday 12:00 on it opens 08:00 to 20:00: Monday 8 h, Tuesday 3 h by the old hours and 8 h by the new ones.
    long_day = {day: [("08:00", "20:00")] for day in FIVE_DAYS}
    changed = BusinessTime((version(1, at("2020-01-01")), version(2, at("2026-01-06 12:00"), weekly=week(**long_day))))
    found = only(Log("2026-01-05 09:00"), target(budget=hours(20)), clock=changed, now="2026-01-07 00:00")
    assert (found.counted, found.due_at) == (hours(19), at("2026-01-07 09:00"))
    assert only(Log("2026-01-05 09:00"), target(budget=hours(20)), now="2026-01-07").due_at == at("2026-01-07 13:00")


def test_what_was_due_before_a_calendar_changed_stays_so():
    closed = BusinessTime((version(1, at("2020-01-01")), version(2, at("2026-01-06 12:00"), weekly=((),) * 7)))
    found = only(Log("2026-01-05 09:00").reply("2026-01-09 09:00"), target(budget=hours(4)), clock=closed)
    assert (found.due_at, found.status, found.late) == (at("2026-01-05 13:00"), Status.MISSED, hours(7))


def test_a_calendar_that_never_opens_long_enough_says_so():
    one_day = business(weekly=((),) * 7, extra_days=(ExtraDay(on=date(2026, 1, 6), windows=WINDOWS),))
    assert only(Log(), target(budget=hours(2)), clock=one_day).due_at == at("2026-01-06 11:00")
    with pytest.raises(NoOpeningError):
        judged(Log(), target(budget=hours(3)), clock=one_day)


WINDOWS = (Window.between("09:00", "11:00"),)
