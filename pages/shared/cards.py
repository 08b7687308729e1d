"""The bordered card that a figure or table stands in: bold title, small grey subtitle that says the unit."""

from collections.abc import Iterator
from contextlib import contextmanager

import plotly.graph_objects as go
import streamlit as st

from pages.shared.colours import CHART_CONFIG


@contextmanager
def card(title: str, subtitle: str, *, key: str, note: str = "") -> Iterator[None]:
    """Draw what the block draws within a card; `note` is a tooltip."""
    with st.container(border=True, key=key, height="stretch", gap="xsmall"):
        st.markdown(f"**{title}** &nbsp;:gray[:small[{subtitle}]]", help=note or None)
        yield


def draw(figure: go.Figure, *, key: str, described_as: str) -> None:
    """Draw a figure as wide as its card; `described_as` is what a screen reader says."""
    st.plotly_chart(
        figure, width="stretch", height="stretch", theme=None, config=CHART_CONFIG, key=key, alt=described_as
    )


def nothing_here(text: str) -> None:
    """What a card says that has nothing to show."""
    with st.container(horizontal_alignment="center"):
        st.space("small")
        st.caption(text, text_alignment="center", width="content")
        st.space("small")
