"""A fact that arrives late keeps its own time; what the clock did wrongly is corrected, never deleted."""

from dataclasses import replace

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PHOTO, PLATFORM, delivered, posting, world
from workflow.errors import ActionNotAllowedError
from workflow.replay import replay
from workflow.tickets import SYNC, Actor
from workflow.vocabulary import Ball, Channel, EventKind, Role

SYNCED_BUYER = Actor(role=Role.BUYER, id="buyer-1", recorded_by="system_sync")


def silent_buyer():
    """A ticket that the desk resolved because the buyer said nothing for a week."""
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "seller_reply", NOW + HOUR, reply_text="Has it arrived?")
    it.desk.tick(NOW + 9 * DAY)
    assert it.now(ticket).state == "resolved"
    return it, ticket


def test_a_message_that_disproves_a_silence_brings_the_ticket_back():
    it, ticket = silent_buyer()
    before = it.store.events_of(ticket.id)
    spoke_at, learnt_at = NOW + 2 * DAY, NOW + 9 * DAY
    after = it.desk.act(
        ticket.id,
        "buyer_message",
        actor=SYNCED_BUYER,
        now=learnt_at,
        occurred_at=spoke_at,
        inputs={"message_text": "No, it has not."},
    )
    log = it.store.events_of(ticket.id)
    assert log[: len(before)] == before
    fact, correction, *overdue = log[len(before) :]
    assert {event.occurred_at for event in overdue} == {learnt_at}
    assert (fact.name, fact.occurred_at, fact.recorded_at, fact.is_visit) == (
        "buyer_message",
        spoke_at,
        learnt_at,
        False,
    )
    assert (correction.kind, correction.occurred_at) == (EventKind.CORRECTION, learnt_at)
    assert (correction.from_state, correction.to_state) == ("resolved", "awaiting_seller")
    assert after.state == "awaiting_seller"
    assert replay(log) == after
    assert it.store.load_case(ticket.id).messages[-1].sent_at == spoke_at


def test_a_late_reply_takes_back_the_breach_that_it_disproves():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.desk.tick(NOW + 30 * HOUR)
    assert "first_reply_breached" in it.now(ticket).flags
    after = it.desk.act(
        ticket.id,
        "seller_reply",
        actor=AGENT,
        now=NOW + 31 * HOUR,
        occurred_at=NOW + 2 * HOUR,
        inputs={"reply_text": "It is on its way."},
    )
    assert "first_reply_breached" not in after.flags
    assert after.state == "awaiting_buyer"
    reply = next(event for event in it.store.events_of(ticket.id) if event.is_public_reply)
    assert reply.occurred_at == NOW + 2 * HOUR


def test_a_late_message_after_people_moved_on_is_kept_and_moves_the_ticket_now():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "seller_reply", NOW + 5 * HOUR, reply_text="Has it arrived?")
    after = it.desk.act(
        ticket.id,
        "buyer_message",
        actor=SYNCED_BUYER,
        now=NOW + 6 * HOUR,
        occurred_at=NOW + 4 * HOUR,
        inputs={"message_text": "One more thing."},
    )
    fact, correction = it.store.events_of(ticket.id)[-2:]
    assert fact.occurred_at == NOW + 4 * HOUR
    assert correction.occurred_at == NOW + 6 * HOUR
    assert after.state == "awaiting_seller"


def test_a_reply_before_the_ticket_was_even_taken_up_takes_back_the_breach():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.desk.tick(NOW + 25 * HOUR)
    it.act(ticket, "register", NOW + 30 * HOUR)
    after = it.desk.act(
        ticket.id,
        "seller_reply",
        actor=AGENT,
        now=NOW + 31 * HOUR,
        occurred_at=NOW + 23 * HOUR,
        inputs={"reply_text": "It is on its way."},
    )
    assert "first_reply_breached" not in after.flags


