"""The kinds by which the stream of a ticket is filtered. An entry may be of several: a reply that moved the ticket."""

from enum import StrEnum, auto

from pages.shared.texts import _
from workflow.records import Message
from workflow.tickets import Event
from workflow.vocabulary import EventKind, Role


class EntryKind(StrEnum):
    """What an entry of the stream is about."""

    MESSAGE = auto()
    NOTE = auto()
    STATE = auto()
    HANDLING = auto()  # who has it, how urgent it is, tags, links with other tickets
    ORDER = auto()
    CLOCK = auto()
    EVIDENCE = auto()


NAMES = {
    EntryKind.MESSAGE: _("Messages"),
    EntryKind.NOTE: _("Notes"),
    EntryKind.STATE: _("States"),
    EntryKind.HANDLING: _("Assignments and links"),
    EntryKind.ORDER: _("Order"),
    EntryKind.CLOCK: _("Clocks"),
    EntryKind.EVIDENCE: _("Evidence"),
}
_OF_EVENT = {
    EventKind.TIMER_SPENT: EntryKind.CLOCK,
    EventKind.EVIDENCE_ADDED: EntryKind.EVIDENCE,
    EventKind.EVIDENCE_TAGGED: EntryKind.EVIDENCE,
    EventKind.CLAIM_RECORDED: EntryKind.ORDER,
    EventKind.RATED: EntryKind.MESSAGE,
} | dict.fromkeys(
    (
        EventKind.ASSIGNED,
        EventKind.PRIORITISED,
        EventKind.TAGGED,
        EventKind.MERGED,
        EventKind.UNMERGED,
        EventKind.SPLIT,
        EventKind.LINKED,
        EventKind.UNLINKED,
    ),
    EntryKind.HANDLING,
)


def of_event(event: Event) -> frozenset[EntryKind]:
    """The kinds of an event that carries no message; whatever moved the ticket is of its states, too."""
    by_clock = event.kind is EventKind.TRANSITION and event.actor_role is Role.SYSTEM_TIMER
    own = EntryKind.CLOCK if by_clock else _OF_EVENT.get(event.kind, EntryKind.STATE)
    return frozenset({own, EntryKind.STATE} if _is_moved(event) else {own})


def of_message(message: Message, event: Event | None) -> frozenset[EntryKind]:
    """The kinds of a message and of the event that carried it."""
    own = EntryKind.MESSAGE if message.is_public else EntryKind.NOTE
    return frozenset({own, EntryKind.STATE} if event is not None and _is_moved(event) else {own})


def _is_moved(event: Event) -> bool:
    return event.is_visit and bool(event.from_state) and event.from_state != event.to_state
