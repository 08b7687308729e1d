"""Who else looks at the ticket or writes, and whether somebody changed it meanwhile. A fragment that renews itself."""

from datetime import datetime

import streamlit as st

from pages.queue.composer.sending import unsent
from pages.queue.sheet import Sheet
from pages.shared import access, session
from pages.shared.formats import ago, plain
from pages.shared.texts import _
from pages.shared.words import happening
from workflow.errors import DeskError
from workflow.presence import Presence

SECONDS = 5


@st.fragment(run_every=SECONDS)
def company(sheet: Sheet) -> None:
    """Draw it; nothing where nobody else is there and nothing happened."""
    now, mine = access.now(), session.id()
    access.presences.see(sheet.ticket.id, mine, sheet.person.id, now)
    with st.container(key="queue_company", gap="xxsmall"):
        try:
            _happened(sheet)
            for line in _others(sheet, mine):
                st.caption(line)
        except DeskError:
            return  # the page itself says why the desk cannot be read


def _happened(sheet: Sheet) -> None:
    newer = [
        event
        for event in access.desk().store.events_of(sheet.ticket.id, sheet.person.scope)
        if event.seq > sheet.ticket.version
    ]
    if newer:
        lifecycle = access.desk().rules.lifecycles.version(newer[-1].category, newer[-1].lifecycle_version)
        text = _("{what} by {name}, {ago}. What you typed is kept.").format(
            what=happening(newer[-1], lifecycle),
            name=access.desk().store.name_of(newer[-1].recorded_by),
            ago=ago(newer[-1].recorded_at, access.now()),
        )
        st.warning(plain(text), icon=":material/sync_problem:")
        if st.button(_("Show the ticket as it is now"), key="queue_reload"):
            st.rerun()


def _others(sheet: Sheet, mine: str) -> list[str]:
    now = access.now()
    # A screen that was closed or loaded anew says so by itself; what is left on the board is forgotten a little later.
    there = [seen for seen in access.presences.others(sheet.ticket.id, mine, now) if session.is_open(seen.session_id)]
    lines = [_present(sheet, seen, now) for seen in there]
    writing = {seen.person_id for seen in there}
    for draft in unsent(sheet):
        if draft.agent_id not in {sheet.person.id, *writing}:
            name = access.desk().store.name_of(draft.agent_id)
            text = _("{name} has an unsent draft, {ago}").format(name=name, ago=ago(draft.saved_at, now))
            lines.append(f":material/edit_note: {plain(text)}")
    return lines


def _present(sheet: Sheet, seen: Presence, now: datetime) -> str:
    is_writing = seen.is_writing(now)
    if seen.person_id == sheet.person.id:
        text = _("You write here in another window") if is_writing else _("You have this ticket open in another window")
    else:
        name = access.desk().store.name_of(seen.person_id)
        text = _("{name} is writing") if is_writing else _("{name} is looking at this ticket")
        text = text.format(name=name)
    return f"{':material/edit:' if is_writing else ':material/visibility:'} {plain(text)}"
