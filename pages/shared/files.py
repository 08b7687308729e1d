"""Files that a person hands in and looks at: bounded in size, judged by their content, never run as anything."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.shared.texts import _
from workflow.evidence import MAX_BYTES, File
from workflow.vocabulary import EvidenceKind

ENDINGS = ["jpg", "jpeg", "png", "gif", "webp", "heic", "mp4", "mov", "webm", "pdf"]


def uploader(label: str, *, key: str) -> None:
    """A field for several files. What they are is judged by content when they are taken in."""
    st.file_uploader(
        label,
        type=ENDINGS,
        accept_multiple_files=True,
        key=key,
        max_upload_size=MAX_BYTES // 1024 // 1024,
        help=_("Photos, videos or PDF. The desk looks at the content, not at the name."),
    )


def taken(uploads: Sequence[Any] | None, kind: EvidenceKind | None = None, claim_id: str = "") -> tuple[File, ...]:
    """What was handed in, as the use cases take it."""
    return tuple(
        File(name=upload.name, content=upload.getvalue(), kind=kind, claim_id=claim_id) for upload in uploads or ()
    )
