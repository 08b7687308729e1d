"""What the buyer wrote last, right above the box: nobody answers without seeing it."""

from collections.abc import Sequence
from textwrap import shorten

import streamlit as st

from pages.queue.sheet import Sheet
from pages.shared.formats import ago, instant, plain
from pages.shared.texts import _
from pages.shared.words import ROLES
from workflow.records import Message
from workflow.vocabulary import Role

SHOWN_LENGTH = 280  # of signs: with the box and its verdict it fits on a phone


def newest_of_buyer(messages: Sequence[Message]) -> Message | None:
    """The buyer's newest public message, in whatever order they come; None where the buyer wrote nothing."""
    written = [item for item in messages if item.author_role is Role.BUYER and item.is_public and item.text.strip()]
    return max(written, key=lambda item: (item.sent_at, item.recorded_at), default=None)


def last_words(sheet: Sheet, message: Message) -> None:
    """Draw them; of a long message the beginning, and the whole at a press."""
    name = sheet.names.get(message.author_id) or ROLES[Role.BUYER]
    said = _("{name}, {ago}").format(name=name, ago=ago(message.sent_at, sheet.now))
    with st.container(key="queue_last_words", gap="xxsmall"):
        is_long = len(message.text) > SHOWN_LENGTH
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(plain(said), help=plain(instant(message.sent_at, sheet.zone)), width="content")
            if is_long:
                with st.popover(_("Whole message"), type="tertiary"):
                    st.text(message.text)
        st.text(shorten(message.text, SHOWN_LENGTH, placeholder=" …") if is_long else message.text)
