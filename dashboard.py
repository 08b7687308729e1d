"""The launcher: `streamlit run dashboard.py`. The script is `pages/main.py`, so no deep link gets past it."""

import streamlit as st

from pages.shared import errors, server

app = st.App(
    "pages/main.py",
    lifespan=server.lifespan,
    middleware=server.MIDDLEWARE,
    on_script_error=errors.apologise,
)
