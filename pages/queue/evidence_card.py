"""The evidence of a ticket: what is there, seen or downloaded, and a field to add more."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from data.beside import MergedClaim
from data.case_archive.archive import case_archive
from data.previews import DRAWN_TYPES, PDF, preview
from pages.queue import acting, refused
from pages.queue.evidence_tagging import choose_claim, tag_form
from pages.queue.sheet import Sheet
from pages.shared import access, errors, session, words
from pages.shared.files import taken, uploader
from pages.shared.formats import plain, short_instant, size
from pages.shared.texts import _, counted
from workflow.evidence_checklist import checklist
from workflow.records import Evidence
from workflow.tickets import Scope
from workflow.vocabulary import EvidenceKind

PLAYED_TYPES = {"video/mp4", "video/webm", "video/quicktime"}


def evidence_card(sheet: Sheet, merged_claims: Sequence[MergedClaim]) -> None:
    """Draw it; a file of a merged ticket may be for one of `merged_claims`."""
    claims = [*sheet.case.claims, *(item.claim for item in merged_claims)]
    references = {claim.id: claim.external_ref for claim in claims}
    merged = access.beside().merged_evidence(sheet.case, sheet.person.scope)
    with st.container(border=True, key="queue_evidence"):
        st.markdown(f"**{_('Evidence')}**")
        with st.container(gap="small"):  # one element, however many files there are: what stands below stays open
            for line in checklist(sheet.case, [item.evidence for item in merged]):
                is_here = line.is_present
                mark = ":green[:material/check_circle:]" if is_here else ":gray[:material/radio_button_unchecked:]"
                state = _("present") if is_here else _("missing")
                st.markdown(f"{mark} {_(line.why)}: {state}")
            if not sheet.case.evidence and not merged:
                st.caption(_("No file yet."))
            for item in sheet.case.evidence:
                _item(item, sheet, references)
            for other in merged:
                _item(other.evidence, sheet, references, from_number=other.number)
        above, title = st.container(), _("Add files")
        with st.container(horizontal=True, gap="small"):
            icon, key = ":material/attach_file:", _popover(sheet)
            with refused.form(above, sheet.ticket.id, refused.EVIDENCE, title, icon=icon, key=key):
                _adding(sheet)
            st.download_button(
                _("Whole case"),
                partial(_archive, sheet.ticket.id, sheet.person.scope),
                file_name=f"case-{sheet.ticket.number}.zip",
                mime="application/zip",
                icon=":material/folder_zip:",
                key=sheet.key("queue_archive"),
                on_click="ignore",
                help=_("Messages, log and evidence as PDF and JSON in one archive for the platform; no internal notes"),
            )


def _popover(sheet: Sheet) -> str:
    return sheet.key("queue_evidence_adding")


def _archive(ticket_id: str, scope: Scope) -> bytes:
    """Made when it is asked for: a case may hold many megabytes."""
    opened = access.desk()
    return case_archive(opened.store, opened.rules.lifecycles, ticket_id, access.now(), access.zone(), scope)


def _item(item: Evidence, sheet: Sheet, references: Mapping[str, str], from_number: int | None = None) -> None:
    """A file of the ticket, or of one that was merged into it (`from_number`), where alone it may be tagged anew.

    `references` are the numbers of the claims that it may be for, by id.
    """
    who = words.ROLES[item.added_by_role]
    about = f"{size(item.size_bytes)} · {who} · {short_instant(item.added_at, sheet.zone)}"
    if item.claim_id in references:
        about = f"{about} · {plain(references[item.claim_id])}"
    if from_number:
        about = f"{about} · {_('from ticket {number}').format(number=from_number)}"
    above = st.container()
    left, right = st.columns([4, 1], vertical_alignment="center", gap="small", wrap=False)
    with left:
        st.text(item.file_name)
        st.caption(f"{words.EVIDENCE[item.kind]} · {about}")
    with (
        right,
        st.popover(_("Show"), icon=":material/visibility:", key=f"queue_show_{item.id}", on_change="rerun") as show,
    ):
        if show.open:
            if not from_number:
                tag_form(item, sheet)
                refused.say(sheet.ticket.id, refused.of_file(item.id))
            _content(item)
    with above:
        if not show.open:
            refused.say(sheet.ticket.id, refused.of_file(item.id))


def _content(item: Evidence) -> None:
    with errors.sentences():
        content = access.desk().store.blobs.read(item.content_hash)
        if item.media_type in PLAYED_TYPES:
            st.video(content, format=item.media_type)
        else:
            _drawn(item)
        st.download_button(
            _("Download"),
            content,
            file_name=item.file_name,
            mime="application/octet-stream",
            icon=":material/download:",
            key=f"queue_download_{item.id}",
            on_click="ignore",
        )


def _drawn(item: Evidence) -> None:
    picture = _preview(item.content_hash, item.media_type) if item.media_type in DRAWN_TYPES else None
    name = plain(item.file_name)
    if picture:
        st.image(picture, caption=_("First page of {name}").format(name=name) if item.media_type == PDF else name)
    else:
        st.caption(_("This file cannot be shown here: download it."))


@session.cached_files
def _preview(content_hash: str, media_type: str) -> bytes | None:
    """Drawn once for everybody: what has this hash never changes, and a forged file takes all the time that it may."""
    return preview(access.desk().store.blobs.read(content_hash), media_type)


def _adding(sheet: Sheet) -> None:
    count = session.recall("queue_files_round", 0)
    key = f"{sheet.key('queue_files')}_{count}"
    uploader(_("Files"), key=key)
    kind = st.selectbox(
        _("What they show"),
        [None, *EvidenceKind],
        format_func=lambda kind: words.EVIDENCE[kind] if kind else _("Judge by content"),
        key=sheet.key("queue_files_kind"),
    )
    claim_id = choose_claim(sheet, sheet.key("queue_files_claim"))
    is_buyers = st.checkbox(_("The buyer sent them"), key=sheet.key("queue_files_buyers"))
    st.button(
        _("Add"),
        type="primary",
        key=sheet.key("queue_files_add"),
        disabled=not session.recall(key),
        on_click=_attach,
        args=(sheet, key, kind, count, is_buyers, claim_id),
    )


def _attach(  # noqa: PLR0913, PLR0917 - what the form holds
    sheet: Sheet,
    key: str,
    kind: EvidenceKind | None,
    count: int,
    is_buyers: bool,  # noqa: FBT001 - a callback takes what its button hands it
    claim_id: str,
) -> None:
    files = taken(session.recall(key), kind, claim_id)
    added = acting.attach(sheet.case, files, is_buyers=is_buyers)
    if added is None:
        return
    session.remember("queue_files_round", count + 1)
    session.remember(_popover(sheet), value=False)
    if added:
        session.remember(acting.DONE, _("Evidence added"))
    if known := len(files) - added:
        text = counted(
            "{count} file is there already and stays as it was: say what it shows under “Show”.",
            "{count} files are there already and stay as they were: say what they show under “Show”.",
            known,
        )
        refused.keep(sheet.ticket.id, refused.EVIDENCE, text)
