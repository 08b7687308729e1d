"""What people are told by themselves: which news there is, and for whom (DECISIONS: Notices).

Owns who is told of what. Leaves to others: when a clock is looked at, where notices are kept, how they are worded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto

from workflow.moments import REPLY_CLOCK
from workflow.ports import Change
from workflow.records import Message
from workflow.tickets import Event, Ticket
from workflow.vocabulary import Ball, EventKind, Role

RECENT = timedelta(days=7)  # what a clock did longer ago is history by the time the desk learns it
AHEAD = timedelta(hours=1)  # how long before a lifecycle's clock runs out its holder is told
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that put no space between words


class NoticeKind(StrEnum):
    """What a notice is about."""

    ASSIGNED = auto()  # the ticket was handed to the person
    MENTIONED = auto()  # an internal note names them
    DUE_SOON = auto()  # something on their ticket is about to run out
    BREACHED = auto()  # it has run out
    COLLEAGUE = auto()  # somebody else replied on their ticket, or took it
    WROTE_AGAIN = auto()  # the buyer writes on a ticket that is settled


class NoticeChannel(StrEnum):
    """Where a notice reaches a person: the bell of the desk, or an address outside."""

    DESK = auto()
    MAIL = auto()
    MESSENGER = auto()
    WEBHOOK = auto()


OUTSIDE = tuple(channel for channel in NoticeChannel if channel is not NoticeChannel.DESK)
REPLIED, HANDED_ON, NAMED, GIVEN = "replied", "handed_on", "named", "given"
BUYER_WROTE_AGAIN = "buyer_wrote_again"  # the flag that a lifecycle raises by such a message


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """Somebody who works tickets now."""

    id: str
    name: str
    team_id: str = ""
    is_manager: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One piece of news for one person.

    `cause` tells it from any other of its kind about the ticket: the same news twice is one notice. `what` says more:
    `given`, `named`, `replied`, `handed_on`, `buyer_wrote_again`, else the target's kind or the trigger of the clock.
    `by_id` did it, empty for a clock and for a buyer. `percent` of the budget is used up (targets only), `due_at` is
    when it runs or ran out.
    """

    person_id: str
    kind: NoticeKind
    ticket_id: str
    cause: str
    what: str
    made_at: datetime
    by_id: str = ""
    percent: int | None = None
    due_at: datetime | None = None


def news_of(change: Change, held_by: str, colleagues: Sequence[Colleague]) -> tuple[Notice, ...]:
    """The news in what one use case writes; `held_by` had the ticket before it. Nobody is told of their own act."""
    known = {colleague.id for colleague in colleagues}
    told: list[Notice] = []
    holder = held_by
    for event in change.events:
        after = _holder_after(event, holder)
        told += _of_event(event, holder, after, change.ticket, colleagues)
        holder = after
    told += _of_notes(change, colleagues)
    return tuple(notice for notice in told if notice.person_id in known and notice.by_id != notice.person_id)


def moves_hands(event: Event) -> bool:
    """Whether `event` says who has the ticket from now on."""
    return "assignee_id" in event.payload.get("set", {}) or event.kind is EventKind.OPENED


def may_be_news(change: Change) -> bool:
    """Whether `news_of` could find any: most acts tell nobody, and are not held up."""
    return any(
        moves_hands(event) or event.is_public_reply or _is_breach(event, change.ticket) or _is_after_the_end(event)
        for event in change.events
    ) or any(_may_name(message) for message in change.messages)


def told_of_clocks(assignee_id: str, team_id: str, colleagues: Sequence[Colleague]) -> tuple[str, ...]:
    """Who is told that a ticket's time runs out: who has it; where nobody who works here has it its team, if any."""
    if any(colleague.id == assignee_id for colleague in colleagues):
        return (assignee_id,)
    return tuple(colleague.id for colleague in colleagues if team_id and colleague.team_id == team_id)


def told_of_writing(assignee_id: str, team_id: str, colleagues: Sequence[Colleague]) -> tuple[str, ...]:
    """Who is told that a buyer writes on a settled ticket, which no clock brings up again: somebody always is.

    Whoever has the ticket; where nobody who works here has it its team; where that is nobody, the managers, and on a
    desk without one everybody.
    """
    return (
        told_of_clocks(assignee_id, team_id, colleagues)
        or tuple(colleague.id for colleague in colleagues if colleague.is_manager)
        or tuple(colleague.id for colleague in colleagues)
    )


def cause_of_instant(due_at: datetime) -> str:
    """The cause of a breach: what breaks at one instant on one ticket is one piece of news, whatever counts it."""
    return f"due:{due_at.isoformat()}"


