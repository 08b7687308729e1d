"""What holds of business time for every calendar, and an independent count of it by the wall clock."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.workflow.calendar_strategies import BUDGETS, INSTANTS, NIGHTS, PAUSES, TIMES
from workflow.business_time import BusinessTime
from workflow.calendar_errors import NoOpeningError
from workflow.calendars import Break, Calendar, ExtraDay, Holiday, Window

pytestmark = pytest.mark.no_cover  # chance goes where other tests go on purpose: traced, it takes twice as long
MINUTE, MICROSECOND = timedelta(minutes=1), timedelta(microseconds=1)


def deadline(time, begins, budget, pauses=()) -> datetime:
    """The deadline of a case that has one."""
    try:
        return time.deadline(begins, budget, pauses)
    except NoOpeningError:
        assume(condition=False)
        raise


@settings(deadline=None)
@given(TIMES, INSTANTS, BUDGETS, PAUSES)
def test_the_budget_has_elapsed_at_its_deadline(time, begins, budget, pauses):
    assert time.elapsed(begins, deadline(time, begins, budget, pauses), pauses) == budget


@settings(deadline=None)
@given(TIMES, INSTANTS, BUDGETS.filter(bool), PAUSES)
def test_a_deadline_is_the_earliest_instant(time, begins, budget, pauses):
    due = deadline(time, begins, budget, pauses)
    assert time.elapsed(begins, due - MICROSECOND, pauses) == budget - MICROSECOND


@settings(deadline=None)
@given(TIMES, INSTANTS, PAUSES)
def test_no_budget_falls_due_now_or_at_the_next_opening(time, begins, pauses):
    due = deadline(time, begins, timedelta(), pauses)
    assert due >= begins
    assert time.elapsed(begins, due, pauses) == timedelta()
    assert time.elapsed(due, due + MICROSECOND, pauses) == MICROSECOND


@settings(deadline=None)
@given(TIMES, st.lists(INSTANTS, min_size=3, max_size=3).map(sorted), PAUSES)
def test_elapsed_time_adds_up_over_a_split(time, instants, pauses):
    first, middle, last = instants
    parts = time.elapsed(first, middle, pauses) + time.elapsed(middle, last, pauses)
    assert parts == time.elapsed(first, last, pauses)
    assert time.elapsed(last, first, pauses) == timedelta()


@settings(deadline=None)
@given(TIMES, INSTANTS, BUDGETS, BUDGETS.filter(bool))
def test_deadlines_follow_one_another(time, begins, one, other):
    assert deadline(time, deadline(time, begins, one), other) == deadline(time, begins, one + other)


@settings(deadline=None)
@given(TIMES, INSTANTS, st.timedeltas(timedelta(), timedelta(days=60)))
def test_stretches_cover_all_and_their_open_part_is_what_elapsed(time, begins, length):
    rows = [*time.open_stretches(begins, begins + length)]
    assert [row.to_at for row in rows][-1:] == ([begins + length] if length else [])
    assert all(one.to_at == other.from_at for one, other in pairwise(rows))
    counted = sum((row.to_at - row.from_at for row in rows if row.is_open), timedelta())
    assert counted == time.elapsed(begins, begins + length)


CHANGES = {
    "Europe/Berlin": (datetime(2026, 3, 29), datetime(2026, 10, 25)),
    "America/New_York": (datetime(2026, 3, 8), datetime(2026, 11, 1)),
    "Australia/Lord_Howe": (datetime(2026, 4, 5), datetime(2026, 10, 4)),
    "Asia/Kolkata": (datetime(2026, 2, 28), datetime(2026, 12, 31)),
}
DAYTIME = st.builds(
    lambda opens, length: Window(opens_minute=opens, closes_minute=opens + length),
    st.integers(4 * 60, 20 * 60),
    st.integers(1, 4 * 60),
)
LATE = st.builds(Window, opens_minute=st.integers(12 * 60, 1439), closes_minute=st.integers(0, 0))


@st.composite
def around_a_change(draw) -> tuple[Calendar, datetime]:
    """A calendar whose edges are outside of the repeated hour, and a day near a change of its zone's clock."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    middle = draw(st.sampled_from(CHANGES[zone]))
    days = st.integers(-3, 3).map(lambda offset: (middle + timedelta(days=offset)).date())
    calendar = Calendar(
        id="made",
        name="Made up",
        time_zone=zone,
        weekly=tuple(draw(st.lists(DAYTIME | LATE, max_size=1).map(tuple)) for _ in range(7)),
        holidays=tuple(Holiday(on=day) for day in draw(st.sets(days, max_size=2))),
        extra_days=tuple(ExtraDay(on=day, windows=(draw(DAYTIME),)) for day in draw(st.sets(days, max_size=2))),
        breaks=tuple(Break(on=draw(days), window=draw(DAYTIME)) for _ in range(draw(st.integers(0, 2)))),
    )
    return calendar, middle


def is_open_on_the_wall(calendar: Calendar, at: datetime) -> bool:
    """Whether the clock on the wall shows a minute of an open window: no instants of edges, no layout of days."""
    local = at.replace(tzinfo=UTC).astimezone(ZoneInfo(calendar.time_zone))
    minute, day = local.hour * 60 + local.minute, local.date()
    if any(b.on == day and b.window.opens_minute <= minute < b.window.end_minute for b in calendar.breaks):
        return False
    own = {extra.on: extra.windows for extra in calendar.extra_days}
    if day not in own and any(holiday.on == day for holiday in calendar.holidays):
        return False
    windows = own.get(day, calendar.weekly[day.weekday()])
    return any(window.opens_minute <= minute < window.end_minute for window in windows)


@settings(deadline=None, max_examples=40)
@given(around_a_change())
def test_the_open_minutes_are_those_that_the_wall_clock_shows(case):
    calendar, middle = case
    time = BusinessTime.of(calendar)
    minutes = [middle - timedelta(days=2) + number * MINUTE for number in range(4 * 24 * 60)]
    shown = {minute for minute in minutes if is_open_on_the_wall(calendar, minute)}
    opened = [*time.openings(minutes[0], minutes[-1] + MINUTE)]
    counted = {begins + n * MINUTE for begins, ends in opened for n in range((ends - begins) // MINUTE)}
    assert counted == shown


@given(NIGHTS)
def test_a_window_is_above_zero_and_at_most_a_day(window):
    assert 0 < window.end_minute - window.opens_minute <= 24 * 60