def test_a_late_message_does_not_touch_a_promise_that_was_made_after_it():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "share_tracking", NOW + 2 * HOUR, reply_text="It comes on Friday.", eta=NOW + 4 * DAY)
    it.desk.tick(NOW + 4 * DAY)
    before = it.now(ticket)
    assert (before.state, before.counts) == ("awaiting_seller", {"missed_promises": 1})
    after = it.desk.act(
        ticket.id,
        "buyer_message",
        actor=SYNCED_BUYER,
        now=NOW + 4 * DAY + HOUR,
        occurred_at=NOW + HOUR,
        inputs={"message_text": "One more thing."},
    )
    last = it.store.events_of(ticket.id)[-1]
    assert (last.name, last.kind, last.occurred_at) == ("buyer_message", EventKind.TRANSITION, NOW + HOUR)
    assert (after.state, after.state_entered_at) == ("awaiting_seller", NOW + 4 * DAY)


def test_a_slightly_late_fact_within_the_same_state_needs_no_correction():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    after = it.desk.act(
        ticket.id,
        "seller_reply",
        actor=AGENT,
        now=NOW + 2 * HOUR,
        occurred_at=NOW + HOUR,
        inputs={"reply_text": "We are looking."},
    )
    last = it.store.events_of(ticket.id)[-1]
    assert (last.kind, last.occurred_at, after.state_entered_at) == (EventKind.TRANSITION, NOW + HOUR, NOW + HOUR)


def test_a_message_that_disproves_missing_evidence_gives_the_buyer_their_week_again():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL, category="product_quality")
    it.act(ticket, "register", NOW)
    it.act(ticket, "request_evidence", NOW + HOUR, reply_text="A photo, please.")
    it.desk.tick(NOW + 8 * DAY)
    assert it.now(ticket).resolution_reason == "no_evidence"
    wrote_at = NOW + 7 * DAY
    it.desk.act(
        ticket.id,
        "buyer_message",
        actor=SYNCED_BUYER,
        now=NOW + 8 * DAY,
        occurred_at=wrote_at,
        inputs={"message_text": "I am on a journey, the photo follows."},
    )
    after = it.now(ticket)
    assert (after.state, after.clocks["asked"], "resolved" in after.clocks) == ("evidence_requested", wrote_at, True)
    assert "evidence_overdue" in {timer.trigger for timer in after.timers}
    it.desk.tick(wrote_at + 7 * DAY)
    assert it.now(ticket).resolution_reason == "no_evidence"


@pytest.mark.parametrize(
    ("trigger", "inputs", "actor", "until", "at", "state"),
    [
        ("hand_over", {"handover_reference": "TRACK-77"}, BUYER, 6 * DAY, 3 * DAY, "return_in_transit"),
        (
            "reject_request",
            {"rejection_reason": "misuse", "rejection_comment": "It was dropped."},
            AGENT,
            DAY + 2 * HOUR,
            20 * HOUR,
            "rejected",
        ),
    ],
)
def test_a_late_fact_is_judged_in_the_state_that_the_clock_moved_it_out_of(  # noqa: PLR0917 - a case a row
    trigger, inputs, actor, until, at, state
):
    it = world(parcel=delivered())
    ticket = it.open("after_sales", at=NOW)
    it.act(ticket, "submit_return_request", NOW, actor=BUYER, reference="chat-17")
    if trigger == "hand_over":
        it.act(ticket, "approve_request", NOW)
    it.desk.tick(NOW + until)
    reference = {"reference": "chat-18"} if actor is BUYER else {}
    after = it.desk.act(
        ticket.id, trigger, actor=actor, now=NOW + until, occurred_at=NOW + at, inputs=inputs | reference
    )
    assert after.state == state
    assert replay(it.store.events_of(ticket.id)) == after


def test_every_move_of_the_clock_after_the_fact_is_undone():
    it, ticket = silent_buyer()
    it.desk.tick(NOW + 16 * DAY)
    assert it.now(ticket).state == "closed"
    after = it.desk.act(
        ticket.id,
        "buyer_message",
        actor=SYNCED_BUYER,
        now=NOW + 16 * DAY,
        occurred_at=NOW + 3 * DAY,
        inputs={"message_text": "No, it has not."},
    )
    assert after.state == "awaiting_seller"
    assert "reply" in after.clocks


