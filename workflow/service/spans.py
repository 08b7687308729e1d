"""Where each promise to a ticket begins and ends in its log (DECISIONS: Targets). Judges nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from workflow.service.history import Step
from workflow.service.policies import TargetKind
from workflow.vocabulary import EventKind, StateKind


class Ending(StrEnum):
    """How a span ended."""

    RUNNING = ""
    REACHED = auto()  # what was promised happened
    SETTLED = auto()  # the ticket was resolved or closed without it: a competing end
    MERGED = auto()  # the ticket became a duplicate of another one
    DROPPED = auto()  # its policy no longer promises it


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From step `start` to step `end` (None: it runs), both places in the ticket's steps. `turn` counts from 1."""

    kind: TargetKind
    turn: int
    start: int
    end: int | None
    ending: Ending
    state: str = ""


def reply_spans(steps: Sequence[Step]) -> Iterator[Span]:
    """The first reply, then each turn: from the oldest unanswered message of the buyer to our next public reply.

    A message on a settled ticket begins no turn; a turn that the ticket's end cuts short is settled, not missed.
    """
    start, turn = _first_start(steps), 1
    while start is not None:
        end, ending = _first_end(steps, start)
        kind = TargetKind.FIRST_REPLY if turn == 1 else TargetKind.NEXT_REPLY
        yield Span(kind=kind, turn=turn, start=start, end=end, ending=ending)
        start = None if end is None else _next_message(steps, end + 1)
        turn += 1


def open_spans(steps: Sequence[Step], kind: TargetKind) -> Iterator[Span]:
    """Each stretch in which the ticket is open: it ends by being resolved, or otherwise."""
    start, turn = None, 0
    for place, step in enumerate(steps):
        if start is not None and (step.is_merge or step.is_settled):
            yield Span(kind=kind, turn=turn, start=start, end=place, ending=_open_ending(step))
            start = None
        elif start is None and not step.is_settled and not step.is_merge:
            start, turn = place, turn + 1
    if start is not None:
        yield Span(kind=kind, turn=turn, start=start, end=None, ending=Ending.RUNNING)


def whole_span(spans: Sequence[Span]) -> Span:
    """One span over all stretches of a ticket, for a clock that goes on when it is reopened."""
    first, last = spans[0], spans[-1]
    return Span(kind=first.kind, turn=1, start=first.start, end=last.end, ending=last.ending)


def state_spans(steps: Sequence[Step]) -> Iterator[Span]:
    """Each visit of a state; one of a final state neither ends nor runs."""
    places = [place for place, step in enumerate(steps) if step.is_visit or step.is_merge]
    for turn, place in enumerate(places, start=1):
        step, end = steps[place], next((later for later in places if later > place), None)
        if step.is_merge or (end is None and step.state_kind is StateKind.FINAL):
            continue
        ending = Ending.RUNNING if end is None else Ending.MERGED if steps[end].is_merging else Ending.REACHED
        yield Span(kind=TargetKind.TIME_IN_STATE, turn=turn, start=place, end=end, ending=ending, state=step.state)


def _first_start(steps: Sequence[Step]) -> int | None:
    """The opening; of a ticket that the answering side opened, the buyer's first message."""
    if not steps:
        return None
    first = steps[0]
    if first.kind is EventKind.OPENED and not any(step.is_message and step.at == first.at for step in steps):
        return _next_message(steps, 0)
    return None if first.is_settled else 0


def _next_message(steps: Sequence[Step], since: int) -> int | None:
    return next((place for place in range(since, len(steps)) if _is_opener(steps[place])), None)


def _is_opener(step: Step) -> bool:
    return step.is_message and not step.is_settled and not step.is_merge


def _first_end(steps: Sequence[Step], start: int) -> tuple[int | None, Ending]:
    for place in range(start + 1, len(steps)):
        step = steps[place]
        if step.is_merge:
            return place, Ending.MERGED
        if step.is_reply:
            return place, Ending.REACHED
        if step.is_visit and step.is_settled:
            return place, Ending.MERGED if step.is_merging else Ending.SETTLED
    return None, Ending.RUNNING


def _open_ending(step: Step) -> Ending:
    if step.is_merging:
        return Ending.MERGED
    return Ending.REACHED if step.state_kind is StateKind.DONE else Ending.SETTLED
