"""The stream of a ticket, below the box in which an agent answers or notes."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from data.beside import MergedMessage
from pages.queue.composer.last_words import newest_of_buyer
from pages.queue.composer.view import composer
from pages.queue.sheet import Sheet
from pages.queue.timeline.entries import Teller
from pages.queue.timeline.kinds import NAMES, EntryKind
from pages.shared import access, components
from pages.shared.texts import _, counted
from workflow.tickets import Event
from workflow.vocabulary import EventKind

FIRST_COUNT = 40
_timeline = components.load(Path(__file__).parent / "timeline", '<ol class="timeline"></ol>')


def conversation(sheet: Sheet) -> None:
    """Draw it."""
    with st.container(border=True, key="queue_conversation"):
        is_silent = sheet.lifecycle.is_observed and not sheet.case.messages
        st.markdown(f"**{_('History') if is_silent else _('Conversation and history')}**")
        merged = access.beside().merged_messages(sheet.case, sheet.person.scope)
        composer(sheet, newest_of_buyer([*sheet.case.messages, *(item.message for item in merged)]))
        _stream(sheet, merged)


@st.fragment
def _stream(sheet: Sheet, merged: Sequence[MergedMessage]) -> None:
    """Draw the stream of the chosen kinds. A fragment: another choice of kinds draws the rest of the page no anew."""
    teller = Teller(lifecycles=access.desk().desk.rules.lifecycles, names=sheet.names, zone=sheet.zone, now=sheet.now)
    only = st.pills(
        _("Show"),
        list(EntryKind),
        selection_mode="multi",
        format_func=NAMES.__getitem__,
        key="queue_stream_kinds",
        label_visibility="collapsed",
        persist_state="session",
    )
    events = sheet.events if _has_spent(sheet, only) else [event for event in sheet.events if not _is_spent(event)]
    entries = teller.entries(sheet.case, events, merged, only)
    if not entries:
        st.caption(_("The ticket has nothing of that kind."))
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


def _has_spent(sheet: Sheet, only: Collection[EntryKind]) -> bool:
    """Whether clocks that came due for nothing are told: if asked for by name, or among everything by the switch."""
    if only:
        return EntryKind.CLOCK in only
    spent_count = sum(_is_spent(event) for event in sheet.events)
    return spent_count > 0 and st.toggle(
        counted("Show {count} clock event", "Show {count} clock events", spent_count),
        key="queue_clock_events",
        help=_("Clocks that came due when they no longer applied"),
    )


def _is_spent(event: Event) -> bool:
    return event.kind is EventKind.TIMER_SPENT
