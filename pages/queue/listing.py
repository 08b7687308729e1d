"""The list of an agent's queue: one row a ticket, and which of them is shown beside it."""

import streamlit as st

from data.selection import QueueFilter
from pages.queue import bulk, narrowing, paging, rows, saved
from pages.queue.arrival import look_at_list
from pages.queue.look import Look, handed_over, of_address
from pages.queue.narrowing import begin_anew
from pages.queue.nothing import nothing
from pages.queue.play import NUMBERS
from pages.shared import access, session
from pages.shared.people import Person
from pages.shared.texts import _, counted

SHOWN_ROWS = 17
REFRESH_SECONDS = 20
NOT_CLICKED = (0, "number")  # the cell that Streamlit names when a mark is taken away
TABLE = "queue_table"


def listing(person: Person) -> None:
    """Draw filters and list; the chosen ticket stands in the address."""
    saved.expand_link(person)
    look = of_address()
    asked = look.filter(person, handed_over())
    of_view = _narrowing(look, asked, person)
    total = _total(look, asked, of_view)
    frame = paging.read(look, asked, total)
    numbers = [int(number) for number in frame["number"]]
    session.remember(NUMBERS, numbers)
    paging.say()
    is_bulk = bulk.is_on()
    if is_bulk:
        bulk.mark_rows(numbers)
        bulk.bar(frame, person)
    if not numbers:
        nothing(look, asked)
        return
    shown = rows.shown(frame, asked.now, access.zone(), is_settled=look.is_settled)
    columns = ["number", *look.columns]
    if is_bulk:  # the marks are for the act, so a sign says which ticket is the one beside
        chosen = _choose_first(numbers)
        shown.insert(0, "is_beside", [rows.BESIDE if str(number) == chosen else "" for number in numbers])
        columns.insert(0, "is_beside")
    else:
        _mark_chosen(numbers)
    st.dataframe(
        shown,
        key=bulk.TABLE if is_bulk else TABLE,
        on_select=bulk.take_marks if is_bulk else _select,
        # A row is chosen by its mark or anywhere in it; where several are selected, by their marks.
        selection_mode="multi-row" if is_bulk else ["single-row", "single-cell"],
        hide_index=True,
        row_height=rows.HEIGHT,
        height=min(len(frame) + 1, SHOWN_ROWS) * rows.HEIGHT + 3,
        column_order=columns,
        column_config=rows.columns(frame, is_settled=look.is_settled),
        alt=_("The tickets of the queue, in the chosen order"),
    )
    paging.elsewhere(frame, total)
    _foot(total)


def _narrowing(look: Look, asked: QueueFilter, person: Person) -> int | None:
    """A view, or what another page handed over; a search, filters, saved views.

    Gives how many tickets the view has, None where there is no view.
    """
    of_view = None
    if asked.numbers:
        _say_handed_over(len(asked.numbers))
    else:
        of_view = narrowing.views(look, asked)
    with st.container(horizontal=True, gap="xsmall", key="queue_narrowing"):
        narrowing.search(look)
        narrowing.facets(look, asked, person)
        narrowing.arrangement(look)
        saved.saved_views(look, person)
        bulk.switch()
    narrowing.left_out(look)
    return of_view


def _total(look: Look, asked: QueueFilter, of_view: int | None) -> int:
    """How many tickets the list has. A view's button says it, so only what is narrowed is counted for itself."""
    if of_view is None or look.is_narrowed:
        return access.metrics().open_queue_count(asked)
    return of_view


def _say_handed_over(count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="queue_handed_over"):
        text = counted("{count} ticket handed over", "{count} tickets handed over", count)
        st.markdown(f":material/move_item: {text}", width="stretch")
        st.button(_("Whole queue"), icon=":material/close:", key="queue_whole", on_click=_put_back)


def _put_back() -> None:
    begin_anew(tickets="")


def _mark_chosen(numbers: list[int]) -> None:
    """Let the list show the ticket that the address names; without one it is the first."""
    chosen = _choose_first(numbers)
    marked = [place for place, number in enumerate(numbers) if str(number) == chosen]
    session.remember(TABLE, {"selection": {"rows": marked, "columns": [], "cells": []}})


def _choose_first(numbers: list[int]) -> str:
    """The ticket that the address names; without one the first."""
    chosen = session.query("ticket")
    if not chosen:
        chosen = str(numbers[0])
        session.set_query(ticket=chosen)
        look_at_list()
    return chosen


def _select() -> None:
    """Choose the row whose mark or cell was clicked. A mark that is taken away leaves the choice as it is."""
    selection = session.recall(TABLE, {}).get("selection", {})
    rows_marked = selection.get("rows", [])
    cells = [tuple(cell) for cell in selection.get("cells", [])]
    if not rows_marked and cells == [NOT_CLICKED]:
        return
    marked = [row for row, _column in cells] or rows_marked
    numbers = session.recall(NUMBERS, [])
    if marked and marked[0] < len(numbers):
        session.set_query(ticket=str(numbers[marked[0]]), ledger="")
        look_at_list()


@st.fragment(run_every=REFRESH_SECONDS)
def _freshness(seen_version: int) -> None:
    """Say that something happened since the list was read; reading it anew is left to the person, who may be typing."""
    is_stale = access.data_version() != seen_version
    if is_stale and st.button(_("Something changed: refresh"), icon=":material/refresh:", key="queue_refresh"):
        st.rerun()


def _foot(total: int) -> None:
    paging.pages(total)
    zone = _("times in {zone}").format(zone=access.zone())
    st.caption(f"{counted('{count} ticket', '{count} tickets', total)} · {zone}")
    _freshness(access.data_version())
