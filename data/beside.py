"""What stands beside a ticket: the buyer's other tickets, what else hangs together with it, how its product returns.

Each question is one statement; the answers are as of the instant that the caller names. SQL is in `sql/beside`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.case_files import scope_parameters
from data.database import Database
from data.record_rows import claim_of, content_of, evidence_of, message_of
from data.rows import Row
from workflow.records import Case, Claim, Evidence, Message
from workflow.tickets import EVERYTHING, Scope
from workflow.vocabulary import LinkKind, StateKind

RELATED_DAYS = timedelta(days=7)
RETURNS_DAYS = timedelta(days=90)
BUYER_LIMIT = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherTicket:
    """Another ticket of the same buyer with the same seller."""

    id: str
    number: int
    category: str
    state: str
    state_kind: StateKind
    opened_at: datetime
    resolution_reason: str
    is_same_order: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """How many tickets of the last `RELATED_DAYS` share one thing (`shares`) with a ticket, with up to five numbers."""

    shares: str
    tickets_count: int
    open_count: int
    newest_numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Returns:
    """A product over `RETURNS_DAYS`: pieces sold, return requests, and those by reason, the most frequent first."""

    sold_count: int
    returns_count: int
    by_reason: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedMessage:
    """A message of a ticket that was merged into another one, and the number of the ticket that it was written to."""

    number: int
    message: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedEvidence:
    """A file of a ticket that was merged into another one, and the number of the ticket that it was added to."""

    number: int
    evidence: Evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedClaim:
    """A claim of a ticket that was merged into another one, and the number of the ticket that it was recorded in."""

    number: int
    claim: Claim


class Beside:
    """Answers one question per method, within a `Scope`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def buyer_tickets(self, case: Case, scope: Scope = EVERYTHING) -> tuple[OtherTicket, ...]:
        """Up to `BUYER_LIMIT` other tickets of the buyer with this seller, the newest first; no profile beyond that."""
        ticket = case.ticket
        parameters = {
            "ticket_id": ticket.id,
            "buyer_key": ticket.buyer_key,
            "seller_id": ticket.seller_id,
            "order_id": ticket.order_id,
            "row_limit": BUYER_LIMIT,
            **scope_parameters(scope),
        }
        return tuple(
            OtherTicket(
                id=ticket_id,
                number=number,
                category=category,
                state=state,
                state_kind=StateKind(kind),
                opened_at=opened_at,
                resolution_reason=reason,
                is_same_order=is_same_order,
            )
            for number, ticket_id, category, state, kind, opened_at, reason, is_same_order in self.database.read(
                "beside/buyer_tickets", parameters
            )
        )

    def merged_messages(self, case: Case, scope: Scope = EVERYTHING) -> tuple[MergedMessage, ...]:
        """What was written to the tickets that were merged into this one, oldest first; they keep it (Merging)."""
        rows = self._merged("beside/merged_messages", case, scope)
        return tuple(MergedMessage(number=number, message=message_of(row)) for number, row in rows)

    def merged_evidence(self, case: Case, scope: Scope = EVERYTHING) -> tuple[MergedEvidence, ...]:
        """The evidence of the same tickets, oldest first."""
        rows = self._merged("beside/merged_evidence", case, scope)
        return tuple(MergedEvidence(number=number, evidence=evidence_of(row)) for number, row in rows)

    def merged_claims(self, case: Case, scope: Scope = EVERYTHING) -> tuple[MergedClaim, ...]:
        """The claims of the same tickets, in the order in which they were filed."""
        rows = self._merged("beside/merged_claims", case, scope)
        return tuple(MergedClaim(number=number, claim=claim_of(row)) for number, row in rows)

    def _merged(self, query: str, case: Case, scope: Scope) -> list[tuple[int, Row]]:
        if not any(link.kind is LinkKind.DUPLICATE_OF and link.is_child for link in case.links):
            return []
        asked = {"ticket_id": case.ticket.id, **scope_parameters(scope)}
        return [(number, content_of(record)) for number, record in self.database.read(query, asked)]

    def related(self, case: Case, now: datetime, scope: Scope = EVERYTHING) -> tuple[Shared, ...]:
        """What tickets of the same category opened within `RELATED_DAYS` share with this one."""
        ticket, posting = case.ticket, case.posting
        parameters = {
            "ticket_id": ticket.id,
            "category": ticket.category,
            "since": now - RELATED_DAYS,
            "until": now,
            "posting_number": ticket.posting_number,
            "product_id": ticket.product_id,
            "carrier": posting.carrier if posting else "",
            "warehouse": posting.warehouse if posting else "",
            **scope_parameters(scope),
        }
        return tuple(
            Shared(shares=shares, tickets_count=count, open_count=open_count, newest_numbers=tuple(numbers))
            for shares, count, open_count, numbers in self.database.read("beside/related_counts", parameters)
        )

    def returns(self, product_id: str, now: datetime, scope: Scope = EVERYTHING) -> Returns:
        """How often the product was sold and asked to be taken back within `RETURNS_DAYS`, by reason; within `scope`.

        Orders have no team: one about which only other teams have tickets is theirs.
        """
        parameters = {
            "product_id": product_id,
            "since": now - RETURNS_DAYS,
            "until": now,
            **scope_parameters(scope),
        }
        rows = self.database.read("beside/product_returns", parameters)
        by_reason = tuple((reason, count) for _sold, reason, count in rows if count)
        return Returns(
            sold_count=int(rows[0][0]), returns_count=sum(count for _, count in by_reason), by_reason=by_reason
        )


def duplicates(others: tuple[OtherTicket, ...], case: Case) -> tuple[OtherTicket, ...]:
    """Those that may be the same issue: same order, same category, open, and not linked with it yet."""
    known = {link.id for link in case.links}
    return tuple(
        other
        for other in others
        if other.is_same_order
        and other.category == case.ticket.category
        and not other.state_kind.is_settled
        and other.id not in known
    )
