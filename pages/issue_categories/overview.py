"""The table of categories: what it shows, and that selecting a row narrows the page."""

from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from data.selection import Step
from pages.shared import dates, formats, session
from pages.shared.frames import formatted
from pages.shared.names import or_not_reached, percent
from pages.shared.texts import _

TABLE = "issue_categories_table"
ROW_HEIGHT = 38
DURATIONS = ("first_reply_seconds", "first_resolution_seconds")


def shown(frame: pd.DataFrame) -> Styler:
    """What the table shows of `frame` (see `answers.overview`): durations in words, counts also as shares."""
    tickets = frame["tickets_count"]
    table = pd.DataFrame(
        {
            "label": frame["label"],
            "tickets_count": tickets,
            "share": tickets / tickets.sum(),
            "before_count": frame["before_count"],
            "course": frame["course"],
            "open_count": frame["open_count"],
            **{column: frame[column] for column in DURATIONS},
            "one_touch": frame["one_touch_count"] / frame["resolved_count"].where(frame["resolved_count"] > 0),
            "reopened": frame["reopened_count"] / tickets,
            "escalated": frame["escalated_count"] / tickets,
        }
    )
    return formatted(table, {or_not_reached: DURATIONS, percent: ("share", "one_touch", "reopened", "escalated")})


def overview(frame: pd.DataFrame, category: str, step: Step) -> None:
    """Draw the table; the row of `category` is selected, and a click writes its category to the address."""
    categories = list(frame["category"])
    chosen = [categories.index(category)] if category in categories else []
    session.remember(TABLE, {"selection": {"rows": chosen, "columns": [], "cells": []}})
    st.dataframe(
        shown(frame),
        key=TABLE,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height="content",
        placeholder=formats.NO_DATA,
        on_select=lambda: _choose(categories),
        selection_mode="single-row",
        column_config=_columns(frame, step),
        alt=_("Categories with their tickets, first reply, resolution, reopenings and escalations"),
    )


def _choose(categories: list[str]) -> None:
    rows = session.recall(TABLE)["selection"]["rows"]
    session.set_query(category=categories[rows[0]] if rows else "")


def _columns(frame: pd.DataFrame, step: Step) -> dict[str, Any]:
    configure = st.column_config
    is_compared = not all(pd.isna(count) for count in frame["before_count"])
    return {
        "label": configure.TextColumn(_("Category"), pinned=True),
        "tickets_count": configure.ProgressColumn(
            _("Tickets"), format="localized", min_value=0, max_value=max(frame["tickets_count"]), color="primary"
        ),
        "share": configure.NumberColumn(_("Share")),
        "before_count": configure.NumberColumn(_("Before"), help=_("Tickets of the period before"))
        if is_compared
        else None,
        "course": configure.BarChartColumn(_("New tickets {by}").format(by=dates.each(step)), y_min=0, color="primary"),
        "open_count": configure.NumberColumn(_("Open"), format="%,d"),
        "first_reply_seconds": configure.NumberColumn(
            _("First reply"),
            help=_("By then half of the tickets are answered; those that wait are counted in (Kaplan-Meier)"),
        ),
        "first_resolution_seconds": configure.NumberColumn(
            _("Resolution"),
            help=_(
                "By then half of the tickets are resolved for the first time; the others are counted in (Kaplan-Meier)"
            ),
        ),
        "one_touch": configure.NumberColumn(
            _("One touch"), help=_("Share of the resolved tickets that needed exactly one public reply")
        ),
        "reopened": configure.NumberColumn(
            _("Reopened"), help=_("Share of the tickets that were reopened at least once")
        ),
        "escalated": configure.NumberColumn(
            _("Escalated"), help=_("Share of the tickets in which the platform took part; a dash where nobody can know")
        ),
    }
