"""The desk's tickets in DuckDB: `workflow.ports.TicketStore` by the storage rules (DECISIONS: Storage rules)."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from data.blobs import Blobs
from data.case_files import rows_of, scope_parameters, surroundings
from data.case_shelf import CaseShelf, touched
from data.commits import StaleChangeError, run, value_of, write
from data.database import Database
from data.errors import EvidenceUnwritableError, WriteConflictError
from data.notices.telling import colleagues_of, keep, news_of_changes
from data.people import keep_newcomers
from data.recalled import UNKNOWN
from data.record_rows import content_of, item_rows, order_row, posting_of, posting_row, product_row
from data.rows import event_of
from data.search_index import keep_claim_words, keep_order_words, keep_posting_words, keep_product_words
from data.staff import Staff
from workflow.contacts import Contact, Newcomers
from workflow.errors import TicketChangedError, TicketNotFoundError
from workflow.notices import Colleague
from workflow.policies import PolicyRow
from workflow.ports import Change
from workflow.records import Case, Order, Posting, Product, Surroundings
from workflow.refusals import refuse_changed
from workflow.staff import Profile
from workflow.tickets import EVERYTHING, TIMER, Event, Scope

CLOCK_NAME = "the clock"


def evidence_root(database_path: Path) -> Path:
    """Where the files of evidence lie: beside the desk's file."""
    return database_path.with_name(f"{database_path.name}.evidence")


