"""Deadlines: what runs out when and with which consequence, what was missed, and the way to the queue."""

import streamlit as st

from pages.deadlines import answers, lists
from pages.deadlines.asked import AHEAD_NAMES, CLOCKS, TARGETS, Asked, asked, filter_row
from pages.deadlines.cards_row import cards_row
from pages.shared import access, definitions, errors, formats, ledger_drawer, session
from pages.shared.cards import card, nothing_here
from pages.shared.colours import CHART_CONFIG
from pages.shared.empty import empty_desk
from pages.shared.numbers import number_of
from pages.shared.people import DeskRole, Person, require
from pages.shared.texts import _, counted

STRIP = "deadlines_strip_figure"
HEIGHT = 300
DEFINITIONS = (
    "Timers and ticking",
    "Deadlines that run out",
    "Targets",
    "Due and missed",
    "Lateness",
    "Approved by the marketplace",
)


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.MANAGER, DeskRole.AGENT)
    _go_to_ticket(person)
    st.title(_("Deadlines"), anchor=False)
    if access.is_empty():
        empty_desk()
        return
    wanted = asked(person)
    filter_row(wanted, person)
    with st.skeleton(height=HEIGHT):
        answers.breaches(wanted)
    cards_row(wanted)
    _strip(wanted)
    _hand_over(wanted, person)
    if wanted.what != TARGETS:
        lists.clocks(wanted)
    if wanted.what != CLOCKS:
        lists.targets(wanted)
        lists.breaches(wanted)
    definitions.quote(DEFINITIONS, key="deadlines_definitions")
    with errors.sentences():
        _ledger(person)


def _go_to_ticket(person: Person) -> None:
    """To the ticket that was clicked, for whom the queue is open."""
    number = session.recall(lists.TICKET)
    session.forget(lists.TICKET)
    if number and DeskRole.AGENT in person.roles:
        st.switch_page(session.recall(session.PAGES)["queue"], query_params={"ticket": number})


def _strip(wanted: Asked) -> None:
    within = AHEAD_NAMES[wanted.ahead]
    subtitle = _("the next {horizon} by consequence; a bar narrows the lists").format(horizon=within)
    with card(_("When it runs out"), subtitle, key="deadlines_strip", defined_by=("Deadlines that run out",)):
        figure = answers.strip(wanted)
        if not figure.data:
            nothing_here(_("Nothing runs out within {horizon}.").format(horizon=within))
            return
        st.plotly_chart(
            figure,
            width="stretch",
            theme=None,
            config=CHART_CONFIG,
            key=STRIP,
            on_select=_choose_slot,
            selection_mode="points",
            alt=_("Deadlines by the hour, stacked by what happens then"),
        )


def _choose_slot() -> None:
    points = session.recall(STRIP, {}).get("selection", {}).get("points", [])
    if points:
        session.set_query(slot=str(points[0]["customdata"][0]))


def _hand_over(wanted: Asked, person: Person) -> None:
    numbers = answers.numbers(wanted)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="deadlines_hand_over"):
        st.caption(_("times in {zone}").format(zone=wanted.zone), width="stretch")
        if wanted.slot_at:
            at = formats.short_instant(wanted.slot_at, wanted.zone)
            text = _("Only from {instant}").format(instant=at)
            st.button(
                text,
                icon=":material/close:",
                key="deadlines_every_slot",
                on_click=session.set_query,
                kwargs={"slot": ""},
            )
        if DeskRole.AGENT not in person.roles:
            return
        text = counted("Work on {count} ticket in the queue", "Work on {count} tickets in the queue", len(numbers))
        if st.button(text, icon=":material/move_item:", type="primary", key="deadlines_to_queue", disabled=not numbers):
            listed = ",".join(str(number) for number in numbers)
            st.switch_page(session.recall(session.PAGES)["queue"], query_params={"tickets": listed})


def _ledger(person: Person) -> None:
    """The ledger that the address names."""
    number = number_of(session.query("ticket"))
    if number is None or not ledger_drawer.is_wanted():
        return
    ticket_id = access.directory().ticket_id(number, person.scope)
    if ticket_id is not None:
        ledger_drawer.open_drawer(ticket_id, person, has_link=True)
