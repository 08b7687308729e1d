"""What did not get through, for the manager: to whom, by which channel, how often it was tried and why it failed."""

import pandas as pd
import streamlit as st

from data.notices.outbox import Outbox
from pages.shared import access, errors, formats, links
from pages.shared.cards import card, nothing_here
from pages.shared.frames import rows
from pages.shared.notices.words import CHANNELS
from pages.shared.people import DeskRole, Person, acting
from pages.shared.texts import _
from workflow.errors import DeskError
from workflow.notices import NoticeChannel


def given_up_card(person: Person) -> None:
    """Draw it."""
    with card(_("Not delivered"), _("given up within 30 days"), key="notices_given_up", defined_by=("Outbox",)):
        frame = _outbox().given_up(access.now(), scope=person.scope)
        if frame.empty:
            nothing_here(_("Everything that left the desk was delivered, or is still being tried."))
            return
        st.table(_table(frame), border="horizontal", hide_index=True, alt=_("Notices that were not delivered"))
        st.button(_("Try them again"), icon=":material/refresh:", key="notices_try_again", on_click=_try_again)


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("To"): formats.plain(row["person_name"]),
                _("By"): CHANNELS[NoticeChannel(row["channel"])],
                _("Ticket"): links.ticket(int(row["number"])),
                _("Tried"): f"{row['refused_count']:,}",
                _("Why"): formats.plain(row["reason"]),
            }
            for row in rows(frame)
        ]
    )


def _try_again() -> None:
    try:
        acting(DeskRole.MANAGER)
        _outbox().try_again(access.now())
    except DeskError as error:
        errors.show(error)


def _outbox() -> Outbox:
    return Outbox(access.desk().database)
