"""Judges one ticket: each target with its deadline, how it ended, and what its clock counted.

The same rules as columns are in `data.service`; a property test holds both to the microsecond (DECISIONS: Targets).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, auto

from workflow.business_time import BusinessTime
from workflow.calendars import always_open
from workflow.service.history import Step, Subject
from workflow.service.policies import (
    MARKETPLACE,
    PolicyVersion,
    Promise,
    Reopening,
    ServiceBook,
    Target,
    TargetKind,
)
from workflow.service.spans import Ending, Span, open_spans, reply_spans, state_spans, whole_span
from workflow.vocabulary import Ball

Clocks = Mapping[str, BusinessTime]
EVERY_HOUR = BusinessTime.of(always_open())
_NOTHING = timedelta()
STRETCHED = frozenset({TargetKind.REQUESTER_WAIT, TargetKind.FULL_RESOLUTION})


class Status(StrEnum):
    """Where a target stands at the horizon. `MET` and `MISSED` make the attainment."""

    MET = auto()
    MISSED = auto()
    RUNNING = auto()
    PAUSED = auto()
    ENDED_OTHERWISE = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One target of one ticket as of `horizon_at`.

    `due_at` is None while the clock stands still with budget left. `counted` is the time on the target's clock until
    it ended, or until the horizon, `allowed` what it may be: the budget, or what was counted already when a change of
    priority or category made it due at once. `lenient_due_at` and `excess` are those of the pause audit: when it would
    be due if a pause lasted as long as its state, and how long pauses went on after the buyer had written.
    """

    span: Span
    promise: Promise
    version: int
    started_at: datetime
    ended_at: datetime | None
    ending: Ending
    due_at: datetime | None
    counted: timedelta
    allowed: timedelta
    is_paused: bool
    lenient_due_at: datetime | None
    paused: timedelta
    excess: timedelta
    horizon_at: datetime

    @property
    def status(self) -> Status:
        """Met, missed or undecided. A breach stays a breach, however the ticket ended."""
        return _status(self, self.due_at)

    @property
    def lenient_status(self) -> Status:
        """The same if pauses had lasted as long as their states."""
        return _status(self, self.lenient_due_at)

    @property
    def late(self) -> timedelta:
        """How long it went on after its deadline, in the target's own clock."""
        return max(self.counted - self.allowed, _NOTHING)


def judge(
    steps: Sequence[Step], subject: Subject, book: ServiceBook, clocks: Clocks, horizon_at: datetime
) -> tuple[Judged, ...]:
    """Every target that the policies promise to a ticket, by kind and turn.

    `clocks` holds the business time of each calendar that a policy names; the marketplace's needs none.
    """
    judge = _Judge(steps, subject, clocks, horizon_at)
    return tuple(
        judged
        for span in _spans(steps, subject, book)
        if (version := book.version_at(steps[span.start].at)) is not None
        if (judged := judge.judged(span, version)) is not None
    )


def _spans(steps: Sequence[Step], subject: Subject, book: ServiceBook) -> Iterator[Span]:
    yield from reply_spans(steps)
    yield from state_spans(steps)
    for kind in sorted(STRETCHED):
        spans = tuple(open_spans(steps, kind))
        if not spans:
            continue
        first = steps[spans[0].start]
        version = book.version_at(first.at)
        promise = version.promise(kind, first.attributes(subject)) if version else None
        continues = promise is not None and promise.target.on_reopen is Reopening.CONTINUE
        yield from (whole_span(spans),) if continues else spans


def is_pause(step: Step, target: Target) -> bool:
    """Whether the target's clock stands still in the state that `step` leads to, whatever the buyer writes there."""
    if step.is_settled and target.kind in STRETCHED:
        return True
    if target.kind is TargetKind.REQUESTER_WAIT and step.ball is Ball.BUYER:
        return True
    return step.state in target.pause_states or step.ball in target.pause_balls


def is_excess(step: Step, target: Target) -> bool:
    """Whether a pause went on although the buyer had written: the clock runs again from that message on."""
    return step.has_word and not step.is_settled and is_pause(step, target)


