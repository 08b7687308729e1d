"""Tickets that turn out to be one, or two: merging with undo, splitting, linking (DECISIONS: Merging and splitting).

Each is one transaction over both tickets. Owns when it is possible and what the log says of it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.casework import CaseWork
from workflow.contacts import Contact
from workflow.lifecycle import Lifecycle
from workflow.owed import LET_GO, TAKE_IN, before_merging, holds, letting_go, passed_on, taking_in, unanswered
from workflow.reasons import Reason
from workflow.records import Case, Link, LinkedTicket, Message
from workflow.refusals import refused
from workflow.replay import written
from workflow.tickets import Actor, Event, Ticket
from workflow.vocabulary import Ball, EventKind, Language, LinkKind, Role, StateKind

MERGE, UNDO_MERGE, LINK, UNLINK, SPLIT = (
    "Merge",
    "Undo the merge",
    "Link",
    "Remove the link",
    "Split",
)
CLOSED = "closed"
MERGED = "merged"
SPLIT_MESSAGE_IDS = "split_message_ids"  # of a split's event: not `message_ids`, for it carries none of them


@dataclass(frozen=True, kw_only=True, slots=True)
class Logs:
    """What happened in a duplicate and in the ticket that stays, up to now."""

    of_duplicate: tuple[Event, ...]
    of_stay: tuple[Event, ...]


def merge(duplicate: CaseWork, into: CaseWork, logs: Logs, actor: Actor, now: datetime) -> None:
    """Close `duplicate` as one with `into`, which stays and owes what is unanswered in both; both tell of it."""
    ticket, other = duplicate.ticket, into.ticket
    end = _end(duplicate.lifecycle)
    if reason := _why_not(duplicate.case, into.case, end, duplicate.lifecycle):
        raise refused(ticket.number, MERGE, reason)
    link = Link(from_ticket_id=ticket.id, to_ticket_id=other.id, kind=LinkKind.DUPLICATE_OF, linked_at=now)
    note = duplicate.note(EventKind.MERGED, "merge", actor, now, {"reason": MERGED, "link": _told(link)})
    duplicate.write(replace(note, to_state=end, to_ball=Ball.NOBODY, is_conforming=False))
    duplicate.add_link(link, other)
    words = unanswered(logs.of_duplicate)
    left = set(unanswered(logs.of_stay, words))
    taken = into.note(EventKind.MERGED, TAKE_IN, actor, now, _other(ticket))
    into.write(taking_in(into, taken, [at for at in words if at in left], ticket.channel))


def undo_merge(duplicate: CaseWork, into: CaseWork, logs: Logs, actor: Actor, now: datetime) -> None:
    """Bring `duplicate` back to where it was when it was merged: the buyer's clocks run on, its state's begin anew.

    What it owed is its own again, and the other ticket's no more.
    """
    ticket = duplicate.ticket
    link = merged_link(duplicate.case)
    visits = [event for event in logs.of_duplicate if event.is_visit]
    last = visits[-1]
    if link is None or link.id != into.ticket.id or last.kind is not EventKind.MERGED:
        raise refused(ticket.number, UNDO_MERGE, Reason("not_merged"))
    before = before_merging(logs.of_duplicate, last)
    gone = Link(
        from_ticket_id=ticket.id, to_ticket_id=into.ticket.id, kind=LinkKind.DUPLICATE_OF, linked_at=link.linked_at
    )
    note = duplicate.note(EventKind.UNMERGED, "undo_merge", actor, now, {"unlink": _told(gone)})
    duplicate.write(replace(note, to_state=before.state, to_ball=before.ball, is_conforming=False))
    duplicate.drop_link(gone)
    note = into.note(EventKind.UNMERGED, LET_GO, actor, now, _other(ticket))
    into.write(letting_go(into, note, logs.of_stay, ticket.id))


def freed(work: CaseWork, events: Sequence[Event]) -> tuple[str, ...]:
    """The tickets that may owe what has stopped to be of `work`, to which `events` have just happened."""
    went_to = [link.id for link in work.case.links if link.kind is LinkKind.DUPLICATE_OF and not link.is_child]
    if not went_to:
        return ()
    if link := merged_link(work.case):
        return (link.id,) if any(event.name == LET_GO for event in events) else ()
    return tuple(dict.fromkeys(went_to)) if any(event.is_visit for event in events) else ()


def free(work: CaseWork, into: CaseWork, events: Sequence[Event], log: Sequence[Event]) -> None:
    """Let `into`, whose log is `log`, owe no more what is not of `work` any more since `events` have happened to it.

    All that it brought, once it is its own again; what it let go itself while it is merged. It is told as of now.
    """
    ticket = work.ticket
    if merged_link(work.case) is None:
        if holds(log, ticket.id):
            moved = next(event for event in reversed(events) if event.is_visit)
            note = into.note(EventKind.UNMERGED, LET_GO, _actor(moved), into.now, _other(ticket))
            into.write(letting_go(into, note, log, ticket.id))
        return
    for event in events:
        if words := passed_on(log, ticket.id, event):
            other = {name: event.payload[name] for name in ("other_ticket_id", "other_number")}
            told = other | {"through": ticket.id}
            note = into.note(EventKind.UNMERGED, LET_GO, _actor(event), into.now, told)
            into.write(letting_go(into, note, log, ticket.id, words))


def merged_link(case: Case) -> LinkedTicket | None:
    """The ticket that `case` was merged into, if that is how it ended; one that was reopened is its own again."""
    links = [link for link in case.links if link.kind is LinkKind.DUPLICATE_OF and not link.is_child]
    is_merged = case.ticket.state_kind is StateKind.FINAL and case.ticket.resolution_reason == MERGED
    return links[-1] if links and is_merged else None


def link(one: CaseWork, other: CaseWork, actor: Actor, now: datetime) -> None:
    """Say that two tickets belong together; nothing else changes."""
    if one.ticket.id == other.ticket.id:
        raise refused(one.ticket.number, LINK, Reason("same_ticket"))
    if any(known.id == other.ticket.id for known in one.case.links):
        raise refused(one.ticket.number, LINK, Reason("already_so"))
    made = Link(from_ticket_id=one.ticket.id, to_ticket_id=other.ticket.id, kind=LinkKind.RELATED_TO, linked_at=now)
    one.write(one.note(EventKind.LINKED, "link", actor, now, {"link": _told(made)}))
    one.add_link(made, other.ticket)


def unlink(one: CaseWork, other: CaseWork, actor: Actor, now: datetime) -> None:
    """Take back that two tickets belong together; only a plain relation may go."""
    related = [item for item in one.case.links if item.id == other.ticket.id and item.kind is LinkKind.RELATED_TO]
    if not related:
        raise refused(one.ticket.number, UNLINK, Reason("not_linked"))
    speaker, end = (other, one) if related[0].is_child else (one, other)
    gone = Link(
        from_ticket_id=speaker.ticket.id,
        to_ticket_id=end.ticket.id,
        kind=LinkKind.RELATED_TO,
        linked_at=related[0].linked_at,
    )
    speaker.write(speaker.note(EventKind.UNLINKED, "unlink", actor, now, {"unlink": _told(gone)}))
    speaker.drop_link(gone)


def split_off(work: CaseWork, child: CaseWork, chosen: Sequence[Message], actor: Actor, now: datetime) -> None:
    """Tell in the first ticket's log that `child` was opened for the `chosen` of its messages, oldest first."""
    told = {**_other(child.ticket), SPLIT_MESSAGE_IDS: [message.id for message in chosen]}
    work.write(work.note(EventKind.SPLIT, "split_off", actor, now, told))
    work.bear(child, chosen[0].sent_at)


