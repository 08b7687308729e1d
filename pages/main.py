"""The Streamlit script: runs at every visit and every click. `dashboard.py` is what starts it."""

from pages.shared import navigation

navigation.run()
