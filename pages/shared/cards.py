"""The bordered card that a figure or table stands in: bold title, small grey subtitle that says the unit."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import plotly.graph_objects as go
import streamlit as st

from pages.shared import behind, definitions
from pages.shared.bordered import bordered
from pages.shared.colours import CHART_CONFIG

HEIGHT = 300


@contextmanager
def card(title: str, subtitle: str, *, key: str, defined_by: Sequence[str], note: str = "") -> Iterator[None]:
    """Draw what the block draws within a card; `note` is a tooltip.

    The tooltip leads to `defined_by`, the headings of DECISIONS.md that its figures go by, which the page quotes at its
    foot (`definitions.quote`). Only a card that shows no figure has none.
    """
    with bordered(title, subtitle, key=key, tip=definitions.tip(note, *defined_by)):
        yield


def draw(ask: Callable[[], go.Figure], *, key: str, described_as: str, leads: bool = False) -> None:
    """Draw the figure that `ask` gives, as wide as its card; until it is there, its place is held.

    `described_as` is what a screen reader says. Where a mark `leads` to its tickets, a click opens them (`behind`).
    """
    with st.skeleton(height=HEIGHT):
        figure = ask()
    st.plotly_chart(
        figure,
        width="stretch",
        height="stretch",
        theme=None,
        config=CHART_CONFIG,
        key=behind.keyed(key) if leads else key,
        alt=described_as,
        on_select=behind.follow(key) if leads else "ignore",
        selection_mode="points",
    )


def nothing_here(text: str) -> None:
    """What a card says that has nothing to show."""
    with st.container(horizontal_alignment="center"):
        st.space("small")
        st.caption(text, text_alignment="center", width="content")
        st.space("small")
