"""Linked tickets: whoever sets the clocks off, parent and child end where ticking would have brought them."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PHOTO, World, delivered, world
from workflow.errors import ActionNotAllowedError, InputInvalidError, TicketChangedError, TicketNotFoundError
from workflow.tickets import Scope, Ticket

SECOND = replace(PHOTO, content=PHOTO.content + b"2")


def returned() -> tuple[World, Ticket, Ticket]:
    """A quality ticket whose return was agreed and approved, and its after-sales case."""
    it = world(parcel=delivered())
    parent = it.open("product_quality", at=NOW, files=(PHOTO,))
    it.act(parent, "register", NOW)
    it.desk.attach_evidence(parent.id, (SECOND,), actor=BUYER, now=NOW)
    it.act(parent, "agree_return", NOW)
    child = it.store.tickets[it.store.load_case(parent.id).links[0].id]
    it.act(child, "submit_return_request", NOW + HOUR, actor=BUYER, reference="chat-17")
    it.act(child, "approve_request", NOW + 2 * HOUR)
    return it, parent, child


def log(it: World) -> list[object]:
    events = sorted((event for events in it.store.events.values() for event in events), key=lambda e: e.position)
    return [replace(event, recorded_at=NOW) for event in events]


def test_a_refused_act_on_the_child_still_brings_the_parent_along():
    it, parent, child = returned()
    with pytest.raises(ActionNotAllowedError):
        it.act(child, "confirm_refund", NOW + 6 * DAY)
    assert it.now(child).state == "expired"
    assert it.now(parent).state == "resolved"


def test_a_stale_act_on_the_child_still_brings_the_parent_along():
    it, parent, child = returned()
    seen = it.now(child)
    with pytest.raises(TicketChangedError):
        it.desk.act(
            child.id,
            "add_note",
            actor=AGENT,
            now=NOW + 6 * DAY,
            inputs={"note_text": "x"},
            expected_version=seen.version,
        )
    assert it.now(parent).state == "resolved"


def test_a_parent_follows_at_the_moment_of_the_childs_clock_whoever_acts_later():
    acted, ticked = returned(), returned()
    it, parent, child = acted
    it.act(child, "add_note", NOW + 12 * DAY, note_text="Where is it?")
    ticked[0].desk.tick(NOW + 12 * DAY)
    ticked[0].act(ticked[2], "add_note", NOW + 12 * DAY, note_text="Where is it?")
    assert [e.occurred_at for e in it.store.events_of(parent.id)] == [
        e.occurred_at for e in ticked[0].store.events_of(ticked[1].id)
    ]
    assert it.now(parent).state == "closed"


def test_an_act_on_the_parent_first_lets_the_childs_clock_run():
    it, parent, _ = returned()
    with pytest.raises(ActionNotAllowedError):
        it.act(parent, "withdraw", NOW + 12 * DAY, actor=BUYER, reference="chat-18")
    assert it.now(parent).state == "closed"


def test_a_scope_hides_links_and_stops_no_clock():
    it, parent, child = returned()
    it.store.tickets[parent.id] = replace(it.now(parent), team_id="quality")
    it.store.tickets[child.id] = replace(it.now(child), team_id="returns")
    returns = Scope(team_ids=("returns",))
    assert it.desk.case(child.id, scope=returns).links == ()
    assert it.store.order_by_number("1001", returns).id == "order-1"
    assert it.store.order_by_number("1001", Scope(team_ids=("others",))) is None
    with pytest.raises(TicketNotFoundError):
        it.desk.offers(parent.id, actor=AGENT, now=NOW, scope=returns)
    it.desk.act(child.id, "add_note", actor=AGENT, now=NOW + 6 * DAY, inputs={"note_text": "Late."}, scope=returns)
    assert it.now(parent).state == "resolved"


@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_random_plans_on_a_linked_pair_give_one_log_however_often_the_desk_ticks(seed):
    def run(step):
        random = Random(seed)
        it, parent, child = returned()
        moment = ticked = NOW + 3 * HOUR
        for _ in range(6):
            moment += timedelta(hours=random.choice([1, 20, 60, 150]))
            while step and ticked + step < moment:
                ticked += step
                it.desk.tick(ticked)
            ticket = random.choice([parent, child])
            trigger = random.choice(["withdraw", "buyer_message", "hand_over", "escalate", "receive_return"])
            inputs = {"message_text": "And now?"} if trigger == "buyer_message" else {"reference": "chat-19"}
            if trigger == "hand_over":
                inputs["handover_reference"] = "TRACK-77"
            with suppress(ActionNotAllowedError, InputInvalidError):  # a refusal is a part of the plan
                it.desk.act(ticket.id, trigger, actor=BUYER, now=moment, inputs=inputs)
        it.desk.tick(moment + 40 * DAY)
        return log(it)

    whole, parted = run(None), run(3 * HOUR)
    assert [(e.ticket_id, e.seq, e.name, e.occurred_at, e.to_state) for e in sorted(whole, key=_place)] == [
        (e.ticket_id, e.seq, e.name, e.occurred_at, e.to_state) for e in sorted(parted, key=_place)
    ]


def _place(event):
    return event.ticket_id, event.seq
