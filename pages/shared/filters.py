"""The two filters of the pages of figures, period and category. The address holds them, so that a view can be shared.

The address is the one owner: what it says is put into the widgets before they are drawn, and a widget writes its
slug back when it changes. A slug that does not exist (an old link) is dropped.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from data.selection import Figure
from pages.shared import periods, session
from pages.shared.texts import _

EVERY_CATEGORY = ""
FIRST_DAY = date(1970, 1, 1)  # before any log; what lies further back may fall out of what a date can say


def choice(name: str, slugs: Sequence[str], usual: str) -> str:
    """The slug that the address holds under `name`, or `usual`."""
    slug = session.query(name)
    return slug if slug in slugs else usual


def period_filter(page: str, slug: str) -> None:
    """The choice of the period; `slug` is the one that is shown."""
    key = f"{page}_period"
    session.remember(key, slug)
    st.segmented_control(
        _("Period"),
        periods.SLUGS,
        format_func=periods.LABELS.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=_write_to_address,
        args=("period", key),
    )


def category_filter(page: str, slug: str, names: Mapping[str, str]) -> None:
    """The choice of the category; `names` are those of the categories that have tickets, by slug."""
    key = f"{page}_category"
    session.remember(key, slug)
    st.selectbox(
        _("Category"),
        (EVERY_CATEGORY, *names),
        format_func=lambda category: names.get(category, _("All categories")),
        key=key,
        label_visibility="collapsed",
        width=220,
        on_change=_write_to_address,
        args=("category", key),
    )


def as_of(yesterday: date) -> date | None:
    """The past day that the address holds, as of whose end everything is said, `yesterday` at the latest; None: now."""
    try:
        day = date.fromisoformat(session.query("as_of"))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= yesterday else None


def as_of_filter(page: str, day: date | None, yesterday: date) -> None:
    """The choice of the day as of whose end everything is said, `yesterday` at the latest; none is now."""
    key = f"{page}_as_of"
    session.remember(key, day)
    st.date_input(
        _("As of"),
        value=None,
        min_value=FIRST_DAY,
        max_value=yesterday,
        format="YYYY-MM-DD",
        key=key,
        width=150,
        label_visibility="collapsed",
        help=_("As of the end of a past day; empty is now."),
        on_change=_write_to_address,
        args=("as_of", key),
    )


def slug_filter(page: str, name: str, slug: str, names: Mapping[str, str], label: str) -> None:
    """A choice between a few slugs beside each other; the address holds it under `name`."""
    key = f"{page}_{name}"
    session.remember(key, slug)
    st.segmented_control(
        label,
        list(names),
        format_func=names.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=_write_to_address,
        args=(name, key),
    )


def list_filter(page: str, name: str, slug: str, names: Mapping[str, str], label: str) -> None:
    """A choice among many slugs; the first of `names` is usually no limit."""
    key = f"{page}_{name}"
    session.remember(key, slug)
    st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        width=190,
        on_change=_write_to_address,
        args=(name, key),
    )


def chosen_slug(page: str, name: str, names: Mapping[str, str], label: str, usual: str = "") -> str:
    """The same, with the one chosen given back; by default `usual`, else the first one."""
    slug = choice(name, list(names), usual or next(iter(names)))
    slug_filter(page, name, slug, names, label)
    return slug


def figure_filter(page: str, names: Mapping[Figure, str]) -> Figure:
    """The choice of the duration that the figures are about."""
    key = f"{page}_figure"
    figure = Figure(choice("figure", list(names), Figure.FIRST_REPLY))
    session.remember(key, figure)
    st.segmented_control(
        _("Duration"),
        list(names),
        format_func=names.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=_write_to_address,
        args=("figure", key),
    )
    return figure


def _write_to_address(name: str, key: str) -> None:
    session.set_query(**{name: str(session.recall(key) or "")})
