"""The first start."""

from pages.shared.people import DeskRole, require


def render() -> None:
    """Draw the page."""
    require(*DeskRole)
