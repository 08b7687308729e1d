"""Templates and macros: what agents write with, edited by a manager; each saving is a new version."""

import streamlit as st

from pages.replies.macros_card import macros_card
from pages.replies.saving import DONE
from pages.replies.templates_card import templates_card
from pages.shared import session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, require
from pages.shared.texts import _


def render() -> None:
    """Draw the page."""
    require(DeskRole.MANAGER)
    st.title(_("Templates and macros"), anchor=False)
    if done := session.recall(DONE):
        st.toast(plain(done), icon=":material/check:")
        session.forget(DONE)
    left, right = st.columns(2, gap="small")
    with left:
        templates_card()
    with right:
        macros_card()
