"""Calendars and instants with valid defaults."""

from datetime import datetime, timedelta

from workflow.business_time import BusinessTime, CalendarVersion
from workflow.calendars import Calendar, week

NINE_TO_FIVE = (("09:00", "17:00"),)
FIVE_DAYS = ("mon", "tue", "wed", "thu", "fri")
WEEKDAYS_NINE_TO_FIVE = week(**dict.fromkeys(FIVE_DAYS, NINE_TO_FIVE))


def calendar(**changes) -> Calendar:
    """Monday to Friday 09:00 to 17:00 UTC."""
    return Calendar(**{"id": "office", "name": "Office", "weekly": WEEKDAYS_NINE_TO_FIVE} | changes)


def business(**changes) -> BusinessTime:
    """The business time of `calendar(**changes)`."""
    return BusinessTime.of(calendar(**changes))


def version(number: int, valid_from: datetime, **changes) -> CalendarVersion:
    """A version of `calendar(**changes)`."""
    return CalendarVersion(version=number, valid_from=valid_from, calendar=calendar(**changes))


def at(text: str) -> datetime:
    """`2026-01-05 09:00` as an instant."""
    return datetime.fromisoformat(text)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)
