"""Queue and ticket: the list on the left, the chosen ticket on the right; the address names both."""

import streamlit as st

from pages.queue import acting, arrival, drawers, mirror, new_contact, parcel, play, refused, rows, taking
from pages.queue.actions import actions
from pages.queue.company import company
from pages.queue.composer import sending
from pages.queue.conversation import conversation
from pages.queue.form import open_form
from pages.queue.head import head
from pages.queue.listing import listing
from pages.queue.paging import BACK, FORWARD, step
from pages.queue.sheet import Sheet, load
from pages.queue.side_cards import beside
from pages.queue.states import states
from pages.shared import access, definitions, errors, keys, ledger_drawer, session
from pages.shared.empty import empty_desk, empty_state
from pages.shared.formats import plain
from pages.shared.numbers import number_of, shown
from pages.shared.people import DeskRole, Person, require
from pages.shared.texts import _

DEFINITIONS = (
    "Timers and ticking",
    "Targets",
    "Due and missed",
    "Due and breached in the queue",
    "Satisfaction",
    "What stands beside a ticket",
    "The stream of a ticket",
)


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.AGENT)
    is_done = _say_what_was_done()
    _title(person)
    keys.listen()
    taking.refusal()
    if access.is_empty():
        empty_desk()
        return
    left, right = st.columns([47, 53], gap="small")
    with left, st.container(key="queue_list"):
        listing(person)
    with right, errors.sentences():
        _ticket(person, is_done=is_done)


def _title(person: Person) -> None:
    title, buttons = st.columns([2, 3], vertical_alignment="center")
    title.title(_("Queue"), anchor=False)
    with buttons, st.container(horizontal=True, horizontal_alignment="right", gap="small", key="queue_steps"):
        st.button(
            _("Previous"),
            icon=":material/keyboard_arrow_up:",
            on_click=step,
            args=(BACK,),
            shortcut=keys.PREVIOUS.shortcut,
            key="queue_previous",
        )
        st.button(
            _("Next"),
            icon=":material/keyboard_arrow_down:",
            on_click=step,
            args=(FORWARD,),
            shortcut=keys.NEXT.shortcut,
            key="queue_next",
        )
        st.button(
            _("New contact"),
            icon=":material/add:",
            type="primary",
            key="queue_new",
            shortcut=keys.NEW.shortcut,
            on_click=new_contact.begin,
        )
        taking.button()
        play.switch()
        keys.help_button()
    if drawers.is_open(drawers.CONTACT):
        new_contact.open_form(person)


def _say_what_was_done() -> bool:
    session.forget(sending.SENT)
    done, left = session.recall(acting.DONE), play.left()
    session.forget(acting.DONE)
    if done and left:  # the screen is on another ticket already
        done = _("Ticket {number} · {done}").format(number=left, done=done)
    if done:
        st.toast(plain(done), icon=":material/check:")
    return bool(done)


def _ticket(person: Person, *, is_done: bool) -> None:
    named = session.query("ticket")
    if not named:
        return
    number = number_of(named)
    ticket_id = access.directory().ticket_id(number, person.scope) if number is not None else None
    if ticket_id is None:
        text = _("There is no ticket {number} that you may see.").format(number=plain(shown(named)))
        empty_state(_("Not found"), text, icon=":material/search_off:")
        return
    sheet = load(ticket_id, person)
    refused.take_over(ticket_id, is_done=is_done)
    with st.container(border=True, key="queue_ticket"):
        head(sheet)
        refused.say(ticket_id, refused.HEAD)
        company(sheet)
        states(sheet)
        actions(sheet)
    conversation_side, order_side = st.columns([3, 2], gap="small")
    with conversation_side:
        conversation(sheet)
    with order_side:
        beside(sheet)
    definitions.fold(DEFINITIONS, key="queue_definitions")
    arrival.head_in_sight(session.recall(play.NUMBERS, []), rows.HEIGHT)
    _drawer(sheet)


def _drawer(sheet: Sheet) -> None:
    """The form that is open, if one is."""
    asked = session.recall(drawers.ASKED)
    if asked and asked.ticket.id == sheet.ticket.id:
        open_form(sheet, asked)
    elif drawers.is_open(drawers.PARCEL, sheet.ticket.id) and parcel.parcels(sheet):
        parcel.open_form(sheet)
    elif drawers.is_open(drawers.MIRROR, sheet.ticket.id):
        mirror.open_form(sheet)
    elif ledger_drawer.is_wanted() and not drawers.is_open(drawers.CONTACT):
        ledger_drawer.open_drawer(sheet.ticket.id, sheet.person)
