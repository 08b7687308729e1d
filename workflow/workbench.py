"""How one change of a ticket is made whole: load, fire what is due, work, follow the links, commit, or again.

Owns the order of these steps and what happens when another was faster. What is done to the ticket is the caller's.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from workflow.casework import CaseWork
from workflow.errors import DeskError, TicketChangedError
from workflow.family import Family
from workflow.ports import Change, TicketStore
from workflow.rules import Rules
from workflow.tickets import EVERYTHING, Event, Scope, Ticket

ATTEMPTS = 3


class Workbench:
    """Carries out changes against a store. Holds no ticket; threads may share one."""

    def __init__(self, store: TicketStore, rules: Rules) -> None:
        self.store = store
        self.rules = rules

    def family(self, now: datetime, scope: Scope = EVERYTHING) -> Family:
        """A family with nobody in it yet."""
        return Family(self.store, self.rules, now, scope)

    def change(  # noqa: PLR0913 - one change has this many parts
        self,
        ticket_id: str,
        work_on: Callable[[CaseWork], None],
        *,
        now: datetime,
        at: datetime | None = None,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Load, fire what is due, do the work, fire what became due, commit; again where another was faster.

        A caller who names `expected_version` has seen the ticket and is told instead.
        """

        def alone(work: CaseWork, _other: CaseWork) -> None:
            work_on(work)

        return self.change_both(
            (ticket_id, ticket_id), alone, now=now, at=at, expected_version=expected_version, scope=scope
        )

    def change_both(  # noqa: PLR0913 - one change has this many parts
        self,
        ticket_ids: tuple[str, str],
        work_on: Callable[[CaseWork, CaseWork], None],
        *,
        now: datetime,
        at: datetime | None = None,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """As `change`, on two tickets in one commit; `expected_version` and what is given back are the first's."""
        attempts = 1 if expected_version is not None else ATTEMPTS
        while True:
            attempts -= 1
            try:
                return self._change(ticket_ids, work_on, now, at or now, expected_version, scope)
            except TicketChangedError:
                if not attempts:
                    raise

    def _change(  # noqa: PLR0913, PLR0917 - as `change`
        self,
        ticket_ids: tuple[str, str],
        work_on: Callable[[CaseWork, CaseWork], None],
        now: datetime,
        at: datetime,
        expected_version: int | None,
        scope: Scope,
    ) -> Ticket:
        family = self.family(now, scope)
        work, other = (family.join(ticket_id) for ticket_id in ticket_ids)
        self._refuse_stale(work.ticket, expected_version)
        family.fire_due(at)
        fired = family.take_changes()
        try:
            self._refuse_moved(work.ticket, fired, expected_version)
            work_on(work, other)
        except DeskError:
            self.commit(fired)
            raise
        family.settle(work, at)
        if other is not work:
            family.settle(other, at)
        family.fire_due(now)
        self.commit([*fired, *family.take_changes()])
        return work.ticket

    def commit(self, changes: Sequence[Change]) -> None:
        """Write `changes`, if there are any."""
        if changes:
            self.store.commit(changes)

    def _refuse_stale(self, ticket: Ticket, expected_version: int | None) -> None:
        if expected_version is not None and ticket.version != expected_version:
            raise self._changed(self.store.events_of(ticket.id)[-1], ticket.number)

    def _refuse_moved(self, ticket: Ticket, fired: Sequence[Change], expected_version: int | None) -> None:
        """Whoever saw the ticket before a clock moved it does not act on what is no longer so."""
        moves = [
            event for change in fired for event in change.events if event.is_visit and event.ticket_id == ticket.id
        ]
        if moves and expected_version is not None:
            raise self._changed(moves[-1], ticket.number)

    def _changed(self, event: Event, number: int) -> TicketChangedError:
        return TicketChangedError(
            number=number,
            winner=self.store.name_of(event.recorded_by),
            changed_at=event.recorded_at,
            what=event.name.replace("_", " "),
            event=event,
        )
