"""Brings the head of a ticket into sight, and its row of the list, when another one is shown than the person looked at.

A key, play mode, a notice, a link and a new contact show another, and so does an address that names one when it is
opened; a click in the list, or another list, is looked at.
"""

from collections.abc import Sequence
from pathlib import Path

from pages.shared import components, session

COUNT, MARKS = "queue_arrivals", "queue_arrivals_at_marks"
DRAWN, LOOKED_AT = "queue_arrival_drawn", "queue_arrival_looked_at"

_head = components.load(Path(__file__).parent, '<div class="arrival"></div>')


def arrive() -> None:
    """Another ticket is shown by a step of the list, not by a click in it; for a callback."""
    session.remember(COUNT, session.recall(COUNT, 0) + 1)


def look_at_marks() -> None:
    """Rows are selected, maybe by a key: the bar that says how many is to be in sight; for a callback."""
    session.remember(MARKS, session.recall(MARKS, 0) + 1)


def look_at_list() -> None:
    """The ticket that the address names now was chosen in the list, or as its first: the person looks there."""
    session.remember(LOOKED_AT, session.query("ticket"))


def head_in_sight(numbers: Sequence[int], row_height: int) -> None:
    """Draw it below the ticket, so that all that stands above the head is there; `desk.css` gives it no room.

    `numbers` are the rows of the list, each `row_height` pixels high.
    """
    ticket = session.query("ticket")
    if session.recall(DRAWN) != ticket and session.recall(LOOKED_AT) != ticket:
        arrive()
    session.remember(DRAWN, ticket)
    session.forget(LOOKED_AT)
    row = next((place for place, number in enumerate(numbers) if str(number) == ticket), -1)
    counts = {"count": session.recall(COUNT, 0), "marks": session.recall(MARKS, 0)}
    _head(key="queue_arrival", data={**counts, "row": row, "rowHeight": row_height})
