"""Keys that no button of Streamlit can have: they focus a field or press a button of the page."""
