"""The live diagram of a ticket's states; a step that is taken there opens the form of its action.

Whoever needs the room for the conversation folds it to the ticket's last steps, for every ticket of the session.
"""

from itertools import groupby
from pathlib import Path

import streamlit as st

from pages.queue.composer import calling
from pages.queue.diagram.picture import picture
from pages.queue.sheet import Sheet
from pages.shared import components
from pages.shared.formats import plain
from pages.shared.texts import _, label
from workflow.vocabulary import Role

_diagram = components.load(
    Path(__file__).parent / "diagram",
    '<div class="stage"><div class="diagram" tabindex="0" role="region"></div><div class="why" hidden></div></div>',
)


FOLD = "queue_states"
TOLD_COUNT = 4


def states(sheet: Sheet) -> None:
    """Draw it, or the line that is left of it."""
    with st.container(gap="xxsmall"):
        # Another label would be another fold, and open anew.
        fold = st.expander(_("States"), expanded=True, key=FOLD, type="compact", on_change="rerun")
        if not fold.open:
            st.caption(_told(sheet))
            return
        with fold:
            _picture(sheet)


def _told(sheet: Sheet) -> str:
    """The states that the ticket went through last, and where it is."""
    known = sheet.lifecycle.states  # but not those of an earlier category
    visits = [event.to_state for event in sheet.events if event.is_visit]
    names = [state for state, _same in groupby(visits)]
    *before, here = [plain(label(known[name].labels if name in known else {}, name)) for name in names[-TOLD_COUNT:]]
    more = ["…"] if len(names) > TOLD_COUNT else []
    return " → ".join([*more, *before, f"**{here}**"])


def _picture(sheet: Sheet) -> None:
    offers = sheet.offers[Role.SELLER_AGENT]
    drawn = _diagram(
        key=sheet.key("queue_diagram"),
        data=picture(sheet.lifecycle, sheet.ticket, sheet.events, offers, sheet.now),
        on_start_change=lambda: None,
    )
    target = drawn.start
    if target:
        leading = [offer.trigger for offer in offers if offer.is_allowed and target in offer.to_states]
        calling.begin(sheet, Role.SELLER_AGENT, leading)
