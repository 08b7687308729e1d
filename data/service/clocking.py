"""What the clock of a target counts along a timeline: running sums over the steps, and the search for a deadline.

The time counted until a step is one running sum over all tickets, so a deadline is found by one search in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.business_time import BusinessColumns
from data.service.timeline import BALLS, BUYER, Flags, Ints, Timeline
from workflow.business_time import BusinessTime
from workflow.calendars import always_open
from workflow.service.judging import STRETCHED
from workflow.service.policies import MARKETPLACE, Target, TargetKind

NEVER = np.iinfo(np.int64).max
_EVERY_HOUR = BusinessColumns(BusinessTime.of(always_open()).versions)


@dataclass(frozen=True, kw_only=True)
class Clocking:
    """One way of counting. Sums are of whole microseconds before each step, over all tickets one after the other."""

    steps: Timeline
    columns: BusinessColumns
    is_counted: Flags
    is_counted_leniently: Flags
    is_excess: Flags
    counted: Ints
    counted_leniently: Ints
    paused: Ints
    excess: Ints

    def due(self, start: Ints, end: Ints, budget: Ints, *, is_lenient: bool = False) -> Ints:
        """When `budget` is used up since step `start`; `NEVER` while the clock stands still with budget left.

        After step `end` (-1: the span runs) as if the clock ran on from there.
        """
        sums = self.counted_leniently if is_lenient else self.counted
        runs = self.is_counted_leniently if is_lenient else self.is_counted
        until = np.where(end < 0, self.steps.last[start], end)
        wanted = sums[start] + budget
        place = np.minimum(np.searchsorted(sums, wanted, "left") - 1, until)
        found = np.full(len(start), NEVER, dtype=np.int64)
        is_due = (place < until) | (end >= 0) | runs[until]
        place = place[is_due]
        found[is_due] = self.columns.deadline(self.steps.at_us[place], wanted[is_due] - sums[place])
        return found

    def length(self, sums: Ints, is_one: Flags, start: Ints, end: Ints, until_us: int | None) -> Ints:
        """What `sums` grew by over each span; of one that runs also until `until_us`, where its last step `is_one`."""
        until = np.where(end < 0, self.steps.last[start], end)
        lengths = sums[until] - sums[start]
        if until_us is None:
            return lengths
        running = np.flatnonzero((end < 0) & is_one[until])
        lengths[running] += self.columns.elapsed(self.steps.at_us[until[running]], until_us)
        return lengths


class Clockings:
    """The ways of counting of a timeline, each made once."""

    def __init__(self, steps: Timeline, columns: Mapping[str, BusinessColumns], hashes: Mapping[str, int]) -> None:
        self._steps, self._columns, self._hashes = steps, columns, hashes
        self._known: dict[tuple[object, ...], Clocking] = {}
        self._lengths: dict[str, Ints] = {}

    def of(self, target: Target) -> Clocking:
        """The one of a target: two that differ in budget and warnings only count alike."""
        is_stretched, is_wait = target.kind in STRETCHED, target.kind is TargetKind.REQUESTER_WAIT
        key = (target.calendar_id, target.pause_states, target.pause_balls, is_stretched, is_wait)
        if key not in self._known:
            self._known[key] = self._made(target)
        return self._known[key]

    def _made(self, target: Target) -> Clocking:
        steps, calendar_id = self._steps, target.calendar_id
        columns = _EVERY_HOUR if calendar_id == MARKETPLACE else self._columns[calendar_id]
        if calendar_id not in self._lengths:
            self._lengths[calendar_id] = _lengths(steps, columns)
        lengths = self._lengths[calendar_id]
        is_pause = self._pauses(target)
        is_excess = is_pause & steps.has_word & ~steps.is_settled
        return Clocking(
            steps=steps,
            columns=columns,
            is_counted=~is_pause | is_excess,
            is_counted_leniently=~is_pause,
            is_excess=is_excess,
            counted=_before(lengths, ~is_pause | is_excess),
            counted_leniently=_before(lengths, ~is_pause),
            paused=_before(lengths, is_pause),
            excess=_before(lengths, is_excess),
        )

    def _pauses(self, target: Target) -> Flags:
        steps = self._steps
        balls = [BALLS.index(ball.value) for ball in target.pause_balls]
        if target.kind is TargetKind.REQUESTER_WAIT:
            balls.append(BUYER)
        states = np.array([self._hashes[name] for name in target.pause_states if name in self._hashes], dtype=np.uint64)
        is_pause = np.isin(steps.ball_no, balls) | np.isin(steps.state, states)
        return is_pause | steps.is_settled if target.kind in STRETCHED else is_pause


def _lengths(steps: Timeline, columns: BusinessColumns) -> Ints:
    """The time on the clock from each step to the next one of its ticket; nothing behind the last."""
    if not len(steps):
        return np.empty(0, dtype=np.int64)
    lengths = np.zeros(len(steps), dtype=np.int64)
    passed = columns.elapsed(steps.at_us.min(), steps.at_us)
    lengths[:-1] = passed[1:] - passed[:-1]
    lengths[steps.last == np.arange(len(steps))] = 0
    return lengths


def _before(lengths: Ints, is_one: npt.NDArray[np.bool_]) -> Ints:
    """The sum of the lengths that count, before each step."""
    counted = np.where(is_one, lengths, 0)
    return np.cumsum(counted) - counted