def mentioned(text: str, colleagues: Sequence[Colleague]) -> tuple[str, ...]:
    """Ids of the colleagues whom `text` names with an @, in order of appearance, each once.

    `@` is followed by an id, a whole name, or the first word of a name that only one colleague has; case does not
    matter, the longest name wins. An @ within a word, as in an e-mail address, names nobody.
    """
    handles = _handles(colleagues)
    if "@" not in text or not handles:
        return ()
    names = sorted(handles, key=len, reverse=True)
    choices = "|".join(re.escape(name) + ("" if _CJK.match(name[-1]) else r"(?!\w)") for name in names)
    found = re.finditer(rf"(?<![A-Za-z0-9_])@({choices})", text, re.IGNORECASE)
    return tuple(dict.fromkeys(handles[match[1].casefold()] for match in found if match[1].casefold() in handles))


def mention_of(colleague: Colleague, colleagues: Sequence[Colleague]) -> str:
    """What names `colleague`, one of `colleagues`, in a note: the whole name, or the id where the name is shared."""
    name = colleague.name.strip()
    means = _handles(colleagues).get(name.casefold())
    return f"@{name if means == colleague.id else colleague.id}"


def _of_event(
    event: Event, before: str, after: str, ticket: Ticket, colleagues: Sequence[Colleague]
) -> Iterator[Notice]:
    def notice(person_id: str, kind: NoticeKind, what: str) -> Notice:
        return Notice(
            person_id=person_id,
            kind=kind,
            ticket_id=event.ticket_id,
            cause=f"event:{event.seq}",
            what=what,
            made_at=event.recorded_at,
            by_id=event.recorded_by,
        )

    if after != before and after:
        yield notice(after, NoticeKind.ASSIGNED, GIVEN)
    if after != before and before:
        yield notice(before, NoticeKind.COLLEAGUE, HANDED_ON)
    if event.is_public_reply and after == before and before:
        yield notice(before, NoticeKind.COLLEAGUE, REPLIED)
    if _is_after_the_end(event):
        since = ticket.clocks.get(REPLY_CLOCK, event.occurred_at)  # the oldest message that nobody answered: told once
        for person_id in told_of_writing(after, ticket.team_id, colleagues):
            if person_id != event.recorded_by:
                yield Notice(
                    person_id=person_id,
                    kind=NoticeKind.WROTE_AGAIN,
                    ticket_id=event.ticket_id,
                    cause=f"wrote:{since.isoformat()}",
                    what=BUYER_WROTE_AGAIN,
                    made_at=event.recorded_at,
                )
    if _is_breach(event, ticket):
        for person_id in told_of_clocks(after, ticket.team_id, colleagues):
            yield Notice(
                person_id=person_id,
                kind=NoticeKind.BREACHED,
                ticket_id=event.ticket_id,
                cause=cause_of_instant(event.occurred_at),
                what=event.name,
                made_at=event.recorded_at,
                due_at=event.occurred_at,
            )


def _of_notes(change: Change, colleagues: Sequence[Colleague]) -> Iterator[Notice]:
    for message in change.messages:
        for person_id in mentioned(message.text, colleagues) if _may_name(message) else ():
            yield Notice(
                person_id=person_id,
                kind=NoticeKind.MENTIONED,
                ticket_id=change.ticket.id,
                cause=f"message:{message.id}",
                what=NAMED,
                made_at=message.recorded_at,
                by_id=message.author_id,
            )


def _may_name(message: Message) -> bool:
    return not message.is_public and message.author_role is Role.SELLER_AGENT and "@" in message.text


def _is_breach(event: Event, ticket: Ticket) -> bool:
    """Whether a clock has run out on us: it raised a flag where we had to act, and it is not long ago."""
    return (
        event.actor_role is Role.SYSTEM_TIMER
        and bool(event.payload.get("raises"))
        and (event.to_ball is Ball.SELLER or event.is_visit)
        and not ticket.state_kind.is_settled
        and event.recorded_at - event.occurred_at <= RECENT
    )


def _is_after_the_end(event: Event) -> bool:
    """Whether the buyer says something on a ticket that is settled, and it is not long ago."""
    return (
        event.is_buyer_message
        and BUYER_WROTE_AGAIN in event.payload.get("raises", ())
        and event.recorded_at - event.occurred_at <= RECENT
    )


def _holder_after(event: Event, holder: str) -> str:
    if event.kind is EventKind.OPENED:
        return str(event.payload["ticket"].get("assignee_id", ""))
    return str(event.payload.get("set", {}).get("assignee_id", holder))


def _handles(colleagues: Sequence[Colleague]) -> dict[str, str]:
    """What may follow an @, in small letters, with whom it means. What two share means neither; an id beats a name."""
    named = [
        (handle, colleague.id)
        for colleague in colleagues
        for handle in {colleague.name.strip(), *colleague.name.split()[:1]} - {""}
    ]
    return _of_one(named) | _of_one([(colleague.id, colleague.id) for colleague in colleagues])


def _of_one(handles: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Those of the pairs of handle and id whose handle, in small letters, belongs to one id alone."""
    owners: dict[str, set[str]] = {}
    for handle, colleague_id in handles:
        owners.setdefault(handle.casefold(), set()).add(colleague_id)
    return {handle: next(iter(ids)) for handle, ids in owners.items() if len(ids) == 1}
