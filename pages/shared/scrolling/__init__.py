"""Tables that are wider than the window, or higher than their place, scroll by keyboard, too."""

from pathlib import Path

from pages.shared import components

_reach = components.load(Path(__file__).parent, '<div class="scrolling"></div>')


def by_keyboard() -> None:
    """Let the focus reach every table of the page that scrolls; `desk.css` gives the element no room."""
    _reach(key="shared_scrolling")
