"""A fact that arrives late keeps its own time; what the clock did wrongly is corrected, never deleted."""

from tests.workflow.builders import AGENT, DAY, HOUR, NOW, world
from workflow.replay import replay
from workflow.tickets import Actor
from workflow.vocabulary import Channel, EventKind, Role

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
