"""Business time, case by case with numbers worked out by hand. 5 January 2026 is a Monday."""

from datetime import date, datetime, timedelta

import pytest

from tests.workflow.calendar_builders import at, business, calendar, hours, version
from workflow.business_time import BusinessTime, Stretch
from workflow.calendar_errors import BudgetNegativeError, NoOpeningError
from workflow.calendars import Break, ExtraDay, Holiday, Window, always_open, week
from workflow.day_plans import Reason
from workflow.zones import BEGINNING, END

SPLIT = week(mon=[("09:00", "13:00"), ("14:00", "18:00")])
NIGHT = week(fri=[("22:00", "06:00")])
ROUND_THE_CLOCK = (("00:00", "24:00"),)
EVERY_DAY = week(**dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ROUND_THE_CLOCK))
CLOSED = ((),) * 7
NEW_YEAR = Holiday(on=date(2026, 1, 6), name="Epiphany")
MICROSECOND = timedelta(microseconds=1)


def test_created_outside_hours_the_clock_starts_at_the_next_opening():
    assert business().deadline(at("2026-01-02 18:30"), hours(2)) == at("2026-01-05 11:00")
    assert business().elapsed(at("2026-01-02 18:30"), at("2026-01-05 11:00")) == hours(2)


def test_created_on_a_holiday_the_clock_starts_on_the_next_working_day():
    time = business(holidays=(NEW_YEAR,))
    assert time.deadline(at("2026-01-06 10:00"), hours(1)) == at("2026-01-07 10:00")
    assert time.elapsed(at("2026-01-05 16:00"), at("2026-01-07 10:00")) == hours(2)


def test_at_the_windows_edges_opening_counts_and_closing_does_not():
    time = business()
    assert time.deadline(at("2026-01-05 09:00"), hours(0)) == at("2026-01-05 09:00")
    assert time.deadline(at("2026-01-05 17:00"), hours(0)) == at("2026-01-06 09:00")
    assert time.deadline(at("2026-01-05 17:00"), hours(1)) == at("2026-01-06 10:00")
    assert time.elapsed(at("2026-01-05 17:00"), at("2026-01-06 09:00")) == hours(0)


def test_no_budget_falls_due_at_once_inside_hours_and_at_the_next_opening_outside():
    assert business().deadline(at("2026-01-05 12:34:56.789012"), hours(0)) == at("2026-01-05 12:34:56.789012")
    assert business().deadline(at("2026-01-03 12:00"), hours(0)) == at("2026-01-05 09:00")


def test_a_budget_that_ends_exactly_at_closing_time_is_due_at_closing():
    assert business().deadline(at("2026-01-05 09:00"), hours(8)) == at("2026-01-05 17:00")
    assert business().deadline(at("2026-01-05 09:00"), hours(8) + MICROSECOND) == at("2026-01-06 09:00:00.000001")


def test_lunch_splits_the_day():
    time = business(weekly=SPLIT)
    assert time.elapsed(at("2026-01-05 12:30"), at("2026-01-05 14:15")) == timedelta(minutes=45)
    assert time.deadline(at("2026-01-05 12:30"), timedelta(minutes=45)) == at("2026-01-05 14:15")
    assert time.deadline(at("2026-01-05 12:30"), timedelta(minutes=30)) == at("2026-01-05 13:00")


def test_a_night_runs_into_the_next_day():
    time = business(weekly=NIGHT)
    assert time.elapsed(at("2026-01-09 00:00"), at("2026-01-11 00:00")) == hours(8)
    assert time.elapsed(at("2026-01-10 05:00"), at("2026-01-10 12:00")) == hours(1)
    assert time.deadline(at("2026-01-09 23:00"), hours(7)) == at("2026-01-10 06:00")


def test_a_holiday_takes_its_date_out_of_a_night_from_midnight_to_midnight():
    time = business(weekly=NIGHT, holidays=(Holiday(on=date(2026, 1, 10)),))
    assert time.elapsed(at("2026-01-09 00:00"), at("2026-01-11 00:00")) == hours(2)
    eve = business(weekly=NIGHT, holidays=(Holiday(on=date(2026, 1, 9)),))
    assert eve.elapsed(at("2026-01-09 00:00"), at("2026-01-11 00:00")) == hours(6)


def test_a_night_of_sunday_runs_into_monday():
    time = business(weekly=week(sun=[("20:00", "02:00")]))
    assert time.elapsed(at("2026-01-05 01:00"), at("2026-01-05 09:00")) == hours(1)


