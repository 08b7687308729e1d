"""Screens with nothing on them yet: designed, never left over."""

import streamlit as st

from pages.shared import session
from pages.shared.texts import _


def empty_state(title: str, text: str, *, icon: str = ":material/inbox:", key: str = "") -> None:
    """A quiet card that says what would be here and what to do."""
    with st.container(border=True, horizontal_alignment="center", key=key or None):
        st.space("small")
        st.header(f"{icon} {title}", anchor=False, width="content", text_alignment="center")
        st.caption(text, width="content", text_alignment="center")
        st.space("small")


def no_access(*, is_signed_in: bool) -> None:
    """What a person sees who may not see the page. Shows nothing of the desk."""
    _left, middle, _right = st.columns([1, 2, 1])
    with middle:
        st.space("large")
        if is_signed_in:
            text = _("Your role does not include this page. Ask whoever runs the desk to add it.")
            empty_state(_("You have no access to this page"), text, icon=":material/lock:", key="shared_no_access")
        else:
            text = _("Sign in to see the desk. Nothing of it is shown before.")
            empty_state(_("You are signed out"), text, icon=":material/lock:", key="shared_signed_out")


def empty_desk() -> None:
    """What a page shows while the desk has no ticket: the way to the first ones."""
    with st.container(border=True, horizontal_alignment="center", key="shared_empty_desk"):
        st.space("small")
        title = f":material/rocket_launch: {_('The desk is empty')}"
        st.header(title, anchor=False, width="content", text_alignment="center")
        st.caption(
            _("Load made-up tickets to look around, or import the log of your help desk."),
            width="content",
            text_alignment="center",
        )
        st.page_link(session.recall(session.PAGES)["start"], label=_("Get started"), icon=":material/arrow_forward:")
        st.space("small")
