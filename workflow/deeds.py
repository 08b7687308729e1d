"""One act on a ticket as somebody asks for it, and where it goes if the ticket was merged (DECISIONS: Merging).

Owns the order of its checks, and that what a buyer writes in a merged ticket is said in the one that stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.casework import CaseWork
from workflow.evidence import File, refuse_files_of_notes
from workflow.late import is_late, record_late
from workflow.merging import merged_link
from workflow.owed import MESSAGE
from workflow.ports import TicketStore
from workflow.refusals import refuse_moment, refuse_stranger
from workflow.tickets import EVERYTHING, Actor, Scope
from workflow.vocabulary import EventKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """What is to be done: `trigger` with its `inputs`, true at `at`, and `files` attached before it."""

    actor: Actor
    trigger: str
    at: datetime
    inputs: Mapping[str, object]
    files: Sequence[File] = ()

    def stays(self, ticket_id: str, store: TicketStore, scope: Scope = EVERYTHING) -> str:
        """The ticket in which it is done: of a buyer's message in a merged ticket the one that stays, else the ticket.

        `TicketNotFoundError` where the ticket is not within `scope`; where the message goes on to, may lie outside.
        """
        if self.trigger != MESSAGE:
            return ticket_id
        store.load_case(ticket_id, scope)  # whose links outside of the scope are not shown
        case, passed = store.load_case(ticket_id), {ticket_id}
        while (link := merged_link(case)) and link.id not in passed:
            passed.add(link.id)
            case = store.load_case(link.id)
        return case.ticket.id

    def do_to(self, work: CaseWork, store: TicketStore) -> None:
        """Do it to the ticket of `work`; a fact that is late is recorded at its own time."""
        refuse_stranger(work.ticket, self.actor)
        refuse_moment(work.ticket, self.at, work.now)
        refuse_files_of_notes(self.files, (self.inputs,))
        if self.files:
            work.attach(self.files, self.actor, self.at)
        is_past = self.at < max(work.now, work.ticket.state_entered_at)
        log = (*store.events_of(work.ticket.id), *work.done) if is_past else ()
        if is_past and is_late(work.ticket, log, self.at):
            record_late(work, log, self.actor, self.trigger, self.inputs, self.at)
        else:
            work.act(self.actor, self.trigger, self.inputs, self.at)

    def pass_on(self, merged: CaseWork, stays: CaseWork, store: TicketStore) -> None:
        """Say it in the ticket that stays, as said in `merged`, whose log tells where to; not once it is its own again.

        What was said before the ticket that stays was opened is said at its opening.
        """
        if stays is merged or merged_link(merged.case) is None:
            self.do_to(merged, store)
            return
        refuse_moment(merged.ticket, self.at, merged.now)
        stays.origin = merged.ticket
        replace(self, at=max(self.at, stays.ticket.opened_at)).do_to(stays, store)
        told = {"other_ticket_id": stays.ticket.id, "other_number": stays.ticket.number}
        merged.write(merged.note(EventKind.TRANSITION, self.trigger, self.actor, self.at, told))
