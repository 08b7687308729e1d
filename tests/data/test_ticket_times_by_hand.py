"""Figures of tickets' waits worked out by hand, from a frame as the store gives it."""

from datetime import datetime

import pandas as pd

from data.ticket_times import TicketTimes

HOUR = 3_600_000_000  # microseconds
DAY = 86_400  # seconds
COLUMNS = ("opened_at", "is_open", "age_microseconds", "first_reply_age_microseconds", "first_reply_microseconds")


def times(*rows, zone="UTC"):
    """From opened_at, is_open, hours since opening, hours since the buyer asked, hours to the first reply or None."""
    tickets = pd.DataFrame(
        [
            (at, is_open, age * HOUR, asked * HOUR, None if reply is None else reply * HOUR)
            for at, is_open, age, asked, reply in rows
        ],
        columns=list(COLUMNS),
    )
    return TicketTimes(tickets=tickets.astype({"opened_at": "datetime64[us]"}), time_zone=zone)


def hour(hour_of_day, minute=0):
    """On Monday 2 March 2026."""
    return datetime(2026, 3, 2, hour_of_day, minute)


def test_a_cell_of_the_heat_map_counts_those_that_still_wait():
    """The worked ticket of DECISIONS: answered after 1 and 3 hours, one waits since 10; and one alone that waits."""
    found = times(
        (hour(9), True, 10, 10, 1),
        (hour(9, 30), True, 10, 10, 3),
        (hour(9, 59), True, 10, 10, None),
        (hour(22), True, 2, 2, None),
    ).heat_map()
    assert found.astype(object).where(found.notna(), None).to_numpy().tolist() == [
        [0, 9, 3, 2, 3 * 3600.0],
        [0, 22, 1, 0, None],
    ]


def test_cells_are_of_the_desk_s_clock_and_in_order():
    found = times((hour(22), True, 2, 2, 1), (hour(9), True, 9, 9, 1), zone="Europe/Moscow").heat_map()
    assert found[["day_of_week", "hour_of_day"]].to_numpy().tolist() == [[0, 12], [1, 1]]


def test_without_a_ticket_there_is_no_cell():
    assert times().heat_map().empty


def test_who_asked_less_than_a_day_ago_is_in_no_share():
    """The worked ticket of DECISIONS: asked 30, 30, 30 and 2 hours ago; a day is reached to the microsecond."""
    asked = [
        (hour(9), False, 30, 30, 1),
        (hour(9), False, 30, 30, 25),
        (hour(9), True, 30, 30, None),
        (hour(9), True, 2, 2, 0.1),
    ]
    assert times(*asked).replied_within(DAY) == (1, 3)
    assert times(*asked, (hour(9), True, 24, 24, 24)).replied_within(DAY) == (2, 4)


def test_a_ticket_that_the_desk_opened_is_as_old_as_the_buyer_s_first_message():
    assert times((hour(9), True, 40, 10, 1), (hour(9), True, 40, 30, 1)).replied_within(DAY) == (1, 1)


def test_of_the_unanswered_those_that_are_closed_wait_no_more():
    rows = [
        (hour(9), True, 30, 30, None),
        (hour(9), False, 30, 30, None),
        (hour(9), False, 30, 30, None),
        (hour(9), True, 30, 30, 1),
        (hour(9), False, 30, 30, 1),
    ]
    assert times(*rows).unanswered() == (1, 2)
