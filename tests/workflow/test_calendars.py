"""What a calendar may be, and the sentence for each way in which it may not."""

from datetime import date

import pytest

from tests.workflow.calendar_builders import calendar
from workflow.calendar_errors import CalendarInvalidError
from workflow.calendars import ExtraDay, Holiday, Window, always_open, minute_of, week
from workflow.zones import zone_named

DAY = date(2026, 1, 10)


def faults(**changes) -> tuple[str, ...]:
    with pytest.raises(CalendarInvalidError) as caught:
        calendar(**changes)
    return caught.value.faults


def test_a_window_ends_on_its_day_or_on_the_next():
    assert Window.between("09:00", "18:00").end_minute == 18 * 60
    assert Window.between("00:00", "24:00").end_minute == 24 * 60
    assert Window.between("22:00", "06:00").end_minute == 30 * 60
    assert Window.between("09:00", "09:00").end_minute == 33 * 60
    assert str(Window.between("9:00", "24:00")) == "09:00-24:00"


@pytest.mark.parametrize(
    "text", ["", "9", "09:60", "24:01", "25:00", "09:00:01", "ab:cd", "-1:00", "\u0660\u0669:\u0660\u0660"]
)
def test_a_text_that_is_no_time_of_day_is_refused(text):
    with pytest.raises(ValueError, match="is no time of day: write hours and minutes such as 09:30, at most 24:00"):
        minute_of(text)


def test_seconds_that_say_nothing_are_read():
    assert minute_of("09:30:00") == 570


def test_no_window_opens_at_24_00():
    with pytest.raises(ValueError, match="'24:00' is no opening time: write 00:00 on the next day"):
        Window.between("24:00", "06:00")


def test_a_weekday_has_one_of_seven_names():
    with pytest.raises(ValueError, match="'monday' is no weekday: use mon, tue, wed, thu, fri, sat, sun"):
        week(monday=[("09:00", "17:00")])


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe", "Europe/Berlin\0"])
def test_an_unknown_zone_is_refused(zone):
    assert zone_named(zone) is None
    assert faults(time_zone=zone) == (f"{zone!r} is no time zone: use a name such as Europe/Berlin or UTC.",)


def test_windows_of_a_day_may_touch_and_not_overlap():
    assert calendar(weekly=week(mon=[("09:00", "13:00"), ("13:00", "18:00")]))
    assert faults(weekly=week(mon=[("12:00", "18:00"), ("09:00", "13:00")])) == (
        "Monday 12:00-18:00 overlaps Monday 09:00-13:00: let the one end before the other begins.",
    )


def test_a_night_may_not_overlap_the_next_morning():
    assert faults(weekly=week(mon=[("22:00", "06:00")], tue=[("05:00", "10:00")])) == (
        "Tuesday 05:00-10:00 overlaps Monday 22:00-06:00: let the one end before the other begins.",
    )
    assert faults(weekly=week(sun=[("22:00", "06:00")], mon=[("05:00", "10:00")])) == (
        "Monday 05:00-10:00 overlaps Sunday 22:00-06:00: let the one end before the other begins.",
    )


def test_a_window_lies_within_the_day():
    outside = Window(opens_minute=-5, closes_minute=1500)
    assert faults(weekly=((outside,), *(() for _ in range(6))))[0].endswith(
        "is outside the day: open at 00:00 to 23:59 and close by 24:00."
    )


def test_an_extra_day_has_hours_and_one_source_of_them():
    both = ExtraDay(on=DAY, windows=(Window.between("09:00", "10:00"),), like=0)
    sentence = "Extra day 2026-01-10 needs windows of its own or a weekday to follow, and only one of them."
    assert faults(extra_days=(ExtraDay(on=DAY),)) == (sentence,)
    assert faults(extra_days=(both,)) == (sentence,)
    assert faults(extra_days=(ExtraDay(on=DAY, like=7),)) == (
        "Extra day 2026-01-10 follows weekday 7: use 0 for Monday to 6 for Sunday.",
    )
    overlapping = (Window.between("09:00", "12:00"), Window.between("11:00", "13:00"))
    assert faults(extra_days=(ExtraDay(on=DAY, windows=overlapping),)) == (
        (
            "Extra day 2026-01-10 11:00-13:00 overlaps extra day 2026-01-10 09:00-12:00: "
            "let the one end before the other begins."
        ),
    )


def test_every_fault_is_said_at_once():
    twice = (Holiday(on=DAY, name="One"), Holiday(on=DAY, name="Two"))
    extra = (ExtraDay(on=DAY, like=0),) * 3
    assert faults(id="", weekly=((),) * 6, holidays=twice, extra_days=extra) == (
        "It has no id: give it one.",
        "It has 6 weekdays: give seven, Monday first.",
        "The holiday 2026-01-10 is given 2 times: keep one.",
        "The extra day 2026-01-10 is given 3 times: keep one.",
    )


def test_24_7_goes_with_nothing_else():
    sentence = "It is open 24/7 and has windows or days of its own: take away the one or the other."
    assert faults(is_always_open=True) == (sentence,)
    assert faults(is_always_open=True, weekly=((),) * 7, holidays=(Holiday(on=DAY),)) == (sentence,)
    assert always_open().is_always_open


def test_the_error_is_one_finished_text():
    with pytest.raises(CalendarInvalidError) as caught:
        calendar(name="", id="", time_zone="X")
    assert str(caught.value) == (
        "Calendar without name cannot be used. It has no id: give it one. "
        "'X' is no time zone: use a name such as Europe/Berlin or UTC."
    )
