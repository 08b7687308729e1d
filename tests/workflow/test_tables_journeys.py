"""Tickets that travel the shipped tables on a desk in memory, each past a place that was mended."""

from dataclasses import replace

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PHOTO, PLATFORM, World, delivered, posting, world
from workflow.errors import ActionNotAllowedError, InputInvalidError
from workflow.evidence import File
from workflow.tickets import SYNC, Ticket
from workflow.vocabulary import Channel, EvidenceKind, Scheme

SECOND_PHOTO = File(name="again.png", content=PHOTO.content + b"2")
CONCLUSION = File(name="a.pdf", content=b"%PDF-1", kind=EvidenceKind.CONCLUSION)
SHOWN = {"reference": "chat-17"}
ITEM = frozenset({"item_with_seller", "item_in_transit"})
OFFER = {"amount": "100.00", "reply_text": "We offer you 100 roubles."}
PACKING = File(name="pack.mp4", content=b"\0\0\0\x18ftypisom", kind=EvidenceKind.PACKING_VIDEO)


def refused(it: World, ticket: Ticket, trigger: str, at, actor=AGENT, **inputs: object) -> str:
    with pytest.raises(ActionNotAllowedError) as error:
        it.act(ticket, trigger, at, actor, **inputs)
    return error.value.reason_code


def returned(it: World) -> Ticket:
    """An after-sales ticket whose item lies at the seller."""
    ticket = it.open("after_sales", channel=Channel.EMAIL)
    it.act(ticket, "submit_return_request", NOW + HOUR, BUYER, **SHOWN)
    it.act(ticket, "approve_request", NOW + 2 * HOUR)
    it.act(ticket, "hand_over", NOW + DAY, BUYER, handover_reference="RET-1", **SHOWN)
    return it.act(ticket, "receive_return", NOW + 5 * DAY)


def test_a_quality_ticket_ends_when_its_linked_return_ends():
    it = world(parcel=delivered())
    quality = it.open("product_quality", channel=Channel.EMAIL)
    it.act(quality, "register", NOW)
    it.desk.attach_evidence(quality.id, (PHOTO,), actor=BUYER, now=NOW + HOUR)
    assert it.now(quality).state == "evidence_review"
    assert it.act(quality, "agree_return", NOW + 2 * HOUR).state == "return_agreed"
    (link,) = it.desk.case(quality.id).links
    after_sales = it.desk.case(link.id).ticket
    it.act(after_sales, "submit_return_request", NOW + DAY, BUYER, **SHOWN)
    it.act(after_sales, "approve_request", NOW + DAY)
    it.act(after_sales, "hand_over", NOW + 2 * DAY, BUYER, handover_reference="RET-1", **SHOWN)
    it.act(after_sales, "receive_return", NOW + 5 * DAY)
    it.act(after_sales, "confirm_refund", NOW + 5 * DAY)
    assert it.now(quality).state == "return_agreed"
    done = it.act(after_sales, "refund_confirmed", NOW + 6 * DAY, SYNC, refund_reference="PAY-1")
    assert (done.state, done.resolution_reason) == ("resolved", "refunded_full")
    assert (it.now(quality).state, it.now(quality).resolution_reason) == ("resolved", "after_sales")


def test_a_return_that_the_buyer_never_files_comes_back_for_review():
    it = world(parcel=delivered())
    ticket = it.open("product_quality", files=(PHOTO,), channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "attach_evidence", NOW)
    it.act(ticket, "agree_return", NOW)
    it.desk.tick(NOW + 7 * DAY)
    assert it.now(ticket).state == "evidence_review"
    assert "return_link_missing" in it.now(ticket).flags


def test_a_mediated_ticket_whose_item_is_at_the_seller_never_waits_for_the_buyer_to_send_it():
    it = world(parcel=delivered())
    ticket = returned(it)
    it.act(ticket, "start_inspection", NOW + 6 * DAY)
    it.act(ticket, "escalate", NOW + 6 * DAY)
    it.act(ticket, "start_investigation", NOW + 7 * DAY, PLATFORM)
    back = it.act(ticket, "mediate_back", NOW + 8 * DAY, PLATFORM, mediation_text="Share the cost.")
    assert back.state == "inspection"
    due = {timer.trigger: timer.due_at for timer in back.timers}
    assert due["inspection_overdue"] == NOW + 18 * DAY
    it.desk.tick(NOW + 60 * DAY)
    assert it.now(ticket).state == "escalated"


