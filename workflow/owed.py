"""What a merged ticket still owes its buyer, and how the ticket that stays takes it over (DECISIONS: Merging).

Owns which words of the buyer wait, and what they do to the ticket that takes them in or lets them go. Writes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflow.acts import Act, effects, said_elsewhere
from workflow.casework import CaseWork
from workflow.moments import BUYER_CLOCK, REPLY_CLOCK, WINDOW_CLOCK
from workflow.replay import read, replay, written
from workflow.service.history import undone_merges
from workflow.tickets import SYNC, Event, Ticket
from workflow.vocabulary import Channel, EventKind, Role

MESSAGE = "buyer_message"
TAKE_IN, LET_GO = "take_in", "let_go"
TAKES_BACK = "takes_back"  # in the payload of an action: the place in the log of the one that it takes back
_OF_WORDS = frozenset({REPLY_CLOCK, WINDOW_CLOCK, BUYER_CLOCK})


def unanswered(log: Iterable[Event], brought: Sequence[datetime] = ()) -> tuple[datetime, ...]:
    """When the buyer wrote what is not answered at the end of `log`, oldest first, as service levels count it.

    Words of merged tickets count with those of the ticket itself, and so do those that would be `brought` in. Unlike
    there, where all is promised anew, words wait on after a merging that the ticket was reopened from, and after a
    resolution that was taken back.
    """
    events = sorted(log, key=lambda event: (event.occurred_at, event.seq))
    held = {event.seq: event for event in _held(events)}
    line: list[tuple[datetime, int, Event | None]] = [(event.occurred_at, event.seq, event) for event in events]
    line += [(at, 0, None) for event in held.values() for at in _words(event)] + [(at, 0, None) for at in brought]
    undone = undone_merges(events) | _taken_back(events)
    waiting: list[datetime] = []
    is_settled = False
    for at, _seq, event in sorted(line, key=lambda one: one[:2]):
        if event and event.is_visit and event.seq not in undone and not _is_merging(event):
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


def letting_go(
    into: CaseWork, note: Act, log: Sequence[Event], held_id: str, gone: Sequence[datetime] | None = None
) -> Act:
    """`note` of an undone merge with what takes back what `taking_in` made of the ticket, as far as it still holds.

    `gone` are those words of the merged ticket `held_id` that were never its own, by default all of them. Clocks that
    run since those words run as they would without them, and flags that they raised fall. The state is the one before,
    unless the ticket was moved since, or the buyer has written in it. One that is merged itself stays where it is.
    """
    taken = next(event for event in _held(log) if event.payload["other_ticket_id"] == held_id)
    less = _without(taken, _words(taken) if gone is None else gone)
    if not (let_go := _fewer(_words(taken), _words(less))):
        return note
    awake = _without_merging(log)
    kept = [less if event.seq == taken.seq else event for event in awake]
    moved = _moved_by(kept, awake)
    first = moved or taken
    before = replay(event for event in log if event.seq < first.seq)
    since = [event for event in log if event.seq > first.seq]
    parts = _clocks_without(taken, less, log, into.ticket, kept)
    begun = set(_starts(taken).values()) - set(_starts(less).values())
    if flags := _raised_by(begun, before, since, is_back=moved is not None) & into.ticket.flags:
        parts["clears"] = sorted(flags)
    cleared = frozenset(taken.payload.get("clears", ()))
    if not _words(less) and (flags := cleared & before.flags):
        parts["raises"] = sorted(flags)
    note = replace(note, payload={**note.payload, "let_go": [written(at) for at in let_go], **parts})
    is_back = moved is not None and len(awake) == len(log)
    return replace(note, to_state=before.state, to_ball=before.ball, is_conforming=False) if is_back else note


def holds(log: Iterable[Event], other_id: str) -> bool:
    """Whether a merge of `other_id` into the ticket of `log` holds."""
    return any(event.payload["other_ticket_id"] == other_id for event in _held(log))


def passed_on(log: Iterable[Event], held_id: str, let_go: Event) -> list[datetime]:
    """Which words that a ticket has `let_go` came with it, as the merged `held_id`, into the ticket of `log`."""
    taken = next((event for event in _held(log) if event.payload["other_ticket_id"] == held_id), None)
    words = [read(at) for at in let_go.payload.get("let_go", ())]
    return _fewer(words, _fewer(words, _words(taken))) if taken else []


def before_merging(log: Sequence[Event], merging: Event) -> Ticket:
    """The ticket as it was at its `merging`, the last visit of `log`, without what was let go since then."""
    awake = _without_merging(log)
    is_less = any(event.name == LET_GO and event.seq > merging.seq for event in log)
    last = (_moved_by(awake, awake) if is_less else None) or merging
    return replay(event for event in log if event.seq < last.seq)


def _taken_back(log: Sequence[Event]) -> frozenset[int]:
    """The places in the log of actions that were taken back, and of what took them back."""
    backs = [event for event in log if TAKES_BACK in event.payload]
    return frozenset(seq for event in backs for seq in (event.seq, event.payload[TAKES_BACK]))


def _held(log: Iterable[Event]) -> list[Event]:
    """The merges of others into a ticket that hold at the end of its log, each with the words that it still holds."""
    held: dict[str, Event] = {}
    for event in sorted(log, key=lambda event: event.seq):
        through = event.payload.get("through", "")
        if event.name == TAKE_IN:
            held[event.payload["other_ticket_id"]] = event
        elif event.name == LET_GO and not through:
            held.pop(event.payload["other_ticket_id"], None)
        elif event.name == LET_GO:
            held[through] = _without(held[through], [read(at) for at in event.payload["let_go"]])
    return list(held.values())


def _without(taken: Event, gone: Sequence[datetime]) -> Event:
    """The event of a merge as it would be had the words that are `gone` not been there."""
    rest = _fewer(_words(taken), gone)
    ends = {REPLY_CLOCK: min, WINDOW_CLOCK: max, BUYER_CLOCK: max}
    starts = {
        clock: written(ends[clock](rest)) if clock in ends else at for clock, at in _starts(taken).items() if rest
    }
    payload = {**taken.payload, "owed": [written(at) for at in rest], "starts": starts}
    return replace(taken, payload=payload)


def _fewer(words: Iterable[datetime], gone: Iterable[datetime]) -> list[datetime]:
    """`words` less those that are `gone`; of two of one instant one stays."""
    return sorted((Counter(words) - Counter(gone)).elements())


def _without_merging(log: Sequence[Event]) -> Sequence[Event]:
    """`log` without the merging of the ticket itself, if that is where it ended."""
    last = [event for event in log if event.is_visit][-1]
    return [event for event in log if event is not last] if _is_merging(last) else log


def _is_merging(event: Event) -> bool:
    """Whether the ticket itself was merged into another one, and not that one into it."""
    return event.kind is EventKind.MERGED and event.to_kind.is_settled


def _starts(taken: Event) -> dict[str, str]:
    return taken.payload.get("starts", {})


def _words(taken: Event) -> list[datetime]:
    return [read(at) for at in taken.payload.get("owed", ())]


def _moved_by(kept: Sequence[Event], log: Sequence[Event]) -> Event | None:
    """The merge that brought the ticket to its state although none of its words waits any more, nor any other."""
    undone = undone_merges(log) | _taken_back(log)
    entry = [event for event in log if event.is_visit and event.seq not in undone][-1]
    is_held = any(event.seq == entry.seq and _words(event) for event in _held(kept))
    if entry.name != TAKE_IN or is_held or unanswered(kept):
        return None
    return None if any(event.is_buyer_message and event.seq > entry.seq for event in log) else entry


def _clocks_without(
    taken: Event, less: Event, log: Sequence[Event], ticket: Ticket, kept: Sequence[Event]
) -> dict[str, Any]:
    """What sets the clocks that still run as `taken` set them to where they would stand had it been `less`."""
    before = replay(event for event in log if event.seq < taken.seq)
    held, rest = _held(kept), unanswered(kept)
    brought = {at for event in log if event.name == TAKE_IN for at in _words(event)}
    gone = brought - {at for event in held for at in _words(event)}
    set_to = {clock: read(at) for clock, at in _starts(taken).items() if _starts(less).get(clock) != at}
    told = [*held, *(event for event in kept if event.name not in {TAKE_IN, LET_GO})]
    own = {event.occurred_at for event in kept if event.is_buyer_message}  # may be of the instant of one that is gone
    said = {clock: _begun(told, clock) | (own & {ticket.clocks.get(clock)}) for clock in (WINDOW_CLOCK, BUYER_CLOCK)}
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


def _raised_by(begun: set[str], before: Ticket, since: Sequence[Event], *, is_back: bool) -> frozenset[str]:
    """The flags that clocks raised for what has `begun` with words alone, or for the state that they led to."""
    wrong = [event for event in since if event.actor_role is Role.SYSTEM_TIMER and _is_of(event, begun, is_back)]
    right = [event for event in since if event not in wrong]
    return frozenset(_flags(wrong)) - frozenset(_flags(right)) - before.flags


def _is_of(event: Event, begun: set[str], is_back: bool) -> bool:  # noqa: FBT001 - one answer, asked in one place
    return is_back or event.payload.get("spent", {}).get("anchor_at") in begun


def _flags(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        yield from event.payload.get("raises", ())
