"""Response times: how long buyers wait, by category and over time, and what waits now."""

import streamlit as st

from data.selection import Figure
from pages.response_times import answers, arrivals, kept_promises, leads, tables, waits
from pages.response_times.cards_row import cards_row
from pages.response_times.words import FIGURES
from pages.shared import definitions, filters
from pages.shared.cards import card, draw, nothing_here
from pages.shared.look import Look, title_row
from pages.shared.people import DeskRole, require
from pages.shared.texts import _

PAGE = "response_times"
CARDS_HEIGHT = 200  # pixels, while they are being counted
DEFINITIONS = (
    "First reply",
    "First resolution",
    "Full resolution",
    "Kaplan-Meier median",
    "Kaplan-Meier band and quantiles",
    "Log-rank",
    "Competing ends (Aalen-Johansen)",
    "Targets",
    "Due and missed",
    "Lateness",
    "Attainment",
    "Wilson interval",
    "Pauses and the pause audit",
    "Control limits",
    "Auto-approved share",
    "Heat map of openings",
    "Replies as the marketplace counts them",
    "Replied within 24 hours",
    "Open tickets",
    "Backlog",
    "The period before",
    "As of a past day",
)


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.MANAGER)
    look = title_row(PAGE, _("Response times"), person)
    if look is None:
        return
    with st.skeleton(height=CARDS_HEIGHT):
        cards = answers.cards(look)
    cards_row(cards, look.palette)
    figure = filters.figure_filter(PAGE, {figure: words.name for figure, words in FIGURES.items()})
    waits.draw_waits(look, figure)
    _categories(look, figure)
    kind = kept_promises.kind_filter()
    kept_promises.draw_promises(look, kind)
    waits.draw_trends(look, figure, kind)
    kept_promises.draw_groups(look, kind)
    arrivals.draw_arrivals(look)
    kept_promises.draw_pauses(look)
    _backlog(look)
    definitions.quote(DEFINITIONS, key="response_times_definitions")
    leads.open_list(look)


def _categories(look: Look, figure: Figure) -> None:
    name = FIGURES[figure].name
    subtitle = _("{figure}, log scale; median and 90 % of those that ended, Kaplan-Meier's of all")
    subtitle = subtitle.format(figure=name.lower())
    defined_by = (FIGURES[figure].definition, "Kaplan-Meier median")
    with card(_("By category"), subtitle, key="response_times_by_category", defined_by=defined_by):
        left, right = st.columns(2, gap="small", vertical_alignment="center")
        described_as = _("{figure} by category").format(figure=name)
        with left:
            st.table(answers.category_table(look, figure), border="horizontal", hide_index=True, alt=described_as)
        with right:
            if answers.is_reached(look, figure):
                key = "response_times_category_figure"
                draw(lambda: answers.category_figure(look, figure), key=key, described_as=described_as)
            else:
                nothing_here(FIGURES[figure].none)


def _backlog(look: Look) -> None:
    states = answers.backlog_now(look)
    left, right = st.columns(2, gap="small")
    subtitle = _("open tickets at the day's end")
    with left, card(_("Backlog by day"), subtitle, key="response_times_backlog", defined_by=("Backlog",)):
        described_as = _("Open tickets at each day's end, by category")
        draw(lambda: answers.backlog_by_day(look), key="response_times_backlog_figure", described_as=described_as)
    subtitle, defined_by = _("open tickets by state and age"), ("Backlog", "Open tickets")
    with right, card(_("Backlog now"), subtitle, key="response_times_backlog_now", defined_by=defined_by):
        if states.empty:
            nothing_here(_("Nothing is open. Every ticket is resolved."))
            return
        described_as = _("Open tickets by state and age")
        draw(
            lambda: answers.backlog_figure(look),
            key="response_times_ages_figure",
            described_as=described_as,
            leads=True,
        )
        st.table(
            tables.backlog_now(states), border="horizontal", hide_index=True, alt=_("Open tickets by who has to act")
        )
    subtitle = _("open tickets, the oldest first")
    with card(_("Waiting longest"), subtitle, key="response_times_oldest", defined_by=("Open tickets",)):
        described_as = _("The oldest open tickets")
        st.table(answers.oldest_open(look), border="horizontal", hide_index=True, alt=described_as)
