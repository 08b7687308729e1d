"""Queue and ticket: the list on the left, the chosen ticket on the right; the address names both."""

from pathlib import Path

import streamlit as st

from pages.queue import acting, new_contact
from pages.queue.actions import actions
from pages.queue.conversation import conversation
from pages.queue.diagram.picture import picture
from pages.queue.evidence_card import evidence_card
from pages.queue.form import open_form
from pages.queue.head import head
from pages.queue.listing import listing, step
from pages.queue.order_card import order_card
from pages.queue.sheet import Sheet, load
from pages.shared import access, components, errors, session
from pages.shared.empty import empty_desk, empty_state
from pages.shared.formats import plain
from pages.shared.people import DeskRole, Person, require
from pages.shared.texts import _
from workflow.vocabulary import Role

_diagram = components.load(Path(__file__).parent / "diagram", '<div class="diagram" tabindex="0" role="region"></div>')


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.AGENT)
    _say_what_was_done()
    _title(person)
    if access.is_empty():
        empty_desk()
        return
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="queue_list"):
        listing(person)
    with right, errors.sentences():
        _ticket(person)


def _title(person: Person) -> None:
    title, buttons = st.columns([2, 3], vertical_alignment="center")
    title.title(_("Queue"), anchor=False)
    with buttons, st.container(horizontal=True, horizontal_alignment="right", gap="small", key="queue_steps"):
        st.button(
            _("Previous"),
            icon=":material/keyboard_arrow_up:",
            on_click=step,
            args=(-1,),
            shortcut="K",
            key="queue_previous",
        )
        st.button(
            _("Next"), icon=":material/keyboard_arrow_down:", on_click=step, args=(1,), shortcut="J", key="queue_next"
        )
        st.button(
            _("New contact"),
            icon=":material/add:",
            type="primary",
            key="queue_new",
            shortcut="N",
            on_click=new_contact.begin,
        )
    if session.recall(new_contact.IS_OPEN):
        new_contact.open_form(person)


def _say_what_was_done() -> None:
    done = session.recall(acting.DONE)
    session.forget(acting.DONE)
    if done:
        st.toast(plain(done), icon=":material/check:")


def _ticket(person: Person) -> None:
    number = session.query("ticket")
    if not number:
        return
    ticket_id = access.directory().ticket_id(int(number), person.scope) if number.isdecimal() else None
    if ticket_id is None:
        text = _("There is no ticket {number} that you may see.").format(number=plain(number))
        empty_state(_("Not found"), text, icon=":material/search_off:")
        return
    sheet = load(ticket_id, person)
    refusal = session.recall(acting.REFUSAL)
    if refusal and refusal.sentence and not session.recall(acting.ASKED):
        st.warning(plain(refusal.sentence), icon=":material/sync_problem:")
        session.forget(acting.REFUSAL)
    with st.container(border=True, key="queue_ticket"):
        head(sheet)
        _states(sheet)
        actions(sheet)
    conversation_side, order_side = st.columns([3, 2], gap="small")
    with conversation_side:
        conversation(sheet)
    with order_side:
        order_card(sheet)
        evidence_card(sheet)
    asked = session.recall(acting.ASKED)
    if asked and asked.ticket.id == sheet.ticket.id:
        open_form(sheet, asked)


def _states(sheet: Sheet) -> None:
    offers = sheet.offers[Role.SELLER_AGENT]
    drawn = _diagram(
        key="queue_diagram",
        data=picture(sheet.lifecycle, sheet.ticket, sheet.events, offers, sheet.now),
        on_start_change=lambda: None,
    )
    target = drawn.start
    if target:
        leading = [offer.trigger for offer in offers if offer.is_allowed and target in offer.to_states]
        acting.ask(sheet, Role.SELLER_AGENT, leading)
