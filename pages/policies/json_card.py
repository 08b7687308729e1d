"""The whole draft as JSON: taken away as a file, and brought in from one or from a text, every fault a sentence."""

from collections.abc import Iterable, Sequence

import streamlit as st

from pages.policies import draft, fields
from pages.policies.draft import Draft
from pages.shared import session
from pages.shared.texts import _
from workflow.service.documents import read_policies
from workflow.service.errors import PolicyInvalidError

TEXT, FILE, FAULTS = "policies_json_text", "policies_json_file", "policies_json_faults"
LARGEST_MB = 1


def json_card(found: Draft, calendars: Iterable[str]) -> None:
    """Draw it, folded."""
    with st.expander(_("As JSON: take the draft away, or bring one in"), icon=":material/data_object:"):
        st.download_button(
            _("Download the draft"),
            found.text,
            file_name="policies.json",
            mime="application/json",
            icon=":material/download:",
            key="policies_json_download",
            on_click="ignore",
        )
        st.code(found.text, language="json", height=240)
        st.file_uploader(_("JSON file"), type=["json"], key=FILE, max_upload_size=LARGEST_MB)
        st.text_area(_("or JSON text"), key=TEXT, height=160, placeholder='{"policies": [...]}')
        st.button(
            _("Replace the draft by this"),
            icon=":material/upload:",
            key="policies_json_take",
            on_click=_take,
            args=(found.base_version, tuple(calendars)),
        )
        fields.wrong(session.recall(FAULTS, ()))


def _take(base_version: int, calendars: Sequence[str]) -> None:
    session.forget(FAULTS)
    upload = session.recall(FILE)
    try:
        text = upload.getvalue().decode("utf-8-sig") if upload else session.recall(TEXT, "")
        policies = read_policies(text, calendars=calendars)
    except UnicodeDecodeError:
        session.remember(FAULTS, (_("The file is no text in UTF-8: export it again."),))
    except PolicyInvalidError as error:
        session.remember(FAULTS, error.faults)
    else:
        draft.discard()
        draft.begin(policies, base_version)
