"""The ledger of a target: one line per interval, what of it counted, and why the rest did not.

Its sum is the number on the card (DECISIONS: Ledger).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, auto

from workflow.day_plans import Reason
from workflow.service.history import Step
from workflow.service.judging import Clocks, Judged, is_excess, is_pause
from workflow.service.policies import MARKETPLACE
from workflow.vocabulary import Ball

_NOTHING = timedelta()


class Why(StrEnum):
    """Why an interval counted, or why not."""

    COUNTED = auto()
    BUYER_WROTE = auto()  # counted: the wait for the buyer ended with their message
    CLOSED_HOURS = auto()
    HOLIDAY = auto()
    BREAK = auto()
    PAUSED = auto()  # the policy stops the clock in this state
    OTHER_PARTY = auto()  # somebody else must act, and the policy waits for them
    SETTLED = auto()

    @property
    def is_counted(self) -> bool:
        """Whether such an interval counts."""
        return self in {Why.COUNTED, Why.BUYER_WROTE}


_OF_REASON = {Reason.CLOSED: Why.CLOSED_HOURS, Reason.HOLIDAY: Why.HOLIDAY, Reason.BREAK: Why.BREAK}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A half-open interval of one reason. `name` is that of the holiday or break, where it has one.

    `calendar_version` is 0 on the marketplace's clock.
    """

    from_at: datetime
    to_at: datetime
    state: str
    ball: Ball
    why: Why
    name: str
    policy_version: int
    calendar_version: int

    @property
    def elapsed(self) -> timedelta:
        """How long it was by the wall clock."""
        return self.to_at - self.from_at

    @property
    def counted(self) -> timedelta:
        """What of it the target's clock counted: all or nothing."""
        return self.elapsed if self.why.is_counted else _NOTHING


def ledger(judged: Judged, steps: Sequence[Step], clocks: Clocks) -> tuple[Line, ...]:
    """The lines of a target from its start to its end, or to the horizon; they leave no gap."""
    lines: list[Line] = []
    for line in _lines(judged, steps, clocks):
        if lines and _is_continued(lines[-1], line):
            lines[-1] = replace(lines[-1], to_at=line.to_at)
        else:
            lines.append(line)
    return tuple(lines)


def _lines(judged: Judged, steps: Sequence[Step], clocks: Clocks) -> Iterator[Line]:
    target, span = judged.promise.target, judged.span
    until = len(steps) if span.end is None else span.end
    for place in range(span.start, until):
        step = steps[place]
        to_at = steps[place + 1].at if place + 1 < len(steps) else judged.horizon_at
        if step.at >= to_at:
            continue
        whole = Line(
            from_at=step.at,
            to_at=to_at,
            state=step.state,
            ball=step.ball,
            why=Why.COUNTED,
            name="",
            policy_version=judged.version,
            calendar_version=0,
        )
        if is_pause(step, target) and not is_excess(step, target):
            yield replace(whole, why=_why_paused(step, judged))
            continue
        counted = Why.BUYER_WROTE if is_excess(step, target) else Why.COUNTED
        if target.calendar_id == MARKETPLACE:
            yield replace(whole, why=counted)
            continue
        for part in clocks[target.calendar_id].open_stretches(step.at, to_at):
            yield replace(
                whole,
                from_at=part.from_at,
                to_at=part.to_at,
                why=_OF_REASON.get(part.reason, counted),
                name=part.name,
                calendar_version=part.version,
            )


def _why_paused(step: Step, judged: Judged) -> Why:
    if step.is_settled:
        return Why.SETTLED
    return Why.PAUSED if step.state in judged.promise.target.pause_states else Why.OTHER_PARTY


def _is_continued(last: Line, line: Line) -> bool:
    return replace(last, from_at=line.from_at, to_at=line.to_at) == line
