"""What a file is, judged by its content and never by its name; how large it may be."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workflow.errors import EvidenceRefusedError
from workflow.vocabulary import EvidenceKind

MAX_BYTES = 50 * 1024 * 1024
NOTE = "note_text"  # the field whose text only the desk sees
# What the first brand of an ISO file may be (mp4ra.org). Left out: sound alone, AVIF, a camera's raw pictures.
_FILM_BRANDS = frozenset(
    (
        b"isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 mp41 mp42 mp71 avc1 dash cmfc mmp4 MSNV NDSC XAVC "
        b"3gp4 3gp5 3gp6 3gp7 3gp8 3gp9 3gr6 3gs6 3gs7 3ge6 3ge7 3gg6 3g2a 3g2b 3g2c M4VH M4VP"
    ).split()
) | {b"M4V ", b"F4V "}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_PICTURE_BRANDS = frozenset({b"mif1", b"msf1"})  # a picture or several, coded as another brand of the file says
_MAX_BRANDS_BYTES = 1024  # a list of brands is short; four letters of a text are a huge number
_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/webm"),
)


HoldsPicture: TypeAlias = Callable[[bytes, str], bool]  # what can decode says whether a file of this type holds one


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
    kind = _iso_type(file.content) or next(
        (kind for signature, kind in _SIGNATURES if signature.match(file.content)), None
    )
    if kind:
        return kind
    raise unknown(file)


def refuse_files_of_notes(files: Sequence[File], inputs: Sequence[Mapping[str, object]]) -> None:
    """`EvidenceRefusedError` where `files` come with acts that say nothing but notes in their `inputs`.

    A note stays in the desk, and every file of a ticket is evidence, which its archive shows the platform.
    """
    said = [given for given in inputs if given]
    if files and said and all(set(given) == {NOTE} for given in said):
        raise EvidenceRefusedError(
            name=files[0].name,
            reason="a note takes no file, for every file is evidence that the platform gets with the case: add it as "
            "evidence, or leave it out",
        )


def unknown(file: File) -> EvidenceRefusedError:
    """The error for a file that is no evidence of any type."""
    return EvidenceRefusedError(name=file.name, reason="it is no photo, video or PDF that the desk knows")


def believed(_content: bytes, _media_type: str) -> bool:
    """For rules that nothing was given to decode with, as of a desk of made-up tickets."""
    return True


def kind_of(file: File) -> EvidenceKind:
    """What the file shows, by its declared kind or else by its content."""
    if file.kind:
        return file.kind
    main = media_type(file).partition("/")[0]
    return {"image": EvidenceKind.PHOTO, "video": EvidenceKind.VIDEO}.get(main, EvidenceKind.DOCUMENT)


def _iso_type(content: bytes) -> str | None:
    """What the first box of an ISO file (MP4, QuickTime, HEIC) says that it is; None where there is none or another."""
    size = int.from_bytes(content[:4])
    if content[4:8] != b"ftyp" or size > _MAX_BRANDS_BYTES:
        return None
    brand = content[8:12]
    if brand == b"qt  ":
        return "video/quicktime"
    if brand in _FILM_BRANDS:
        return "video/mp4"
    others = {content[place : place + 4] for place in range(16, size, 4)}
    is_heic = brand in _HEIC_BRANDS or (brand in _PICTURE_BRANDS and _HEIC_BRANDS & others)
    return "image/heic" if is_heic else None
