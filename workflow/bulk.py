"""One act on many tickets: what would come of it, doing it, and taking it back (DECISIONS: Bulk acts).

Each ticket goes through the use case of its own, in a transaction of its own: one that is refused stops no other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from workflow import steps
from workflow.desk import Desk
from workflow.dry_run import DryRunStore
from workflow.errors import DeskError, TicketNotFoundError
from workflow.lifecycle import InputUse
from workflow.rules import ActionOffer
from workflow.taking_back import WayBack, parent_that_followed, take_back
from workflow.tickets import EMPTY, EVERYTHING, Actor, Scope, Ticket
from workflow.vocabulary import Priority
from workflow.workbench import Workbench

MOST = 200
NOT_SHARED = "not shared out"  # no agent's id has a space
UNDO_WINDOW = timedelta(minutes=10)
BACK: Mapping[str, object] = {"reopen_reason": "closed_by_mistake"}  # what an action that takes back may ask for


@dataclass(frozen=True, kw_only=True, slots=True)
class Assign:
    """Hand each ticket to an agent; an empty id takes it from everybody."""

    assignee_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareOut:
    """Hand each ticket to the agent that `assignees` has for its id; one without is refused. `why` is for the log."""

    assignees: Mapping[str, str]
    why: Mapping[str, str] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, kw_only=True, slots=True)
class Prioritise:
    """Give each ticket a priority."""

    priority: Priority


@dataclass(frozen=True, kw_only=True, slots=True)
class AddTags:
    """Add tags to those that each ticket has."""

    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveTags:
    """Take tags from those that each ticket has."""

    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Take:
    """Take an action of the lifecycle, with the same inputs for each ticket."""

    trigger: str
    inputs: Mapping[str, object] = field(default_factory=lambda: EMPTY)


BulkAct: TypeAlias = Assign | ShareOut | Prioritise | AddTags | RemoveTags | Take


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A ticket of the selection, as the person saw it."""

    id: str
    number: int
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of an act on one ticket: `after`, or the sentence `refusal`; neither where it was so already.

    `why` is the reason of a choice that was made for the person: the agent who has the fewest, or stands in. `error` is
    what refused it, where something did, for a screen that says it in words of its own.
    """

    chosen: Chosen
    before: Ticket | None = None
    after: Ticket | None = None
    refusal: str = ""
    why: str = ""
    error: DeskError | None = None

    @property
    def is_done(self) -> bool:
        """Whether the ticket was changed."""
        return self.after is not None


class SelectionError(DeskError):
    """The selection is empty or too large for one act."""

    def __init__(self, *, count: int) -> None:
        self.count = count
        super().__init__(f"{count} tickets are selected: select 1 to {MOST}, so that each outcome can be read.")


class NobodyFitsError(DeskError):
    """No agent can take a ticket that was to be shared out."""

    def __init__(self, *, number: int, reason: str) -> None:
        self.number = number
        super().__init__(f"Ticket {number} was not shared out: {reason}. Assign it by hand.")


class UndoTooLateError(DeskError):
    """The window in which an act on many tickets is taken back is over."""

    def __init__(self, *, done_at: datetime) -> None:
        self.done_at = done_at
        minutes = int(UNDO_WINDOW.total_seconds()) // 60
        super().__init__(
            f"What was done at {done_at:%Y-%m-%d %H:%M} UTC can be taken back for {minutes} minutes: "
            "change each ticket instead."
        )


def common_actions(
    desk: Desk, chosen: Sequence[Chosen], *, actor: Actor, now: datetime, scope: Scope = EVERYTHING
) -> tuple[ActionOffer, ...]:
    """The actions that every ticket of the selection allows now, with the inputs that any of them asks for.

    `TicketNotFoundError` where one is gone.
    """
    offers = [
        {offer.trigger: offer for offer in desk.offers(item.id, actor=actor, now=now, scope=scope) if offer.is_allowed}
        for item in chosen
    ]
    if not offers:
        return ()
    shared = [trigger for trigger in offers[0] if all(trigger in own for own in offers)]
    return tuple(_merged([own[trigger] for own in offers]) for trigger in shared)


def preview(  # noqa: PLR0913 - one act has this many parts
    desk: Desk, chosen: Sequence[Chosen], act: BulkAct, *, actor: Actor, now: datetime, scope: Scope = EVERYTHING
) -> tuple[Outcome, ...]:
    """What `carry_out` would give now. Nothing is written: the same use cases run on a store that keeps nothing."""
    return carry_out(Desk(DryRunStore(desk.store), desk.rules), chosen, act, actor=actor, now=now, scope=scope)


def carry_out(  # noqa: PLR0913 - one act has this many parts
    desk: Desk, chosen: Sequence[Chosen], act: BulkAct, *, actor: Actor, now: datetime, scope: Scope = EVERYTHING
) -> tuple[Outcome, ...]:
    """Do `act` to each ticket, in order. A ticket that changed since it was seen is refused. `SelectionError`."""
    if not 1 <= len(chosen) <= MOST:
        raise SelectionError(count=len(chosen))
    return tuple(_one(desk, item, act, actor, now, scope) for item in chosen)


def with_a_way_back(  # noqa: PLR0913 - as `carry_out`
    desk: Desk,
    outcomes: Sequence[Outcome],
    act: BulkAct,
    *,
    actor: Actor,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> tuple[Outcome, ...]:
    """Those of `outcomes` that `undo` could take back now; of a note or a message none, for it changes no state."""
    return tuple(
        outcome
        for outcome in outcomes
        if outcome.before
        and outcome.after
        and _is_open(desk, outcome.after.id, _way_back(desk, outcome.before, outcome.after, act, actor, now, scope))
    )


def undo(  # noqa: PLR0913 - as `carry_out`, and since when
    desk: Desk,
    outcomes: Sequence[Outcome],
    act: BulkAct,
    *,
    actor: Actor,
    done_at: datetime,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> tuple[Outcome, ...]:
    """Take back what was done: the setting as it was, or the action that leads back to the state before.

    Of tickets that were done; one that changed meanwhile, or from whose state nothing leads back, is refused, and so is
    one that took along the ticket whose after-sales case it is. An action that is taken back leaves ball, clocks and
    flags as they were.
    `UndoTooLateError` after `UNDO_WINDOW`.
    """
    if now - done_at > UNDO_WINDOW:
        raise UndoTooLateError(done_at=done_at)
    undone: list[Outcome] = []
    for outcome in outcomes:
        if outcome.before is None or outcome.after is None:
            continue
        seen = replace(outcome.chosen, version=outcome.after.version)
        back = _way_back(desk, outcome.before, outcome.after, act, actor, now, scope)
        if back is None:
            sentence = f"Ticket {seen.number} stays as it is: no action leads back to the state before."
            undone.append(Outcome(chosen=seen, before=outcome.after, refusal=sentence))
        else:
            undone.append(_one(desk, seen, back, actor, now, scope, is_exact=True))
    return tuple(undone)


def _one(  # noqa: PLR0913, PLR0917 - as `carry_out`
    desk: Desk,
    item: Chosen,
    act: BulkAct | WayBack,
    actor: Actor,
    now: datetime,
    scope: Scope,
    *,
    is_exact: bool = False,
) -> Outcome:
    try:
        before = desk.case(item.id, scope=scope).ticket
        if isinstance(act, WayBack):
            bench, version = Workbench(desk.store, desk.rules), item.version
            after = take_back(bench, item.id, act, actor=actor, now=now, expected_version=version, scope=scope)
            return Outcome(chosen=item, before=before, after=after)
        if not is_exact and _is_so(before, act):
            return Outcome(chosen=item, before=before)
        why = "" if is_exact else _why(desk, before, act, actor, now)
        after = _done(desk, before, act, item.version, actor, now, scope, is_exact=is_exact)
    except DeskError as error:
        return Outcome(chosen=item, refusal=str(error), error=error)
    return Outcome(chosen=item, before=before, after=after, why=why)


def _why(desk: Desk, ticket: Ticket, act: BulkAct, actor: Actor, now: datetime) -> str:
    """The reason that the log will keep of an assignment; empty where the named agent gets the ticket."""
    match act:
        case Assign(assignee_id=assignee_id):
            given = steps.Assign(assignee_id=assignee_id)
        case ShareOut(assignees=assignees, why=reasons) if ticket.id in assignees:
            given = steps.Assign(assignee_id=assignees[ticket.id], why=reasons.get(ticket.id, ""))
        case _:
            return ""
    return desk.present(given, actor, now).why


def _done(  # noqa: PLR0913, PLR0917 - as `carry_out`
    desk: Desk, ticket: Ticket, act: BulkAct, version: int, actor: Actor, now: datetime, scope: Scope, *, is_exact: bool
) -> Ticket:
    """Through the use case; `is_exact` makes it as it was: the tags and no others, the agent and nobody instead."""
    match act:
        case Assign(assignee_id=assignee_id):
            return desk.assign(
                *(ticket.id, assignee_id),
                actor=actor,
                now=now,
                is_given_back=is_exact,
                expected_version=version,
                scope=scope,
            )
        case ShareOut(assignees=assignees, why=reasons):
            why = reasons.get(ticket.id, "")
            if ticket.id not in assignees:
                raise NobodyFitsError(number=ticket.number, reason=why or "nobody was chosen for it")
            mine = assignees[ticket.id]
            return desk.assign(ticket.id, mine, actor=actor, now=now, why=why, expected_version=version, scope=scope)
        case Prioritise(priority=priority):
            return desk.prioritise(ticket.id, priority, actor=actor, now=now, expected_version=version, scope=scope)
        case AddTags(tags=tags):
            whole = tags if is_exact else (*ticket.tags, *tags)
            return desk.tag(ticket.id, whole, actor=actor, now=now, expected_version=version, scope=scope)
        case RemoveTags(tags=tags):
            rest = [tag for tag in ticket.tags if tag not in tags]
            return desk.tag(ticket.id, rest, actor=actor, now=now, expected_version=version, scope=scope)
        case _:
            offers = desk.offers(ticket.id, actor=actor, now=now, scope=scope)
            asked = {use.name for offer in offers if offer.trigger == act.trigger for use in offer.inputs}
            given = {name: value for name, value in act.inputs.items() if name in asked}
            return desk.act(
                ticket.id, act.trigger, actor=actor, now=now, inputs=given, expected_version=version, scope=scope
            )


def _is_so(ticket: Ticket, act: BulkAct) -> bool:
    match act:
        case Assign(assignee_id=assignee_id):
            return ticket.assignee_id == assignee_id
        case ShareOut(assignees=assignees):
            return ticket.assignee_id == assignees.get(ticket.id, NOT_SHARED)
        case Prioritise(priority=priority):
            return ticket.priority is priority
        case AddTags(tags=tags):
            return set(tags) <= set(ticket.tags)
        case RemoveTags(tags=tags):
            return set(tags).isdisjoint(ticket.tags)
        case _:
            return False


def _way_back(  # noqa: PLR0913, PLR0917 - as `undo`
    desk: Desk, before: Ticket, after: Ticket, act: BulkAct, actor: Actor, now: datetime, scope: Scope
) -> BulkAct | WayBack | None:
    match act:
        case Assign() | ShareOut():
            return Assign(assignee_id=before.assignee_id)
        case Prioritise():
            return Prioritise(priority=before.priority)
        case AddTags() | RemoveTags():
            return AddTags(tags=before.tags)
        case _ if before.state == after.state:
            return None
        case _:
            back = _leading_back(desk, before, actor, now, scope)
            if back is None:
                return None
            given = {use.name: BACK[use.name] for use in back.inputs if use.name in BACK}
            return WayBack(trigger=back.trigger, inputs=given, taken=act.trigger, since_version=before.version)


def _is_open(desk: Desk, ticket_id: str, way: BulkAct | WayBack | None) -> bool:
    """Whether there is a way back, and no other ticket went along with this one."""
    if isinstance(way, WayBack):
        return parent_that_followed(desk.store, ticket_id, way) is None
    return way is not None


def _leading_back(desk: Desk, before: Ticket, actor: Actor, now: datetime, scope: Scope) -> ActionOffer | None:
    """What leads to the state `before`; nothing where the act took the ticket out of sight."""
    try:
        offers = desk.offers(before.id, actor=actor, now=now, scope=scope)
    except TicketNotFoundError:
        return None
    return next((offer for offer in offers if offer.is_allowed and _leads_back(offer, before.state)), None)


def _leads_back(offer: ActionOffer, state: str) -> bool:
    """Whether it leads there for certain, and asks for nothing that only a person can say."""
    return offer.to_states == (state,) and all(use.name in BACK for use in offer.inputs if use.is_required)


def _merged(offers: Sequence[ActionOffer]) -> ActionOffer:
    """One offer for all: what any ticket asks for is asked once."""
    names = dict.fromkeys(use.name for offer in offers for use in offer.inputs)
    required = {use.name for offer in offers for use in offer.inputs if use.is_required}
    advice = {reason.code: reason for offer in offers for reason in offer.advice}
    return replace(
        offers[0],
        to_states=tuple(dict.fromkeys(state for offer in offers for state in offer.to_states)),
        inputs=tuple(InputUse(name=name, is_required=name in required) for name in names),
        advice=tuple(advice.values()),
    )
