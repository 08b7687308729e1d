"""The definitions behind the figures: the headings of DECISIONS.md that a page names, quoted at its foot."""

from collections.abc import Sequence

import streamlit as st

from data.decisions import anchor, sections
from pages.shared.cards import card
from pages.shared.texts import _


def tip(sentence: str, heading: str) -> str:
    """A tooltip: the sentence, and the way to the definition at the foot of the page."""
    return f"{sentence} [{_('How it is counted')}](#{anchor(heading)})"


def quote(headings: Sequence[str], *, key: str) -> None:
    """Draw the definitions, two beside each other where there is room."""
    with card(_("How it is counted"), _("the definitions in DECISIONS.md, in short"), key=key):
        grid = st.grid(2, min_column_width=300)
        for heading in headings:
            with grid.cell():
                st.subheader(heading, anchor=anchor(heading))
                st.caption(sections()[heading])
