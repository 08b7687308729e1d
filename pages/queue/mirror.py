"""The state that the marketplace shows of a ticket, mirrored by an agent where the desk's table has no way there."""

import streamlit as st

from pages.queue import drawers, focusing
from pages.queue.acting import DONE
from pages.queue.refused import stale
from pages.queue.sheet import Sheet
from pages.shared import access, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, acting
from pages.shared.refusals import worded, worded_fields
from pages.shared.texts import _, label
from workflow.errors import DeskError, InputInvalidError, TicketChangedError
from workflow.tickets import SYNC

PREFIX = "queue_mirror_"
STATE, REFERENCE, ERRORS = f"{PREFIX}state", f"{PREFIX}reference", f"{PREFIX}errors"
STALE = f"{PREFIX}stale"  # the screen is older than the ticket
REFERENCE_LONGEST = 64


def begin(ticket_id: str) -> None:
    """Open the form of a ticket."""
    drawers.open_only(drawers.MIRROR, ticket_id)


def open_form(sheet: Sheet) -> None:
    """Draw it as a drawer."""
    put_away = drawers.dismissal(_kept)
    st.dialog(_("Mirror the marketplace's state"), width="medium", on_dismiss=put_away)(_draw)(sheet)


def _kept() -> dict[str, object]:
    """What was entered, by name: the button that opens the form begins as its fields do."""
    entered = drawers.entered(PREFIX)
    return {key: entered[key] for key in (STATE, REFERENCE) if key in entered}


def _draw(sheet: Sheet) -> None:
    if session.recall(DONE):
        drawers.finish()
    if not drawers.is_any_open():
        st.rerun()
    if session.recall(STALE):  # the next attempt is made knowing of the change that this one met
        session.forget(STALE)
        st.rerun()
    st.caption(
        _(
            "For a state that the marketplace reports and no action leads to. It is taken over as it is; "
            "the history names you, the reference, and that it lies outside the table."
        )
    )
    states = {
        name: label(state.labels, name) for name, state in sheet.lifecycle.states.items() if name != sheet.ticket.state
    }
    focusing.first_field()
    st.selectbox(
        _("State at the marketplace"),
        list(states),
        index=None,
        format_func=states.__getitem__,
        key=STATE,
        placeholder=_("Choose"),
    )
    st.text_input(
        _("Reference"),
        key=REFERENCE,
        max_chars=REFERENCE_LONGEST,
        placeholder="RET-1001",
        help=_("The marketplace's number of the case or message that shows the state."),
    )
    for sentence in session.recall(ERRORS, ()):
        st.markdown(f":red[:material/error: {plain(sentence)}]")
    st.button(_("Mirror"), type="primary", width="stretch", on_click=_submit, args=(sheet,), key=f"{PREFIX}submit")


def _submit(sheet: Sheet) -> None:
    target, reference = session.recall(STATE), session.recall(REFERENCE, "").strip()
    parts = ((target, _("Choose the state.")), (reference, _("Name the reference that shows it.")))
    session.remember(ERRORS, [sentence for is_there, sentence in parts if not is_there])
    if not (target and reference):
        return
    try:
        person = acting(DeskRole.AGENT)
        access.desk().desk.sync_state(
            sheet.ticket.id,
            target,
            reference,
            actor=person.on_behalf_of(SYNC.role, SYNC.id),
            now=access.now(),
            expected_version=sheet.ticket.version,
            scope=person.scope,
        )
    except InputInvalidError as error:
        session.remember(ERRORS, list(worded_fields(error).values()))
    except TicketChangedError as error:
        session.remember(ERRORS, [stale(error)])
        session.remember(STALE, value=True)
    except DeskError as error:
        session.remember(ERRORS, [worded(error)])
    else:
        state = label(sheet.lifecycle.states[target].labels, target)
        session.remember(DONE, _("The ticket is now in “{state}”").format(state=state))
