"""The use cases that take two tickets: merge and its undo, link and its removal, split. One commit over both.

When each is possible says `merging`; roles are checked here.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from workflow import merging
from workflow.casework import CaseWork
from workflow.handing import still_in_hands
from workflow.opening import contacted
from workflow.refusals import require_role
from workflow.tickets import EVERYTHING, Actor, Event, Scope, Ticket
from workflow.vocabulary import Role
from workflow.workbench import Workbench


class Pairs:
    """What can be done with two tickets of a desk. Threads may share it."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def merge(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        into_id: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Close the ticket as a duplicate of `into_id`, which stays and owes its replies; `undo_merge` undoes it."""

        def work_on(duplicate: CaseWork, into: CaseWork) -> None:
            merging.merge(duplicate, into, self._logs(duplicate, into), actor, now)

        return self._both(ticket_id, into_id, work_on, actor, now, expected_version, scope)

    def undo_merge(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        into_id: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Bring a merged ticket back to where it was: the buyer's clocks run on; not once it was moved on."""

        def work_on(duplicate: CaseWork, into: CaseWork) -> None:
            merging.undo_merge(duplicate, into, self._logs(duplicate, into), actor, now)

        return self._both(ticket_id, into_id, work_on, actor, now, expected_version, scope)

    def link(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        other_id: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Say that two tickets belong together."""

        def work_on(one: CaseWork, other: CaseWork) -> None:
            merging.link(one, other, actor, now)

        return self._both(ticket_id, other_id, work_on, actor, now, expected_version, scope)

    def unlink(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        other_id: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Take back that two tickets belong together."""

        def work_on(one: CaseWork, other: CaseWork) -> None:
            merging.unlink(one, other, actor, now)

        return self._both(ticket_id, other_id, work_on, actor, now, expected_version, scope)

    def split(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        message_ids: Collection[str],
        category: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Open a ticket of `category` for a part of the buyer's messages; the first ticket keeps all of its own.

        Its log tells of it and of which messages, so a message is split off once, whoever asks again; the version that
        was seen is needed, too.
        """
        require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT})
        children: list[CaseWork] = []

        def work_on(work: CaseWork) -> None:
            store, rules = self._bench.store, self._bench.rules
            chosen = merging.to_split(work.case, self._log(work), message_ids)
            contact = merging.contact_of(work.case, chosen, category)
            contact = replace(contact, assignee_id=still_in_hands(store, contact.assignee_id))
            children.append(contacted(store, rules, contact, actor, chosen[0].sent_at, now, linked=work.ticket))
            merging.split_off(work, children[-1], chosen, actor, now)

        self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)
        return children[-1].ticket

    def _logs(self, duplicate: CaseWork, into: CaseWork) -> merging.Logs:
        return merging.Logs(of_duplicate=self._log(duplicate), of_stay=self._log(into))

    def _log(self, work: CaseWork) -> tuple[Event, ...]:
        return (*self._bench.store.events_of(work.ticket.id), *work.done)

    def _both(  # noqa: PLR0913, PLR0917 - one change has this many parts
        self,
        ticket_id: str,
        other_id: str,
        work_on: Callable[[CaseWork, CaseWork], None],
        actor: Actor,
        now: datetime,
        expected_version: int | None,
        scope: Scope,
    ) -> Ticket:
        require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT})
        return self._bench.change_both(
            (ticket_id, other_id), work_on, now=now, expected_version=expected_version, scope=scope
        )