def said_by_buyer(messages: Iterable[Message], log: Iterable[Event]) -> tuple[Message, ...]:
    """Those `messages` that are the buyer's, oldest first; also what a process brought as theirs, as `log` says."""
    brought = {key for event in log if event.is_buyer_message for key in event.payload.get("message_ids", ())}
    theirs = [item for item in messages if item.is_public and (item.author_role is Role.BUYER or item.id in brought)]
    return tuple(sorted(theirs, key=lambda item: item.sent_at))


def became_tickets(log: Iterable[Event]) -> dict[str, int]:
    """The messages that were split off, by id, with the number of the ticket that each became, as `log` says.

    A split of an older desk names no message, so what was split off then is not among them.
    """
    return {
        key: event.payload["other_number"]
        for event in log
        if event.kind is EventKind.SPLIT
        for key in event.payload.get(SPLIT_MESSAGE_IDS, ())
    }


def to_split(case: Case, log: Sequence[Event], message_ids: Collection[str]) -> tuple[Message, ...]:
    """The messages that `message_ids` chose, oldest first; all are the buyer's, and none was split off before."""
    number = case.ticket.number
    chosen = tuple(item for item in said_by_buyer(case.messages, log) if item.id in message_ids)
    if not chosen or len(chosen) != len(set(message_ids)):
        raise refused(number, SPLIT, Reason("nothing_to_split"))
    became = became_tickets(log)
    if gone := [became[item.id] for item in chosen if item.id in became]:
        raise refused(number, SPLIT, Reason("split_already", {"number": gone[0]}))
    return chosen


