"""Weekly report: one week of the desk as its printed page has it, and the page as files."""

import pandas as pd
import streamlit as st

from data.reports import page as printed
from data.reports.tables import Table
from data.reports.weeks import Week
from pages.shared import definitions, filters, links, session
from pages.shared.cards import card, nothing_here
from pages.shared.empty import empty_desk
from pages.shared.formats import plain
from pages.shared.people import DeskRole, require
from pages.shared.texts import _
from pages.weekly_report import answers

PAGE = "weekly_report"
WEEK = "weekly_report_week"
HEIGHT = 320  # pixels, while it is being counted


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.MANAGER)
    st.title(_("Weekly report"), anchor=False)
    weeks = {str(week): week for week in answers.weeks(person.scope)}
    if not weeks:
        empty_desk()
        return
    heading = st.container(horizontal=True, vertical_alignment="center", key=f"{PAGE}_filters")
    with st.skeleton(height=HEIGHT):
        report = answers.report(_chosen(weeks), person.scope)
        page = printed.page_of(report)
    with heading:
        st.caption(plain(page.subtitle), width="stretch")
        _choose(list(weeks), str(report.week))
        for download in answers.downloads(report):
            st.download_button(
                download.label,
                data=download.content,
                file_name=download.file_name,
                mime=download.mime,
                icon=download.icon,
                key=f"{PAGE}_{download.label.lower()}",
                help=_("Made when you ask for it"),
                on_click="ignore",
            )
    _cards(page)
    _charts(page)
    _table(page.attainment, "attainment")
    _table(page.categories, "categories")
    _table(page.breaches, "breaches", is_about_tickets=True)
    left, right = st.columns([6, 5], gap="small")
    with left:
        _table(page.pauses, "pauses")
    with right:
        _notes(page)
    definitions.quote(page.headings, key=f"{PAGE}_definitions")


def _chosen(weeks: dict[str, Week]) -> Week:
    """The week that the address names, else the last one that is over."""
    usual = list(weeks)[min(1, len(weeks) - 1)]
    return weeks[filters.choice("week", list(weeks), usual)]


def _choose(slugs: list[str], slug: str) -> None:
    session.remember(WEEK, slug)
    st.selectbox(
        _("Week"),
        slugs,
        key=WEEK,
        label_visibility="collapsed",
        width=140,
        on_change=lambda: session.set_query(week=str(session.recall(WEEK))),
    )


def _cards(page: printed.Page) -> None:
    grid = st.grid(len(page.cards), min_column_width=170)
    for place, one in enumerate(page.cards):
        with grid.cell(), st.container(border=True, height="stretch", gap="xxsmall", key=f"{PAGE}_card_{place}"):
            tip = definitions.tip(plain(". ".join(one.notes)) + ".", one.heading)
            st.metric(plain(one.label), one.value, help=tip)
            for note in one.notes:
                st.caption(plain(note))


def _charts(page: printed.Page) -> None:
    grid = st.grid(len(page.charts), min_column_width=260)
    for place, one in enumerate(page.charts):
        with grid.cell(), card(plain(one.title), "", key=f"{PAGE}_chart_{place}", defined_by=(one.heading,)):
            st.image(one.svg, width="stretch", alt=one.described_as)


def _table(one: Table, name: str, *, is_about_tickets: bool = False) -> None:
    with card(one.title, one.note, key=f"{PAGE}_{name}", defined_by=(one.heading,)):
        if not one.rows:
            nothing_here(one.empty)
            return
        cells = [[plain(cell) for cell in row] for row in one.rows]
        if is_about_tickets:
            cells = [[links.ticket(int(number)), *rest] for number, *rest in cells]
        shown = pd.DataFrame(cells, columns=list(one.headings))
        st.table(shown, border="horizontal", hide_index=True, alt=f"{one.title}, {one.note}")


def _notes(page: printed.Page) -> None:
    for place, one in enumerate(page.notes):
        with card(one.title, "", key=f"{PAGE}_notes_{place}", defined_by=(one.heading,)):
            for sentence in one.sentences:
                st.markdown(plain(sentence))
