"""What a category's case is judged by, and what of it is missing."""

from dataclasses import replace

from tests.workflow.builders import AGENT, BUYER, NOW, PHOTO, PNG, world
from workflow.evidence import File
from workflow.evidence_checklist import checklist
from workflow.vocabulary import EvidenceKind


def marks(it, ticket):
    return [(item.why, item.is_present) for item in checklist(it.store.load_case(ticket.id))]


def test_the_list_says_what_is_there_and_what_is_missing():
    it = world()
    ticket = it.open("product_quality")
    it.desk.attach_evidence(ticket.id, [PHOTO], actor=AGENT, now=NOW)
    assert marks(it, ticket) == [
        ("Photo or video of the fault from the buyer", False),
        ("Label of the package or the product", False),
        ("Seller's video of packing the order, for damage and mix-ups", False),
    ]
    it.desk.attach_evidence(ticket.id, [File(name="b.png", content=PNG + b"2")], actor=BUYER, now=NOW)
    label = File(name="l.png", content=PNG + b"3", kind=EvidenceKind.LABEL)
    it.desk.attach_evidence(ticket.id, [label], actor=AGENT, now=NOW)
    assert [is_present for _, is_present in marks(it, ticket)] == [True, True, False]


def test_what_a_merged_ticket_holds_need_not_be_asked_for_again():
    it = world()
    other = it.open("product_quality")
    it.desk.attach_evidence(other.id, [PHOTO], actor=BUYER, now=NOW)
    case = it.store.load_case(it.open("product_quality").id)
    assert not any(item.is_present for item in checklist(case))
    present = [item.is_present for item in checklist(case, it.store.load_case(other.id).evidence)]
    assert present == [True, False, False]


def test_a_file_is_proof_only_by_its_kind_and_of_the_side_that_owes_it():
    it = world()
    delay, claim = it.open("logistics_delay"), it.open("after_sales")
    pdf, video = b"%PDF-1.7 ", b"\0\0\0\x18ftypisom"

    def add(ticket, name, content, kind=None, actor=AGENT):
        it.desk.attach_evidence(ticket.id, [File(name=name, content=content, kind=kind)], actor=actor, now=NOW)
        return [is_present for _, is_present in marks(it, ticket)]

    assert add(delay, "report.pdf", pdf + b"1") == [False]  # by its content it is some document
    assert add(delay, "slip.pdf", pdf + b"2", EvidenceKind.HANDOVER_PROOF, BUYER) == [False]
    assert add(delay, "slip.pdf", pdf + b"3", EvidenceKind.HANDOVER_PROOF) == [True]
    assert add(claim, "a.mp4", video + b"1", EvidenceKind.PACKING_VIDEO, BUYER) == [False, False, False]
    assert add(claim, "b.mp4", video + b"2", EvidenceKind.PACKING_VIDEO) == [False, True, False]
    assert add(claim, "slip.pdf", pdf + b"4", EvidenceKind.HANDOVER_PROOF, BUYER) == [False, True, True]


def test_a_complex_product_asks_for_a_conclusion_and_an_unknown_category_for_nothing():
    it = world()
    case = it.store.load_case(it.open("product_quality").id)
    complex_one = replace(case, product=replace(case.product, is_technically_complex=True))
    assert [item.why for item in checklist(complex_one)][-1] == "Expert's conclusion, for technically complex goods"
    assert checklist(replace(case, ticket=replace(case.ticket, category="invoice_question"))) == ()
