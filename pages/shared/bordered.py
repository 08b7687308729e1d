"""The border, title and subtitle that every card has, whatever it holds; `cards.card` is what pages draw."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def bordered(title: str, subtitle: str, *, key: str, tip: str = "") -> Iterator[None]:
    """Draw what the block draws within a border, below a bold title and a small grey subtitle; `tip` is a tooltip."""
    with st.container(border=True, key=key, height="stretch", gap="xsmall"):
        st.markdown(f"**{title}** &nbsp;:gray[:small[{subtitle}]]", help=tip or None)
        yield