def test_a_decision_for_the_buyer_binds_the_seller_who_holds_the_item():
    it = world(parcel=delivered())
    ticket = returned(it)
    it.act(ticket, "start_inspection", NOW + 6 * DAY)
    it.act(ticket, "escalate", NOW + 6 * DAY)
    it.act(ticket, "start_investigation", NOW + 7 * DAY, SYNC)
    decided = it.act(ticket, "dispute_for_buyer_return", NOW + 8 * DAY, SYNC, decision_reason="not_stated")
    assert decided.state == "refund_pending"


def test_the_ten_days_of_the_inspection_run_on_from_the_arrival():
    it = world(parcel=delivered())
    ticket = returned(it)
    moved = it.act(ticket, "start_inspection", NOW + 12 * DAY)
    due = {timer.trigger: timer.due_at for timer in moved.timers}
    assert due["inspection_overdue"] == NOW + 15 * DAY


def test_an_extra_check_gives_an_exchange_twenty_days():
    it = world(parcel=delivered())
    ticket = returned(it)
    it.act(ticket, "start_inspection", NOW + 6 * DAY)
    chosen = it.act(ticket, "choose_exchange", NOW + 6 * DAY, buyer_consent=True)
    assert {timer.due_at for timer in chosen.timers if timer.trigger == "exchange_overdue"} == {NOW + 13 * DAY}
    checked = it.act(ticket, "request_check", NOW + 7 * DAY)
    assert {timer.due_at for timer in checked.timers if timer.trigger == "exchange_overdue"} == {NOW + 26 * DAY}
    assert refused(it, ticket, "request_check", NOW + 8 * DAY) == "not_flag"


def test_a_clarification_comes_as_words_or_as_a_file_and_the_decision_clock_runs_on():
    it = world(parcel=delivered())
    ticket = it.open("after_sales")
    it.act(ticket, "submit_return_request", NOW, BUYER, **SHOWN)
    it.act(ticket, "ask_clarification", NOW + HOUR, clarification_text="Which part is broken?")
    it.desk.attach_evidence(ticket.id, (PHOTO,), actor=BUYER, now=NOW + 2 * HOUR)
    assert it.now(ticket).state == "return_requested"
    it.act(ticket, "ask_clarification", NOW + 3 * HOUR, clarification_text="And the box?")
    answered = it.act(ticket, "clarify", NOW + 4 * HOUR, BUYER, message_text="It was fine.")
    assert {timer.due_at for timer in answered.timers if timer.trigger == "auto_approve_request"} == {NOW + DAY}


def test_two_offers_and_no_third():
    it = world(parcel=delivered())
    ticket = it.open("after_sales")
    it.act(ticket, "submit_return_request", NOW, BUYER, **SHOWN)
    for hours in (1, 3):
        it.act(ticket, "offer_compensation", NOW + hours * HOUR, **OFFER)
        it.act(ticket, "decline_compensation", NOW + (hours + 1) * HOUR, BUYER, **SHOWN)
    assert refused(it, ticket, "offer_compensation", NOW + 5 * HOUR, **OFFER) == "count_below"


def test_a_partial_refund_is_counted_as_partial():
    it = world(parcel=delivered())
    ticket = it.open("after_sales")
    it.act(ticket, "submit_return_request", NOW, BUYER, **SHOWN)
    it.act(ticket, "offer_compensation", NOW + HOUR, **OFFER)
    it.act(ticket, "accept_compensation", NOW + 2 * HOUR, BUYER, **SHOWN)
    done = it.act(ticket, "refund_confirmed", NOW + DAY, refund_reference="PAY-1")
    assert done.resolution_reason == "refunded_partial"


def test_a_second_round_of_evidence_needs_new_evidence_and_there_is_no_third():
    it = world(parcel=delivered())
    ticket = it.open("product_quality")
    it.act(ticket, "register", NOW)
    it.act(ticket, "request_evidence", NOW + HOUR, reply_text="A photo, please.")
    it.desk.attach_evidence(ticket.id, (PHOTO,), actor=BUYER, now=NOW + 2 * HOUR)
    it.act(ticket, "request_more_evidence", NOW + 3 * HOUR, reply_text="Of the label, please.")
    assert refused(it, ticket, "attach_evidence", NOW + 4 * HOUR) == "shown_since"
    it.desk.attach_evidence(ticket.id, (SECOND_PHOTO,), actor=BUYER, now=NOW + 5 * HOUR)
    assert it.now(ticket).state == "evidence_review"
    again = {"reply_text": "One more, please."}
    assert refused(it, ticket, "request_more_evidence", NOW + 6 * HOUR, **again) == "count_below"


