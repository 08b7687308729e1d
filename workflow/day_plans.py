"""How one local day of a calendar is laid out: which minutes are open, and why the others are not.

Leaves real time to `business_time`: everything here is minutes since local midnight.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from workflow.calendars import DAY_MINUTES, WEEKDAYS, Break, Calendar, Windows
from workflow.zones import LAST_DAY

_A_DAY = timedelta(days=1)
_Span: TypeAlias = tuple[int, int, str]


class Reason(StrEnum):
    """Why a stretch of time is counted or not."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    BREAK = "break"


class Part(NamedTuple):
    """A part of a local day, in minutes since midnight, half-open; `name` is the holiday's or the break's."""

    from_minute: int
    to_minute: int
    reason: Reason
    name: str


class DayPlan:
    """The days of one calendar that is not open 24/7."""

    def __init__(self, calendar: Calendar) -> None:
        self._weekly = calendar.weekly
        self._holidays = {day.on: day.name for day in calendar.holidays}
        self._extra = {day.on: day for day in calendar.extra_days}
        self._breaks: dict[date, list[Break]] = {}
        for pause in calendar.breaks:
            self._breaks.setdefault(pause.on, []).append(pause)
        touched = {day + _A_DAY for day in (*self._extra, *self._breaks) if day < LAST_DAY}
        self._special = {*self._holidays, *self._extra, *self._breaks, *touched}
        self._usual = tuple(
            tuple(_laid_out(_on_the_day(self._weekly[number - 1], self._weekly[number]), ()))
            for number in range(len(WEEKDAYS))
        )

    def parts(self, day: date) -> tuple[Part, ...]:
        """The whole day, 0 to 1440, without gaps. A holiday closes the date unless it is an extra working day."""
        if day not in self._special:
            return self._usual[day.weekday()]
        if day in self._holidays and day not in self._extra:
            return (Part(0, DAY_MINUTES, Reason.HOLIDAY, self._holidays[day]),)
        before = day - _A_DAY
        windows = _on_the_day(self._windows(before), self._windows(day))
        breaks = (
            *((b.window, b.name, DAY_MINUTES) for b in self._breaks.get(before, ())),
            *((b.window, b.name, 0) for b in self._breaks.get(day, ())),
        )
        cuts = [(w.opens_minute - shift, w.end_minute - shift, name) for w, name, shift in breaks]
        return tuple(_laid_out(windows, cuts))

    def opening_days(self, first: date) -> Iterator[date]:
        """The days from `first` on that can be open, in order; it ends where provably none follows.

        Without weekly windows only extra days, and the days after them, can be open.
        """
        if any(self._weekly):
            return self.days(first)
        ahead = {night for day in self._extra for night in (day, day + _A_DAY if day < LAST_DAY else day)}
        return iter(sorted(day for day in ahead if first <= day <= LAST_DAY))

    def days(self, first: date) -> Iterator[date]:
        """Every day from `first` on."""
        return (first + timedelta(days=number) for number in range((LAST_DAY - first).days + 1))

    def _windows(self, day: date) -> Windows:
        extra = self._extra.get(day)
        if extra is None:
            return self._weekly[day.weekday()]
        return extra.windows if extra.like is None else self._weekly[extra.like]


def _on_the_day(before: Windows, windows: Windows) -> list[tuple[int, int]]:
    """Minutes of a day that windows of the day before and of the day itself open, unclipped."""
    nights = [(window.opens_minute - DAY_MINUTES, window.end_minute - DAY_MINUTES) for window in before]
    return [*nights, *((window.opens_minute, window.end_minute) for window in windows)]


def _laid_out(opened: Sequence[tuple[int, int]], cuts: Sequence[_Span]) -> Iterator[Part]:
    """The parts of a day between all edges, neighbours of one reason joined."""
    edges = {minute for begins, ends, *_ in (*opened, *cuts) for minute in (begins, ends) if 0 < minute < DAY_MINUTES}
    part = None
    for begins, ends in pairwise((0, *sorted(edges), DAY_MINUTES)):
        reason, name = _reason(begins, opened, cuts)
        if part is not None and (part.reason, part.name) == (reason, name):
            part = part._replace(to_minute=ends)
            continue
        if part is not None:
            yield part
        part = Part(begins, ends, reason, name)
    assert part is not None  # noqa: S101 - a day has at least one stretch between its two edges
    yield part


def _reason(minute: int, opened: Iterable[tuple[int, int]], cuts: Iterable[_Span]) -> tuple[Reason, str]:
    if not any(begins <= minute < ends for begins, ends in opened):
        return Reason.CLOSED, ""
    name = next((name for begins, ends, name in cuts if begins <= minute < ends), None)
    return (Reason.OPEN, "") if name is None else (Reason.BREAK, name)
