"""The ISO week that a report is about: how it is written, and its edges in the desk's time zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from workflow.errors import DeskError

_WRITTEN = re.compile(r"(?P<year>\d{4})-W(?P<number>\d{2})")
_YEARS = range(1970, 9999)  # beyond them a zone's midnight is no instant


class WeekUnreadableError(DeskError):
    """What was given as a week is none."""

    def __init__(self, *, text: str) -> None:
        self.text = text
        super().__init__(f"{text!r} is no ISO week: write it like 2026-W47; a year has 52 or 53 of them.")


class WeekAheadError(DeskError):
    """The week has not begun."""

    def __init__(self, *, week: "Week", time_zone: str) -> None:
        self.week = week
        super().__init__(
            f"Week {week} begins on {week.monday} in {time_zone}, which is still to come: "
            "ask for the present week or an earlier one."
        )


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Week:
    """The seven days from `monday` on; written `2026-W47`."""

    monday: date

    @classmethod
    def read(cls, text: str) -> Self:
        """The week that `2026-W47` means; `WeekUnreadableError` where it means none."""
        match = _WRITTEN.fullmatch(text)
        if match is None or int(match["year"]) not in _YEARS:
            raise WeekUnreadableError(text=text)
        try:
            return cls(monday=date.fromisocalendar(int(match["year"]), int(match["number"]), 1))
        except ValueError as error:
            raise WeekUnreadableError(text=text) from error

    @classmethod
    def of(cls, at: datetime, time_zone: str) -> Self:
        """The week of an instant (naive UTC) in a zone."""
        day = at.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone)).date()
        return cls(monday=day - timedelta(days=day.weekday()))

    def __str__(self) -> str:
        year, number, _day = self.monday.isocalendar()
        return f"{year:04}-W{number:02}"

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    def later(self, weeks: int) -> "Week":
        """The week so many weeks later; earlier where negative."""
        return Week(monday=self.monday + timedelta(weeks=weeks))

    def starts_at(self, time_zone: str) -> datetime:
        """The zone's midnight that begins the Monday, naive UTC."""
        midnight = datetime.combine(self.monday, time(), ZoneInfo(time_zone))
        return midnight.astimezone(UTC).replace(tzinfo=None)

    def ends_at(self, time_zone: str) -> datetime:
        """The first instant after the week, naive UTC."""
        return self.later(1).starts_at(time_zone)


def week_earlier(at: datetime, time_zone: str) -> datetime:
    """The instant (naive UTC) at which the zone's clock stood a week before as it stands at `at`.

    Of a time that came twice the first; a time that was skipped is read with the offset before the change.
    """
    there = at.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone))
    return (there - timedelta(weeks=1)).replace(fold=0).astimezone(UTC).replace(tzinfo=None)
