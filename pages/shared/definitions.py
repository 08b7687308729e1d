"""The definitions behind the figures: the headings of DECISIONS.md that a page names, quoted at its foot."""

from collections.abc import Sequence

import streamlit as st

from data.decisions import anchor, sections
from pages.shared.bordered import bordered
from pages.shared.texts import _


def tip(sentence: str, *headings: str) -> str:
    """A tooltip: the sentence, if there is one, and the way to each definition at the foot of the page."""
    ways = _("How it is counted")
    if len(headings) == 1:
        ways = f"[{ways}](#{anchor(headings[0])})"
    elif headings:
        ways += ": " + ", ".join(f"[{heading}](#{anchor(heading)})" for heading in headings)
    return " ".join(part for part in (sentence, ways if headings else "") if part)


def quote(headings: Sequence[str], *, key: str) -> None:
    """Draw the definitions, two beside each other where there is room."""
    with bordered(_("How it is counted"), _("the definitions in DECISIONS.md, in short"), key=key):
        _draw(headings)


def fold(headings: Sequence[str], *, key: str) -> None:
    """The same, folded away; a way to one of them unfolds it."""
    with st.expander(_("How it is counted"), icon=":material/functions:", key=key):
        _draw(headings)


def _draw(headings: Sequence[str]) -> None:
    grid = st.grid(2, min_column_width=300)
    for heading in headings:
        with grid.cell():
            st.subheader(heading, anchor=anchor(heading))
            st.caption(sections()[heading])