def test_the_hour_that_spring_skips_is_not_counted():
    time = business(time_zone="Europe/Berlin", weekly=week(sun=[("01:00", "05:00")]))
    # 01:00 to 02:00 and 03:00 to 05:00 on the wall.
    assert time.elapsed(at("2026-03-28 12:00"), at("2026-03-29 12:00")) == hours(3)
    assert time.deadline(at("2026-03-29 00:30"), hours(1)) == at("2026-03-29 01:30")


def test_the_hour_that_autumn_repeats_is_counted_twice():
    time = business(time_zone="Europe/Berlin", weekly=week(sun=[("01:00", "05:00")]))
    # 23:00 UTC is 01:00 in summer, 04:00 UTC is 05:00 in winter.
    assert time.elapsed(at("2026-10-24 12:00"), at("2026-10-25 12:00")) == hours(5)
    assert time.deadline(at("2026-10-24 12:00"), hours(5)) == at("2026-10-25 04:00")


def test_office_hours_stay_on_the_wall_through_both_changes():
    time = business(time_zone="Europe/Berlin")
    assert time.deadline(at("2026-03-27 15:00"), hours(2)) == at("2026-03-30 08:00")  # Friday 16:00, Monday 10:00
    assert time.deadline(at("2026-10-23 14:00"), hours(2)) == at("2026-10-26 09:00")


def test_an_edge_in_the_skipped_hour_is_the_instant_of_the_change():
    time = business(time_zone="Europe/Berlin", weekly=week(sun=[("00:00", "02:15"), ("02:30", "03:15")]))
    assert [*time.openings(at("2026-03-28 12:00"), at("2026-03-29 12:00"))] == [
        (at("2026-03-28 23:00"), at("2026-03-29 01:00")),
        (at("2026-03-29 01:00"), at("2026-03-29 01:15")),
    ]


def test_an_edge_in_the_repeated_hour_is_its_first_coming():
    time = business(time_zone="Europe/Berlin", weekly=week(sun=[("01:00", "02:30"), ("02:45", "04:00")]))
    assert [*time.openings(at("2026-10-24 12:00"), at("2026-10-25 12:00"))] == [
        (at("2026-10-24 23:00"), at("2026-10-25 00:30")),
        (at("2026-10-25 00:45"), at("2026-10-25 03:00")),
    ]


def test_a_date_that_a_zone_leaves_out_has_no_hours():
    time = business(time_zone="Pacific/Apia", weekly=week(fri=[("09:00", "17:00")]))
    # Friday 30 December 2011 never came: the Friday before and the one after are 8 hours each.
    assert time.elapsed(at("2011-12-23 00:00"), at("2012-01-07 12:00")) == hours(16)


def test_a_clock_of_24_7_counts_every_second():
    time = BusinessTime.of(always_open())
    assert time.elapsed(at("2026-03-28 12:00"), at("2026-03-30 12:00")) == hours(48)
    assert time.deadline(at("2026-01-03 23:00"), hours(48)) == at("2026-01-05 23:00")
    assert (time.is_plain, business().is_plain) == (True, False)


def test_a_pause_before_the_first_reply_is_cut_out():
    pause = (at("2026-01-05 10:00"), at("2026-01-05 11:30"))
    assert business().elapsed(at("2026-01-05 09:00"), at("2026-01-05 12:00"), [pause]) == hours(1.5)
    assert business().deadline(at("2026-01-05 09:00"), hours(2), [pause]) == at("2026-01-05 12:30")


def test_a_pause_across_closing_time_takes_only_what_was_open():
    pause = (at("2026-01-05 16:00"), at("2026-01-06 09:30"))
    assert business().elapsed(at("2026-01-05 15:00"), at("2026-01-06 10:00"), [pause]) == hours(1.5)
    assert business().deadline(at("2026-01-05 15:00"), hours(1.5), [pause]) == at("2026-01-06 10:00")
    assert business().deadline(at("2026-01-05 15:00"), hours(1), [pause]) == at("2026-01-05 16:00")


def test_two_pauses_in_one_minute_are_cut_to_the_microsecond():
    pauses = [
        (at("2026-01-05 10:00:40"), at("2026-01-05 10:00:50.000001")),
        (at("2026-01-05 10:00:10"), at("2026-01-05 10:00:20.5")),
    ]
    begins, ends = at("2026-01-05 10:00"), at("2026-01-05 10:01")
    assert business().elapsed(begins, ends, pauses) == timedelta(seconds=39, microseconds=499_999)
    assert business().deadline(begins, timedelta(seconds=39, microseconds=499_999), pauses) == ends