def contact_of(case: Case, chosen: Sequence[Message], category: str) -> Contact:
    """The contact that the `chosen` messages are by themselves, since the first of them, linked to the ticket."""
    ticket = case.ticket
    return Contact(
        category=category,
        channel=ticket.channel,
        text="\n\n".join(message.text for message in chosen),
        seller_id=ticket.seller_id,
        buyer_key=ticket.buyer_key,
        language=ticket.language,
        priority=ticket.priority,
        order_id=ticket.order_id,
        posting_number=ticket.posting_number,
        product_id=ticket.product_id,
        team_id=ticket.team_id,
        assignee_id=ticket.assignee_id,
        occurred_at=chosen[0].sent_at,
        linked_to=ticket.id,
        link_kind=LinkKind.RELATED_TO,
        is_synthetic=ticket.is_synthetic,
    )


def _why_not(duplicate: Case, into: Case, end: str, lifecycle: Lifecycle) -> Reason | None:
    ticket, other = duplicate.ticket, into.ticket
    questions = (
        (ticket.id == other.id, "same_ticket"),
        (bool(ticket.source or other.source), "imported"),
        (ticket.state_kind.is_settled, "settled_already"),
        (other.state_kind.is_settled, "other_settled"),
        ((ticket.buyer_key, ticket.seller_id) != (other.buyer_key, other.seller_id), "other_party"),
        (any(link.kind is LinkKind.AFTER_SALES_OF for link in duplicate.links), "has_case"),
        (not end, "no_end"),
    )
    if code := next((code for is_so, code in questions if is_so), ""):
        return Reason(code)
    if ticket.state in lifecycle.talk_states:
        return None
    return Reason("more_than_talk", {"state": lifecycle.states[ticket.state].labels[Language.EN]})


def _end(lifecycle: Lifecycle) -> str:
    finals = [state.name for state in lifecycle.states.values() if state.kind is StateKind.FINAL]
    return CLOSED if CLOSED in finals else next(iter(finals), "")


def _actor(event: Event) -> Actor:
    return Actor(role=event.actor_role, id=event.actor_id, recorded_by=event.recorded_by)


def _other(ticket: Ticket) -> dict[str, str | int]:
    return {"other_ticket_id": ticket.id, "other_number": ticket.number}


def _told(item: Link) -> dict[str, str]:
    return {"to": item.to_ticket_id, "kind": item.kind.value, "linked_at": written(item.linked_at)}
