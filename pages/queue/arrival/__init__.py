"""Brings the head of a ticket into sight when a key, or play mode, shows another one than the person looked at."""

from pathlib import Path

from pages.shared import components, session

COUNT = "queue_arrivals"

_head = components.load(Path(__file__).parent, '<div class="arrival"></div>')


def arrive() -> None:
    """Another ticket is shown by a step of the list, not by a click in it; for a callback."""
    session.remember(COUNT, session.recall(COUNT, 0) + 1)


def head_in_sight() -> None:
    """Draw it below the ticket, so that all that stands above the head is there; `desk.css` gives it no room."""
    _head(key="queue_arrival", data={"count": session.recall(COUNT, 0)})
