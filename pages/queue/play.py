"""Play mode: after an act that moved the ticket on, the next ticket of the list is shown by itself."""

import streamlit as st

from pages.queue.arrival import arrive
from pages.shared import session
from pages.shared.keys import PLAY
from pages.shared.texts import _
from workflow.notices import BUYER_WROTE_AGAIN
from workflow.tickets import Ticket

MODE, NUMBERS, LEFT = "queue_play", "queue_numbers", "queue_play_left"


def switch() -> None:
    """The button that begins and ends play mode."""
    is_on = bool(session.recall(MODE))
    st.button(
        _("Playing") if is_on else _("Play"),
        icon=":material/pause:" if is_on else ":material/play_arrow:",
        key="queue_play_switch",
        on_click=_switch,
        shortcut=PLAY.shortcut,
        help=_("After each act the next ticket of this list is shown. A note stays with its ticket."),
    )


def go_on(before: Ticket, after: Ticket) -> None:
    """Show the next ticket of the list, where play mode is on and the act changed state or ball, or answered.

    After the last one comes the first that is left.
    """
    is_put_away = BUYER_WROTE_AGAIN in before.flags - after.flags
    has_moved = is_put_away or (before.state, before.ball) != (after.state, after.ball)
    numbers = session.recall(NUMBERS, [])
    if not session.recall(MODE) or not has_moved or before.number not in numbers:
        return
    place = numbers.index(before.number)
    others = [*numbers[place + 1 :], *numbers[:place]]
    session.set_query(ticket=str(others[0]) if others else "", ledger="")
    session.remember(LEFT, before.number)
    arrive()


def left() -> int | None:
    """The ticket that the last act went on from, told once: what is said of the act has to name it."""
    number = session.recall(LEFT)
    session.forget(LEFT)
    return number


def _switch() -> None:
    session.remember(MODE, not session.recall(MODE))
