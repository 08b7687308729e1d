"""A list without a ticket: why, and where what was searched for is instead."""

import streamlit as st

from data.selection import QueueFilter, QueueView
from pages.queue.look import HANDED_OVER, Look, conditions_of
from pages.queue.narrowing import go_to
from pages.shared import access, session
from pages.shared.empty import empty_state
from pages.shared.numbers import number_of
from pages.shared.texts import _, counted
from workflow.words import sought


def nothing(look: Look, asked: QueueFilter) -> None:
    """Draw it in the place of the list; `asked` is what found nothing."""
    if look.is_narrowed:
        found_count = _found_elsewhere(look, asked)
        if found_count:
            _elsewhere(look, asked, found_count)
            return
        empty_state(_("Nothing matches"), _("Change the search or the filter."), icon=":material/search_off:")
    elif look.view is QueueView.MINE:
        text = _("Nothing is assigned to you. Take a ticket from “Unassigned”.")
        empty_state(_("Your queue is empty"), text, icon=":material/inbox:")
    else:
        empty_state(_("Nothing here"), _("No ticket is in this queue now."), icon=":material/inbox:")


def _everywhere(look: Look) -> Look:
    """The same search, in all tickets."""
    return Look(view=QueueView.ALL, search=look.search, columns=look.columns)


def _found_elsewhere(look: Look, asked: QueueFilter) -> int:
    """How many tickets the search alone finds. Without one, or where it was all that narrows, nothing is counted."""
    is_all = look.view is QueueView.ALL and not asked.numbers and not any(look.facets.values())
    if not look.search or is_all:
        return 0
    everywhere = QueueFilter(now=asked.now, scope=asked.scope, view=QueueView.ALL, search=look.search)
    return access.metrics().open_queue_count(everywhere)


def _elsewhere(look: Look, asked: QueueFilter, found_count: int) -> None:
    found = counted("{count} ticket matches elsewhere.", "{count} tickets match elsewhere.", found_count)
    text = _("{found} This list leaves it out by its view or filter.")
    if found_count > 1:
        text = _("{found} This list leaves them out by its view or filter.")
    empty_state(_("Nothing matches in this list"), text.format(found=found), icon=":material/search_off:")
    number = _number_sought(look.search)
    is_there = number is not None and access.directory().ticket_id(number, asked.scope) is not None
    with st.container(horizontal=True, horizontal_alignment="center", gap="small", key="queue_elsewhere_found"):
        if is_there:
            st.button(
                _("Open ticket {number}").format(number=number),
                icon=":material/confirmation_number:",
                key="queue_found_ticket",
                type="primary",
                on_click=_open,
                args=(_everywhere(look), number),
            )
        if found_count > is_there:
            st.button(
                counted("Show {count} ticket in “All”", "Show {count} tickets in “All”", found_count),
                icon=":material/search:",
                key="queue_found_in_all",
                on_click=go_to,
                args=(_everywhere(look),),
                kwargs={HANDED_OVER: ""},
            )


def _number_sought(search: str) -> int | None:
    """The ticket's number that is all the search says, however it is written; None where it says more or other."""
    wanted = sought(search)
    return number_of(wanted.beginning) if wanted and not wanted.words and not wanted.left_out else None


def _open(everywhere: Look, number: int) -> None:
    """Show the ticket, and the list of all that the search finds."""
    session.set_query(**conditions_of(everywhere), **{HANDED_OVER: ""}, ticket=str(number), ledger="", page="")
