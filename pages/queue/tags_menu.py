"""The tags of a ticket: a field that holds them, to add to and to take from, and one press that keeps it."""

import streamlit as st

from pages.queue import acting
from pages.queue.sheet import Sheet
from pages.shared import session
from pages.shared.texts import _
from workflow.tickets import Ticket


def tags_menu(sheet: Sheet) -> None:
    """Draw it."""
    with st.popover(_("Tags"), icon=":material/sell:", help=_("Add tags, or take them off"), key="queue_tags_menu"):
        key = sheet.key("queue_tags")
        typed = _brought_up(sheet.ticket.tags, key)
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):  # beside: the list opens below
            chosen = st.multiselect(
                _("Tags of the ticket"),
                sorted({*typed, *sheet.ticket.tags}),
                key=key,
                accept_new_options=True,
                placeholder=_("Type a tag"),
                help=_("Letters, digits, - and _, at most 32; Enter adds one"),
            )
            st.button(
                _("Save"),
                key=sheet.key("queue_tags_save"),
                type="primary",
                disabled=set(chosen) == set(sheet.ticket.tags),
                on_click=_save,
                args=(sheet.ticket, key),
            )


def _brought_up(tags: tuple[str, ...], key: str) -> list[str]:
    """What the field holds; where a colleague changed the tags meanwhile, theirs with what was added and taken here."""
    begun_key = f"{key}_begun"
    begun, typed = session.recall(begun_key), session.recall(key)
    if begun is None or typed is None:
        begun, typed = tags, list(tags)
    if set(begun) != set(tags):
        typed = sorted(({*tags} | ({*typed} - {*begun})) - ({*begun} - {*typed}))
    session.remember(begun_key, tags)
    session.remember(key, list(typed))
    return typed


def _save(ticket: Ticket, key: str) -> None:
    """Change the ticket as it was seen: a stale screen is refused, and the field keeps what was typed."""
    acting.tag(ticket, session.recall(key, ()))