class _Judge:
    """The steps of one ticket with the clocks."""

    def __init__(self, steps: Sequence[Step], subject: Subject, clocks: Clocks, horizon_at: datetime) -> None:
        self._steps, self._subject, self._clocks, self._horizon_at = steps, subject, clocks, horizon_at

    def judged(self, span: Span, version: PolicyVersion) -> Judged | None:
        """The target of a span; None where nothing is promised."""
        span, promise, floor = self._settled_on(span, version)
        if promise is None:
            return None
        due_at, lenient_due_at = (self._due(span, promise.target, is_lenient=lenient) for lenient in (False, True))
        end = span.end
        last = self._steps[-1]
        return Judged(
            span=span,
            promise=promise,
            version=version.version,
            started_at=self._steps[span.start].at,
            ended_at=None if end is None else self._steps[end].at,
            ending=span.ending,
            due_at=_not_before(floor, due_at),
            counted=self._counted(span, promise.target),
            allowed=self._allowed(span, promise.target, floor),
            is_paused=end is None and is_pause(last, promise.target) and not is_excess(last, promise.target),
            lenient_due_at=_not_before(floor, lenient_due_at),
            paused=self._length(span, promise.target, is_pause),
            excess=self._length(span, promise.target, is_excess),
            horizon_at=self._horizon_at,
        )

    def _settled_on(self, span: Span, version: PolicyVersion) -> tuple[Span, Promise | None, datetime | None]:
        """The promise that counts in the end, and since when: a change of priority or category asks for it anew.

        What was due by then stays as it was; what became due by the change is due at the change.
        """
        promise = version.promise(span.kind, self._steps[span.start].attributes(self._subject), span.state)
        floor: datetime | None = None
        for place in self._changes(span):
            step = self._steps[place]
            due_at = _not_before(floor, self._due(span, promise.target)) if promise else None
            if due_at is not None and due_at <= step.at:
                break
            new = version.promise(span.kind, step.attributes(self._subject), span.state)
            if new is None and promise is not None:
                return replace(span, end=place, ending=Ending.DROPPED), promise, floor
            if new != promise:
                promise, floor = new, step.at
        return span, promise, floor

    def _changes(self, span: Span) -> Iterator[int]:
        until = len(self._steps) if span.end is None else span.end
        for place in range(span.start + 1, until):
            before, step = self._steps[place - 1], self._steps[place]
            if (before.priority, before.category) != (step.priority, step.category):
                yield place

    def _due(self, span: Span, target: Target, *, is_lenient: bool = False) -> datetime | None:
        """The instant at which the budget is used up; after the end as if the clock ran on from there."""
        clock, left = self._clock(target), target.budget
        for step, until in self._intervals(span):
            if _is_counted(step, target, is_lenient=is_lenient):
                if until is None:
                    return clock.deadline(step.at, left)
                passed = clock.elapsed(step.at, until)
                if passed >= left:
                    return clock.deadline(step.at, left)
                left -= passed
        return None if span.end is None else clock.deadline(self._steps[span.end].at, left)

    def _counted(self, span: Span, target: Target) -> timedelta:
        clock = self._clock(target)
        return sum(
            (
                clock.elapsed(step.at, until or self._horizon_at)
                for step, until in self._intervals(span)
                if _is_counted(step, target, is_lenient=False)
            ),
            _NOTHING,
        )

    def _allowed(self, span: Span, target: Target, floor: datetime | None) -> timedelta:
        """What is counted by the deadline."""
        due_at = self._due(span, target)
        if floor is None or due_at is None or due_at >= floor:
            return target.budget
        clock = self._clock(target)
        return sum(
            (
                clock.elapsed(step.at, min(until or floor, floor))
                for step, until in self._intervals(span)
                if step.at < floor and _is_counted(step, target, is_lenient=False)
            ),
            _NOTHING,
        )

    def _length(self, span: Span, target: Target, is_one: Callable[[Step, Target], bool]) -> timedelta:
        """The time on the target's clock of the intervals of which `is_one(step, target)` is true."""
        clock = self._clock(target)
        return sum(
            (
                clock.elapsed(step.at, until or self._horizon_at)
                for step, until in self._intervals(span)
                if is_one(step, target)
            ),
            _NOTHING,
        )

    def _intervals(self, span: Span) -> Iterator[tuple[Step, datetime | None]]:
        """Each step of the span with the instant of the next one; None behind the last one of a span that runs."""
        until = len(self._steps) if span.end is None else span.end
        for place in range(span.start, until):
            is_last = place + 1 == len(self._steps)
            yield self._steps[place], None if is_last else self._steps[place + 1].at

    def _clock(self, target: Target) -> BusinessTime:
        return EVERY_HOUR if target.calendar_id == MARKETPLACE else self._clocks[target.calendar_id]


def _is_counted(step: Step, target: Target, *, is_lenient: bool) -> bool:
    return not is_pause(step, target) or (not is_lenient and is_excess(step, target))


def _not_before(floor: datetime | None, due_at: datetime | None) -> datetime | None:
    return due_at if floor is None or due_at is None else max(floor, due_at)


def _status(judged: Judged, due_at: datetime | None) -> Status:
    ended_at = judged.ended_at
    is_late = due_at is not None and due_at <= (ended_at or judged.horizon_at)
    if is_late:
        return Status.MISSED
    if ended_at is None:
        return Status.PAUSED if due_at is None else Status.RUNNING
    return Status.MET if judged.ending is Ending.REACHED else Status.ENDED_OTHERWISE
