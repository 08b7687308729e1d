"""Where each promise begins and ends, for many tickets at once: `workflow.service.spans` as columns."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from data.service.timeline import DONE, FINAL, Flags, Hashes, Ints, Timeline
from workflow.service.policies import TargetKind
from workflow.service.spans import Ending

KINDS = tuple(TargetKind)
ENDINGS = tuple(Ending)
RUNNING, REACHED, SETTLED, MERGED, DROPPED = (ENDINGS.index(ending) for ending in Ending)
_FIRST, _NEXT, _STATE = (
    KINDS.index(kind) for kind in (TargetKind.FIRST_REPLY, TargetKind.NEXT_REPLY, TargetKind.TIME_IN_STATE)
)


@dataclass(frozen=True, kw_only=True)
class Spans:
    """One row per span. `start` and `end` are places in the timeline (`end` is -1 while it runs).

    `kind` and `ending` are places in `KINDS` and `ENDINGS`; `turn` counts from 1 within ticket and kind.
    """

    kind: npt.NDArray[np.int8]
    turn: Ints
    start: Ints
    end: Ints
    ending: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.start)

    def where(self, is_kept: Flags | Ints) -> Self:
        """Some of the rows, by mask or by place."""
        return type(self)(**{name: getattr(self, name)[is_kept] for name in self.__dataclass_fields__})

    @classmethod
    def joined(cls, parts: Collection[Self]) -> Self:
        """The rows of all `parts`, one after the other."""
        return cls(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in cls.__dataclass_fields__})


def spans_of(steps: Timeline, states: Collection[int]) -> Spans:
    """Every span of every ticket; of `TIME_IN_STATE` only visits of `states` (hashes of their names)."""
    wait, full = KINDS.index(TargetKind.REQUESTER_WAIT), KINDS.index(TargetKind.FULL_RESOLUTION)
    stretches = _open_spans(steps)
    named = [replace(stretches, kind=np.full(len(stretches), kind, dtype=np.int8)) for kind in (wait, full)]
    return Spans.joined([*_reply_spans(steps), _state_spans(steps, states), *named])


def _spans(kind: int, turn: Ints, start: Ints, end: Ints, ending: Ints) -> Spans:
    return Spans(
        kind=np.full(len(start), kind, dtype=np.int8),
        turn=turn.astype(np.int64),
        start=start.astype(np.int64),
        end=end.astype(np.int64),
        ending=ending.astype(np.int8),
    )


def _reply_spans(steps: Timeline) -> Iterator[Spans]:
    settles = steps.is_visit & steps.is_settled
    next_end = steps.next_of(steps.is_merge | steps.is_reply | settles)
    next_message = steps.next_of(steps.is_message & ~steps.is_settled & ~steps.is_merge)
    start, turn = _first_starts(steps, next_message), 1
    yield _spans(_FIRST, *([np.empty(0, dtype=np.int64)] * 4))
    while len(start):
        last = steps.last[start]
        end = next_end[start + 1]
        has_end = end <= last
        end = np.where(has_end, end, -1)
        ending = np.select(
            [~has_end, steps.is_merge[end], steps.is_reply[end], steps.is_merging[end]],
            [RUNNING, MERGED, REACHED, MERGED],
            default=SETTLED,
        )
        yield _spans(_FIRST if turn == 1 else _NEXT, np.full(len(start), turn), start, end, ending)
        last, end = last[has_end], end[has_end]
        start = next_message[end + 1]
        start = start[start <= last]
        turn += 1


def _first_starts(steps: Timeline, next_message: Ints) -> Ints:
    """The opening, or of a ticket that the answering side opened the buyer's first message."""
    opening = np.flatnonzero(steps.is_first)
    if not len(opening):
        return opening
    is_at_once = steps.is_message & (steps.at_us == steps.at_us[steps.first])
    is_ours = steps.is_opening[opening] & ~np.logical_or.reduceat(is_at_once, opening)
    starts = np.where(is_ours, next_message[opening], np.where(steps.is_settled[opening], len(steps), opening))
    return starts[starts <= steps.last[opening]]


def _state_spans(steps: Timeline, states: Collection[int]) -> Spans:
    is_move = steps.is_visit | steps.is_merge
    places = np.flatnonzero(is_move)
    moves_before = np.cumsum(is_move) - is_move
    turn = moves_before[places] - moves_before[steps.first[places]] + 1
    later = steps.next_of(is_move)[places + 1]
    end = np.where(later <= steps.last[places], later, -1)
    wanted = np.isin(steps.state[places], np.array(sorted(states), dtype=np.uint64))
    is_endless = (end < 0) & (steps.kind_no[places] == FINAL)
    is_kept = wanted & ~steps.is_merge[places] & ~is_endless
    ending = np.select([end < 0, steps.is_merging[end]], [RUNNING, MERGED], default=REACHED)
    return _spans(_STATE, turn[is_kept], places[is_kept], end[is_kept], ending[is_kept])


def _open_spans(steps: Timeline) -> Spans:
    is_open = ~steps.is_settled & ~steps.is_merge
    was_open = np.append(False, is_open[:-1])[: len(steps)] & ~steps.is_first
    is_start = is_open & ~was_open
    start = np.flatnonzero(is_start)
    starts_before = np.cumsum(is_start) - is_start
    turn = starts_before[start] - starts_before[steps.first[start]] + 1
    later = steps.next_of(~is_open)[start + 1]
    end = np.where(later <= steps.last[start], later, -1)
    ending = np.select(
        [end < 0, steps.is_merging[end], steps.kind_no[end] == DONE], [RUNNING, MERGED, REACHED], default=SETTLED
    )
    return _spans(0, turn, start, end, ending)


def hashes_of(names: Collection[str], known: dict[str, int]) -> Hashes:
    """The hashes of `names`; a name that nothing ever had is left out."""
    return np.array(sorted(known[name] for name in names if name in known), dtype=np.uint64)
