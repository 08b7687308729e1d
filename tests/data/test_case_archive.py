"""The whole case in one archive: what the platform needs, and nothing that is internal."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from data.case_archive import archive
from data.case_archive.archive import case_archive
from data.errors import ArchiveTooLargeError, EvidenceMissingError
from tests.data.checked_desks import AGENT, CLAIM_ID, HOUR, PHOTO, T0, contact_of, family_of
from tests.data.reports_builders import pdf_text
from tests.new_desks import new_desk
from workflow.errors import EvidenceRefusedError, TicketNotFoundError
from workflow.evidence import File
from workflow.records import Claim, Money
from workflow.steps import Do
from workflow.tickets import EVERYTHING, SYNC, Scope

NOW = T0 + 9 * HOUR
TEXT = '#eval("x") *bold* <b> $x$ Где посылка? \\ [link](https://example.org)'


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        yield desk


@pytest.fixture
def ticket(opened):
    family_of(opened)
    ((ticket_id,),) = opened.database.read("select id::varchar from tickets where number = 1")
    desk = opened.desk
    desk.act(ticket_id, "add_note", actor=AGENT, now=NOW, inputs={"note_text": "INTERNAL doubts about the buyer"})
    desk.tag(ticket_id, ["suspect"], actor=AGENT, now=NOW)
    files = [
        File(name="../../etc/pass wd.png", content=PHOTO.content + b"2", claim_id=CLAIM_ID),
        File(name="photo.png", content=PHOTO.content + b"3"),
    ]
    desk.attach_evidence(ticket_id, files, actor=AGENT, now=NOW)
    return desk.case(ticket_id).ticket


def made(opened, ticket, scope=EVERYTHING):
    return case_archive(opened.store, opened.rules.lifecycles, ticket.id, NOW, "Europe/Moscow", scope)


def unpacked(content):
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_holds_pdf_json_and_every_file_under_a_safe_name(opened, ticket):
    files = unpacked(made(opened, ticket))
    assert list(files) == [
        "case.pdf",
        "case.json",
        "evidence/01_photo.png",
        "evidence/02_pass_wd.png",
        "evidence/03_photo.png",
    ]
    assert files["case.pdf"].startswith(b"%PDF-")
    assert files["evidence/02_pass_wd.png"] == PHOTO.content + b"2"


def test_the_json_tells_the_log_with_times_and_the_evidence_with_its_claim(opened, ticket):
    document = json.loads(unpacked(made(opened, ticket))["case.json"])
    assert document["ticket"]["number"] == 1
    assert [(line["at"], line["who"], line["text"]) for line in document["log"] if line["is_message"]] == [
        ("2026-03-02T09:00:00+00:00", "Buyer", "Where is it?"),
        ("2026-03-02T11:00:00+00:00", "Seller", "On its way."),
    ]
    steps = [line["text"] for line in document["log"] if not line["is_message"]]
    assert steps[:3] == ["Open: New", "Register: Awaiting seller reply", "Reply: Awaiting buyer reply"]
    assert [item["claim"] for item in document["evidence"]] == ["", "RET-1", ""]
    assert document["claims"][0]["amount"] == "12.50 RUB"


def test_a_mirrored_state_says_that_the_seller_recorded_it_and_what_shows_it(opened, ticket):
    opened.desk.sync_state(ticket.id, "escalated", "MP-9", actor=replace(SYNC, recorded_by=AGENT.id), now=NOW)
    line = json.loads(unpacked(made(opened, ticket))["case.json"])["log"][-1]
    assert line["who"] == "Marketplace, recorded by the seller"
    assert line["text"] == "Sync state (reference MP-9): Escalated to platform support"


@pytest.fixture
def merged(opened, ticket):
    """Ticket 3 of the same buyer, merged into the ticket: a message, an internal note and a file."""
    files = (File(name="crack.png", content=PHOTO.content + b"4"),)
    other = opened.desk.open_ticket(contact_of(text="It rattles.", files=files), actor=AGENT, now=T0 + 8 * HOUR)
    opened.desk.act(other.id, "add_note", actor=AGENT, now=NOW, inputs={"note_text": "INTERNAL: the same as 1"})
    opened.desk.pairs.merge(other.id, ticket.id, actor=AGENT, now=NOW)
    return other


def test_what_merged_tickets_hold_is_in_the_archive_with_their_numbers(opened, ticket, merged):
    files = unpacked(made(opened, ticket))
    assert files["evidence/04_crack.png"] == PHOTO.content + b"4"
    text = files["case.json"].decode()
    assert "INTERNAL" not in text
    document = json.loads(text)
    assert [(line["ticket_number"], line["text"]) for line in document["log"] if line["is_message"]] == [
        (1, "Where is it?"),
        (1, "On its way."),
        (3, "It rattles."),
    ]
    assert {line["ticket_number"] for line in document["log"] if not line["is_message"]} == {1}
    assert [(item["ticket_number"], item["file"]) for item in document["evidence"]] == [
        (1, "evidence/01_photo.png"),
        (1, "evidence/02_pass_wd.png"),
        (1, "evidence/03_photo.png"),
        (3, "evidence/04_crack.png"),
    ]


def with_claim(opened, place, filed_at):
    """A further ticket of the buyer with the claim RET-`place` and a file for it, "`place`.png"."""
    other = opened.desk.open_ticket(contact_of(text="Once more.", files=()), actor=AGENT, now=T0 + 8 * HOUR)
    claim = Claim(
        id=f"0195573a-0000-7000-8000-00000000090{place}",
        ticket_id=other.id,
        kind="return",
        external_ref=f"RET-{place}",
        status="Approved",
        reason_code="defect",
        is_defect=True,
        filed_at=filed_at,
        amount=Money(amount=Decimal("10.00"), currency="RUB"),
    )
    opened.desk.record_claim(claim, actor=AGENT, now=T0 + 8 * HOUR)
    files = [File(name=f"{place}.png", content=PHOTO.content + str(place).encode() * 2, claim_id=claim.id)]
    opened.desk.attach_evidence(other.id, files, actor=AGENT, now=T0 + 8 * HOUR)
    return other


@pytest.fixture
def chain(opened, ticket):
    """Ticket 3 with RET-3 is merged into ticket 4 with RET-4, and that one into the ticket, which has RET-1."""
    first, middle = with_claim(opened, 3, T0 + 7 * HOUR), with_claim(opened, 4, T0 + 6 * HOUR)
    opened.desk.pairs.merge(first.id, middle.id, actor=AGENT, now=T0 + 8 * HOUR)
    opened.desk.pairs.merge(middle.id, ticket.id, actor=AGENT, now=T0 + 8 * HOUR)
    return first, middle


def claims_told(opened, ticket, scope=EVERYTHING):
    """The claims that the archive tells, and for which of them each file is that is for one; each with its ticket."""
    document = json.loads(unpacked(made(opened, ticket, scope))["case.json"])
    return (
        [(claim["ticket_number"], claim["external_ref"]) for claim in document["claims"]],
        [(item["ticket_number"], item["claim"]) for item in document["evidence"] if item["claim"]],
    )


def test_the_claims_of_merged_tickets_are_in_the_json_with_their_numbers_and_what_is_shown_for_them(
    opened, ticket, chain
):
    first, middle = chain
    assert claims_told(opened, ticket) == (
        [(1, "RET-1"), (4, "RET-4"), (3, "RET-3")],
        [(1, "RET-1"), (3, "RET-3"), (4, "RET-4")],
    )
    assert claims_told(opened, middle) == ([(4, "RET-4"), (3, "RET-3")], [(4, "RET-4"), (3, "RET-3")])
    assert claims_told(opened, first) == ([(3, "RET-3")], [(3, "RET-3")])
    assert json.loads(unpacked(made(opened, ticket))["case.json"])["claims"][-1] == {
        "ticket_number": 3,
        "kind": "return",
        "external_ref": "RET-3",
        "status": "Approved",
        "reason_code": "defect",
        "is_defect": True,
        "filed_at": "2026-03-02T16:00:00+00:00",
        "amount": "10.00 RUB",
    }


def test_the_claims_of_merged_tickets_are_in_the_pdf_with_their_numbers_and_what_is_shown_for_them(
    opened, ticket, chain
):
    text = pdf_text(unpacked(made(opened, ticket))["case.pdf"])
    claims, evidence = text.split("KindTicketReferenceStatusReasonFiled")[1].split("ClaimSHA-256")
    assert claims == (
        "return1RET-1Approveddefect2026-03-0215:00:00+0300"
        "return4RET-4Approveddefect2026-03-0218:00:00+0300"
        "return3RET-3Approveddefect2026-03-0219:00:00+0300"
        "EvidenceFileTicketShowsAddedbyAdded"
    )
    assert evidence.count("3photoSeller2026-03-0220:00:00+0300RET-3") == 1
    assert evidence.count("4photoSeller2026-03-0220:00:00+0300RET-4") == 1


def test_the_claims_of_a_ticket_whose_merge_was_undone_are_its_own_again(opened, ticket, chain):
    _first, middle = chain
    opened.desk.pairs.undo_merge(middle.id, ticket.id, actor=AGENT, now=NOW)
    assert claims_told(opened, ticket) == ([(1, "RET-1")], [(1, "RET-1")])
    assert claims_told(opened, middle) == ([(4, "RET-4"), (3, "RET-3")], [(4, "RET-4"), (3, "RET-3")])
    assert "RET-4" not in pdf_text(unpacked(made(opened, ticket))["case.pdf"])


def test_the_evidence_of_merged_tickets_counts_for_the_size_of_the_archive(opened, ticket, merged, monkeypatch):
    own = sum(item.size_bytes for item in opened.desk.case(ticket.id).evidence)
    monkeypatch.setattr(archive, "MAX_BYTES", own)
    with pytest.raises(ArchiveTooLargeError):
        made(opened, ticket)


def test_nothing_internal_leaves_the_desk(opened, ticket):
    text = unpacked(made(opened, ticket))["case.json"].decode()
    for word in ("INTERNAL", "doubts", "suspect", "anna", "b-1"):
        assert word not in text


def test_no_file_of_a_note_leaves_the_desk(opened, ticket):
    before = unpacked(made(opened, ticket))
    note = Do(trigger="add_note", inputs={"note_text": "INTERNAL prices"})
    prices = File(name="prices.pdf", content=b"%PDF-1.4 margin")
    with pytest.raises(EvidenceRefusedError):
        opened.desk.act_together(ticket.id, [note], actor=AGENT, now=NOW, files=[prices])
    after = unpacked(made(opened, ticket))
    assert list(after) == list(before)
    assert after["case.json"] == before["case.json"]


def test_a_long_name_of_any_signs_can_be_unpacked_and_keeps_its_ending(opened, tmp_path):
    names = (
        "\U00020000" * 90 + ".png",
        "\U00020000" * 91 + ".png",
        "é" * 300 + ".png",
        "x" * 300 + ".png",
        "...",
        "ж.png",
    )
    files = [File(name=name, content=PHOTO.content + bytes([place])) for place, name in enumerate(names)]
    long = opened.desk.open_ticket(contact_of(files=files), actor=AGENT, now=T0)
    with ZipFile(BytesIO(made(opened, long))) as archive:
        inside = [name.removeprefix("evidence/") for name in archive.namelist() if name.startswith("evidence/")]
        archive.extractall(tmp_path)
    assert sorted(path.name for path in (tmp_path / "evidence").iterdir()) == sorted(inside)
    assert [name.encode().endswith(b".png") for name in inside] == [True, True, True, True, False, True]
    assert max(len(name.encode()) for name in inside) <= 255
    assert inside[-1] == "06_ж.png"
    assert len(set(inside)) == len(names)


def test_what_people_typed_is_text_in_the_pdf_whatever_it_looks_like(opened):
    odd = opened.desk.open_ticket(contact_of(text=TEXT, files=()), actor=AGENT, now=T0)
    files = unpacked(made(opened, odd))
    assert files["case.pdf"].startswith(b"%PDF-")
    assert json.loads(files["case.json"])["log"][-1]["text"] == TEXT


def test_who_may_not_see_the_ticket_gets_no_archive(opened, ticket):
    with pytest.raises(TicketNotFoundError):
        made(opened, ticket, Scope(team_ids=("others",)))


def test_bytes_that_are_gone_and_cases_that_are_too_large_are_said(opened, ticket, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 10)
    with pytest.raises(ArchiveTooLargeError, match="The archive of ticket 1 was not made"):
        made(opened, ticket)
    monkeypatch.undo()
    item = opened.desk.case(ticket.id).evidence[0]
    opened.store.blobs.path(item.content_hash).unlink()
    with pytest.raises(EvidenceMissingError):
        made(opened, ticket)


def test_the_same_case_at_the_same_moment_is_the_same_archive(opened, ticket):
    assert made(opened, ticket) == made(opened, ticket)
    later = case_archive(opened.store, opened.rules.lifecycles, ticket.id, NOW + timedelta(hours=1), "Asia/Shanghai")
    assert later != made(opened, ticket)