def test_only_what_the_buyer_shows_answers_the_request_for_evidence():
    it = world(parcel=delivered())
    ticket = it.open("product_quality", channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "request_evidence", NOW + HOUR, reply_text="A photo, please.")
    it.desk.attach_evidence(ticket.id, (PACKING,), actor=AGENT, now=NOW + 2 * HOUR)
    it.desk.attach_evidence(ticket.id, (SECOND_PHOTO,), actor=AGENT, now=NOW + 2 * HOUR)
    it.desk.attach_evidence(ticket.id, (CONCLUSION,), actor=BUYER, now=NOW + 2 * HOUR)
    assert it.now(ticket).state == "evidence_requested"
    assert refused(it, ticket, "attach_evidence", NOW + 3 * HOUR) == "shown_since"
    it.desk.attach_evidence(ticket.id, (PHOTO,), actor=BUYER, now=NOW + 4 * HOUR)
    assert it.now(ticket).state == "evidence_review"


def test_an_offer_in_a_locked_chat_is_no_answer():
    it = world(parcel=delivered())
    ticket = it.open("product_quality", files=(PHOTO,))
    it.act(ticket, "register", NOW)
    it.act(ticket, "attach_evidence", NOW)
    offers = {offer.trigger: offer for offer in it.desk.offers(ticket.id, actor=AGENT, now=NOW + 49 * HOUR)}
    assert [use.name for use in offers["offer_compensation"].inputs] == ["amount"]
    offered = it.act(ticket, "offer_compensation", NOW + 49 * HOUR, amount="100.00")
    assert (offered.state, offered.clocks["reply"]) == ("compensation_offered", NOW)
    assert not it.store.events_of(ticket.id)[-1].is_public_reply


def test_a_rejection_tells_the_buyer_why_and_is_an_answer():
    it = world(parcel=delivered())
    ticket = it.open("after_sales")
    it.act(ticket, "submit_return_request", NOW, BUYER, **SHOWN)
    with pytest.raises(InputInvalidError, match="Comment to the buyer is missing"):
        it.act(ticket, "reject_request", NOW + HOUR, rejection_reason="outside_window")
    values = {"rejection_reason": "outside_window", "rejection_comment": "The two weeks are over."}
    rejected = it.act(ticket, "reject_request", NOW + HOUR, **values)
    assert (rejected.state, "reply" in rejected.clocks) == ("rejected", False)
    assert it.store.events_of(ticket.id)[-1].is_public_reply


def test_a_rejection_by_the_platform_is_no_answer_of_the_seller():
    it = world(parcel=delivered())
    ticket = it.open("after_sales")
    it.act(ticket, "submit_return_request", NOW, BUYER, **SHOWN)
    rejected = it.act(ticket, "reject_request", NOW + HOUR, SYNC, rejection_reason="outside_window")
    assert (rejected.state, rejected.clocks["reply"], "decision" in rejected.clocks) == ("rejected", NOW, False)


def test_a_claim_goes_on_without_photos():
    it = world(parcel=delivered())
    ticket = it.open("product_quality")
    it.act(ticket, "register", NOW)
    it.act(ticket, "review_without_evidence", NOW + HOUR, override_reason="The buyer has no camera.")
    agreed = it.act(ticket, "agree_return", NOW + HOUR, override_reason="The batch is known.")
    assert agreed.state == "return_agreed"
    event = it.store.events_of(ticket.id)[-1]
    assert event.payload["overrides"] == ["none_of"]


def test_the_seller_who_rejects_needs_a_conclusion():
    it = world(parcel=delivered())
    ticket = returned(it)
    it.act(ticket, "start_inspection", NOW + 6 * DAY)
    values = {"rejection_reason": "no_defect", "rejection_comment": "Our service centre found no defect."}
    assert refused(it, ticket, "refuse_after_check", NOW + 6 * DAY, **values) == "evidence"
    it.desk.attach_evidence(ticket.id, (CONCLUSION,), actor=AGENT, now=NOW + 6 * DAY)
    assert it.act(ticket, "refuse_after_check", NOW + 6 * DAY, **values).state == "rejected"
    it.desk.tick(NOW + 11 * DAY)
    closed = it.now(ticket)
    assert (closed.state, closed.resolution_reason) == ("closed", "rejection_undisputed")
    assert "item_with_seller" not in it.act(ticket, "send_item_back", NOW + 12 * DAY, tracking_number="RA1").flags


