"""What the marketplace shows of a parcel, noted by an agent; the tickets about it follow by themselves."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from pages.queue import drawers, focusing
from pages.queue.acting import DONE
from pages.queue.sheet import Sheet
from pages.shared import access, session, words
from pages.shared.formats import local, plain
from pages.shared.people import DeskRole, acting
from pages.shared.refusals import worded
from pages.shared.texts import _, label
from workflow.errors import DeskError, PostingChangedError
from workflow.records import Posting
from workflow.tickets import Ticket

PREFIX = "queue_parcel_"
ERRORS = f"{PREFIX}errors"
STALE, ATTEMPT = f"{PREFIX}stale", f"{PREFIX}attempt"  # the screen is older than the parcel; how often it was
DELIVERED = "delivered"
AFTER_DELIVERY = {DELIVERED, "arbitration", "client_arbitration"}
TRACKING_LONGEST = 64


def begin(ticket_id: str) -> None:
    """Open the form of a ticket."""
    drawers.open_only(drawers.PARCEL, ticket_id)


def open_form(sheet: Sheet) -> None:
    """Draw it as a drawer."""
    put_away = drawers.dismissal(partial(_all_kept, parcels(sheet), sheet.zone))
    st.dialog(_("Update the parcel"), width="medium", on_dismiss=put_away)(_draw)(sheet)


def parcels(sheet: Sheet) -> list[Posting]:
    """The parcel that the ticket is about, and that of an exchange."""
    return [parcel for parcel in (sheet.case.posting, sheet.case.exchange_posting) if parcel]


def wrong(parcel: Posting, now: datetime) -> list[str]:
    """A sentence for each thing that cannot be so."""
    delivered_at = parcel.delivered_at
    is_there = delivered_at is not None
    parts = (
        (parcel.status == DELIVERED and not is_there, _("Say when it was delivered.")),
        (
            is_there and parcel.status not in AFTER_DELIVERY,
            _("A parcel in this status is not there yet: choose “Delivered”, or leave the delivery empty."),
        ),
        (delivered_at is not None and delivered_at > now, _("The delivery lies in the future.")),
    )
    return [sentence for is_so, sentence in parts if is_so]


def changed(  # noqa: PLR0913 - the fields of the form
    parcel: Posting,
    *,
    status: str,
    delivered_at: datetime | None,
    promised_at: datetime | None,
    tracking_number: str,
    now: datetime,
) -> Posting:
    """The parcel as it is shown now; a status that is new began with the delivery, else at `now`."""
    began_at = delivered_at if status == DELIVERED and delivered_at else now
    return replace(
        parcel,
        status=status,
        status_changed_at=parcel.status_changed_at if status == parcel.status else began_at,
        delivered_at=delivered_at,
        promised_at=promised_at,
        original_promised_at=parcel.original_promised_at or parcel.promised_at or promised_at,
        tracking_number=tracking_number,
    )


def _draw(sheet: Sheet) -> None:
    if session.recall(DONE):
        drawers.finish()
    if not drawers.is_any_open():
        st.rerun()
    focusing.first_field()
    if session.recall(STALE):  # the next attempt is made knowing of the change that this one met
        session.forget(STALE)
        st.rerun()
    st.caption(_("Copy what the marketplace shows. A ticket that waits for the parcel moves on by itself."))
    known = parcels(sheet)
    if len(known) == 1:
        st.text(known[0].number)
    numbers = [parcel.number for parcel in known]
    number = numbers[0]
    if len(numbers) > 1:
        number = st.selectbox(_("Parcel"), numbers, key=f"{PREFIX}number")
    _form(next(parcel for parcel in known if parcel.number == number), sheet)


def _form(parcel: Posting, sheet: Sheet) -> None:
    statuses = list(dict.fromkeys([*words.PARCEL_STATUSES, parcel.status]))
    begun = _shown(parcel, sheet.zone) | session.recall(_kept_key(parcel), {})
    st.selectbox(
        _("Status"),
        statuses,
        index=statuses.index(begun["status"]),
        format_func=words.parcel_status,
        key=_key("status", parcel),
    )
    left, right = st.columns(2)
    with left:
        _instant(_("Delivered, {zone}"), begun["delivered"], _key("delivered", parcel), sheet.zone)
    with right:
        _instant(_("Promised, {zone}"), begun["promised"], _key("promised", parcel), sheet.zone)
    st.text_input(_("Tracking number"), begun["tracking"], key=_key("tracking", parcel), max_chars=TRACKING_LONGEST)
    for sentence in session.recall(ERRORS, ()):
        st.markdown(f":red[:material/error: {plain(sentence)}]")
    st.button(
        _("Note it"), type="primary", width="stretch", on_click=_submit, args=(parcel, sheet), key=f"{PREFIX}submit"
    )


def _key(field: str, parcel: Posting) -> str:
    attempt = session.recall(ATTEMPT, 0)
    return f"{PREFIX}{field}_{parcel.number}" + (f"_{attempt}" if attempt else "")


def _kept_key(parcel: Posting) -> str:
    return f"{PREFIX}kept_{parcel.number}"


def _shown(parcel: Posting, zone: str) -> dict[str, Any]:
    """What the fields begin with: the parcel as the screen shows it, its instants to the minute on the desk's clock."""
    delivered, promised = (
        local(at, zone).replace(tzinfo=None, second=0, microsecond=0) if at else None
        for at in (parcel.delivered_at, parcel.promised_at)
    )
    return {
        "status": parcel.status,
        "delivered": delivered,
        "promised": promised,
        "tracking": parcel.tracking_number,
    }


