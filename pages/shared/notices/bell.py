"""The bell in the frame of every page: how many notices are unread, the newest, and the way to their tickets."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from data.notices.bell import Bell
from pages.shared import access, errors, formats, session
from pages.shared.frames import rows, true_count
from pages.shared.notices import words
from pages.shared.people import DeskRole, Person, acting
from pages.shared.texts import _
from workflow.errors import DeskError
from workflow.notices import NoticeKind

REFRESH_SECONDS = 20
SHOWN = 8
OPEN, FOLLOWED, ALL_READ = "notices_drawer_is_open", "notices_followed", "notices_all_are_read"


def of(person: Person) -> Bell:
    """The notices of a person, about tickets that they may see."""
    return Bell(access.desk().database, person.id, person.scope)


def frame(person: Person) -> None:
    """Draw the bell as a part of the whole page, which closes its drawer: a page may have one of its own to open."""
    session.forget(OPEN, ALL_READ)
    _go_to_ticket()
    _bell(person)


@st.fragment(run_every=REFRESH_SECONDS)
def _bell(person: Person) -> None:
    """Only this place is drawn anew, every few seconds and when the bell is opened."""
    try:
        count = of(person).unread_count()
    except DeskError:
        return  # the page itself says why the desk cannot be opened
    with st.container(key="notices_bell", width="content"):
        st.button(
            words.unread(count),
            icon=":material/notifications_unread:" if count else ":material/notifications:",
            type="tertiary",
            key="notices_bell_open",
            on_click=session.remember,
            args=(OPEN, True),
        )
    if session.recall(OPEN):
        _drawer(person)


@st.dialog(_("Notices"), position="right", on_dismiss=lambda: session.forget(OPEN))
def _drawer(person: Person) -> None:
    """The newest notices, each the way to its ticket."""
    _go_to_ticket()
    if session.recall(ALL_READ):
        st.rerun()  # the bell counts anew
    notices = of(person).notices(limit=SHOWN)
    if notices.empty:
        st.caption(_("Nothing yet. You are told here when a ticket is given to you, or something is about to run out."))
    for notice in rows(notices):
        item(notice, "notices_bell_item")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(session.recall(session.PAGES)["notices"], label=_("All notices and choices"), width="content")
        if true_count(notices["is_unread"]):
            read_all_button("notices_bell_read_all", notices["made_at"].max().to_pydatetime())


def item(notice: Mapping[str, Any], key: str) -> None:
    """A notice that leads to its ticket; following it is reading it."""
    text = formats.plain(words.sentence(notice, access.zone()))
    about = [formats.plain(str(notice["product_name"]))] if notice["product_name"] else []
    rest = " · ".join([*about, formats.ago(notice["made_at"], access.now())])
    st.button(
        f"**{text}** · {rest}" if notice["is_unread"] else f"{text} · {rest}",
        icon=words.ICONS[NoticeKind(notice["kind"])],
        type="tertiary",
        key=f"{key}_{notice['id']}",
        on_click=_follow,
        args=(notice["id"], int(notice["number"])),
        wrap=True,
    )


def read_all_button(key: str, told_by: datetime) -> None:
    """The button by which a person says that they have read everything made until `told_by`."""
    st.button(_("Mark all read"), icon=":material/done_all:", key=key, on_click=_read_all, args=(told_by,))


def _follow(notice_id: str, number: int) -> None:
    with errors.sentences():
        of(acting(*DeskRole)).read(notice_id, now=access.now())
        session.remember(FOLLOWED, number)


def _go_to_ticket() -> None:
    """To the ticket of the notice that was clicked."""
    number = session.recall(FOLLOWED)
    session.forget(FOLLOWED)
    if number:
        st.switch_page(session.recall(session.PAGES)["queue"], query_params={"ticket": str(number)})


def _read_all(told_by: datetime) -> None:
    with errors.sentences():
        of(acting(*DeskRole)).read_all(told_by=told_by, now=access.now())
        session.remember(ALL_READ, value=True)
