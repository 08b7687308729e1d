"""A ticket's log as service levels read it: by time, with what held after each step. No rule of a target is here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.service.policies import Attributes
from workflow.tickets import Event
from workflow.vocabulary import Ball, EventKind, Priority, StateKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What of a ticket its log's steps do not say.

    `priority` and `assignee` are those it was opened with. `merged_at` is when it became a duplicate of another ticket
    and left the service levels; `starts_at` the opening of its earliest duplicate where that came before its own.
    """

    channel: str
    seller: str
    language: str
    scheme: str = ""
    priority: str = Priority.NORMAL.value
    assignee: str = ""
    merged_at: datetime | None = None
    starts_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One event, with what holds from `at` on. `has_word` says that the buyer has written since this wait began.

    It turns true with a message of the buyer within a visit whose ball is the buyer's, and false with our next reply.
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

    @property
    def is_merging(self) -> bool:
        """Whether the ticket becomes a duplicate of another one by this step, or has by then."""
        return self.is_merge or (self.is_visit and self.kind is EventKind.MERGED)

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
    steps: list[Step] = []
    for event in log:
        steps.append(_step(event, steps[-1] if steps else None, subject))
    return _merged(steps, subject, horizon_at)


def _step(event: Event, before: Step | None, subject: Subject) -> Step:
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
        is_visit=event.is_visit,
        is_reply=event.is_public_reply,
        is_message=event.is_buyer_message,
    )
    if before is None or event.is_visit:
        return step
    stays = {name: getattr(before, name) for name in ("category", "state", "state_kind", "ball")}
    return replace(step, **stays, has_word=before.ball is Ball.BUYER and _has_word(event, before))


def _has_word(event: Event, before: Step) -> bool:
    return event.is_buyer_message or (before.has_word and not event.is_public_reply)


def _merged(steps: Sequence[Step], subject: Subject, horizon_at: datetime) -> tuple[Step, ...]:
    """A duplicate leaves at its merging; the ticket that it was merged into begins with the earliest of them."""
    kept = list(steps)
    merged_at, starts_at = subject.merged_at, subject.starts_at
    if kept and merged_at is not None and merged_at < horizon_at:
        kept = [step for step in kept if step.at <= merged_at]
    if kept and merged_at is not None and merged_at < horizon_at:
        end = replace(kept[-1], at=merged_at, is_visit=False, is_reply=False, is_message=False, is_merge=True)
        kept.append(replace(end, kind=None))
    if kept and starts_at is not None and starts_at < kept[0].at:
        first = replace(kept[0], at=starts_at, kind=None)
        kept = [first, replace(kept[0], is_visit=False), *kept[1:]]
    return tuple(kept)
