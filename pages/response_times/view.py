"""Response times: how long buyers wait, by category and over time, and what waits now."""

from collections.abc import Callable
from typing import TypeAlias

import plotly.graph_objects as go
import streamlit as st

from data.selection import Figure
from pages.response_times import answers, tables
from pages.response_times.cards_row import cards_row
from pages.response_times.words import FIGURES
from pages.shared import dates, definitions, filters
from pages.shared.cards import card, draw, nothing_here
from pages.shared.look import Look, title_row
from pages.shared.people import DeskRole, require
from pages.shared.texts import _

PAGE = "response_times"
Answer: TypeAlias = Callable[[Look, Figure], go.Figure]
CARDS_HEIGHT = 200  # pixels, while they are being counted
DEFINITIONS = (
    "First reply",
    "Kaplan-Meier median",
    "First resolution",
    "Full resolution",
    "Backlog",
    "The period before",
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
    _waits(look, figure)
    _categories(look, figure)
    _backlog(look)
    definitions.quote(DEFINITIONS, key="response_times_definitions")


def _waits(look: Look, figure: Figure) -> None:
    words = FIGURES[figure]
    left, right = st.columns([3, 2], gap="small")
    with left, card(words.waiting, _("tickets by time, log scale"), key="response_times_distribution"):
        described_as = _("Tickets by the time to {figure}, on a log scale").format(figure=words.name.lower())
        draw(
            lambda: answers.distribution(look, figure),
            key="response_times_distribution_figure",
            described_as=described_as,
        )
    with (
        right,
        card(_("Who still waits"), _("share of tickets after a time, Kaplan-Meier"), key="response_times_survival"),
    ):
        described_as = _("Kaplan-Meier curve of {figure} by category").format(figure=words.name.lower())
        _draw_reached(look, figure, answers.survival, "survival", described_as)
    by = dates.each(look.step)
    with card(_("Over time"), _("{by} of opening, log scale").format(by=by), key="response_times_over_time"):
        described_as = _("Median and 90th percentile of {figure}, {by}").format(figure=words.name.lower(), by=by)
        _draw_reached(look, figure, answers.over_time, "over_time", described_as)


def _draw_reached(look: Look, figure: Figure, ask: Answer, name: str, described_as: str) -> None:
    """Draw what only tickets that got there can show, or say that none did."""
    if answers.is_reached(look, figure):
        draw(lambda: ask(look, figure), key=f"response_times_{name}_figure", described_as=described_as)
    else:
        nothing_here(FIGURES[figure].none)


def _categories(look: Look, figure: Figure) -> None:
    name = FIGURES[figure].name
    with card(_("By category"), _("{figure}, log scale").format(figure=name.lower()), key="response_times_by_category"):
        left, right = st.columns(2, gap="small", vertical_alignment="center")
        described_as = _("{figure} by category").format(figure=name)
        with left:
            st.table(answers.category_table(look, figure), border="horizontal", hide_index=True, alt=described_as)
        with right:
            _draw_reached(look, figure, answers.category_figure, "category", described_as)


def _backlog(look: Look) -> None:
    states = answers.backlog_now(look)
    left, right = st.columns(2, gap="small")
    with left, card(_("Backlog by day"), _("open tickets at the day's end"), key="response_times_backlog"):
        described_as = _("Open tickets at each day's end, by category")
        draw(lambda: answers.backlog_by_day(look), key="response_times_backlog_figure", described_as=described_as)
    with right, card(_("Backlog now"), _("open tickets by state and age"), key="response_times_backlog_now"):
        if states.empty:
            nothing_here(_("Nothing is open. Every ticket is resolved."))
            return
        described_as = _("Open tickets by state and age")
        draw(lambda: answers.backlog_figure(look), key="response_times_ages_figure", described_as=described_as)
        st.table(
            tables.backlog_now(states), border="horizontal", hide_index=True, alt=_("Open tickets by who has to act")
        )
    with card(_("Waiting longest"), _("open tickets, the oldest first"), key="response_times_oldest"):
        described_as = _("The oldest open tickets")
        st.table(answers.oldest_open(look), border="horizontal", hide_index=True, alt=described_as)
