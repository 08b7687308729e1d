"""The list of an agent's queue: filters, a search, and one row a ticket, the nearest clock first."""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from data.queues import Queues, View
from pages.shared import access, colours, session, words
from pages.shared.empty import empty_state
from pages.shared.formats import ago, duration
from pages.shared.people import Person
from pages.shared.texts import _, counted, language
from workflow.vocabulary import Priority, StateKind

PAGE_SIZE = 100
TABLE, NUMBERS = "queue_table", "queue_numbers"
ROW_HEIGHT = 37
VIEW_NAMES = {
    View.OPEN: _("Open"),
    View.MINE: _("Mine"),
    View.UNASSIGNED: _("Unassigned"),
    View.DUE: _("Due"),
    View.PLATFORM: _("Platform"),
    View.RESOLVED: _("Resolved"),
}


def listing(person: Person) -> None:
    """Draw filters and list; the chosen ticket stands in the address."""
    queues = access.queues()
    now = access.now()
    queue_place = st.container()
    left, right = st.columns([3, 2], gap="small")
    with left:
        search = st.text_input(
            _("Search"),
            key="queue_search",
            placeholder=_("Number, order, product or seller"),
            label_visibility="collapsed",
            type="search",
        )
    with right:
        category = _category(queues)
    with queue_place:
        view = _view(queues.counts(person_id=person.id, now=now, category=category, scope=person.scope))
    page = int(session.recall("queue_page", 1))
    frame = queues.tickets(
        view,
        person_id=person.id,
        now=now,
        language=language(),
        category=category,
        search=search or "",
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
        scope=person.scope,
    )
    if frame.empty:
        session.remember(NUMBERS, [])
        _nothing(is_filtered=bool(search or category), view=view)
        return
    _table(frame, now, is_settled=view is View.RESOLVED)
    _foot(frame)


def _view(counts: dict[View, int]) -> View:
    wanted = session.query("view")
    default = View(wanted) if wanted in set(View) else View.OPEN
    chosen = st.segmented_control(
        _("Queue"),
        list(View),
        format_func=lambda view: f"{VIEW_NAMES[view]} {counts[view]:,}",
        default=default,
        required=True,
        key="queue_view",
        label_visibility="collapsed",
        on_change=_to_first_page,
    )
    view = View(chosen)
    session.set_query(view="" if view is View.OPEN else view.value)
    return view


def _category(queues: Queues) -> str:
    names = queues.categories(language())
    wanted = session.query("category")
    options = ["", *names]
    chosen = st.selectbox(
        _("Category"),
        options,
        index=options.index(wanted) if wanted in options else 0,
        format_func=lambda name: names.get(name) or (name or _("All categories")),
        key="queue_category",
        label_visibility="collapsed",
        on_change=_to_first_page,
    )
    session.set_query(category=chosen)
    return chosen


def _to_first_page() -> None:
    session.forget("queue_page")


def _table(frame: pd.DataFrame, now: datetime, *, is_settled: bool) -> None:
    numbers = [int(number) for number in frame["number"]]
    session.remember(NUMBERS, numbers)
    chosen = session.query("ticket")
    if not chosen:
        chosen = str(numbers[0])
        session.set_query(ticket=chosen)
    row = numbers.index(int(chosen)) if chosen.isdecimal() and int(chosen) in numbers else None
    session.remember(TABLE, {"selection": {"rows": [] if row is None else [row], "columns": [], "cells": []}})
    st.dataframe(
        _shown(frame, now, is_settled=is_settled),
        key=TABLE,
        on_select=_select,
        selection_mode="single-row",
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=min(len(frame) + 1, 17) * ROW_HEIGHT + 3,
        column_config=_columns(frame, is_settled=is_settled),
        alt=_("The tickets of the queue, the nearest clock first"),
    )


def _shown(frame: pd.DataFrame, now: datetime, *, is_settled: bool) -> pd.DataFrame:
    """The columns of the list, in words."""
    clocks = [
        _clock(due_at, trigger, last_at, now, is_settled=is_settled)
        for due_at, trigger, last_at in zip(
            frame["next_due_at"], frame["next_trigger"], frame["last_event_at"], strict=True
        )
    ]
    return pd.DataFrame(
        {
            "number": frame["number"],
            "clock": clocks,
            "state": [[state] for state in frame["state_label"]],
            "subject": [
                f"{category}: {subject}" if subject else category
                for category, subject in zip(frame["category_label"], frame["subject"].fillna(""), strict=True)
            ],
            "priority": [[words.PRIORITY_OF[priority]] for priority in frame["priority"]],
            "assignee": frame["assignee_name"].fillna(""),
        }
    )


def _clock(due_at: Any, trigger: str, last_at: datetime, now: datetime, *, is_settled: bool) -> str:  # noqa: ANN401 - a cell may be NaT
    if is_settled or pd.isna(due_at):
        return _("last step {ago}").format(ago=ago(last_at, now))
    seconds = (due_at - now).total_seconds()
    what = words.consequence(trigger)
    if seconds <= 0:
        return _("now · {what}").format(what=what)
    return f"{duration(max(seconds, 60))} · {what}"


def _columns(frame: pd.DataFrame, *, is_settled: bool) -> dict[str, Any]:
    kinds = dict(zip(frame["state_label"], frame["state_kind"], strict=True))
    priorities = [words.PRIORITIES[priority] for priority in Priority]
    return {
        "number": st.column_config.NumberColumn(_("No."), width=52, format="%d"),
        "clock": st.column_config.TextColumn(_("Last step") if is_settled else _("What happens next"), width=230),
        "state": st.column_config.MultiselectColumn(
            _("State"),
            width=150,
            options=list(kinds),
            color=[colours.OF_KIND[StateKind(kind)] for kind in kinds.values()],
        ),
        "subject": st.column_config.TextColumn(_("About"), width=170),
        "priority": st.column_config.MultiselectColumn(
            _("Priority"), width=80, options=priorities, color=[colours.OF_PRIORITY[priority] for priority in Priority]
        ),
        "assignee": st.column_config.TextColumn(_("Assigned to"), width=100),
    }


def _select() -> None:
    rows = session.recall(TABLE, {}).get("selection", {}).get("rows", [])
    numbers = session.recall(NUMBERS, [])
    if rows and rows[0] < len(numbers):
        session.set_query(ticket=str(numbers[rows[0]]))


def step(by: int) -> None:
    """Move the choice down or up the list."""
    numbers = session.recall(NUMBERS, [])
    if not numbers:
        return
    chosen = session.query("ticket")
    place = numbers.index(int(chosen)) + by if chosen.isdecimal() and int(chosen) in numbers else 0
    session.set_query(ticket=str(numbers[max(0, min(place, len(numbers) - 1))]))


def _foot(frame: pd.DataFrame) -> None:
    total = int(frame["matched_count"].iloc[0])
    if total > PAGE_SIZE:
        st.pagination(-(-total // PAGE_SIZE), key="queue_page", max_visible_pages=5)
    zone = _("times in {zone}").format(zone=access.zone())
    st.caption(f"{counted('{count} ticket', '{count} tickets', total)} · {zone}")


def _nothing(*, is_filtered: bool, view: View) -> None:
    if is_filtered:
        empty_state(_("Nothing matches"), _("Change the search or the category."), icon=":material/search_off:")
    elif view is View.MINE:
        text = _("Nothing is assigned to you. Take a ticket from “Unassigned”.")
        empty_state(_("Your queue is empty"), text, icon=":material/inbox:")
    else:
        empty_state(_("Nothing here"), _("No ticket is in this queue now."), icon=":material/inbox:")
