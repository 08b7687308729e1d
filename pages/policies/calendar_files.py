"""Calendars as files: the desk's own JSON and the shape that Zammad uses, both ways."""

from collections.abc import Mapping

import streamlit as st

from pages.policies import calendar_draft, fields
from pages.shared import session
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.business_time import BusinessTime
from workflow.calendar_documents import document_text, read_document
from workflow.calendar_errors import CalendarInvalidError
from workflow.calendars import Calendar
from workflow.zammad_calendars import read_zammad_calendar, zammad_calendar

SHAPE, FILE, TEXT, ID = (f"policies_calendar_import_{name}" for name in ("shape", "file", "text", "id"))
FAULTS = "policies_calendar_import_faults"
OWN, ZAMMAD = "own", "zammad"
SHAPES = {ZAMMAD: _("Zammad"), OWN: _("Marketdesk")}
LARGEST_MB = 1


def downloads(calendar: Calendar) -> None:
    """Draw the two ways out, in the row that is open; what Zammad's shape cannot say is named."""
    export = zammad_calendar(calendar)
    files = (
        (_("Download as JSON"), document_text(calendar), f"calendar_{calendar.id}.json", "own"),
        (_("Download for Zammad"), export.text, f"calendar_{calendar.id}_zammad.json", "zammad"),
    )
    for label, text, name, shape in files:
        st.download_button(
            label,
            text,
            file_name=name,
            mime="application/json",
            icon=":material/download:",
            key=f"policies_calendar_download_{shape}",
            on_click="ignore",
        )
    for sentence in export.left_out:
        st.caption(plain(sentence))


def bring_in(clocks: Mapping[str, BusinessTime]) -> None:
    """Draw the way in, folded: a file or a text becomes a draft."""
    with st.expander(_("Bring in a calendar from JSON"), icon=":material/data_object:"):
        shape = st.radio(_("Shape"), list(SHAPES), format_func=SHAPES.__getitem__, horizontal=True, key=SHAPE)
        if shape == ZAMMAD:
            hint = _("What policies name it by; that of a calendar of the desk makes its next version.")
            st.text_input(_("Short name"), key=ID, max_chars=40, placeholder="office", help=hint)
        st.file_uploader(_("JSON file"), type=["json"], key=FILE, max_upload_size=LARGEST_MB)
        st.text_area(_("or JSON text"), key=TEXT, height=120)
        st.button(
            _("Take it as a draft"),
            icon=":material/upload:",
            key="policies_calendar_import_take",
            on_click=_take,
            args=({name: clock.versions[-1].version for name, clock in clocks.items()},),
        )
        fields.wrong(session.recall(FAULTS, ()))


def _take(versions: Mapping[str, int]) -> None:
    session.forget(FAULTS)
    upload = session.recall(FILE)
    try:
        text = upload.getvalue().decode("utf-8-sig") if upload else session.recall(TEXT) or ""
        if session.recall(SHAPE) == OWN:
            calendar = read_document(text)
        else:
            calendar = read_zammad_calendar(text, calendar_id=(session.recall(ID) or "").strip())
    except UnicodeDecodeError:
        session.remember(FAULTS, (_("The file is no text in UTF-8: export it again."),))
    except CalendarInvalidError as error:
        session.remember(FAULTS, error.faults)
    else:
        calendar_draft.begin(calendar, versions.get(calendar.id, 0))