def test_pauses_that_overlap_are_cut_once_and_empty_ones_not_at_all():
    day = "2026-01-05 "
    pauses = [
        (at(day + "10:00"), at(day + "12:00")),
        (at(day + "11:00"), at(day + "11:30")),
        (at(day + "11:30"), at(day + "13:00")),
        (at(day + "15:00"), at(day + "14:00")),
        (at(day + "08:00"), at(day + "09:30")),
    ]
    assert business().elapsed(at(day + "09:00"), at(day + "17:00"), pauses) == hours(4.5)


def test_within_a_pause_no_budget_falls_due_when_the_pause_ends():
    pause = (at("2026-01-05 10:00"), at("2026-01-05 11:00"))
    assert business().deadline(at("2026-01-05 10:15"), hours(0), [pause]) == at("2026-01-05 11:00")


def test_a_pause_of_a_later_day_changes_nothing_before_it():
    pause = (at("2026-01-07 10:00"), at("2026-01-07 12:00"))
    assert business().elapsed(at("2026-01-05 09:00"), at("2026-01-07 13:00"), [pause]) == hours(18)
    assert business().deadline(at("2026-01-05 09:00"), hours(9), [pause]) == at("2026-01-06 10:00")


def test_a_break_is_cut_out_once():
    lunch = Break(on=date(2026, 1, 5), window=Window.between("10:00", "11:30"), name="Drill")
    time = business(breaks=(lunch,))
    assert time.elapsed(at("2026-01-05 09:00"), at("2026-01-05 12:00")) == hours(1.5)
    assert time.elapsed(at("2026-01-12 09:00"), at("2026-01-12 12:00")) == hours(3)


def test_a_break_may_last_over_midnight():
    night = Break(on=date(2026, 1, 9), window=Window.between("23:00", "01:00"))
    time = business(weekly=NIGHT, breaks=(night,))
    assert time.elapsed(at("2026-01-09 00:00"), at("2026-01-11 00:00")) == hours(6)


def test_an_extra_day_has_hours_of_its_own_or_of_a_weekday():
    own = ExtraDay(on=date(2026, 1, 10), windows=(Window.between("10:00", "12:00"),))
    like = ExtraDay(on=date(2026, 1, 11), like=0)
    time = business(extra_days=(own, like))
    assert time.elapsed(at("2026-01-10 00:00"), at("2026-01-11 00:00")) == hours(2)
    assert time.elapsed(at("2026-01-11 00:00"), at("2026-01-12 00:00")) == hours(8)


def test_an_extra_day_replaces_the_weekdays_hours_and_outranks_a_holiday():
    short = ExtraDay(on=NEW_YEAR.on, windows=(Window.between("09:00", "11:00"),))
    time = business(extra_days=(short,), holidays=(NEW_YEAR,))
    assert time.elapsed(at("2026-01-06 00:00"), at("2026-01-07 00:00")) == hours(2)


def test_a_changed_calendar_applies_to_its_own_interval():
    time = BusinessTime(
        [
            version(1, at("2026-01-01")),
            version(2, at("2026-01-06 12:00"), weekly=week(tue=[("08:00", "20:00")])),
        ]
    )
    # Monday 8 h and Tuesday 09:00 to 12:00 as before, then 12:00 to 20:00 as edited.
    assert time.elapsed(at("2026-01-05 00:00"), at("2026-01-07 00:00")) == hours(19)
    assert time.deadline(at("2026-01-05 09:00"), hours(19)) == at("2026-01-06 20:00")
    assert time.version_at(at("2026-01-06 11:59:59.999999")).version == 1
    assert time.version_at(at("2026-01-06 12:00")).version == 2


def test_the_first_version_holds_from_the_beginning_of_time():
    time = BusinessTime([version(1, at("2026-01-01"))])
    assert time.elapsed(at("2019-12-30 00:00"), at("2019-12-31 00:00")) == hours(8)
    assert time.version_at(BEGINNING).version == 1


def test_the_newest_version_holds_instead_of_one_that_was_planned():
    time = BusinessTime(
        [
            version(3, at("2026-01-06"), weekly=SPLIT),
            version(2, at("2026-01-10"), weekly=CLOSED),
            version(1, at("2026-01-01")),
        ]
    )
    assert time.elapsed(at("2026-01-05 12:00"), at("2026-01-13 00:00")) == hours(5) + hours(8)


def test_microseconds_are_kept():
    begins = at("2026-01-05 16:59:59.999999")
    assert business().elapsed(begins, at("2026-01-06 09:00:00.000001")) == 2 * MICROSECOND
    assert business().deadline(begins, 2 * MICROSECOND) == at("2026-01-06 09:00:00.000001")