def test_a_breach_that_the_fact_does_not_concern_stands():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.desk.tick(NOW + 30 * HOUR)
    after = it.desk.act(ticket.id, "open_trace", actor=AGENT, now=NOW + 30 * HOUR, occurred_at=NOW + 20 * HOUR)
    assert after.state == "tracing"
    assert "first_reply_breached" in after.flags


def test_a_late_agreement_opens_its_ticket_and_a_late_question_gives_the_ball():
    it = world(parcel=delivered())
    ticket = it.open("product_quality", at=NOW, files=(PHOTO,))
    it.act(ticket, "register", NOW)
    it.desk.attach_evidence(ticket.id, (replace(PHOTO, content=PHOTO.content + b"2"),), actor=BUYER, now=NOW)
    it.desk.tick(NOW + 26 * HOUR)
    after = it.desk.act(ticket.id, "agree_return", actor=AGENT, now=NOW + 26 * HOUR, occurred_at=NOW + 20 * HOUR)
    assert after.state == "return_agreed"
    assert len(it.store.tickets) == 2
    asked = it.open(at=NOW)
    it.act(asked, "register", NOW)
    it.desk.sync_state(asked.id, "under_investigation", "case-9", actor=SYNC, now=NOW)
    it.desk.tick(NOW + 4 * DAY)
    late = it.desk.act(
        asked.id,
        "request_information",
        actor=PLATFORM,
        now=NOW + 4 * DAY,
        occurred_at=NOW + DAY,
        inputs={"asked_party": "buyer", "request_text": "Which photo?"},
    )
    assert (late.state, late.ball) == ("info_requested", Ball.BUYER)


@pytest.mark.parametrize("actor", [SYNC, AGENT])
def test_a_delivery_learnt_late_takes_back_the_promise_that_seemed_missed(actor):
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "share_tracking", NOW + HOUR, reply_text="It comes on Friday.", eta=NOW + 4 * DAY)
    it.desk.tick(NOW + 5 * DAY)
    assert it.now(ticket).state == "awaiting_seller"
    at = NOW + 3 * DAY
    parcel = posting(status="delivered", status_changed_at=at, delivered_at=at)
    (after,) = it.desk.record_posting(parcel, actor=actor, now=NOW + 6 * DAY)
    fact, correction = it.store.events_of(ticket.id)[-2:]
    assert (fact.actor_id, fact.recorded_by, correction.recorded_by) == (SYNC.id, actor.id, SYNC.id)
    assert (after.state, after.resolution_reason) == ("resolved", "delivered")
    assert (fact.name, fact.occurred_at, correction.kind) == ("posting_delivered", at, EventKind.CORRECTION)


@pytest.mark.parametrize(("at", "code"), [(NOW - DAY, "before_opening"), (NOW + 9 * DAY, "in_future")])
def test_nothing_happens_before_the_ticket_or_after_now(at, code):
    it = world()
    ticket = it.open(at=NOW)
    with pytest.raises(ActionNotAllowedError) as refused:
        it.desk.act(
            ticket.id,
            "buyer_message",
            actor=SYNCED_BUYER,
            now=NOW + HOUR,
            occurred_at=at,
            inputs={"message_text": "Hello"},
        )
    assert refused.value.reason_code == code
    with pytest.raises(ActionNotAllowedError):
        it.open(at=NOW, occurred_at=NOW + DAY)


def test_a_late_fact_that_only_the_present_state_allows_is_taken_there():
    it, ticket = silent_buyer()
    after = it.desk.act(
        ticket.id,
        "confirm_resolved",
        actor=BUYER,
        now=NOW + 9 * DAY,
        occurred_at=NOW + 5 * DAY,
        inputs={"reference": "chat-20"},
    )
    assert after.state == "closed"


def test_a_late_message_of_ours_takes_back_the_breach_and_moves_nothing():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.desk.tick(NOW + 30 * HOUR)
    after = it.desk.act(
        ticket.id,
        "post_message",
        actor=AGENT,
        now=NOW + 30 * HOUR,
        occurred_at=NOW + 2 * HOUR,
        inputs={"reply_text": "We have your message."},
    )
    assert (after.state, after.flags & {"first_reply_breached"}) == ("awaiting_seller", frozenset())
    assert it.store.events_of(ticket.id)[-1].kind is EventKind.CORRECTION
