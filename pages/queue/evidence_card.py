"""The evidence of a ticket: what is there, seen or downloaded, and a field to add more."""

import streamlit as st

from pages.queue import acting
from pages.queue.sheet import Sheet
from pages.shared import access, errors, session, words
from pages.shared.files import taken, uploader
from pages.shared.formats import plain, short_instant, size
from pages.shared.texts import _
from workflow.evidence_checklist import checklist
from workflow.records import Evidence
from workflow.vocabulary import EvidenceKind

SHOWN_TYPES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
PLAYED_TYPES = {"video/mp4", "video/webm", "video/quicktime"}


def evidence_card(sheet: Sheet) -> None:
    """Draw it."""
    with st.container(border=True, key="queue_evidence"):
        st.markdown(f"**{_('Evidence')}**")
        for line in checklist(sheet.case):
            mark = ":green[:material/check_circle:]" if line.is_present else ":gray[:material/radio_button_unchecked:]"
            state = _("present") if line.is_present else _("missing")
            st.markdown(f"{mark} {_(line.why)}: {state}")
        if not sheet.case.evidence:
            st.caption(_("No file yet."))
        for item in sheet.case.evidence:
            _item(item, sheet)
        with st.popover(_("Add files"), icon=":material/attach_file:"):
            _adding(sheet)


def _item(item: Evidence, sheet: Sheet) -> None:
    who = words.ROLES[item.added_by_role]
    about = f"{size(item.size_bytes)} · {who} · {short_instant(item.added_at, sheet.zone)}"
    left, right = st.columns([4, 1], vertical_alignment="center", gap="small", wrap=False)
    with left:
        st.text(item.file_name)
        st.caption(f"{words.EVIDENCE[item.kind]} · {about}")
    with (
        right,
        st.popover(_("Show"), icon=":material/visibility:", key=f"queue_show_{item.id}", on_change="rerun") as show,
    ):
        if show.open:
            _content(item)


def _content(item: Evidence) -> None:
    with errors.sentences():
        content = access.desk().store.blobs.read(item.content_hash)
        if item.media_type in SHOWN_TYPES:
            st.image(content, caption=plain(item.file_name))
        elif item.media_type in PLAYED_TYPES:
            st.video(content, format=item.media_type)
        st.download_button(
            _("Download"),
            content,
            file_name=item.file_name,
            mime="application/octet-stream",
            icon=":material/download:",
            key=f"queue_download_{item.id}",
            on_click="ignore",
        )


def _adding(sheet: Sheet) -> None:
    count = session.recall("queue_files_round", 0)
    key = f"queue_files_{sheet.ticket.number}_{count}"
    uploader(_("Files"), key=key)
    kind = st.selectbox(
        _("What they show"),
        [None, *EvidenceKind],
        format_func=lambda kind: words.EVIDENCE[kind] if kind else _("Judge by content"),
        key="queue_files_kind",
    )
    is_buyers = st.checkbox(_("The buyer sent them"), value=True, key="queue_files_buyers")
    st.button(
        _("Add"),
        type="primary",
        key="queue_files_add",
        disabled=not session.recall(key),
        on_click=_attach,
        args=(sheet, key, kind, count, is_buyers),
    )


def _attach(sheet: Sheet, key: str, kind: EvidenceKind | None, count: int, is_buyers: bool) -> None:  # noqa: FBT001 - a callback takes what its button hands it
    if acting.attach(sheet.ticket, taken(session.recall(key), kind), is_buyers=is_buyers):
        session.remember("queue_files_round", count + 1)
        session.remember(acting.DONE, _("Evidence added"))
