"""A desk that only says what would happen: every use case runs as it is, on a store that keeps nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime

from workflow.contacts import Contact, Newcomers
from workflow.policies import PolicyRow
from workflow.ports import Change, TicketStore
from workflow.records import Case, Order, Posting, Product, Surroundings
from workflow.staff import Profile
from workflow.tickets import EVERYTHING, Event, Scope

NO_NUMBER = 0


class DryRunStore:
    """A `TicketStore` that reads from another one and writes nowhere. A ticket that would be opened has no number."""

    def __init__(self, store: TicketStore) -> None:
        self._store = store

    def load_case(self, ticket_id: str, scope: Scope = EVERYTHING) -> Case:
        """As the other store has it."""
        return self._store.load_case(ticket_id, scope)

    def surroundings(self, contact: Contact) -> Surroundings:
        """As the other store has them."""
        return self._store.surroundings(contact)

    def events_of(self, ticket_id: str, scope: Scope = EVERYTHING) -> tuple[Event, ...]:
        """As the other store has them."""
        return self._store.events_of(ticket_id, scope)

    def commit(
        self,
        changes: Sequence[Change],
        *,
        posting: Posting | None = None,  # noqa: ARG002 - nothing is written
        seen: Posting | None = None,  # noqa: ARG002
        newcomers: Newcomers | None = None,  # noqa: ARG002
    ) -> tuple[Event, ...]:
        """Write nothing."""
        return tuple(event for change in changes for event in change.events)

    def name_of(self, person_id: str) -> str:
        """As the other store has it."""
        return self._store.name_of(person_id)

    def role_of(self, person_id: str) -> str:
        """As the other store has it."""
        return self._store.role_of(person_id)

    def next_number(self) -> int:
        """Give no number away."""
        return NO_NUMBER

    def due_timers(self, now: datetime, limit: int, scope: Scope = EVERYTHING) -> tuple[tuple[datetime, str], ...]:
        """As the other store has them."""
        return self._store.due_timers(now, limit, scope)

    def tickets_of_posting(
        self, posting_number: str, scope: Scope = EVERYTHING, *, order_id: str = ""
    ) -> tuple[str, ...]:
        """As the other store has them."""
        return self._store.tickets_of_posting(posting_number, scope, order_id=order_id)

    def save_order(self, order: Order, postings: Sequence[Posting], products: Sequence[Product]) -> None:
        """Write nothing."""

    def save_posting(self, posting: Posting, *, seen: Posting | None = None) -> None:
        """Write nothing."""

    def order_by_number(self, number: str, scope: Scope = EVERYTHING) -> Order | None:
        """As the other store has it."""
        return self._store.order_by_number(number, scope)

    def newest_posting(self, order_id: str, but_for: Collection[str]) -> Posting | None:
        """As the other store has it."""
        return self._store.newest_posting(order_id, but_for)

    def profiles(self) -> tuple[Profile, ...]:
        """As the other store has them."""
        return self._store.profiles()

    def policy_rows(self) -> tuple[PolicyRow, ...]:
        """As the other store has them."""
        return self._store.policy_rows()