@pytest.mark.parametrize(("given", "due"), [({}, 72 * HOUR), ({"auto_approve_at": NOW + 30 * HOUR}, 30 * HOUR)])
def test_a_cancellation_is_approved_when_the_marketplace_says_or_after_72_hours(given, due):
    it = world()
    ticket = it.open()
    waiting = it.act(ticket, "request_cancellation", NOW, SYNC, **given)
    assert {timer.due_at for timer in waiting.timers if timer.trigger == "auto_approve_cancellation"} == {NOW + due}
    it.desk.tick(NOW + due)
    assert it.now(ticket).state == "refund_pending"


def test_a_promised_date_survives_the_buyers_next_message():
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    it.act(ticket, "share_tracking", NOW + HOUR, eta=NOW + 9 * DAY, reply_text="It arrives next week.")
    assert it.act(ticket, "buyer_message", NOW + 2 * HOUR, BUYER, message_text="Fine.").state == "awaiting_seller"
    it.act(ticket, "seller_reply", NOW + 3 * HOUR, reply_text="Thank you.")
    it.desk.tick(NOW + 9 * DAY)
    missed = it.now(ticket)
    assert (missed.state, missed.counts["missed_promises"]) == ("awaiting_seller", 1)


def test_in_a_locked_chat_a_date_is_promised_without_a_message():
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    offers = {offer.trigger: offer for offer in it.desk.offers(ticket.id, actor=AGENT, now=NOW + 49 * HOUR)}
    assert [use.name for use in offers["share_tracking"].inputs] == ["eta"]
    promised = it.act(ticket, "share_tracking", NOW + 49 * HOUR, eta=NOW + 9 * DAY)
    assert (promised.state, "reply" in promised.clocks) == ("eta_promised", True)


def test_an_fbo_order_is_not_traced_but_escalated():
    it = world(parcel=posting(scheme=Scheme.FBO))
    ticket = it.open()
    it.act(ticket, "register", NOW)
    assert refused(it, ticket, "open_trace", NOW + HOUR) == "not_scheme"
    assert it.act(ticket, "escalate", NOW + HOUR).state == "escalated"


def test_a_withdrawn_ticket_comes_back_within_two_weeks_and_not_later():
    it = world()
    ticket = it.open()
    it.act(ticket, "withdraw", NOW + HOUR, BUYER, **SHOWN)
    wrote = it.act(ticket, "buyer_message", NOW + DAY, BUYER, message_text="It is lost after all.")
    assert (wrote.state, "buyer_wrote_again" in wrote.flags) == ("withdrawn", True)
    values = {"reopen_reason": "came_back", **SHOWN}
    assert refused(it, ticket, "reopen", NOW + HOUR + 14 * DAY, BUYER, **values) == "open_for"
    back = it.act(ticket, "reopen", NOW + 14 * DAY, BUYER, **values)
    assert (back.state, back.counts["reopen_count"], back.flags) == (
        "awaiting_seller",
        1,
        {"chat_locked", "first_reply_breached"},
    )
    assert back.clocks["reply"] == NOW


def test_after_a_decision_only_new_evidence_reopens():
    it = world(parcel=replace(posting(), scheme=Scheme.FBO))
    ticket = it.open(channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "escalate", NOW + HOUR)
    it.act(ticket, "start_investigation", NOW + HOUR, PLATFORM)
    it.act(ticket, "decide_for_seller", NOW + HOUR, PLATFORM, decision_reason="within_rules")
    values = {"reopen_reason": "new_evidence", **SHOWN}
    assert refused(it, ticket, "reopen", NOW + 2 * HOUR, BUYER, **values) == "none_of"
    it.desk.attach_evidence(ticket.id, (PHOTO,), actor=BUYER, now=NOW + 3 * HOUR)
    assert it.act(ticket, "reopen", NOW + 4 * HOUR, BUYER, **values).state == "awaiting_seller"


