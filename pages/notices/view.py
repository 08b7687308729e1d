"""Notices: everything that the person was told, what they want to be told and where, and what did not get through."""

import streamlit as st

from data.notices.bell import PAGE_ROWS
from pages.notices.choices_card import choices_card
from pages.notices.given_up_card import given_up_card
from pages.shared import access, definitions, session
from pages.shared.cards import card, nothing_here
from pages.shared.formats import plain
from pages.shared.frames import rows
from pages.shared.notices import bell
from pages.shared.people import DeskRole, Person, require
from pages.shared.texts import _, counted

UNREAD_ONLY, PAGE, SAID = "notices_unread_only", "notices_page", "notices_said"
DEFINITIONS = ("Notices", "Quiet hours", "Outbox")


def render() -> None:
    """Draw the page."""
    person = require(*DeskRole)
    said = session.recall(SAID)
    session.forget(SAID)
    if said:
        st.toast(plain(said), icon=":material/check:")
    st.title(_("Notices"), anchor=False)
    left, right = st.columns([3, 2], gap="small")
    with left:
        _list(person)
    with right:
        choices_card(person)
        if DeskRole.MANAGER in person.roles:
            given_up_card(person)
    definitions.quote(DEFINITIONS, key="notices_definitions")


def _list(person: Person) -> None:
    own = bell.of(person)
    unread = own.unread_count()
    subtitle = counted("{count} unread", "{count} unread", unread)
    with card(_("What you were told"), subtitle, key="notices_list", defined_by=("Notices",)):
        with st.container(horizontal=True, vertical_alignment="center"):
            is_unread_only = st.toggle(_("Unread only"), key=UNREAD_ONLY)
            if unread:
                bell.read_all_button("notices_read_all", access.now())
        count = own.count(is_unread_only=is_unread_only)
        pages = max(-(-count // PAGE_ROWS), 1)
        page = min(session.recall(PAGE, 1), pages)
        shown = own.notices(is_unread_only=is_unread_only, offset=(page - 1) * PAGE_ROWS)
        if shown.empty and is_unread_only:
            nothing_here(_("Nothing unread."))
        elif shown.empty:
            nothing_here(_("Nothing here. A ticket that is given to you, or a note that names you, will be."))
        for notice in rows(shown):
            bell.item(notice, "notices_item")
        if pages > 1:
            st.pagination(pages, key=PAGE)
