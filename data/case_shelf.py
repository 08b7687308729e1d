"""Cases that were read before, kept in memory until one of their tables is written for their ticket, or for any.

Whoever opens a ticket reads it several times, and then acts on it. What an act makes of its ticket is known before it
is written, so the next act on it needs no reading. The optimistic check stays with the writing: it knows what is true.
Owns which cases can be kept. What is forgotten when is `recalled`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.case_files import load_case
from data.database import Database
from data.recalled import UNKNOWN
from workflow.errors import TicketNotFoundError
from workflow.ports import Change
from workflow.records import Case
from workflow.tickets import EVERYTHING, Scope, Ticket

TABLES = (
    "tickets",
    "messages",
    "evidence",
    "claims",
    "ticket_links",
    "orders",
    "order_items",
    "postings",
    "products",
)  # that a case is read from


_SEEN = frozenset({"expected_version", "ticket", "events", "messages"})  # of a change: what a kept case takes over


@dataclass(frozen=True, slots=True)
class CaseShelf:
    """The cases of one desk's file. Safe to share between threads."""

    database: Database

    def case(self, ticket_id: str, scope: Scope = EVERYTHING) -> Case:
        """The ticket and its file; `TicketNotFoundError` if there is none within `scope`."""
        stamp = self.database.recalled.stamp(TABLES, ticket_id)
        case = self.database.recalled.look_up(_key(ticket_id), stamp)
        if case is UNKNOWN:
            with self.database.reading() as cursor:
                case = load_case(cursor, ticket_id, EVERYTHING)
                if not _is_kept(case, ticket_id):
                    return case if scope == EVERYTHING else load_case(cursor, ticket_id, scope)
            self.database.recalled.keep(_key(ticket_id), stamp, case)
        if not scope.covers(case.ticket):
            raise TicketNotFoundError(ticket_id=ticket_id)
        return case

    def known(self, changes: Sequence[Change]) -> dict[str, Case]:
        """The cases on which `changes` were made, by ticket id, as far as they are still at hand."""
        recalled = self.database.recalled
        found = {
            change.ticket.id: recalled.look_up(_key(change.ticket.id), recalled.stamp(TABLES, change.ticket.id))
            for change in changes
        }
        first = {change.ticket.id: change.expected_version for change in reversed(changes)}
        return {
            ticket_id: case
            for ticket_id, case in found.items()
            if case is not UNKNOWN and case.ticket.version == first[ticket_id]
        }

    def take_over(self, known: Mapping[str, Case], changes: Sequence[Change]) -> None:
        """Keep what `changes`, which are durable now, made of the `known` cases. Nobody may write meanwhile."""
        linked = _linked(changes)
        cases: dict[str, Case | None] = {
            ticket_id: case for ticket_id, case in known.items() if ticket_id not in linked
        }
        for change in changes:
            case = cases.get(change.ticket.id)
            cases[change.ticket.id] = _after(case, change) if case else None
        for ticket_id, case in cases.items():
            if case:
                self.database.recalled.keep(_key(ticket_id), self.database.recalled.stamp(TABLES, ticket_id), case)


def touched(changes: Sequence[Change]) -> frozenset[str]:
    """The ids of the tickets whose cases `changes` alter."""
    return frozenset(change.ticket.id for change in changes) | _linked(changes)


def _linked(changes: Sequence[Change]) -> frozenset[str]:
    """The ids of the tickets at either end of a link that comes or goes."""
    links = [link for change in changes for link in (*change.links, *change.dropped_links)]
    return frozenset(link.from_ticket_id for link in links) | frozenset(link.to_ticket_id for link in links)


def _is_kept(case: Case, ticket_id: str) -> bool:
    """Whether only writes to the ticket itself alter the case: what is linked changes by acts of its own."""
    return not case.links and case.ticket.id == ticket_id


def _after(case: Case, change: Change) -> Case | None:
    """The case after `change`; None where it is to be read again, for more than the ticket and its texts changed."""
    if any(getattr(change, name) for name in Change.__dataclass_fields__ if name not in _SEEN):
        return None
    if _bought(case.ticket) != _bought(change.ticket):
        return None
    return replace(case, ticket=change.ticket, messages=(*case.messages, *change.messages))


def _bought(ticket: Ticket) -> tuple[str, str, str]:
    return (ticket.order_id, ticket.posting_number, ticket.product_id)


def _key(ticket_id: str) -> tuple[str, str]:
    return ("case", ticket_id)
