"""Issue categories: what buyers write about, and how each kind of ticket travels."""

import streamlit as st

from pages.issue_categories import answers
from pages.issue_categories.overview import overview
from pages.shared import dates, definitions, links
from pages.shared.cards import card, draw, nothing_here
from pages.shared.formats import plain
from pages.shared.frames import total
from pages.shared.look import Look, title_row, widened
from pages.shared.people import DeskRole, require
from pages.shared.texts import _, counted

PAGE = "issue_categories"
OVERVIEW_HEIGHT = 160  # pixels, while it is being counted
EDGES = "Directly-follows edges and variants"
COUNTED = "Figures: what holds for all of them"
OVERVIEW_DEFINED_BY = (
    "Category and state of a ticket",
    "The period before",
    "Open tickets",
    "First reply",
    "First resolution",
    "Kaplan-Meier median",
    "Reopened tickets",
    "Replies before the first resolution",
    "Escalated tickets",
)
DEFINITIONS = (
    COUNTED,
    "Category and state of a ticket",
    "First reply",
    "First resolution",
    "Kaplan-Meier median",
    "The period before",
    "Time in state",
    EDGES,
    "Open tickets",
    "Reopened tickets",
    "Replies before the first resolution",
    "Escalated tickets",
)


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.ANALYST)
    look = title_row(PAGE, _("Issue categories"), person)
    if look is None:
        return
    subtitle = _("select a row to narrow the page")
    with card(_("Categories"), subtitle, key="issue_categories_overview", defined_by=OVERVIEW_DEFINED_BY):
        every = widened(look)
        with st.skeleton(height=OVERVIEW_HEIGHT):
            frame = answers.overview(every)
        overview(frame, look.category, every.step)
        _say_what_is_chosen(look)
    left, right = st.columns(2, gap="small")
    with left:
        _volume(look)
        if look.category:
            _there_now(look)
    with right:
        _waits(look)
    left, right = st.columns([4, 5], gap="small")
    with left:
        _journeys(look)
    with right:
        _steps(look)
    definitions.quote(DEFINITIONS, key="issue_categories_definitions")


def _say_what_is_chosen(look: Look) -> None:
    if look.category:
        st.caption(
            _("Everything below is about {category}.").format(category=f"**{plain(look.names[look.category])}**")
        )


def _volume(look: Look) -> None:
    by = dates.each(look.step)
    with card(_("New tickets"), by, key="issue_categories_volume", defined_by=(COUNTED,)):
        described_as = _("New tickets {by}, by category").format(by=by)
        draw(lambda: answers.volume(look), key="issue_categories_volume_figure", described_as=described_as)


def _waits(look: Look) -> None:
    of_all = _("median of finished visits, the states most visited; the stronger the shade, the longer")
    subtitle = _("finished visits of each state; the stronger the shade, the longer") if look.category else of_all
    with card(_("Where tickets wait"), subtitle, key="issue_categories_waits", defined_by=("Time in state",)):
        table = answers.waits(look)
        if table is None:
            nothing_here(_("No ticket has left a state yet."))
            return
        st.table(table, border="horizontal", hide_index=True, alt=_("Time in each state"))


def _there_now(look: Look) -> None:
    states = answers.open_states(look)
    count = total(states, "tickets_count")
    subtitle = counted("{count} ticket, the oldest first", "{count} tickets, the oldest first", count)
    with card(_("Open now"), subtitle, key="issue_categories_open", defined_by=("Open tickets",)):
        if states.empty:
            nothing_here(_("None is open now."))
            return
        names = {
            state: f"{label} ({count:,})"
            for state, label, count in zip(states["state"], states["label"], states["tickets_count"], strict=True)
        }
        chosen = st.selectbox(_("State"), names, format_func=names.__getitem__, key="issue_categories_state")
        table = answers.open_tickets(look, chosen)
        st.table(table, border="horizontal", hide_index=True, alt=_("Open tickets in the state"))
        st.markdown(links.queue(_("All of them in the queue"), category=look.category))


def _journeys(look: Look) -> None:
    table, journeys_count, tickets_count = answers.journeys(look)
    journeys = counted("{count} journey", "{count} different journeys", journeys_count)
    tickets = counted("{count} ticket", "{count} tickets", tickets_count)
    subtitle = _("{journeys} of {tickets}, first to last event").format(journeys=journeys, tickets=tickets)
    with card(_("Most common journeys"), subtitle, key="issue_categories_journeys", defined_by=(EDGES,)):
        st.table(table, border="horizontal", hide_index=True, alt=_("The most common journeys"))


def _steps(look: Look) -> None:
    subtitle = _("which state follows which, and after how long")
    with card(_("Steps"), subtitle, key="issue_categories_steps", defined_by=(EDGES,)):
        rows = st.container()
        is_all = st.toggle(_("Show all steps"), key="issue_categories_all_steps")
        table, count = answers.steps(look, is_all=is_all)
        if not count:
            rows.caption(_("No ticket has taken a step yet."))
            return
        rows.table(table, border="horizontal", hide_index=True, alt=_("Steps from state to state"))
