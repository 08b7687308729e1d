"""What a file shows, and for which claim, is said anew: the log tells it, and what waits for such evidence follows."""

import pytest

from tests.workflow.builders import AGENT, BUYER, HOUR, NOW, world
from workflow.errors import EvidenceTagError, RoleNotAllowedError, TicketChangedError
from workflow.evidence import File
from workflow.records import Claim
from workflow.vocabulary import EventKind, EvidenceKind

PDF = File(name="scan.pdf", content=b"%PDF-1.7 a photo on paper")


@pytest.fixture
def it():
    return world()


def file_of(it, ticket):
    return it.store.load_case(ticket.id).evidence[0]


def claim_of(ticket):
    return Claim(
        id="c-1",
        ticket_id=ticket.id,
        kind="return",
        external_ref="RET-1",
        status="filed",
        reason_code="defect",
        is_defect=True,
        filed_at=NOW,
    )


def put(it, ticket, kind, claim_id="", **changes):
    given = {"actor": AGENT, "now": NOW + HOUR} | changes
    return it.desk.evidence_tags.put(ticket.id, file_of(it, ticket).id, kind, claim_id, **given)


def test_kind_and_claim_change_and_the_file_stays(it):
    ticket = it.open("after_sales")
    it.desk.record_claim(claim_of(ticket), actor=AGENT, now=NOW)
    it.desk.attach_evidence(ticket.id, [PDF], actor=AGENT, now=NOW)
    before = file_of(it, ticket)
    put(it, ticket, EvidenceKind.CONCLUSION, "c-1")
    after = file_of(it, ticket)
    assert (after.kind, after.claim_id) == (EvidenceKind.CONCLUSION, "c-1")
    assert (after.content_hash, after.added_at, after.file_name) == (before.content_hash, NOW, "scan.pdf")
    event = it.store.events_of(ticket.id)[-1]
    assert (event.kind, event.actor_id, event.payload) == (
        EventKind.EVIDENCE_TAGGED,
        AGENT.id,
        {"tagged_evidence_id": before.id, "tagged_kind": "conclusion", "tagged_claim_id": "c-1"},
    )
    put(it, ticket, EvidenceKind.CONCLUSION)
    assert file_of(it, ticket).claim_id == ""


def test_a_file_that_turns_out_to_be_the_photo_we_asked_for_moves_the_ticket_on(it):
    ticket = it.act(it.open("product_quality"), "register", NOW)
    ticket = it.act(ticket, "request_evidence", NOW, reply_text="Please send a photo.")
    it.desk.attach_evidence(ticket.id, [PDF], actor=BUYER, now=NOW + HOUR)
    assert it.now(ticket).state == "evidence_requested"
    put(it, ticket, EvidenceKind.PHOTO, now=NOW + 2 * HOUR)
    assert it.now(ticket).state == "evidence_review"


def test_what_cannot_be_said_is_refused_and_nothing_is_written(it):
    ticket = it.open()
    it.desk.attach_evidence(ticket.id, [PDF], actor=AGENT, now=NOW)
    version = it.now(ticket).version
    with pytest.raises(EvidenceTagError, match=r"scan\.pdf stays as it is: it is tagged so already"):
        put(it, ticket, EvidenceKind.DOCUMENT)
    with pytest.raises(EvidenceTagError, match="the claim that it is to show is not of this ticket"):
        put(it, ticket, EvidenceKind.PHOTO, "c-9")
    with pytest.raises(EvidenceTagError, match="The file stays as it is: it is not of this ticket"):
        it.desk.evidence_tags.put(ticket.id, "nobody's", EvidenceKind.PHOTO, "", actor=AGENT, now=NOW)
    with pytest.raises(RoleNotAllowedError):
        put(it, ticket, EvidenceKind.PHOTO, actor=BUYER)
    with pytest.raises(TicketChangedError):
        put(it, ticket, EvidenceKind.PHOTO, expected_version=version - 1)
    assert it.now(ticket).version == version
