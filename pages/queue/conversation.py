"""The stream of a ticket, below the box in which an agent answers or notes."""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.queue.composer.view import composer
from pages.queue.sheet import Sheet
from pages.queue.timeline.entries import Teller
from pages.shared import access, components
from pages.shared.texts import _, counted
from workflow.vocabulary import EventKind

FIRST_COUNT = 40
_timeline = components.load(Path(__file__).parent / "timeline", '<ol class="timeline"></ol>')


def conversation(sheet: Sheet) -> None:
    """Draw it."""
    with st.container(border=True, key="queue_conversation"):
        is_silent = sheet.lifecycle.is_observed and not sheet.case.messages
        st.markdown(f"**{_('History') if is_silent else _('Conversation and history')}**")
        composer(sheet)
        _stream(sheet)


def _stream(sheet: Sheet) -> None:
    teller = Teller(lifecycles=access.desk().desk.rules.lifecycles, names=sheet.names, zone=sheet.zone, now=sheet.now)
    spent = [event for event in sheet.events if event.kind is EventKind.TIMER_SPENT]
    has_spent = bool(spent) and st.toggle(
        counted("Show {count} clock event", "Show {count} clock events", len(spent)),
        key="queue_clock_events",
        help=_("Clocks that came due when they no longer applied"),
    )
    events = sheet.events if has_spent else [event for event in sheet.events if event not in spent]
    entries = teller.entries(sheet.case, events, access.beside().merged_messages(sheet.case, sheet.person.scope))
    shown = entries
    if len(entries) > FIRST_COUNT and not st.toggle(
        counted("Show all {count} entries", "Show all {count} entries", len(entries)), key="queue_all_entries"
    ):
        shown = entries[:FIRST_COUNT]
    data: dict[str, Any] = {
        "title": _("History of ticket {number}, newest first").format(number=sheet.ticket.number),
        "entries": shown,
    }
    _timeline(key="queue_timeline", data=data)
