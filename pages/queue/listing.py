"""The list of an agent's queue: filters, a search, and one row a ticket, the nearest clock first."""

from dataclasses import replace

import streamlit as st

from data.selection import QueueFilter, QueueSort, QueueView
from pages.queue import rows
from pages.shared import access, names, session
from pages.shared.empty import empty_state
from pages.shared.people import Person
from pages.shared.texts import _, counted

PAGE_SIZE = 100
SHOWN_ROWS = 17
REFRESH_SECONDS = 20
NOT_CLICKED = (0, "number")  # the cell that Streamlit names when a mark is taken away
HANDED_OVER = "tickets"  # of the address
TABLE, NUMBERS, PAGE = "queue_table", "queue_numbers", "queue_page"
VIEWS = {
    QueueView.OPEN: _("Open"),
    QueueView.MINE: _("Mine"),
    QueueView.UNASSIGNED: _("Unassigned"),
    QueueView.DUE_SOON: _("Due"),
    QueueView.PLATFORM: _("Platform"),
    QueueView.SETTLED: _("Resolved"),
}
HELP = _("“Due”: a clock runs out within 24 hours, or has. “Platform”: the marketplace has taken the ticket up.")


def listing(person: Person) -> None:
    """Draw filters and list; the chosen ticket stands in the address."""
    chosen = _filters(person)
    page = int(session.recall(PAGE, 1))
    is_settled = chosen.view is QueueView.SETTLED
    sort = QueueSort.CHANGED if is_settled else QueueSort.NEAREST_CLOCK
    frame = access.metrics().open_queue(chosen, sort, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    numbers = [int(number) for number in frame["number"]]
    session.remember(NUMBERS, numbers)
    if not numbers:
        _nothing(chosen)
        return
    _mark_chosen(numbers)
    st.dataframe(
        rows.shown(frame, chosen.now, is_settled=is_settled),
        key=TABLE,
        on_select=_select,
        selection_mode=["single-row", "single-cell"],  # a row is chosen by its mark or anywhere in it
        hide_index=True,
        row_height=rows.HEIGHT,
        height=min(len(frame) + 1, SHOWN_ROWS) * rows.HEIGHT + 3,
        column_config=rows.columns(frame, is_settled=is_settled),
        alt=_("The tickets of the queue, the nearest clock first"),
    )
    _foot(access.metrics().open_queue_count(chosen))


def handed_over() -> tuple[int, ...]:
    """The tickets that another page handed over, as the address lists them; a word that is no number is dropped."""
    return tuple(int(word) for word in session.query(HANDED_OVER).split(",") if word.isdecimal())


def _filters(person: Person) -> QueueFilter:
    """What the person looks for: a view, or what another page handed over; words, a category."""
    views = st.container()
    left, right = st.columns([3, 2], gap="small")
    with left:
        search = st.text_input(
            _("Search"),
            key="queue_search",
            placeholder=_("Number, order, product, words"),
            label_visibility="collapsed",
            type="search",
            on_change=_begin_anew,
        )
    with right:
        category = _category(person)
    categories = (category,) if category else ()
    numbers = handed_over()
    chosen = QueueFilter(
        now=access.now(),
        scope=person.scope,
        agent_id=person.id,
        categories=categories,
        search=search or "",
        numbers=numbers,
    )
    with views:
        if numbers:
            _say_handed_over(len(numbers))
            return replace(chosen, view=QueueView.ALL)
        return replace(chosen, view=_view(chosen))


def _say_handed_over(count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="queue_handed_over"):
        text = counted("{count} ticket handed over", "{count} tickets handed over", count)
        st.markdown(f":material/move_item: {text}", width="stretch")
        st.button(_("Whole queue"), icon=":material/close:", key="queue_whole", on_click=_put_back)


def _put_back() -> None:
    session.set_query(tickets="")
    _begin_anew()


def _view(chosen: QueueFilter) -> QueueView:
    counters = access.metrics().queue_counters(chosen).iloc[0]
    wanted = session.query("view")
    default = QueueView(wanted) if wanted in {view.value for view in VIEWS} else QueueView.OPEN
    picked = st.segmented_control(
        _("Queue"),
        list(VIEWS),
        format_func=lambda view: _counted_view(view, int(counters[f"{view.value}_count"])),
        default=default,
        required=True,
        key="queue_view",
        label_visibility="collapsed",
        help=HELP,
        on_change=_begin_anew,
    )
    view = QueueView(picked)
    session.set_query(view="" if view is QueueView.OPEN else view.value)
    return view


def _counted_view(view: QueueView, count: int) -> str:
    """The number of settled tickets calls for nothing, so it is not shown."""
    return VIEWS[view] if view is QueueView.SETTLED else f"{VIEWS[view]} {count:,}"


def _category(person: Person) -> str:
    labels = names.category_names(access.metrics().categories(person.scope))
    options = ["", *labels]
    wanted = session.query("category")
    chosen = st.selectbox(
        _("Category"),
        options,
        index=options.index(wanted) if wanted in options else 0,
        format_func=lambda name: labels.get(name) or _("All categories"),
        key="queue_category",
        label_visibility="collapsed",
        on_change=_begin_anew,
    )
    session.set_query(category=chosen)
    return chosen


def _begin_anew() -> None:
    """Another list begins on its first page, with its first ticket."""
    session.forget(PAGE)
    session.set_query(ticket="", ledger="")


def _mark_chosen(numbers: list[int]) -> None:
    """Let the list show the ticket that the address names; without one it is the first."""
    chosen = session.query("ticket")
    if not chosen:
        chosen = str(numbers[0])
        session.set_query(ticket=chosen)
    marked = [place for place, number in enumerate(numbers) if str(number) == chosen]
    session.remember(TABLE, {"selection": {"rows": marked, "columns": [], "cells": []}})


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


def step(by: int) -> None:
    """Move the choice down or up the list."""
    numbers = [str(number) for number in session.recall(NUMBERS, [])]
    if not numbers:
        return
    chosen = session.query("ticket")
    place = numbers.index(chosen) + by if chosen in numbers else 0
    session.set_query(ticket=numbers[max(0, min(place, len(numbers) - 1))], ledger="")


@st.fragment(run_every=REFRESH_SECONDS)
def _freshness(seen_version: int) -> None:
    """Say that something happened since the list was read; reading it anew is left to the person, who may be typing."""
    is_stale = access.data_version() != seen_version
    if is_stale and st.button(_("Something changed: refresh"), icon=":material/refresh:", key="queue_refresh"):
        st.rerun()


def _foot(total: int) -> None:
    if total > PAGE_SIZE:
        st.pagination(-(-total // PAGE_SIZE), key=PAGE, max_visible_pages=5)
    zone = _("times in {zone}").format(zone=access.zone())
    st.caption(f"{counted('{count} ticket', '{count} tickets', total)} · {zone}")
    _freshness(access.data_version())


def _nothing(chosen: QueueFilter) -> None:
    if chosen.search or chosen.categories:
        empty_state(_("Nothing matches"), _("Change the search or the category."), icon=":material/search_off:")
    elif chosen.view is QueueView.MINE:
        text = _("Nothing is assigned to you. Take a ticket from “Unassigned”.")
        empty_state(_("Your queue is empty"), text, icon=":material/inbox:")
    else:
        empty_state(_("Nothing here"), _("No ticket is in this queue now."), icon=":material/inbox:")
