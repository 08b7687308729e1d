"""Timers fire in due order, once, and the same however often the desk ticks."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PHOTO, PLATFORM, World, delivered, world
from workflow.errors import TicketChangedError
from workflow.tickets import SYNC
from workflow.ticking import tick
from workflow.vocabulary import Channel, EventKind, Role
from workflow.workbench import Workbench

END = NOW + 45 * DAY
PHOTO2 = replace(PHOTO, content=PHOTO.content + b"2")


def busy_world() -> World:
    """Ten tickets in different places, all of them left alone from then on."""
    it = world()
    for number in range(3):
        it.open(at=NOW + number * HOUR)
        answered = it.open(at=NOW + number * HOUR, channel=Channel.EMAIL)
        it.act(answered, "register", NOW + 2 * HOUR)
        it.act(answered, "seller_reply", NOW + 3 * HOUR, reply_text="We are looking for it.")
    promised = it.open(at=NOW)
    it.act(promised, "register", NOW)
    it.act(promised, "share_tracking", NOW + HOUR, reply_text="It comes on Friday.", eta=NOW + 4 * DAY)
    it.store.save_posting(delivered())
    claim = it.open("after_sales", at=NOW)
    it.act(claim, "submit_return_request", NOW + HOUR, actor=BUYER, reference="chat-17")
    asked = it.open("after_sales", at=NOW)
    it.act(asked, "submit_return_request", NOW + HOUR, actor=BUYER, reference="chat-18")
    it.act(asked, "ask_clarification", NOW + 2 * HOUR, clarification_text="Which part is broken?")
    faulty = it.open("product_quality", at=NOW, files=(PHOTO,))
    it.act(faulty, "register", NOW)
    return it


def log(it: World) -> list[object]:
    """The whole log in order of position, without the moment of recording."""
    events = sorted((event for events in it.store.events.values() for event in events), key=lambda e: e.position)
    return [replace(event, recorded_at=NOW) for event in events]


def test_nothing_fires_a_moment_before_it_is_due_and_everything_at_its_moment():
    it = world()
    ticket = it.open(at=NOW)
    due_at = it.now(ticket).next_timer.due_at
    assert it.desk.tick(due_at - timedelta(microseconds=1)) == ()
    fired = it.desk.tick(due_at)
    assert [event.occurred_at for event in fired] == [due_at] * len(fired)
    assert fired[0].actor_role is Role.SYSTEM_TIMER


def test_a_timer_event_happened_when_it_was_due_and_was_recorded_when_the_desk_came_round():
    it = world()
    it.open(at=NOW)
    late = NOW + 30 * HOUR
    first, *_ = it.desk.tick(late)
    assert (first.name, first.occurred_at, first.recorded_at) == ("first_reply_breached", NOW + 24 * HOUR, late)


def test_ticking_again_changes_nothing():
    it = busy_world()
    it.desk.tick(END)
    before = log(it)
    assert it.desk.tick(END) == ()
    assert log(it) == before


def test_one_tick_after_a_long_sleep_writes_the_log_of_ticking_every_hour():
    slept, awake = busy_world(), busy_world()
    slept.desk.tick(END)
    moment = NOW
    while moment < END:
        moment = min(moment + HOUR, END)
        awake.desk.tick(moment)
    assert log(slept) == log(awake)
    assert len(log(slept)) > 60


@given(cuts=st.lists(st.integers(0, 45 * 24 * 60), max_size=12), batch=st.integers(1, 7))
@settings(max_examples=25, deadline=None)
def test_any_partition_of_time_and_any_batch_writes_the_same_log(cuts, batch):
    whole, parted = busy_world(), busy_world()
    whole.desk.tick(END)
    for cut in [*sorted(cuts), 45 * 24 * 60]:
        tick(Workbench(parted.store, parted.desk.rules), NOW + timedelta(minutes=cut), batch=batch)
    assert log(whole) == log(parted)


def test_events_are_placed_in_due_order_across_tickets():
    it = busy_world()
    fired = it.desk.tick(END)
    assert [event.occurred_at for event in fired] == sorted(event.occurred_at for event in fired)
    assert [event.position for event in fired] == sorted(event.position for event in fired)


def test_a_return_is_approved_by_silence_even_while_the_parties_clarify():
    it = world(parcel=delivered())
    ticket = it.open("after_sales", at=NOW)
    asked_at = NOW + HOUR
    it.act(ticket, "submit_return_request", asked_at, actor=BUYER, reference="chat-17")
    it.act(ticket, "ask_clarification", asked_at + 3 * HOUR, clarification_text="Which part is broken?")
    decision = next(timer for timer in it.now(ticket).timers if timer.trigger == "auto_approve_request")
    started, budget = decision.anchor_at, decision.due_at - decision.anchor_at
    assert started == asked_at
    it.desk.tick(asked_at + budget)
    assert it.now(ticket).state == "approved"


def test_a_timer_whose_facts_are_false_is_spent_and_says_so():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.CHAT_APP)
    it.act(ticket, "register", NOW + HOUR)
    it.act(ticket, "seller_reply", NOW + 47 * HOUR, reply_text="Sorry for the wait.")
    it.desk.tick(NOW + 60 * HOUR)
    kinds = {(event.name, event.kind) for event in it.store.events_of(ticket.id)}
    assert ("remind_buyer", EventKind.TRANSITION) in kinds or ("remind_buyer", EventKind.TIMER_SPENT) in kinds


def test_a_refund_that_stays_out_after_a_decision_is_flagged_every_day():
    it = world()
    ticket = it.open(at=NOW)
    it.act(ticket, "register", NOW)
    it.desk.tick(NOW + 25 * HOUR)
    it.act(ticket, "escalate", NOW + 26 * HOUR)
    start = NOW + 27 * HOUR
    it.act(ticket, "start_investigation", start, actor=PLATFORM)
    it.act(ticket, "decide_for_buyer", start, actor=PLATFORM, decision_reason="not_delivered")
    it.desk.tick(start + 40 * DAY)
    overdue = [event for event in it.store.events_of(ticket.id) if event.name == "refund_overdue"]
    gaps = {later.occurred_at - earlier.occurred_at for earlier, later in pairwise(overdue)}
    assert len(overdue) > 20
    assert gaps == {DAY}
    assert it.now(ticket).state == "refund_pending"


def test_an_act_first_fires_what_is_due():
    it = world()
    ticket = it.open(at=NOW)
    it.act(ticket, "register", NOW + 30 * HOUR)
    names = [event.name for event in it.store.events_of(ticket.id)]
    assert names.index("first_reply_breached") < names.index("register")


def test_an_agent_whose_ticket_was_moved_by_the_clock_is_told_so():
    it = world(parcel=delivered())
    ticket = it.open("after_sales", at=NOW)
    seen = it.act(ticket, "submit_return_request", NOW, actor=BUYER, reference="chat-17")
    timer = next(timer for timer in seen.timers if timer.trigger == "auto_approve_request")
    with pytest.raises(TicketChangedError, match="the clock") as refused:
        it.desk.act(
            ticket.id, "refund_without_return", actor=AGENT, now=timer.due_at + HOUR, expected_version=seen.version
        )
    assert refused.value.what == "auto approve request"
    assert it.now(ticket).state == "approved"


def test_a_parent_that_its_child_moved_in_the_same_tick_fires_nothing_of_its_old_state():
    def run(step):
        it = world(parcel=delivered())
        parent = it.open("product_quality", at=NOW, files=(PHOTO,))
        it.act(parent, "register", NOW)
        it.desk.attach_evidence(parent.id, (PHOTO2,), actor=BUYER, now=NOW)
        it.act(parent, "agree_return", NOW)
        child = it.store.tickets[it.store.load_case(parent.id).links[0].id]
        it.act(child, "submit_return_request", NOW + HOUR, actor=BUYER, reference="chat-17")
        moment = NOW
        while moment < NOW + 30 * DAY:
            moment += step
            it.desk.tick(moment)
        return it, parent, child

    it, parent, child = run(30 * DAY)
    assert it.now(child).state == "expired"
    moves = [event.name for event in it.store.events_of(parent.id) if event.is_visit]
    assert "return_link_missing" not in moves
    assert log(it) == log(run(6 * HOUR)[0])


def test_a_clock_that_can_never_fire_is_not_shown():
    it = world()
    phoned, chatted = it.open(channel=Channel.PHONE), it.open(channel=Channel.CHAT_WEB)
    assert "reply_window_expired" not in {timer.trigger for timer in phoned.timers}
    assert "reply_window_expired" in {timer.trigger for timer in chatted.timers}
    it.act(phoned, "register", NOW)
    it.act(phoned, "seller_reply", NOW + HOUR, reply_text="We are looking for it.")
    it.act(phoned, "buyer_message", NOW + 2 * HOUR, actor=BUYER, message_text="And now?")
    waiting = {timer.trigger for timer in it.now(phoned).timers}
    assert "reply_overdue" in waiting
    assert "first_reply_breached" not in waiting


def test_a_ticket_that_is_mirrored_back_waits_on_a_clock_again():
    it = world()
    ticket = it.open(at=NOW, channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "seller_reply", NOW + HOUR, reply_text="Has it arrived?")
    it.desk.tick(NOW + 8 * DAY)
    assert it.now(ticket).state == "resolved"
    back = it.desk.sync_state(ticket.id, "awaiting_buyer", "case-9", actor=SYNC, now=NOW + 9 * DAY)
    assert "auto_resolve_no_reply" in {timer.trigger for timer in back.timers}
    assert min(timer.due_at for timer in back.timers) > NOW + 9 * DAY
