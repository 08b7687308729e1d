"""The list of the tickets behind a mark, page by page, in a drawer; each leads to its ticket."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shared import behind, formats, links, session
from pages.shared.texts import _, counted

PER_PAGE = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One page: `rows` are cells of Markdown, made safe, by the names of `columns`; `all_count` is of all pages."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    all_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketsBehind:
    """What is listed: its `title` and `subtitle`, and how a page is asked for by `limit` and `offset`."""

    title: str
    subtitle: str
    ask: Callable[[int, int], Listed]


def ticket_cell(number: int) -> str:
    """The cell that leads to the ticket."""
    return links.ticket(int(number))


def drawer(tickets: TicketsBehind) -> None:
    """Open the drawer."""
    title = formats.plain(tickets.title)
    st.dialog(title, width="medium", position="right", on_dismiss=behind.close_list)(_draw)(tickets)


def _draw(tickets: TicketsBehind) -> None:
    page = int(session.recall(behind.PAGE, 1))
    listed = tickets.ask(PER_PAGE, (page - 1) * PER_PAGE)
    if not listed.rows and page > 1:
        page, listed = 1, tickets.ask(PER_PAGE, 0)
    st.caption(f"{formats.plain(tickets.subtitle)} · {counted('{count} entry', '{count} entries', listed.all_count)}")
    if not listed.rows:
        st.caption(_("No ticket is behind this."))
        return
    shown = pd.DataFrame(listed.rows, columns=pd.Index(listed.columns))
    st.table(shown, border="horizontal", hide_index=True, alt=_("The tickets behind the figure"))
    pages_count = -(-listed.all_count // PER_PAGE)
    if pages_count > 1:
        st.pagination(pages_count, key=behind.PAGE)
