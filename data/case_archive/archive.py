"""One zip for the platform: `case.pdf` to read, `case.json` to process, and every file of evidence as it was kept."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import typst

from data.beside import Beside
from data.case_archive.contents import Merged, document_of, evidence_of, local, log_of
from data.errors import ArchiveTooLargeError
from data.lettering import fonts
from data.store import DuckTicketStore
from workflow.lifecycle import Lifecycles
from workflow.records import Evidence
from workflow.tickets import EVERYTHING, Scope

MAX_BYTES = 500 * 1024 * 1024
_TEMPLATE = Path(__file__).parent / "case.typ"
_ODD = (
    "A sign that these pages cannot draw is named in brackets, one that shows nothing is left out; "
    "case.json has every text as it was written."
)
_UNSAFE = re.compile(r"[^\w.-]+")
_NAME_BYTES = 200  # of a name's 255 that Linux keeps; some systems write signs in more bytes than UTF-8 does


def case_archive(  # noqa: PLR0913, PLR0917 - one archive has this many parts
    store: DuckTicketStore,
    lifecycles: Lifecycles,
    ticket_id: str,
    made_at: datetime,
    zone: str,
    scope: Scope = EVERYTHING,
) -> bytes:
    """The archive of a ticket within `scope` as of now; the PDF tells times on the clock of `zone`, JSON in UTC.

    What was written, claimed and added in tickets that were merged into it stands in it with their numbers; internal
    notes are never part of it. Raises `TicketNotFoundError`, `EvidenceMissingError` where bytes are gone, and
    `ArchiveTooLargeError` where the evidence is larger than `MAX_BYTES`.
    """
    case = store.load_case(ticket_id, scope)
    beside = Beside(store.database)
    merged = Merged(
        messages=beside.merged_messages(case, scope),
        evidence=beside.merged_evidence(case, scope),
        claims=beside.merged_claims(case, scope),
    )
    evidence = evidence_of(case, merged)
    total = sum(item.size_bytes for _number, item in evidence)
    if total > MAX_BYTES:
        raise ArchiveTooLargeError(number=case.ticket.number, size_bytes=total, max_bytes=MAX_BYTES)
    names = _names([item for _number, item in evidence])
    log = log_of(case, merged, store.events_of(ticket_id, scope), lifecycles)
    document = document_of(case, merged, log, names, lifecycles, made_at)
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        _put(archive, "case.pdf", case_pdf(document, zone, made_at), made_at)
        _put(archive, "case.json", json.dumps(document, ensure_ascii=False, indent=2).encode(), made_at)
        for _number, item in evidence:
            _put(archive, names[item.id], store.blobs.read(item.content_hash), item.added_at, ZIP_STORED)
    return out.getvalue()


def case_pdf(document: Mapping[str, Any], zone: str, made_at: datetime) -> bytes:
    """The case on A4 pages. What people typed goes in as data, so it is never markup.

    The fonts are the desk's own, so that the pages are the same on every machine; what they cannot draw is named.
    """
    page = {
        "title": f"Case of ticket {document['ticket']['number']}",
        "synthetic": "Synthetic data: every ticket, buyer and order is made up." if document["is_synthetic"] else "",
        "zone": zone,
        "made": local(document["made_at"], zone),
        "facts": [[name, value] for name, value in _facts(document, zone) if value],
        "log": [
            [local(line["at"], zone), str(line["ticket_number"]), line["who"], line["channel"], line["text"]]
            for line in document["log"]
        ],
        "evidence": [
            [
                item["file"],
                str(item["ticket_number"]),
                item["kind"],
                item["added_by"],
                local(item["added_at"], zone),
                item["claim"],
                item["sha256"],
            ]
            for item in document["evidence"]
        ],
        "claims": [
            [
                claim["kind"],
                str(claim["ticket_number"]),
                claim["external_ref"],
                claim["status"],
                claim["reason_code"],
                local(claim["filed_at"], zone),
            ]
            for claim in document["claims"]
        ],
    }
    shown = _drawn(page)
    shown["note"] = _ODD if shown != page else ""
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=list(fonts.folders()),
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(shown)},
        timestamp=made_at.replace(microsecond=0, tzinfo=UTC),
    )


def _drawn(part: Any) -> Any:  # noqa: ANN401 - JSON values
    """The same values with every text as the fonts can draw it."""
    match part:
        case str():
            return fonts.drawn(part)
        case list():
            return [_drawn(item) for item in part]
        case _:
            return {name: _drawn(item) for name, item in part.items()}


def _facts(document: Mapping[str, Any], zone: str) -> list[tuple[str, str]]:
    ticket, order, posting = document["ticket"], document["order"], document["posting"] or {}
    return [
        ("Category", ticket["category_name"]),
        ("State", ticket["state_name"]),
        ("Opened", local(ticket["opened_at"], zone)),
        ("Channel", ticket["channel"]),
        ("Order", order["number"]),
        ("Product", order["product_name"]),
        ("Parcel", posting.get("number", "")),
        ("Scheme", posting.get("scheme", "")),
        ("Carrier", posting.get("carrier", "")),
        ("Tracking number", posting.get("tracking_number", "")),
        ("Shipped", local(posting.get("shipped_at"), zone)),
        ("Promised", local(posting.get("promised_at"), zone)),
        ("Promised at first", local(posting.get("original_promised_at"), zone)),
        ("Delivered", local(posting.get("delivered_at"), zone)),
    ]


def _names(evidence: Sequence[Evidence]) -> dict[str, str]:
    """A place in the archive for each file: numbered, so that two of one name do not meet, and safe to unpack."""
    return {item.id: f"evidence/{place:02d}_{_safe(item.file_name)}" for place, item in enumerate(evidence, start=1)}


def _safe(file_name: str) -> str:
    """A name that any system can write; a long one keeps its end, which says what the file is."""
    ending = _UNSAFE.sub("_", Path(file_name).name).encode()[-_NAME_BYTES:].decode(errors="ignore")
    return ending.lstrip(".") or "file"


def _put(archive: ZipFile, name: str, content: bytes, at: datetime, how: int = ZIP_DEFLATED) -> None:
    info = ZipInfo(name, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second))
    info.compress_type = how
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)