def test_nothing_elapses_backwards():
    assert business().elapsed(at("2026-01-06 12:00"), at("2026-01-05 12:00")) == hours(0)


def test_without_a_future_opening_there_is_no_deadline():
    with pytest.raises(NoOpeningError) as caught:
        business(weekly=CLOSED).deadline(at("2026-01-05"), hours(1))
    assert str(caught.value) == (
        "Calendar Office is not open for 1:00:00 after 2026-01-05 00:00:00 UTC, so nothing falls due: "
        "give it opening hours."
    )
    with pytest.raises(NoOpeningError, match="Calendar Office does not open after 2026-01-05 00:00:00 UTC"):
        business(weekly=CLOSED).deadline(at("2026-01-05"), hours(0))


def test_extra_days_alone_are_found_however_far_and_end_by_themselves():
    far = ExtraDay(on=date(2700, 1, 1), windows=(Window.between("22:00", "02:00"),))
    time = business(weekly=CLOSED, extra_days=(far,))
    assert time.deadline(at("2026-01-05"), hours(3)) == at("2700-01-02 01:00")
    with pytest.raises(NoOpeningError):
        time.deadline(at("2026-01-05"), hours(5))


def test_a_calendar_that_opens_in_a_later_version_has_a_deadline():
    time = BusinessTime([version(1, at("2026-01-01"), weekly=CLOSED), version(2, at("2800-01-01"))])
    assert time.deadline(at("2026-01-05"), hours(1)) == at("2800-01-03 10:00")


def test_a_budget_below_zero_is_refused():
    with pytest.raises(BudgetNegativeError, match=r"A budget of -1 s has no deadline: give zero or more\."):
        business().deadline(at("2026-01-05"), timedelta(seconds=-1))


def test_a_calendar_needs_a_version():
    with pytest.raises(ValueError, match="at least one version"):
        BusinessTime([])


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_ends_of_time_are_no_errors(zone):
    time = business(time_zone=zone, weekly=EVERY_DAY)
    assert time.elapsed(BEGINNING, datetime(1, 1, 10)) > hours(24 * 5)
    assert time.elapsed(datetime(1, 1, 3), datetime(1, 1, 10)) > hours(24 * 5)
    assert time.elapsed(datetime(9999, 12, 20), END) > hours(24 * 8)
    assert time.elapsed(datetime(9999, 12, 30, 13), END) == hours(0)
    with pytest.raises(NoOpeningError):
        time.deadline(datetime(9999, 12, 20), hours(24 * 30))
    late = business(weekly=CLOSED, extra_days=(ExtraDay(on=date(9999, 12, 31), like=0),))
    assert late.elapsed(datetime(9999, 12, 1), END) == hours(0)


def test_open_stretches_say_why_time_is_not_counted():
    drill = Break(on=date(2026, 1, 5), window=Window.between("16:00", "18:00"), name="Drill")
    time = BusinessTime(
        [
            version(1, at("2026-01-01"), holidays=(NEW_YEAR,), breaks=(drill,)),
            version(2, at("2026-01-07 10:00"), weekly=EVERY_DAY),
        ]
    )
    rows = [*time.open_stretches(at("2026-01-05 08:00"), at("2026-01-09 12:00"))]
    assert rows == [
        row("2026-01-05 08:00", "2026-01-05 09:00", Reason.CLOSED),
        row("2026-01-05 09:00", "2026-01-05 16:00", Reason.OPEN),
        row("2026-01-05 16:00", "2026-01-05 17:00", Reason.BREAK, "Drill"),
        row("2026-01-05 17:00", "2026-01-06 00:00", Reason.CLOSED),
        row("2026-01-06 00:00", "2026-01-07 00:00", Reason.HOLIDAY, "Epiphany"),
        row("2026-01-07 00:00", "2026-01-07 09:00", Reason.CLOSED),
        row("2026-01-07 09:00", "2026-01-07 10:00", Reason.OPEN),
        row("2026-01-07 10:00", "2026-01-09 12:00", Reason.OPEN, number=2),
    ]
    assert [stretch.is_open for stretch in rows[:3]] == [False, True, False]


def row(begins: str, ends: str, reason: Reason, name: str = "", number: int = 1) -> Stretch:
    return Stretch(from_at=at(begins), to_at=at(ends), reason=reason, name=name, version=number)


def test_no_time_has_no_stretches():
    assert [*business().open_stretches(at("2026-01-05"), at("2026-01-05"))] == []


def test_calendars_compare_by_what_they_say():
    days = (Holiday(on=date(2026, 1, 1)), Holiday(on=date(2026, 1, 6)))
    assert calendar(holidays=days) == calendar(holidays=days[::-1])
