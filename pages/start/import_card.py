"""Import a log."""

import streamlit as st

from pages.shared.texts import _


def import_card() -> None:
    """Draw it."""
    with st.container(border=True, height="stretch", key="start_import"):
        st.header(f":material/upload_file: {_('Import a log')}", anchor=False)
