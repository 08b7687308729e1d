"""What a file is, judged by its content and never by its name; how large it may be."""

from dataclasses import dataclass

from workflow.errors import EvidenceRefusedError
from workflow.vocabulary import EvidenceKind

MAX_BYTES = 50 * 1024 * 1024
_BRANDS = {b"qt  ": "video/quicktime", b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic"}
_SIGNATURES = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file as somebody hands it in; `kind` None lets the content decide between photo, video and document.

    `claim_id` names the claim of the ticket that it shows something about; empty for none.
    """

    name: str
    content: bytes
    kind: EvidenceKind | None = None
    claim_id: str = ""


def media_type(file: File) -> str:
    """The media type that the content shows; `EvidenceRefusedError` for an empty, too large or unknown file."""
    if not file.content:
        raise EvidenceRefusedError(name=file.name, reason="it is empty")
    if len(file.content) > MAX_BYTES:
        raise EvidenceRefusedError(name=file.name, reason=f"it is larger than {MAX_BYTES // 1024 // 1024} MB")
    if file.content[4:8] == b"ftyp":
        return _BRANDS.get(file.content[8:12], "video/mp4")
    for offset, signature, kind in _SIGNATURES:
        if file.content[offset : offset + len(signature)] == signature:
            return kind
    raise EvidenceRefusedError(name=file.name, reason="it is no photo, video or PDF that the desk knows")


def kind_of(file: File) -> EvidenceKind:
    """What the file shows, by its declared kind or else by its content."""
    if file.kind:
        return file.kind
    main = media_type(file).partition("/")[0]
    return {"image": EvidenceKind.PHOTO, "video": EvidenceKind.VIDEO}.get(main, EvidenceKind.DOCUMENT)
