"""The stream of a ticket and the box under which an agent answers or notes."""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.queue.acting import DONE, Asked, act
from pages.queue.drawers import REFUSAL
from pages.queue.sheet import Sheet
from pages.queue.timeline.entries import Teller
from pages.shared import access, components, session
from pages.shared.formats import plain
from pages.shared.texts import _, counted
from workflow.inputs import INPUTS
from workflow.reasons import sentence
from workflow.rules import ActionOffer
from workflow.vocabulary import Effect, EventKind, Role

FIRST_COUNT = 40
_timeline = components.load(Path(__file__).parent / "timeline", '<ol class="timeline"></ol>')
TEXT_KEYS = {"reply_text": "queue_reply", "note_text": "queue_note"}


def conversation(sheet: Sheet) -> None:
    """Draw it."""
    with st.container(border=True, key="queue_conversation"):
        is_silent = sheet.lifecycle.is_observed and not sheet.case.messages
        st.markdown(f"**{_('History') if is_silent else _('Conversation and history')}**")
        _composer(sheet)
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
    entries = teller.entries(sheet.case, events)
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


def _composer(sheet: Sheet) -> None:
    reply, note = _writes(sheet, "reply_text"), _writes(sheet, "note_text")
    modes = {
        name: (text, offer)
        for name, text, offer in (
            ("reply_text", _("Reply to the buyer"), reply),
            ("note_text", _("Internal note"), note),
        )
        if offer
    }
    if not modes:
        return
    field = st.segmented_control(
        _("Write"),
        list(modes),
        format_func=lambda name: modes[name][0],
        default=next(iter(modes)),
        required=True,
        key="queue_write_mode",
        label_visibility="collapsed",
    )
    text, offer = modes[field if field in modes else next(iter(modes))]
    if not offer.is_allowed:
        st.info(plain(_capital(sentence(offer.reason))) if offer.reason else "", icon=":material/lock:")
        return
    _box(sheet, field, text, offer)


def _box(sheet: Sheet, field: str, text: str, offer: ActionOffer) -> None:
    key = f"{TEXT_KEYS[field]}_{sheet.ticket.number}"
    with st.form("queue_composer", border=False, enter_to_submit=False, clear_on_submit=False):
        st.text_area(
            text,
            key=key,
            max_chars=INPUTS[field].longest,
            height=84,
            label_visibility="collapsed",
            placeholder=_("Write to the buyer …") if field == "reply_text" else _("Only the desk sees this …"),
        )
        refusal = session.recall(f"{key}_refusal")
        if refusal:
            for line in (refusal.sentence, *refusal.fields.values()):
                if line:
                    st.markdown(f":red[:material/error: {plain(line)}]")
        label = _("Send") if field == "reply_text" else _("Save note")
        st.form_submit_button(label, on_click=_send, args=(sheet, field, key, offer), icon=":material/send:")


def _writes(sheet: Sheet, field: str) -> ActionOffer | None:
    """The action that takes nothing but this text, an allowed one first."""
    effect = Effect.PUBLIC_REPLY if field == "reply_text" else Effect.INTERNAL
    fitting = [
        offer
        for offer in sheet.offers[Role.SELLER_AGENT]
        if offer.effect is effect and any(use.name == field for use in offer.inputs)
    ]
    plain_ones = [offer for offer in fitting if {use.name for use in offer.inputs if use.is_required} <= {field}]
    return min(plain_ones, key=lambda offer: not offer.is_allowed, default=None)


def _send(sheet: Sheet, field: str, key: str, offer: ActionOffer) -> None:
    asked = Asked(ticket=sheet.ticket, role=Role.SELLER_AGENT, triggers=(offer.trigger,), version=sheet.ticket.version)
    text = session.recall(key, "")
    refusal = act(asked, offer.trigger, {field: text} if text.strip() else {}, ())
    session.remember(f"{key}_refusal", refusal)
    if refusal is None:
        session.remember(key, "")
        session.forget(REFUSAL)
        session.remember(DONE, _("Sent") if field == "reply_text" else _("Note saved"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
