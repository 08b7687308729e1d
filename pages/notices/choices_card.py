"""What a person wants to be told, on which channel, and the hours outside of which they are left in peace."""

from collections.abc import Mapping

import streamlit as st

from data.notices.addresses import Addresses, addresses
from data.notices.choices import choices_of, hours_by_calendar, save_choices
from pages.shared import access, errors, session
from pages.shared.cards import card
from pages.shared.notices.words import CHANNELS, KINDS
from pages.shared.people import DeskRole, Person, acting
from pages.shared.texts import _
from workflow.errors import DeskError
from workflow.notice_choices import AT_ONCE, Choices
from workflow.notices import OUTSIDE, NoticeChannel, NoticeKind

PREFIX, HOURS, SAID, REFUSED = "notices_wants_", "notices_hours", "notices_said", "notices_refused"


def choices_card(person: Person) -> None:
    """Draw it."""
    chosen = choices_of(access.desk().database, person.id)
    with card(_("What reaches you"), _("by kind and channel"), key="notices_choices", defined_by=("Quiet hours",)):
        refused = session.recall(REFUSED)
        session.forget(REFUSED)
        if refused:
            errors.show(refused)
        with st.form("notices_form", border=False):
            for kind, name in KINDS.items():
                st.pills(
                    name,
                    list(NoticeChannel),
                    selection_mode="multi",
                    default=[channel for channel in NoticeChannel if chosen.wants(kind, channel)],
                    format_func=CHANNELS.__getitem__,
                    key=PREFIX + kind,
                )
            _hours(chosen)
            st.form_submit_button(_("Save"), type="primary", on_click=_save)
        with errors.sentences():
            st.caption(_reached(addresses(), person))


def _hours(chosen: Choices) -> None:
    names = {AT_ONCE: _("None: tell me at once"), **_calendars()}
    usual = chosen.calendar_id if chosen.calendar_id in names else AT_ONCE
    st.selectbox(
        _("Your service hours"),
        list(names),
        index=list(names).index(usual),
        format_func=names.__getitem__,
        key=HOURS,
        help=_("What comes outside of them is at the bell at once, and leaves the desk when they begin again."),
    )


def _calendars() -> Mapping[str, str]:
    clocks = hours_by_calendar(access.desk().database)
    return {calendar_id: clock.versions[-1].calendar.name for calendar_id, clock in clocks.items()}


def _reached(given: Addresses, person: Person) -> str:
    """On which channels the desk's owner has given an address."""
    reached = given.channels_of(person.id)
    if not reached:
        return _("The desk has no address of yours, so notices stay at the bell. Whoever runs the desk can give one.")
    names = ", ".join(CHANNELS[channel] for channel in OUTSIDE if channel in reached)
    return _("The desk has an address of yours for: {channels}.").format(channels=names)


def _save() -> None:
    try:
        person = acting(*DeskRole)
        wanted = {kind: frozenset(map(NoticeChannel, session.recall(PREFIX + kind) or ())) for kind in NoticeKind}
        chosen = Choices(channels=wanted, calendar_id=session.recall(HOURS))
        save_choices(access.desk().database, person.id, chosen, now=access.now())
    except DeskError as error:
        session.remember(REFUSED, error)
        return
    session.remember(SAID, _("Saved"))
