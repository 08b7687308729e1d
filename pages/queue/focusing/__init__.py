"""Gives the first field of a form that opens the focus, so that what is typed stands in it."""

from pathlib import Path

from pages.shared import components

_focusing = components.load(Path(__file__).parent, '<span class="focusing"></span>')


def first_field() -> None:
    """Drawn within a dialog: its first field has the focus once, when it opens."""
    _focusing(key="queue_focusing")


def next_field() -> None:
    """Drawn in place of fields that an answer takes away: whoever stood in one goes on in the field below."""
    _focusing(key="queue_focusing_next", data={"is_next": True})
