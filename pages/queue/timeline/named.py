"""Which file or claim an event is about: the log holds their ids, the case what they are called."""

from collections.abc import Mapping

from pages.shared import words
from pages.shared.texts import _
from workflow.records import Case, Claim
from workflow.tickets import Event
from workflow.vocabulary import EventKind, EvidenceKind


def records_of(event: Event, case: Case) -> list[str]:
    """The files and claims that the event names, each with what it is."""
    payload, claims = event.payload, {claim.id: claim for claim in case.claims}
    match event.kind:
        case EventKind.EVIDENCE_ADDED:
            ids, kinds = payload["evidence_ids"], payload["evidence_kinds"]
            of_claims = payload.get("claim_ids") or [""] * len(ids)
            return [
                _file(case, evidence_id, kind, claims.get(claim_id))
                for evidence_id, kind, claim_id in zip(ids, kinds, of_claims, strict=True)
            ]
        case EventKind.EVIDENCE_TAGGED:
            claim = claims.get(payload["tagged_claim_id"])
            return [_file(case, payload["tagged_evidence_id"], payload["tagged_kind"], claim)]
        case EventKind.CLAIM_RECORDED:
            return _claim(payload["claim_id"], claims)
        case _:
            return []


def _file(case: Case, evidence_id: str, kind: str, claim: Claim | None) -> str:
    name = next((item.file_name for item in case.evidence if item.id == evidence_id), "")
    what = words.EVIDENCE[EvidenceKind(kind)]
    shown = _("{file} ({kind})").format(file=name, kind=what) if name else what
    return _("{file} for {claim}").format(file=shown, claim=claim.external_ref) if claim else shown


def _claim(claim_id: str, claims: Mapping[str, Claim]) -> list[str]:
    claim = claims.get(claim_id)
    if claim is None:
        return []
    named = f"{words.CLAIMS[claim.kind]} {claim.external_ref}"
    return [named, words.claim_reason(claim.reason_code)] if claim.reason_code else [named]
