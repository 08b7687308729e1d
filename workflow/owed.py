"""What a merged ticket still owes its buyer, and how the ticket that stays takes it over (DECISIONS: Merging).

Owns which words of the buyer wait, and what they do to the ticket that takes them in or lets them go. Writes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflow.acts import Act, effects, said_elsewhere
from workflow.casework import CaseWork
from workflow.moments import BUYER_CLOCK, REPLY_CLOCK, WINDOW_CLOCK
from workflow.replay import read, replay, written
from workflow.service.history import undone_merges
from workflow.taking_back import taken_back
from workflow.tickets import SYNC, Event, Ticket
from workflow.vocabulary import Channel, Role

MESSAGE = "buyer_message"
TAKE_IN, LET_GO = "take_in", "let_go"
_OF_WORDS = frozenset({REPLY_CLOCK, WINDOW_CLOCK, BUYER_CLOCK})


def unanswered(log: Iterable[Event], brought: Sequence[datetime] = ()) -> tuple[datetime, ...]:
    """When the buyer wrote what is not answered at the end of `log`, oldest first, as service levels count it.

    Words of merged tickets count with those of the ticket itself, and so do those that would be `brought` in. A
    resolution that was taken back is none here: words wait on, while service levels promise anew.
    """
    events = sorted(log, key=lambda event: (event.occurred_at, event.seq))
    held = {event.seq: event for event in _held(events)}
    line: list[tuple[datetime, int, Event | None]] = [(event.occurred_at, event.seq, event) for event in events]
    line += [(at, 0, None) for event in held.values() for at in _words(event)] + [(at, 0, None) for at in brought]
    undone = undone_merges(events) | taken_back(events)
    waiting: list[datetime] = []
    is_settled = False
    for at, _seq, event in sorted(line, key=lambda one: one[:2]):
        if event and event.is_visit and event.seq not in undone:
            is_settled = event.to_kind.is_settled
        if is_settled or (event and event.is_public_reply):
            waiting.clear()
        elif event is None or event.is_buyer_message:
            waiting.append(at)
    return tuple(waiting)


def taking_in(into: CaseWork, note: Act, words: Sequence[datetime], channel: Channel) -> Act:
    """`note` of a merge with what the buyer's unanswered `words` in the other ticket do to the one that stays.

    That is what its table does with a message of the buyer, each clock begun at the words and not at the merge: the
    reply counts from the oldest, all else from the newest. A table without such a row leaves the ticket as it is.
    """
    if not words:
        return note
    payload: dict[str, Any] = {**note.payload, "owed": [written(at) for at in words]}
    row, ticket = into.row_of(SYNC, MESSAGE, note.occurred_at), into.ticket
    if row is None:
        return replace(note, payload=payload)
    parts = effects(row, ticket, max(words), {})
    starts: dict[str, str] = parts.pop("starts", {})
    if starts.pop(REPLY_CLOCK, "") or ticket.clocks.get(REPLY_CLOCK, min(words)) > min(words):
        starts[REPLY_CLOCK] = written(min(words))
    parts = (parts | {"starts": starts}) if starts else parts
    if channel is not ticket.channel:
        parts = said_elsewhere(parts)
    ball = ticket.ball if row.is_stay else None
    return replace(note, to_state=row.to_state, to_ball=ball, payload=payload | parts)


def letting_go(into: CaseWork, note: Act, log: Sequence[Event], other_id: str) -> Act:
    """`note` of an undone merge with what takes back what `taking_in` made of the ticket, as far as it still holds.

    Clocks that run since those words run as they would without them, and flags that they raised fall. The state is
    the one before, unless the ticket was moved since, or the buyer has written in it.
    """
    taken = next(event for event in _held(log) if event.payload["other_ticket_id"] == other_id)
    if not _words(taken):
        return note
    kept = [event for event in log if event.seq != taken.seq]
    moved = _moved_by(kept, log)
    first = moved or taken
    before = replay(event for event in log if event.seq < first.seq)
    since = [event for event in log if event.seq > first.seq]
    parts = _clocks_without(taken, log, into.ticket, kept)
    if flags := _raised_by(taken, before, since, is_back=moved is not None) & into.ticket.flags:
        parts["clears"] = sorted(flags)
    if flags := frozenset(taken.payload.get("clears", ())) & before.flags:
        parts["raises"] = sorted(flags)
    gone = replace(note, payload={**note.payload, **parts})
    return replace(gone, to_state=before.state, to_ball=before.ball, is_conforming=False) if moved else gone


def _held(log: Iterable[Event]) -> list[Event]:
    """The merges of others into a ticket that hold at the end of its log, in order of recording."""
    held: dict[str, Event] = {}
    for event in sorted(log, key=lambda event: event.seq):
        if event.name == TAKE_IN:
            held[event.payload["other_ticket_id"]] = event
        elif event.name == LET_GO:
            held.pop(event.payload["other_ticket_id"], None)
    return list(held.values())


def _words(taken: Event) -> list[datetime]:
    return [read(at) for at in taken.payload.get("owed", ())]


def _moved_by(kept: Sequence[Event], log: Sequence[Event]) -> Event | None:
    """The merge that brought the ticket to its state although none of its words waits any more, nor any other."""
    entry = [event for event in log if event.is_visit][-1]
    if entry.name != TAKE_IN or entry in _held(kept) or unanswered(kept):
        return None
    return None if any(event.is_buyer_message and event.seq > entry.seq for event in log) else entry


def _clocks_without(taken: Event, log: Sequence[Event], ticket: Ticket, kept: Sequence[Event]) -> dict[str, Any]:
    """What sets the clocks that still run as `taken` set them to where they would stand had it never been."""
    before = replay(event for event in log if event.seq < taken.seq)
    held, rest = _held(kept), unanswered(kept)
    gone = {at for event in log if event.name == TAKE_IN and event not in held for at in _words(event)} - set(rest)
    set_to = {clock: read(at) for clock, at in taken.payload.get("starts", {}).items()}
    told = [event for event in kept if event.name != LET_GO and (event.name != TAKE_IN or event in held)]
    said = {clock: _begun(told, clock) for clock in (WINDOW_CLOCK, BUYER_CLOCK)}
    starts: dict[str, str] = {}
    stops: list[str] = []
    for clock, runs_since in ticket.clocks.items():
        if set_to.get(clock) != runs_since and (clock not in _OF_WORDS or runs_since not in gone):
            continue
        was_at = [at for name, at in before.clocks.items() if name == clock and at not in gone]
        stands = {
            REPLY_CLOCK: min((*rest, *was_at), default=None),
            WINDOW_CLOCK: max(said[WINDOW_CLOCK] & set(rest), default=None),
            BUYER_CLOCK: max(said[BUYER_CLOCK], default=None),
        }.get(clock, max(was_at, default=None))
        if stands:
            starts[clock] = written(stands)
        else:
            stops.append(clock)
    return {name: part for name, part in (("starts", starts), ("stops", stops)) if part}


def _begun(log: Iterable[Event], clock: str) -> set[datetime]:
    return {read(event.payload["starts"][clock]) for event in log if clock in event.payload.get("starts", ())}


def _raised_by(taken: Event, before: Ticket, since: Sequence[Event], *, is_back: bool) -> frozenset[str]:
    """The flags that clocks raised for the words of `taken` alone, or for the state that it led to."""
    begun = set(taken.payload.get("starts", {}).values())
    wrong = [event for event in since if event.actor_role is Role.SYSTEM_TIMER and _is_of(event, begun, is_back)]
    right = [event for event in since if event not in wrong]
    return frozenset(_flags(wrong)) - frozenset(_flags(right)) - before.flags


def _is_of(event: Event, begun: set[str], is_back: bool) -> bool:  # noqa: FBT001 - one answer, asked in one place
    return is_back or event.payload.get("spent", {}).get("anchor_at") in begun


def _flags(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        yield from event.payload.get("raises", ())
