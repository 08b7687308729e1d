"""What the rules need of a store. `workflow.memory` and `data.store` keep it; one contract test holds both."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflow.contacts import Contact, Newcomers
from workflow.policies import PolicyRow
from workflow.records import Case, Claim, Evidence, Link, Message, Order, Posting, Product, Surroundings
from workflow.staff import Profile
from workflow.tickets import EVERYTHING, Event, Scope, Ticket


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What one use case writes about one ticket, all or nothing.

    `expected_version` is the version that was read, 0 for a new ticket; `ticket` is the present after the last of
    `events`, whose seqs run from `expected_version + 1`. `retagged` are files of evidence that the ticket has already.
    """

    expected_version: int
    ticket: Ticket
    events: tuple[Event, ...]
    messages: tuple[Message, ...] = ()
    evidence: tuple[tuple[Evidence, bytes], ...] = ()
    retagged: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()
    dropped_links: tuple[Link, ...] = ()


class TicketStore(Protocol):
    """Keeps tickets, their log and what lies beside them. Every read takes a `Scope`."""

    def load_case(self, ticket_id: str, scope: Scope = EVERYTHING) -> Case:
        """The ticket and its file; `TicketNotFoundError` if there is none within `scope`."""
        ...

    def surroundings(self, contact: Contact) -> Surroundings:
        """What is known of the order, the parcel and the product that `contact` names; unknown ids give None."""
        ...

    def events_of(self, ticket_id: str, scope: Scope = EVERYTHING) -> tuple[Event, ...]:
        """The ticket's log by `seq`."""
        ...

    def commit(
        self,
        changes: Sequence[Change],
        *,
        posting: Posting | None = None,
        seen: Posting | None = None,
        newcomers: Newcomers | None = None,
    ) -> tuple[Event, ...]:
        """Write all `changes` in one transaction and give their events with `position`.

        `TicketChangedError` (the winner's name and time) when a version is stale: then nothing is written. Returns
        only after the transaction is durable. Positions follow the order of `changes` and of their events. With them
        goes what is new of `posting`, as `save_posting` writes it, and the records of `newcomers`: `SellerKnownError`
        where another seller has the name, however it is capitalised.
        """
        ...

    def name_of(self, person_id: str) -> str:
        """How people call an agent or a process; the id itself where no name is known."""
        ...

    def role_of(self, person_id: str) -> str:
        """What an agent is on the desk's records (`workflow.staff.ELSEWHERE`, `LEFT`); empty where they have none."""
        ...

    def next_number(self) -> int:
        """A human ticket number that was never given before."""
        ...

    def due_timers(self, now: datetime, limit: int, scope: Scope = EVERYTHING) -> tuple[tuple[datetime, str], ...]:
        """Up to `limit` pairs of (earliest due_at, ticket id) with `due_at <= now`, by due_at then ticket id."""
        ...

    def tickets_of_posting(
        self, posting_number: str, scope: Scope = EVERYTHING, *, order_id: str = ""
    ) -> tuple[str, ...]:
        """Ids of the tickets about a posting or about the order that it belongs to, oldest first.

        The order counts, too: the parcel of an exchange is not the parcel that the ticket is about. `order_id` is the
        order of a posting that the store may not know yet.
        """
        ...

    def save_order(self, order: Order, postings: Sequence[Posting], products: Sequence[Product]) -> None:
        """Insert or replace an order with its postings and products."""
        ...

    def save_posting(self, posting: Posting, *, seen: Posting | None = None) -> None:
        """Insert or replace a posting; with `seen`, `PostingChangedError` where it is no longer so."""
        ...

    def order_by_number(self, number: str, scope: Scope = EVERYTHING) -> Order | None:
        """The order with this marketplace number, or the order that has a posting with this number."""
        ...

    def newest_posting(self, order_id: str, but_for: Collection[str]) -> Posting | None:
        """The order's parcel whose status changed last (of two the later number), but for those with these numbers."""
        ...

    def profiles(self) -> tuple[Profile, ...]:
        """What is known of each agent's work, by agent id."""
        ...

    def policy_rows(self) -> tuple[PolicyRow, ...]:
        """Every dated policy row of the desk."""
        ...
