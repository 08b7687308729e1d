"""Saying anew what a file of evidence shows, and for which claim. The file, its hash and who added it stay.

DECISIONS: Evidence and the archive of a case.
"""

from dataclasses import replace
from datetime import datetime

from workflow.casework import CaseWork
from workflow.errors import EvidenceTagError
from workflow.refusals import require_role
from workflow.tickets import EVERYTHING, Actor, Scope, Ticket
from workflow.vocabulary import EventKind, EvidenceKind, Role
from workflow.workbench import Workbench


class EvidenceTags:
    """What can be said of the evidence of a desk's tickets. Threads may share it."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def put(  # noqa: PLR0913 - one act has this many parts
        self,
        ticket_id: str,
        evidence_id: str,
        kind: EvidenceKind,
        claim_id: str,
        *,
        actor: Actor,
        now: datetime,
        expected_version: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Ticket:
        """Say that the file shows `kind`, for the claim `claim_id` (empty: for none).

        The row that waits for such evidence fires by itself. `EvidenceTagError` where file or claim are not the
        ticket's, or it is so already.
        """
        require_role(actor, {Role.SELLER_AGENT, Role.PLATFORM_AGENT})

        def work_on(work: CaseWork) -> None:
            _tag(work, evidence_id, kind, claim_id, actor)
            work.follow("evidence", now, actor)

        return self._bench.change(ticket_id, work_on, now=now, expected_version=expected_version, scope=scope)


def _tag(work: CaseWork, evidence_id: str, kind: EvidenceKind, claim_id: str, actor: Actor) -> None:
    item = next((item for item in work.case.evidence if item.id == evidence_id), None)
    if item is None:
        raise EvidenceTagError(name="The file", reason="it is not of this ticket")
    if claim_id and claim_id not in {claim.id for claim in work.case.claims}:
        raise EvidenceTagError(name=item.file_name, reason="the claim that it is to show is not of this ticket")
    if (item.kind, item.claim_id) == (kind, claim_id):
        raise EvidenceTagError(name=item.file_name, reason="it is tagged so already")
    work.retag(replace(item, kind=kind, claim_id=claim_id))
    payload = {"tagged_evidence_id": item.id, "tagged_kind": kind.value, "tagged_claim_id": claim_id}
    work.write(work.note(EventKind.EVIDENCE_TAGGED, "tag_evidence", actor, work.now, payload))
