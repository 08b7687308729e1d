"""Waits of tickets that were fetched once: what is young or unanswered flatters nothing."""

from datetime import datetime, timedelta

import pandas as pd

from data.durations import SECOND
from data.selection import Figure
from data.ticket_times import TicketTimes

HOUR, DAY = 3_600, 86_400
MONDAY = datetime(2026, 3, 2, 9)


def times(*tickets: tuple[float, float | None], opened_at: datetime = MONDAY) -> TicketTimes:
    """Tickets of so many hours, with their first reply after so many, or none."""
    frame = pd.DataFrame(
        [
            {
                "category": "parcels",
                "opened_at": pd.Timestamp(opened_at).as_unit("us"),
                "is_open": True,
                "age_microseconds": int(age * HOUR * SECOND),
                "first_reply_age_microseconds": int(age * HOUR * SECOND),
                "first_reply_microseconds": None if wait is None else wait * HOUR * SECOND,
                "first_resolution_microseconds": None,
                "full_resolution_microseconds": None,
            }
            for age, wait in tickets
        ]
    )
    return TicketTimes(tickets=frame, time_zone="Europe/Moscow")


def test_of_young_tickets_nobody_knows_whether_they_are_replied_to_in_a_day():
    """An hour old: 3 replied to, 7 not. Two days old: replied to after 1, 24 and 25 hours, and never."""
    young = [(1, 0.5)] * 3 + [(1, None)] * 7
    assert times(*young).replied_within(DAY) == (0, 0)
    assert times(*young, (48, 1), (48, 24), (48, 25), (48, None), (24, None)).replied_within(DAY) == (2, 5)


def test_an_hour_in_which_hardly_anybody_was_answered_is_not_the_best_one():
    """Of three tickets one was answered after 5 minutes; the others wait: half of them have no reply yet."""
    (cell,) = times((120, 1 / 12), (120, None), (120, None)).heat_map().to_dict("records")
    # 09:00 UTC is noon in Moscow, a Monday.
    assert (cell["day_of_week"], cell["hour_of_day"]) == (0, 12)
    assert (cell["tickets_count"], cell["reached_count"]) == (3, 1)
    assert pd.isna(cell["median_first_reply_seconds"])


def test_the_median_of_a_cell_is_kaplan_meiers():
    """After 1, 2 and 3 hours, and one that waits for 2.5: 3/4, 1/2 and 0 remain, so half have a reply after 2 hours."""
    (cell,) = times((9, 1), (9, 2), (9, 3), (2.5, None)).heat_map().to_dict("records")
    whole = times((9, 1), (9, 2), (9, 3), (2.5, None)).curve(Figure.FIRST_REPLY).median
    assert cell["median_first_reply_seconds"] == whole / SECOND == 2 * HOUR


def test_days_are_those_of_the_zone():
    late = times((9, 1), opened_at=MONDAY.replace(hour=22) + timedelta(days=6))
    (cell,) = late.heat_map().to_dict("records")
    assert (cell["day_of_week"], cell["hour_of_day"]) == (0, 1)
