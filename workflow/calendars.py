"""What a business calendar is: weekly windows in a time zone, holidays, extra working days and breaks.

Leaves the layout of a day to `day_plans`, real time to `business_time` and documents to `calendar_documents`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Self, TypeAlias

from workflow.calendar_errors import CalendarInvalidError
from workflow.zones import zone_named

DAY_MINUTES = 24 * 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLOCK_TEXT = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Window:
    """A stretch of local time that begins on a day, in minutes since its midnight.

    Opens at 0 to 1439 and closes at 0 to 1440. One that closes at or before its opening runs into the next day.
    """

    opens_minute: int
    closes_minute: int

    @classmethod
    def between(cls, opens: str, closes: str) -> Self:
        """The window of two texts such as `09:00` and `18:00`; `ValueError` says which of them is no time of day."""
        window = cls(opens_minute=minute_of(opens), closes_minute=minute_of(closes))
        if window.opens_minute == DAY_MINUTES:
            raise ValueError(f"{opens!r} is no opening time: write 00:00 on the next day.")
        return window

    @property
    def end_minute(self) -> int:
        """Where it ends, counted from the midnight of the day that it begins on: above 1440 for a night."""
        return self.closes_minute + (DAY_MINUTES if self.closes_minute <= self.opens_minute else 0)

    @property
    def texts(self) -> tuple[str, str]:
        """Opening and closing as `09:00` and `18:00`."""
        return clock_text(self.opens_minute), clock_text(self.closes_minute)

    def __str__(self) -> str:
        return "-".join(self.texts)


Windows: TypeAlias = tuple[Window, ...]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Holiday:
    """A local date on which nothing is open, from midnight to midnight."""

    on: date
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class ExtraDay:
    """A date with hours of its own, also on a holiday: `windows`, or those of the weekday `like` (0 is Monday)."""

    on: date
    windows: Windows = ()
    like: int | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Break:
    """A one-off stretch of local time that is cut out of the day's windows; it begins on the date `on`."""

    on: date
    window: Window
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """A business calendar. `weekly` holds the windows that begin on each weekday, Monday first.

    `is_always_open` is 24/7 and goes with nothing else. Raises `CalendarInvalidError`; the order in which days and
    windows are given does not matter.
    """

    id: str
    name: str
    time_zone: str = "UTC"
    weekly: tuple[Windows, ...] = field(default=((),) * 7)
    holidays: tuple[Holiday, ...] = ()
    extra_days: tuple[ExtraDay, ...] = ()
    breaks: tuple[Break, ...] = ()
    is_always_open: bool = False

    def __post_init__(self) -> None:
        faults = (*_faults(self),)
        if faults:
            raise CalendarInvalidError(name=self.name or self.id, faults=faults)
        object.__setattr__(self, "weekly", tuple(tuple(sorted(windows)) for windows in self.weekly))
        for name in ("holidays", "breaks"):
            object.__setattr__(self, name, tuple(sorted(getattr(self, name))))
        object.__setattr__(self, "extra_days", tuple(sorted(self.extra_days, key=lambda day: day.on)))


def always_open(calendar_id: str = "always", name: str = "24/7") -> Calendar:
    """The calendar of a clock that never stops, such as the marketplace's."""
    return Calendar(id=calendar_id, name=name, is_always_open=True)


def week(**windows: Sequence[tuple[str, str]]) -> tuple[Windows, ...]:
    """The weekly windows of texts: `week(mon=[("09:00", "18:00")])`; weekdays that are not named stay closed.

    `ValueError` for another name than `mon` to `sun` or a text that is no time of day.
    """
    for name in windows.keys() - set(WEEKDAYS):
        raise ValueError(f"{name!r} is no weekday: use {', '.join(WEEKDAYS)}.")
    return tuple(tuple(Window.between(*texts) for texts in windows.get(day, ())) for day in WEEKDAYS)


def minute_of(text: str) -> int:
    """The minute of the day of a text such as `09:30` or `24:00`; `ValueError` is a finished sentence."""
    found = _CLOCK_TEXT.fullmatch(text)
    minute = int(found[1]) * 60 + int(found[2]) if found else -1
    if found is None or int(found[2]) >= 60 or minute > DAY_MINUTES:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(f"{text!r} is no time of day: write hours and minutes such as 09:30, at most 24:00.")
    return minute


def clock_text(minute: int) -> str:
    """A minute of the day as `09:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _faults(calendar: Calendar) -> Iterator[str]:
    if not calendar.id:
        yield "It has no id: give it one."
    if zone_named(calendar.time_zone) is None:
        yield f"{calendar.time_zone!r} is no time zone: use a name such as Europe/Berlin or UTC."
    if len(calendar.weekly) != len(WEEKDAYS):
        yield f"It has {len(calendar.weekly)} weekdays: give seven, Monday first."
    elif calendar.is_always_open:
        yield from _faults_of_always(calendar)
    yield from _faults_of_windows(calendar)
    yield from _doubles("holiday", (day.on for day in calendar.holidays))
    yield from _doubles("extra day", (day.on for day in calendar.extra_days))


def _faults_of_always(calendar: Calendar) -> Iterator[str]:
    if any(calendar.weekly) or calendar.holidays or calendar.extra_days or calendar.breaks:
        yield "It is open 24/7 and has windows or days of its own: take away the one or the other."


def _faults_of_windows(calendar: Calendar) -> Iterator[str]:
    yield from _overlaps(
        (number * DAY_MINUTES, f"{WEEKDAY_NAMES[number % 7]} {window}", window)
        for number, windows in enumerate(calendar.weekly)
        for window in windows
    )
    for day in calendar.extra_days:
        yield from _overlaps((0, f"extra day {day.on} {window}", window) for window in day.windows)
        if bool(day.windows) == (day.like is not None):
            yield f"Extra day {day.on} needs windows of its own or a weekday to follow, and only one of them."
        if day.like is not None and day.like not in range(7):
            yield f"Extra day {day.on} follows weekday {day.like}: use 0 for Monday to 6 for Sunday."


def _overlaps(placed: Iterable[tuple[int, str, Window]]) -> Iterator[str]:
    """Faults of windows, each given with the minute of the week at which its day begins and its name.

    The night of Sunday runs into Monday. Nothing is said of where a window with a faulty minute lies.
    """
    spans: list[tuple[int, int, str]] = []
    for start, name, window in placed:
        if window.opens_minute in range(DAY_MINUTES) and window.closes_minute in range(DAY_MINUTES + 1):
            spans.append((start + window.opens_minute, start + window.end_minute, name))
        else:
            yield f"{name[0].upper()}{name[1:]} is outside the day: open at 00:00 to 23:59 and close by 24:00."
    spans.sort()
    wrapped = [(begins + 7 * DAY_MINUTES, ends, name) for begins, ends, name in spans[:1] if len(spans) > 1]
    for (_, ends, first), (begins, _, second) in pairwise((*spans, *wrapped)):
        if begins < ends:
            yield f"{second[0].upper()}{second[1:]} overlaps {first}: let the one end before the other begins."


def _doubles(what: str, days: Iterable[date]) -> Iterator[str]:
    for day, count in sorted(Counter(days).items()):
        if count > 1:
            yield f"The {what} {day} is given {count} times: keep one."
