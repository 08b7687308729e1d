"""What a file of evidence shows, and for which claim: chosen with the file, or said anew later."""

import streamlit as st

from pages.queue import acting
from pages.queue.sheet import Sheet
from pages.shared import session, words
from pages.shared.fields import Fields
from pages.shared.texts import _
from workflow.records import Evidence
from workflow.vocabulary import EvidenceKind


def choose_claim(sheet: Sheet, key: str, chosen: str = "") -> str:
    """The claim of the ticket that a file is for, empty for none; nothing is asked where the ticket has no claim."""
    claims = {claim.id: claim for claim in sheet.case.claims}
    if not claims:
        return ""
    choices = ["", *claims]
    return st.selectbox(
        _("For the claim"),
        choices,
        index=choices.index(chosen) if chosen in choices else 0,
        format_func=lambda known: (
            f"{claims[known].kind.capitalize()} {claims[known].external_ref}" if known else _("None")
        ),
        key=key,
    )


def tag_form(item: Evidence, sheet: Sheet) -> None:
    """Draw the form above a file that is shown, so that nothing has to be scrolled to say what it is."""
    kinds = list(EvidenceKind)
    fields = Fields("queue_tag_", f"{item.id}_{item.kind}_{item.claim_id}")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        kind = st.selectbox(
            _("What it shows"),
            kinds,
            index=kinds.index(item.kind),
            format_func=words.EVIDENCE.__getitem__,
            key=fields.key("kind"),
        )
        claim_id = choose_claim(sheet, fields.key("claim"), item.claim_id)
        st.button(
            _("Save"),
            key=f"queue_tag_save_{item.id}",
            disabled=(kind, claim_id) == (item.kind, item.claim_id),
            on_click=_save,
            args=(sheet, item, kind, claim_id),
        )


def _save(sheet: Sheet, item: Evidence, kind: EvidenceKind, claim_id: str) -> None:
    if acting.tag_evidence(sheet.ticket, item.id, kind, claim_id):
        session.remember(acting.DONE, _("Evidence tagged"))