def test_a_decided_return_that_expired_reopens_only_with_new_evidence():
    it = world(parcel=delivered())
    ticket = it.open("after_sales", channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "escalate", NOW + HOUR)
    it.act(ticket, "start_investigation", NOW + HOUR, SYNC)
    decided = it.act(ticket, "dispute_for_buyer_return", NOW + HOUR, SYNC, decision_reason="not_stated")
    assert decided.state == "approved"
    it.desk.tick(NOW + 5 * DAY)
    assert it.now(ticket).state == "expired"
    values = {"reopen_reason": "came_back", **SHOWN}
    assert refused(it, ticket, "reopen", NOW + 5 * DAY, BUYER, **values) == "none_of"
    it.desk.attach_evidence(ticket.id, (PHOTO,), actor=BUYER, now=NOW + 5 * DAY)
    assert it.act(ticket, "reopen", NOW + 5 * DAY, BUYER, **values).state == "awaiting_seller"


@pytest.mark.parametrize("scheme", [Scheme.RFBS, Scheme.FBO])
def test_a_promise_whose_date_nobody_knows_is_missed_after_thirty_days(scheme):
    it = world(parcel=posting(scheme=scheme))
    ticket = it.open(channel=Channel.EMAIL)
    it.desk.sync_state(ticket.id, "eta_promised", "MP-1001", actor=SYNC, now=NOW + HOUR)
    it.desk.tick(NOW + HOUR + 30 * DAY - HOUR)
    assert it.now(ticket).state == "eta_promised"
    it.desk.tick(NOW + HOUR + 30 * DAY)
    missed = it.now(ticket)
    assert (missed.state, missed.counts) == ("awaiting_seller", {"missed_promises": 1})


def test_a_wait_without_a_promise_counts_no_missed_promise():
    it = world()
    ticket = it.open(channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.desk.tick(NOW + 60 * DAY)
    assert (it.now(ticket).state, it.now(ticket).counts) == ("awaiting_seller", {})


def on_its_way(it: World) -> Ticket:
    """An after-sales ticket whose item travels to the seller."""
    ticket = it.open("after_sales", channel=Channel.EMAIL)
    it.act(ticket, "submit_return_request", NOW, BUYER, **SHOWN)
    it.act(ticket, "approve_request", NOW)
    return it.act(ticket, "hand_over", NOW + DAY, BUYER, handover_reference="RET-1", **SHOWN)


def test_a_parcel_that_arrives_after_the_withdrawal_is_not_lost():
    it = world(parcel=delivered())
    ticket = on_its_way(it)
    it.act(ticket, "withdraw", NOW + 2 * DAY, BUYER, **SHOWN)
    received = it.act(ticket, "receive_return", NOW + 5 * DAY, SYNC)
    assert (received.state, received.flags & ITEM) == ("withdrawn", {"item_with_seller"})
    assert it.act(ticket, "send_item_back", NOW + 6 * DAY, tracking_number="RA1").flags & ITEM == set()


def test_a_parcel_that_arrives_after_the_ticket_was_reopened_is_not_lost():
    it = world(parcel=delivered())
    ticket = on_its_way(it)
    it.act(ticket, "withdraw", NOW + 2 * DAY, BUYER, **SHOWN)
    it.act(ticket, "reopen", NOW + 3 * DAY, BUYER, reopen_reason="other", **SHOWN)
    received = it.act(ticket, "receive_return", NOW + 5 * DAY)
    assert (received.state, received.flags & ITEM) == ("awaiting_seller", {"item_with_seller"})
    it.act(ticket, "submit_return_request", NOW + 5 * DAY, BUYER, **SHOWN)
    assert it.act(ticket, "approve_request", NOW + 5 * DAY).state == "received"


def test_a_mirrored_approval_of_a_parcel_on_its_way_ends_with_its_arrival():
    it = world(parcel=delivered())
    ticket = on_its_way(it)
    it.desk.sync_state(ticket.id, "approved", "MP-1001", actor=SYNC, now=NOW + 2 * DAY)
    assert it.act(ticket, "receive_return", NOW + 3 * DAY, SYNC).state == "received"


def test_reopening_does_not_make_an_old_message_young():
    it = world()
    ticket = it.open(channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "seller_reply", NOW + HOUR, reply_text="It is on its way.")
    it.act(ticket, "resolve", NOW + HOUR, resolution_reason="explained")
    it.act(ticket, "buyer_message", NOW + DAY, BUYER, message_text="It is not.")
    again = it.act(ticket, "reopen", NOW + 3 * DAY, BUYER, reopen_reason="not_solved", **SHOWN)
    assert again.clocks["reply"] == NOW + DAY
    it.desk.tick(NOW + 3 * DAY)
    assert "reply_overdue" in it.now(ticket).flags
