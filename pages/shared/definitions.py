"""The definitions behind the figures: the headings of DECISIONS.md that a page names, quoted at its foot."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from pages.shared.cards import card
from pages.shared.texts import _

DECISIONS = Path(__file__).resolve().parents[2] / "DECISIONS.md"
_SECTION = re.compile(r"^## (?P<heading>.+?)\n+(?P<first>.+?)(?=\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


@cache
def sections() -> Mapping[str, str]:
    """The first paragraph below each heading of DECISIONS.md: what is counted. The rest says why."""
    found = _SECTION.finditer(DECISIONS.read_text(encoding="utf-8"))
    return {match["heading"].strip(): " ".join(match["first"].replace("`", "").split()) for match in found}


def anchor(heading: str) -> str:
    """Where on the page a heading is quoted."""
    return "definition-" + re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


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