class DuckTicketStore:
    """Keeps tickets, their log and what lies beside them. Safe to share between threads."""

    def __init__(self, database: Database, evidence: Path) -> None:
        self.database = database
        self.blobs = Blobs(evidence)
        self._cases = CaseShelf(database)

    def load_case(self, ticket_id: str, scope: Scope = EVERYTHING) -> Case:
        """The ticket and its file; `TicketNotFoundError` if there is none within `scope`."""
        return self._cases.case(ticket_id, scope)

    def surroundings(self, contact: Contact) -> Surroundings:
        """What is known of the order, the parcel and the product that `contact` names."""
        with self.database.reading() as cursor:
            return surroundings(cursor, contact.order_id, contact.posting_number, contact.product_id)

    def events_of(self, ticket_id: str, scope: Scope = EVERYTHING) -> tuple[Event, ...]:
        """The ticket's log by `seq`."""
        place = ("events", ticket_id)
        stamp = self.database.recalled.stamp(("events",), ticket_id)
        events = self.database.recalled.look_up(place, stamp) if scope == EVERYTHING else UNKNOWN
        if events is not UNKNOWN:
            return events
        with self.database.reading() as cursor:
            rows = rows_of(cursor, "store/events_of", {"ticket_id": ticket_id, **scope_parameters(scope)})
        if not rows:
            raise TicketNotFoundError(ticket_id=ticket_id)
        events = tuple(map(event_of, rows))
        if events[0].ticket_id == ticket_id:
            self.database.recalled.keep(place, stamp, events)
        return events

    def commit(
        self,
        changes: Sequence[Change],
        *,
        posting: Posting | None = None,
        seen: Posting | None = None,
        newcomers: Newcomers | None = None,
    ) -> tuple[Event, ...]:
        """Write all `changes`, the posting and the newcomers in one transaction; it is durable when this returns.

        The bytes of evidence are on the disk before the transaction begins. A stale change writes nothing and raises
        `TicketChangedError`.
        """
        for change in changes:
            _refuse_gaps(change)
            self._keep_evidence(change)
        if posting is None and newcomers is None:
            return self._write(changes)
        with self.database.writing() as cursor:
            if posting is not None:
                self.save_posting(posting, seen=seen)
            if newcomers is not None:
                keep_newcomers(cursor, newcomers)
            return self._write(changes)

    def name_of(self, person_id: str) -> str:
        """How people call an agent or a process; the id itself where no name is known."""
        if person_id == TIMER.id:
            return CLOCK_NAME

        def ask() -> str:
            rows = self.database.read("store/name_of", {"id": person_id})
            return rows[0][0] if rows else person_id

        return self.database.recall(("name_of", person_id), ask, ("agents",))

    def role_of(self, person_id: str) -> str:
        """What an agent is on the desk's records; empty where they have none."""

        def ask() -> str:
            rows = self.database.read("store/role_of", {"id": person_id})
            return rows[0][0] if rows else ""

        return self.database.recall(("role_of", person_id), ask, ("agents",))

    def next_number(self) -> int:
        """A human ticket number that was never given before."""
        with self.database.writing() as cursor:
            return value_of(cursor, "store/next_number", {})

    def due_timers(self, now: datetime, limit: int, scope: Scope = EVERYTHING) -> tuple[tuple[datetime, str], ...]:
        """Up to `limit` pairs of (earliest due_at, ticket id) with `due_at <= now`, by due_at then ticket id."""
        parameters = {"now": now, "limit": limit, **scope_parameters(scope)}
        return tuple(
            (due_at, str(ticket_id)) for due_at, ticket_id in self.database.read("store/due_timers", parameters)
        )

    def tickets_of_posting(
        self, posting_number: str, scope: Scope = EVERYTHING, *, order_id: str = ""
    ) -> tuple[str, ...]:
        """Ids of the tickets about a posting or its order, oldest first."""
        parameters = {"posting_number": posting_number, "order_id": order_id, **scope_parameters(scope)}
        return tuple(str(ticket_id) for (ticket_id,) in self.database.read("store/tickets_of_posting", parameters))

    def save_order(self, order: Order, postings: Sequence[Posting], products: Sequence[Product]) -> None:
        """Insert or replace an order with its items, postings and products."""
        with self.database.writing() as cursor:
            run(cursor, "store/save_order", order_row(order))
            lines = {"order_id": order.id, "line_count": len(order.items)}
            run(cursor, "store/drop_order_items", lines)
            for row in item_rows(order):
                run(cursor, "store/save_order_item", row)
            keep_order_words(cursor, order)
            for posting in postings:
                run(cursor, "store/save_posting", posting_row(posting))
                keep_posting_words(cursor, posting)
            for product in products:
                run(cursor, "store/save_product", product_row(product, order.seller_id))
                keep_product_words(cursor, product)

    def save_posting(self, posting: Posting, *, seen: Posting | None = None) -> None:
        """Insert or replace a posting, where it is still as it was `seen`."""
        with self.database.writing() as cursor:
            if seen is not None:
                refuse_changed(seen, surroundings(cursor, "", posting.number, "").posting)
            run(cursor, "store/save_posting", posting_row(posting))
            keep_posting_words(cursor, posting)

    def order_by_number(self, number: str, scope: Scope = EVERYTHING) -> Order | None:
        """The order with this marketplace number, or the order that has a posting with this number.

        An order has a seller, but no team. An order about which other teams have tickets, and none of the reader's
        teams, is theirs; one without tickets is everybody's.
        """
        parameters = {"number": number, **scope_parameters(scope)}
        with self.database.reading() as cursor:
            found = run(cursor, "store/order_id_by_number", parameters)
            return surroundings(cursor, found[0][0], "", "").order if found else None

    def newest_posting(self, order_id: str, but_for: Collection[str]) -> Posting | None:
        """The order's parcel whose status changed last (of two the later number), but for those with these numbers."""
        rows = self.database.read("store/newest_posting", {"order_id": order_id, "but_for": list(but_for)})
        return posting_of(content_of(rows[0][0])) if rows else None

    def profiles(self) -> tuple[Profile, ...]:
        """What is known of each agent's work, by agent id."""
        return Staff(self.database).profiles()

    def policy_rows(self) -> tuple[PolicyRow, ...]:
        """Every dated policy row of the desk."""
        return tuple(
            PolicyRow(
                id=row_id,
                key=key,
                budget=timedelta(seconds=seconds),
                valid_from=valid_from,
                source=source,
                when=json.loads(conditions),
            )
            for row_id, key, seconds, valid_from, source, conditions in self.database.read("store/policy_rows")
        )

    def last_position(self) -> int:
        """The position of the newest event, 0 on an empty desk: it grows with every event."""
        return self.database.read("store/last_position")[0][0]

    def newest_event_at(self) -> datetime | None:
        """The last instant at which something happened or was recorded; None on an empty desk."""
        return self.database.read("store/newest_event_at", {"position": self.last_position()})[0][0]

    def _write(self, changes: Sequence[Change]) -> tuple[Event, ...]:
        if not changes:
            return ()
        known: dict[str, Case] = {}
        try:
            with self.database.writing(touched(changes), lambda: self._cases.take_over(known, changes)) as cursor:
                known |= self._cases.known(changes)
                held = {ticket_id: case.ticket.assignee_id for ticket_id, case in known.items()}
                news = news_of_changes(cursor, changes, held, self._colleagues)
                events = write(cursor, changes, {ticket_id: case.ticket for ticket_id, case in known.items()})
                for claim in (item for change in changes for item in change.claims):
                    keep_claim_words(cursor, claim)
                keep(cursor, news)
                return events
        except StaleChangeError as stale:
            raise self._changed(stale.ticket_id) from stale
        except WriteConflictError as conflict:
            stale_id = self._stale(changes)
            if stale_id is None:
                raise
            raise self._changed(stale_id) from conflict

    def _colleagues(self) -> tuple[Colleague, ...]:
        return self.database.recall("colleagues", lambda: colleagues_of(self.database), ("agents",))

    def _keep_evidence(self, change: Change) -> None:
        for item, content in change.evidence:
            if self.blobs.put(content) != item.content_hash:
                raise EvidenceUnwritableError(reason=f"{item.file_name} is not the file that its hash names")

    def _stale(self, changes: Sequence[Change]) -> str | None:
        for change in changes:
            rows = self.database.read("store/ticket_version", {"ticket_id": change.ticket.id})
            if (rows[0][0] if rows else 0) != change.expected_version:
                return change.ticket.id
        return None

    def _changed(self, ticket_id: str) -> TicketChangedError | TicketNotFoundError:
        with self.database.reading() as cursor:
            rows = rows_of(cursor, "store/newest_event", {"ticket_id": ticket_id})
        if not rows:
            return TicketNotFoundError(ticket_id=ticket_id)
        number, event = rows[0].pop("number"), event_of(rows[0])
        winner, what = self.name_of(event.recorded_by), event.name.replace("_", " ")
        return TicketChangedError(number=number, winner=winner, changed_at=event.recorded_at, what=what, event=event)


def _refuse_gaps(change: Change) -> None:
    """A log with a gap could not be replayed, and a change without events would leave no trace: the caller's fault."""
    if not change.events:
        raise ValueError(f"The change of ticket {change.ticket.number} has no event.")
    expected = range(change.expected_version + 1, change.expected_version + 1 + len(change.events))
    if [event.seq for event in change.events] != list(expected) or change.ticket.version != expected.stop - 1:
        raise ValueError(
            f"The events of ticket {change.ticket.number} do not follow version {change.expected_version}."
        )