def _kept(parcel: Posting, zone: str) -> dict[str, Any]:
    """What was entered, and not only shown, by field."""
    shown = _shown(parcel, zone)
    begun = shown | session.recall(_kept_key(parcel), {})
    entered = {field: session.recall(_key(field, parcel), begun[field]) for field in shown}
    return {field: value for field, value in entered.items() if value != shown[field]}


def _all_kept(known: list[Posting], zone: str) -> dict[str, object]:
    """What was entered: what was only shown may be older than the parcel when the form is opened again."""
    return {_kept_key(parcel): _kept(parcel, zone) for parcel in known}


def _begin_anew(parcel: Posting, zone: str) -> None:
    """Empty fields for the parcel as it is now; what was entered, and not only shown, is kept."""
    session.remember(_kept_key(parcel), _kept(parcel, zone))
    session.remember(ATTEMPT, session.recall(ATTEMPT, 0) + 1)
    session.remember(STALE, value=True)


def _instant(title: str, shown: datetime | None, key: str, zone: str) -> None:
    st.datetime_input(title.format(zone=zone), shown, key=key, format="YYYY-MM-DD")


def _submit(parcel: Posting, sheet: Sheet) -> None:
    now = access.now()
    entered = changed(
        parcel,
        status=session.recall(_key("status", parcel)),
        delivered_at=_entered_at("delivered", parcel, parcel.delivered_at, sheet.zone),
        promised_at=_entered_at("promised", parcel, parcel.promised_at, sheet.zone),
        tracking_number=session.recall(_key("tracking", parcel), "").strip(),
        now=now,
    )
    mistakes = wrong(entered, now)
    session.remember(ERRORS, mistakes)
    if mistakes:
        return
    if replace(entered, original_promised_at=parcel.original_promised_at) == parcel:
        session.remember(DONE, _("Nothing was changed"))
        return
    try:
        person = acting(DeskRole.AGENT)
        moved = access.desk().desk.record_posting(entered, actor=person.actor, now=now, seen=parcel, scope=person.scope)
    except PostingChangedError as error:
        session.remember(ERRORS, [worded(error)])
        _begin_anew(parcel, sheet.zone)
        return
    except DeskError as error:
        session.remember(ERRORS, [worded(error)])
        return
    session.remember(DONE, _done(sheet, moved))


def _entered_at(field: str, parcel: Posting, before: datetime | None, zone: str) -> datetime | None:
    """What was entered, as UTC; a field that still shows the same minute keeps its seconds."""
    shown = session.recall(_key(field, parcel))
    if shown is None:
        return None
    at = shown.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
    return before if before and before.replace(second=0, microsecond=0) == at else at


def _done(sheet: Sheet, tickets: tuple[Ticket, ...]) -> str:
    present = next((ticket for ticket in tickets if ticket.id == sheet.ticket.id), sheet.ticket)
    if present.state == sheet.ticket.state:
        return _("The parcel is noted")
    state = label(sheet.lifecycle.states[present.state].labels, present.state)
    return _("The parcel is noted; the ticket moved on to “{state}”").format(state=state)
