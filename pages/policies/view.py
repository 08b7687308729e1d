"""Policies and calendars: what is promised and on which clocks; drafts, their back-test, and all that was published."""

from collections.abc import Callable

import streamlit as st

from pages.policies.calendars_tab import calendars_tab
from pages.policies.desk_rules import DeskRules, desk_rules
from pages.policies.history_tab import history_tab
from pages.policies.policies_tab import policies_tab
from pages.policies.publishing import DONE
from pages.shared import definitions, filters, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, Person, require
from pages.shared.texts import _

DEFINITIONS = ("Service policies", "Business time", "Back-test", "Attainment", "Publishing a draft")
PAGE, PART = "policies", "policies_part"
POLICIES, CALENDARS, HISTORY = "policies", "calendars", "history"
PARTS = {POLICIES: _("Policies"), CALENDARS: _("Calendars"), HISTORY: _("History")}
DRAWN: dict[str, Callable[[DeskRules, Person], None]] = {
    POLICIES: policies_tab,
    CALENDARS: calendars_tab,
    HISTORY: history_tab,
}


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.MANAGER)
    st.title(_("Policies and calendars"), anchor=False)
    part = filters.choice("part", list(PARTS), POLICIES)
    session.remember(PART, part)
    st.segmented_control(
        _("Part of the page"),
        list(PARTS),
        format_func=PARTS.__getitem__,
        required=True,
        key=PART,
        label_visibility="collapsed",
        on_change=_turn,
    )
    if done := session.recall(DONE):
        st.success(plain(done), icon=":material/check:")
    DRAWN[part](desk_rules(), person)
    definitions.quote(DEFINITIONS, key="policies_definitions")


def _turn() -> None:
    session.forget(DONE)
    session.set_query(part=session.recall(PART) or "")
