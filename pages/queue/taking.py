"""Taking the next ticket: the nearest clock that nobody has, within what the list is narrowed to."""

from dataclasses import replace

import streamlit as st

from data.selection import QueueSort, QueueView
from pages.queue import acting, rows
from pages.queue.arrival import arrive
from pages.queue.look import of_address
from pages.shared import access, keys, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole
from pages.shared.people import acting as acting_person
from pages.shared.refusals import worded
from pages.shared.texts import _
from workflow.assignment import take_next
from workflow.bulk import Chosen
from workflow.errors import DeskError

REFUSED = "queue_taking_refused"
TRIED = 200  # some are not what the person takes, and colleagues may be faster with others


def button() -> None:
    """The button; what it did is said with the reason."""
    st.button(
        _("Take next"),
        icon=":material/front_hand:",
        key="queue_take_next",
        on_click=_take,
        shortcut=keys.TAKE_NEXT.shortcut,
        help=_("Assign to me the ticket with the nearest clock that nobody has, within the filters of this list"),
    )


def refusal() -> None:
    """Why nothing was taken, said once."""
    sentence = session.recall(REFUSED)
    session.forget(REFUSED)
    if sentence:
        st.info(plain(sentence), icon=":material/inbox:")


def _take() -> None:
    try:
        person = acting_person(DeskRole.AGENT)
        asked = replace(of_address().filter(person), view=QueueView.UNASSIGNED)
        frame = access.metrics().open_queue(asked, QueueSort.NEAREST_CLOCK, limit=TRIED)
        waiting = [
            Chosen(id=ticket_id, number=int(number), version=int(version))
            for ticket_id, number, version in zip(frame["id"], frame["number"], frame["version"], strict=True)
        ]
        needs = access.staff().needs([item.id for item in waiting], person.scope)
        taken = take_next(
            access.desk().desk, waiting, actor=person.actor, now=asked.now, needs=needs, scope=person.scope
        )
    except DeskError as error:
        session.remember(REFUSED, worded(error))
        return
    clock = dict(zip(frame["number"], rows.clocks(frame, asked.now, is_settled=False), strict=True))[taken.number]
    why = _("Ticket {number} is yours: of those that nobody has its clock is the nearest ({clock}).")
    session.remember(acting.DONE, why.format(number=taken.number, clock=clock))
    session.set_query(ticket=str(taken.number), ledger="", page="")
    arrive()
