"""What a page of figures looks at: its title row with the filters, and the selection that they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import streamlit as st

from data.page_questions import PageQuestions
from data.selection import Selection, Step
from pages.shared import access, colours, filters, formats, periods, session
from pages.shared.empty import empty_desk, empty_state
from pages.shared.names import category_names
from pages.shared.people import Person
from pages.shared.texts import _


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """The tickets that a page shows figures of. Everything cached has `version`, `selection` and `base` in its key."""

    selection: Selection
    period: periods.Period
    step: Step
    category: str
    names: Mapping[str, str]  # of the categories that have tickets
    version: int
    base: colours.Base

    @property
    def palette(self) -> colours.Palette:
        """The colours of the base."""
        return colours.palette(self.base)


@session.cached
def _categories(_version: int, person: Person) -> Mapping[str, str]:
    return category_names(questions().categories(person.scope))


@session.cached
def _range(_version: int, selection: Selection) -> pd.Series:
    return questions().range_of_tickets(selection).iloc[0]


def questions() -> PageQuestions:
    """Who answers."""
    return PageQuestions(access.desk().database)


def title_row(page: str, title: str, person: Person) -> Look | None:
    """Draw title and filters; None where there is nothing to look at, which is drawn instead.

    The period is the last 30 days, or all where the newest ticket is older than 90 days, unless the address names one.
    """
    st.title(title, anchor=False)
    if access.is_empty():
        empty_desk()
        return None
    version, until = access.data_version(), periods.horizon(access.now())
    names = _categories(version, person)
    category = filters.choice("category", list(names), filters.EVERY_CATEGORY)
    every = Selection(
        horizon_at=until,
        scope=person.scope,
        categories=(category,) if category else (),
        time_zone=access.zone(),
    )
    known = _range(version, every)
    usual = periods.usual_slug(_instant(known["last_opened_at"]), until)
    slug = filters.choice("period", periods.SLUGS, usual)
    period = periods.period(slug, until, _instant(known["first_opened_at"]))
    look = _look(every, period, category, names, version, _instant(known["last_event_at"]))
    with st.container(horizontal=True, vertical_alignment="center", key=f"{page}_filters"):
        st.caption(_subtitle(look, is_old=slug == usual == periods.ALL, known=known), width="stretch")
        filters.period_filter(page, slug)
        filters.category_filter(page, category, names)
    if known["last_opened_at"] < period.since:
        _nothing_in_period(page, look, known)
        return None
    return look
