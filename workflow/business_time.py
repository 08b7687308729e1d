"""Business time: how long a calendar was open between two instants, and when a budget of open time is used up.

One monotone function of real time and its inverse (DECISIONS: Business time). Instants are naive UTC, exact to the
microsecond. Each version of a calendar applies to its own stretch of real time. Columns are for `data.business_time`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self, TypeAlias

from workflow.calendar_errors import BudgetNegativeError, NoOpeningError
from workflow.calendars import Calendar
from workflow.day_plans import DayPlan, Reason
from workflow.zones import BEGINNING, END, first_instant, local_day, zone_named

Pause: TypeAlias = tuple[datetime, datetime]
_NOTHING = timedelta()


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarVersion:
    """One published version of a calendar. It holds from `valid_from` on, until a newer version does."""

    version: int
    valid_from: datetime
    calendar: Calendar


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A half-open stretch of real time of one reason; `name` is that of the holiday or the break, where it has one."""

    from_at: datetime
    to_at: datetime
    reason: Reason
    name: str
    version: int

    @property
    def is_open(self) -> bool:
        """Whether the stretch counts."""
        return self.reason is Reason.OPEN


class BusinessTime:
    """The open time of a calendar through all of its versions.

    The version with the lowest number holds from the beginning of time; of the others the newest number holds wherever
    several could. Raises `ValueError` without a version.
    """

    def __init__(self, versions: Iterable[CalendarVersion]) -> None:
        self.versions = tuple(sorted(versions, key=lambda version: version.version))
        if not self.versions:
            raise ValueError("Business time needs at least one version of a calendar.")
        spans: list[_Span] = []
        until = END
        for version in reversed(self.versions):
            since = BEGINNING if version is self.versions[0] else version.valid_from
            if since < until:
                spans.append(_Span(version, since, until))
                until = since
        self._spans = tuple(reversed(spans))

    @classmethod
    def of(cls, calendar: Calendar) -> Self:
        """The business time of a calendar that never changes."""
        return cls((CalendarVersion(version=1, valid_from=BEGINNING, calendar=calendar),))

    @property
    def is_plain(self) -> bool:
        """Whether every second counts: 24/7 in all versions."""
        return all(span.version.calendar.is_always_open for span in self._spans)

    def version_at(self, at: datetime) -> CalendarVersion:
        """The version that holds at an instant."""
        return next(span.version for span in reversed(self._spans) if span.from_at <= at)

    def elapsed(self, from_at: datetime, to_at: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
        """How long it was open from `from_at` until `to_at` outside `pauses`; zero if that is not after `from_at`.

        Pauses are half-open and may overlap, touch or lie anywhere; one that does not end after its start is none.
        """
        counted = _without(self.openings(from_at, to_at), _merged(pauses))
        return sum((ends - begins for begins, ends in counted), _NOTHING)

    def deadline(self, from_at: datetime, budget: timedelta, pauses: Iterable[Pause] = ()) -> datetime:
        """The earliest instant at which `budget` has elapsed since `from_at`, so closing time rather than an opening.

        Of no budget it is `from_at` itself while the calendar is open (and not paused), otherwise the next opening.
        `NoOpeningError` if the calendar is never open that long; `BudgetNegativeError` below zero.
        """
        if budget < _NOTHING:
            raise BudgetNegativeError(budget=budget)
        left = budget
        for begins, ends in _without(self.openings(from_at, END), _merged(pauses)):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        raise NoOpeningError(name=self.versions[-1].calendar.name, at=from_at, budget=budget)

    def openings(self, from_at: datetime, to_at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every stretch of open time within [from_at, to_at), lazily and in order; neighbours may touch.

        Ends by itself where the calendar never opens again.
        """
        for span in self._spans:
            begins, ends = max(from_at, span.from_at), min(to_at, span.to_at)
            if begins < ends:
                yield from ((s.from_at, s.to_at) for s in span.stretches(begins, ends, is_open_only=True))

    def open_stretches(self, from_at: datetime, to_at: datetime) -> Iterator[Stretch]:
        """Rows that cover [from_at, to_at) without gap or overlap and say why each counts or not.

        A holiday is its whole local date, a break only what it cuts out of open hours. Rows do not cross versions.
        """
        last = None
        for span in self._spans:
            begins, ends = max(from_at, span.from_at), min(to_at, span.to_at)
            for stretch in span.stretches(begins, ends, is_open_only=False) if begins < ends else ():
                if last is not None and _is_continued(last, stretch):
                    last = replace(last, to_at=stretch.to_at)
                    continue
                if last is not None:
                    yield last
                last = stretch
        if last is not None:
            yield last


class _Span:
    """A version and the stretch of real time in which it holds."""

    def __init__(self, version: CalendarVersion, from_at: datetime, to_at: datetime) -> None:
        self.version, self.from_at, self.to_at = version, from_at, to_at
        zone = zone_named(version.calendar.time_zone)
        assert zone is not None  # noqa: S101 - a calendar with another zone cannot be made
        self._zone = zone
        self._plan = DayPlan(version.calendar)

    def stretches(self, from_at: datetime, to_at: datetime, *, is_open_only: bool) -> Iterator[Stretch]:
        """What lies within the bounds, which are within the span."""
        if self.version.calendar.is_always_open:
            yield self._stretch(from_at, to_at, Reason.OPEN, "")
            return
        first = local_day(self._zone, from_at)
        for day in self._plan.opening_days(first) if is_open_only else self._plan.days(first):
            if self._instant(day, 0) >= to_at:
                return
            for part in self._plan.parts(day):
                if is_open_only and part.reason is not Reason.OPEN:
                    continue
                begins = max(from_at, self._instant(day, part.from_minute))
                ends = min(to_at, self._instant(day, part.to_minute))
                if begins < ends:
                    yield self._stretch(begins, ends, part.reason, part.name)

    def _instant(self, day: date, minute: int) -> datetime:
        return first_instant(self._zone, datetime.combine(day, time()) + timedelta(minutes=minute))

    def _stretch(self, from_at: datetime, to_at: datetime, reason: Reason, name: str) -> Stretch:
        return Stretch(from_at=from_at, to_at=to_at, reason=reason, name=name, version=self.version.version)


def _is_continued(last: Stretch, stretch: Stretch) -> bool:
    return (last.reason, last.name, last.version) == (stretch.reason, stretch.name, stretch.version)


def _merged(pauses: Iterable[Pause]) -> Sequence[Pause]:
    merged: list[Pause] = []
    for begins, ends in sorted(pause for pause in pauses if pause[0] < pause[1]):
        if merged and begins <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], ends)
        else:
            merged.append((begins, ends))
    return merged


def _without(openings: Iterable[Pause], pauses: Sequence[Pause]) -> Iterator[Pause]:
    """The openings without the pauses, both in order."""
    for begins, ends in openings:
        left = begins
        for pause_from, pause_to in pauses:
            if pause_from >= ends:
                break
            if pause_from > left:
                yield left, pause_from
            left = max(left, pause_to)
        if left < ends:
            yield left, ends
