"""A ticket's log as service levels read it: by time, with what held after each step. No rule of a target is here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from math import inf

from workflow.service.policies import Attributes
from workflow.tickets import Event
from workflow.vocabulary import Ball, EventKind, Priority, StateKind

_MERGED_AND_BACK = [EventKind.MERGED, EventKind.UNMERGED]
_WORD, _OPENING, _MERGING = 0, 0.5, inf  # where they stand among the events of their instant, which count from 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What of a ticket its log's steps do not say.

    `priority` and `assignee` are those it was opened with. `merge_times` are when it became a duplicate of another
    ticket and left the service levels, without what was undone; `starts_at` is the opening of its earliest duplicate
    where that came before its own; `words` are the buyer's messages in its duplicates that nobody had answered when
    they were merged.
    """

    channel: str
    seller: str
    language: str
    scheme: str = ""
    priority: str = Priority.NORMAL.value
    assignee: str = ""
    merge_times: tuple[datetime, ...] = ()
    starts_at: datetime | None = None
    words: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One event, with what holds from `at` on. `has_word` says that the buyer has written since this wait began.

    It turns true with a message of the buyer within a visit whose ball is the buyer's, and false with our next reply.
    `is_merge` holds from a merging on until the ticket is reopened: nothing is promised meanwhile.
    """

    at: datetime
    kind: EventKind | None
    category: str
    state: str
    state_kind: StateKind
    ball: Ball
    priority: str
    assignee: str
    is_visit: bool
    is_reply: bool
    is_message: bool
    has_word: bool = False
    is_merge: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether the ticket is resolved or closed from here on."""
        return self.state_kind.is_settled

    def attributes(self, subject: Subject) -> Attributes:
        """What the conditions of a policy ask for, as it is after this step."""
        return Attributes(
            category=self.category,
            priority=self.priority,
            channel=subject.channel,
            scheme=subject.scheme,
            seller=subject.seller,
            language=subject.language,
        )


def steps_of(events: Iterable[Event], subject: Subject, horizon_at: datetime) -> tuple[Step, ...]:
    """The steps before `horizon_at`, by time and then by order of recording; none where nothing had happened."""
    log = sorted((e for e in events if e.occurred_at < horizon_at), key=lambda e: (e.occurred_at, e.seq))
    merges = [at for at in subject.merge_times if at < horizon_at]
    if not log or any(at < log[0].occurred_at for at in merges):
        return ()
    undone = undone_merges(log)
    opening = _step(log[0], None, subject, is_visit=log[0].is_visit)
    is_begun_earlier = subject.starts_at is not None and subject.starts_at < opening.at
    words = [at for at in subject.words if at < horizon_at and (is_begun_earlier or at > opening.at)]
    line: list[tuple[datetime, float, Event | None]] = [(event.occurred_at, event.seq, event) for event in log[1:]]
    line += [
        (opening.at, _OPENING, None),
        *((at, _WORD, None) for at in words),
        *((at, _MERGING, None) for at in merges),
    ]
    steps: list[Step] = []
    if is_begun_earlier:
        steps.append(replace(opening, at=subject.starts_at, kind=None, is_reply=False, is_message=False))
    for at, rank, event in sorted(line, key=lambda one: one[:2]):
        if event is not None:
            steps.append(_step(event, steps[-1], subject, is_visit=event.is_visit and event.seq not in undone))
        elif rank == _OPENING:
            steps.append(replace(opening, is_visit=opening.is_visit and not is_begun_earlier))
        else:
            steps.append(_woven(steps[-1], at, is_word=rank == _WORD))
    return tuple(steps)


def undone_merges(log: Sequence[Event]) -> frozenset[int]:
    """The places in the log of merges that were undone, and of the undoings: no visits, as if they had never been."""
    visits = [event for event in log if event.is_visit]
    pairs = (pair for pair in pairwise(visits) if [event.kind for event in pair] == _MERGED_AND_BACK)
    return frozenset(event.seq for pair in pairs for event in pair)


def _woven(before: Step, at: datetime, *, is_word: bool) -> Step:
    """A word of the buyer in a duplicate; or the ticket leaves the service levels, for it is a duplicate itself."""
    woven = replace(before, at=at, kind=None, is_visit=False, is_reply=False, is_message=is_word)
    if not is_word:
        return replace(woven, is_merge=True)
    return replace(woven, has_word=before.ball is Ball.BUYER)


def _step(event: Event, before: Step | None, subject: Subject, *, is_visit: bool) -> Step:
    change: Mapping[str, str] = event.payload.get("set", {})
    if before is None:
        priority, assignee = subject.priority, subject.assignee
    else:
        priority, assignee = before.priority, before.assignee
    step = Step(
        at=event.occurred_at,
        kind=event.kind,
        category=event.category,
        state=event.to_state,
        state_kind=event.to_kind,
        ball=event.to_ball,
        priority=change.get("priority", priority),
        assignee=change.get("assignee_id", assignee),
        is_visit=is_visit,
        is_reply=event.is_public_reply,
        is_message=event.is_buyer_message,
    )
    if before is None:
        return step
    if is_visit:
        is_out = before.is_merge and (step.is_settled or not before.is_settled)
        # A ticket that took another one in, and owes what it owed, goes on; only the duplicate is settled by it.
        return replace(step, is_merge=is_out or (event.kind is EventKind.MERGED and step.is_settled))
    stays = {name: getattr(before, name) for name in ("category", "state", "state_kind", "ball", "is_merge")}
    return replace(step, **stays, has_word=before.ball is Ball.BUYER and _has_word(event, before))


def _has_word(event: Event, before: Step) -> bool:
    return event.is_buyer_message or (before.has_word and not event.is_public_reply)
