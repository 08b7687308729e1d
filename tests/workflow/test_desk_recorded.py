"""What an agent writes down for others: what the buyer, the parcel and the marketplace did, and whom the log names."""

from dataclasses import replace

import pytest

from tests.workflow.builders import AGENT, BUYER, HOUR, NOW, OTHER_AGENT, delivered, world
from workflow.contacts import Contact
from workflow.errors import (
    ActionNotAllowedError,
    InputInvalidError,
    PostingChangedError,
    PostingNotFoundError,
    RoleNotAllowedError,
    TicketChangedError,
)
from workflow.family import Family
from workflow.tickets import SYNC, TIMER, Actor, Scope
from workflow.vocabulary import Channel, EventKind, Role, StateKind

CONTACT = Contact(
    category="logistics_delay",
    channel=Channel.EMAIL,
    text="Where is my parcel?",
    seller_id="seller-1",
    buyer_key="buyer-1",
)


def test_an_agent_may_record_a_buyers_act_only_with_what_shows_it():
    it = world(parcel=delivered())
    ticket = it.open("after_sales")
    with pytest.raises(InputInvalidError) as refused:
        it.act(ticket, "submit_return_request", NOW, actor=BUYER)
    assert set(refused.value.fields) == {"reference"}
    after = it.act(ticket, "submit_return_request", NOW, actor=BUYER, reference="chat-17")
    event = it.store.events_of(ticket.id)[-1]
    assert (after.state, event.actor_id, event.recorded_by) == ("return_requested", "buyer-1", "anna")
    assert event.payload["inputs"]["reference"] == "chat-17"


def test_the_marketplaces_state_is_mirrored_outside_the_table_and_flagged():
    it = world()
    ticket = it.open("after_sales")
    after = it.desk.sync_state(ticket.id, "received", "return-77", actor=SYNC, now=NOW + HOUR)
    event = it.store.events_of(ticket.id)[-1]
    assert (after.state, event.kind, event.is_conforming) == ("received", EventKind.FORCED, False)
    with pytest.raises(ActionNotAllowedError, match="no_such"):
        it.desk.sync_state(ticket.id, "no_such", "return-77", actor=SYNC, now=NOW + HOUR)
    with pytest.raises(TicketChangedError):
        it.desk.sync_state(
            ticket.id, "refund_pending", "return-78", actor=SYNC, now=NOW + HOUR, expected_version=ticket.version
        )


def test_a_delivery_resolves_the_tickets_about_it():
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    it.desk.record_posting(delivered(days_ago=0), actor=SYNC, now=NOW + HOUR)
    after = it.now(ticket)
    assert (after.state, after.state_kind) == ("resolved", StateKind.DONE)
    assert it.store.events_of(ticket.id)[-1].actor_role is Role.SYSTEM_SYNC


def test_a_parcel_and_what_all_its_tickets_make_of_it_are_one_commit(monkeypatch):
    it = world()
    tickets = [it.open(text=text) for text in ("Where?", "Where is it?")]
    for ticket in tickets:
        it.act(ticket, "register", NOW)
    kept, commits = it.store.commit, []

    def commit(changes, **parcel):
        commits.append([change.ticket.id for change in changes])
        return kept(changes, **parcel)

    monkeypatch.setattr(it.store, "commit", commit)
    told = it.desk.record_posting(delivered(days_ago=0), actor=SYNC, now=NOW + HOUR)
    assert [sorted(ids) for ids in commits] == [sorted(ticket.id for ticket in tickets)]
    assert [(ticket.state, it.now(ticket)) for ticket in told] == [("resolved", ticket) for ticket in told]


def test_a_case_shows_a_parcel_that_is_about_to_be_written_in_its_place():
    it = world()
    ticket = it.open()
    known = it.store.load_case(ticket.id)

    def shown(parcel):
        case = Family(it.store, it.desk.rules, NOW, posting=parcel).join(ticket.id).case
        return case.posting, case.exchange_posting

    own, other = delivered(days_ago=0), replace(delivered(), number="1001-2")
    assert shown(own) == (own, None)
    assert shown(other) == (known.posting, other)
    assert shown(replace(other, order_id="of-another")) == (known.posting, None)
    it.store.save_posting(other)
    older = replace(other, number="1001-3", status_changed_at=other.status_changed_at - HOUR)
    assert shown(older) == (known.posting, other)
    assert shown(replace(other, status="lost")) == (known.posting, replace(other, status="lost"))
    assert it.store.load_case(ticket.id).exchange_posting == other
    third = replace(other, number="1001-3", status_changed_at=other.status_changed_at - HOUR)
    it.store.save_posting(third)
    corrected = replace(other, status_changed_at=other.status_changed_at - 2 * HOUR)
    assert shown(corrected) == (known.posting, third)
    it.store.save_posting(corrected)
    assert it.store.load_case(ticket.id).exchange_posting == third


@pytest.mark.parametrize("faster", [1, 2, 3])
def test_a_parcel_goes_on_where_a_ticket_was_changed_meanwhile_and_gives_up_at_last(monkeypatch, faster):
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    kept, tries = it.store.commit, []

    def commit(changes, **parcel):
        tries.append(changes)
        if len(tries) <= faster:
            it.store.commit = kept
            it.act(ticket, "add_note", NOW + HOUR, note_text=f"Note {len(tries)}")
            it.store.commit = commit
        return kept(changes, **parcel)

    monkeypatch.setattr(it.store, "commit", commit)
    if faster == 3:
        with pytest.raises(TicketChangedError):
            it.desk.record_posting(delivered(days_ago=0), actor=SYNC, now=NOW + HOUR)
        assert (it.now(ticket).state, it.store.postings["1001-1"].status) == ("awaiting_seller", "delivering")
        return
    (after,) = it.desk.record_posting(delivered(days_ago=0), actor=SYNC, now=NOW + HOUR)
    assert (after.state, len(tries)) == ("resolved", faster + 1)


def test_a_new_parcel_of_an_order_is_noted_by_whoever_sees_a_ticket_of_the_order():
    it = world()
    ticket = it.open()
    ours, theirs = (Scope(seller_ids=(seller,)) for seller in ("seller-1", "seller-2"))
    other = replace(delivered(), number="1001-2")
    with pytest.raises(PostingNotFoundError):
        it.desk.record_posting(other, actor=AGENT, now=NOW, scope=theirs)
    assert [told.id for told in it.desk.record_posting(other, actor=AGENT, now=NOW, scope=ours)] == [ticket.id]
    assert it.store.load_case(ticket.id).exchange_posting == other


@pytest.mark.parametrize("has_order", [True, False])
def test_a_parcel_of_others_is_not_claimed_for_an_order_that_one_sees(has_order):
    it = world()
    it.open()
    theirs = replace(delivered(), number="2002-1", order_id="order-2")
    it.store.save_posting(theirs)
    if has_order:
        order = replace(it.store.orders["order-1"], id="order-2", number="2002", seller_id="seller-2")
        it.store.save_order(order, (), ())
    else:
        it.open(seller_id="seller-2", order_id="", posting_number="2002-1")
    ours = Scope(seller_ids=("seller-1",))
    with pytest.raises(PostingNotFoundError):
        it.desk.record_posting(replace(theirs, order_id="order-1"), actor=AGENT, now=NOW, scope=ours)
    assert it.store.postings["2002-1"] == theirs


def test_a_parcel_that_nobody_asks_about_moves_nothing():
    it = world()
    assert it.desk.record_posting(replace(delivered(), number="9999-1"), actor=SYNC, now=NOW) == ()


def test_a_parcel_that_changed_since_it_was_seen_is_not_written_over():
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    seen = it.store.load_case(ticket.id).posting
    lost = replace(seen, status="lost", status_changed_at=NOW)
    it.desk.record_posting(lost, actor=OTHER_AGENT, now=NOW, seen=seen)
    before = it.now(ticket)
    with pytest.raises(PostingChangedError, match=r"1001-1 was changed meanwhile \(now: lost\)"):
        it.desk.record_posting(delivered(days_ago=0), actor=AGENT, now=NOW + HOUR, seen=seen)
    assert (it.now(ticket), it.store.postings["1001-1"]) == (before, lost)
    unknown = replace(lost, number="9999-1")
    with pytest.raises(PostingNotFoundError, match="no parcel 9999-1 that you may see"):
        it.desk.record_posting(unknown, actor=AGENT, now=NOW + HOUR, seen=unknown)
    (after,) = it.desk.record_posting(delivered(days_ago=0), actor=AGENT, now=NOW + HOUR, seen=lost)
    assert after.state == "resolved"


def test_a_parcel_is_noted_by_whoever_sees_a_ticket_about_it_and_all_its_tickets_follow():
    it = world()
    mine, theirs = it.open(), it.open(seller_id="seller-2")
    for ticket in (mine, theirs):
        it.act(ticket, "register", NOW)
    parcel = delivered(days_ago=0)
    with pytest.raises(PostingNotFoundError):
        it.desk.record_posting(parcel, actor=AGENT, now=NOW + HOUR, scope=Scope(seller_ids=("seller-3",)))
    with pytest.raises(RoleNotAllowedError):
        it.desk.record_posting(parcel, actor=BUYER, now=NOW + HOUR)
    assert it.store.postings["1001-1"].status == "delivering"
    told = it.desk.record_posting(parcel, actor=AGENT, now=NOW + HOUR, scope=Scope(seller_ids=("seller-1",)))
    assert [ticket.id for ticket in told] == [mine.id]
    assert {it.now(ticket).state for ticket in (mine, theirs)} == {"resolved"}


def test_an_act_of_the_system_needs_no_reference():
    it = world(parcel=delivered())
    ticket = it.open("after_sales")
    after = it.act(ticket, "submit_return_request", NOW, actor=SYNC)
    assert after.state == "return_requested"


def test_a_buyers_act_is_recorded_by_somebody_and_is_that_buyers():
    it = world()
    ticket = it.open()
    with pytest.raises(RoleNotAllowedError, match="role buyer"):
        it.act(ticket, "withdraw", NOW, actor=Actor(role=Role.BUYER, id="buyer-1"), reference="chat-1")
    stranger = Actor(role=Role.BUYER, id="buyer-2", recorded_by="anna")
    with pytest.raises(ActionNotAllowedError, match="another buyer"):
        it.act(ticket, "withdraw", NOW, actor=stranger, reference="chat-1")


def test_a_mirrored_state_needs_a_reference_that_is_one():
    it = world()
    ticket = it.open("after_sales")
    with pytest.raises(InputInvalidError, match="A reference is"):
        it.desk.sync_state(ticket.id, "received", "Ivan said so", actor=SYNC, now=NOW)


def test_a_person_who_notes_a_parcel_is_named_in_the_log_of_each_ticket_that_follows():
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    it.desk.record_posting(delivered(days_ago=0), actor=AGENT, now=NOW + HOUR)
    event = it.store.events_of(ticket.id)[-1]
    assert (event.name, event.to_state) == ("posting_delivered", "resolved")
    assert (event.actor_role, event.actor_id, event.recorded_by) == (SYNC.role, SYNC.id, "anna")


def test_a_person_acts_as_the_marketplace_by_no_other_way():
    it = world()
    ticket = it.open()
    with pytest.raises(RoleNotAllowedError):
        it.act(ticket, "register", NOW, actor=Actor(role=SYNC.role, id=SYNC.id, recorded_by=AGENT.id))
    assert it.act(ticket, "register", NOW, actor=SYNC).state == "awaiting_seller"


def test_a_person_who_mirrors_a_state_is_named_in_the_log():
    it = world()
    ticket = it.open("after_sales")
    it.desk.sync_state(
        ticket.id, "received", "return-77", actor=Actor(role=SYNC.role, id=SYNC.id, recorded_by=AGENT.id), now=NOW
    )
    event = it.store.events_of(ticket.id)[-1]
    assert (event.actor_role, event.actor_id, event.recorded_by) == (SYNC.role, SYNC.id, "anna")
    assert (event.is_recorded_by_person, event.reference, event.is_conforming) == (True, "return-77", False)


@pytest.mark.parametrize(
    ("changes", "is_recorded"),
    [
        ({"actor_role": Role.BUYER, "actor_id": "b", "recorded_by": "anna"}, True),
        ({"actor_role": Role.SELLER_AGENT, "actor_id": "anna", "recorded_by": "anna"}, False),
        ({"actor_role": Role.BUYER, "actor_id": "b", "recorded_by": SYNC.id}, False),
        ({"actor_role": Role.BUYER, "actor_id": "b", "recorded_by": TIMER.id}, False),
        ({"actor_role": Role.SELLER_AGENT, "actor_id": "ivan", "recorded_by": "import:old desk"}, False),
    ],
)
def test_a_person_records_what_another_did_and_neither_their_own_act_nor_what_a_process_brings(changes, is_recorded):
    it = world()
    event = replace(it.store.events_of(it.open().id)[-1], **changes)
    assert (event.is_recorded_by_person, event.reference) == (is_recorded, "")


@pytest.mark.parametrize("actor", [AGENT, TIMER, Actor(role=Role.PLATFORM_AGENT, id="mediator", recorded_by="anna")])
def test_nobody_mirrors_a_state_as_their_own_act(actor):
    it = world()
    ticket = it.open("after_sales")
    with pytest.raises(RoleNotAllowedError):
        it.desk.sync_state(ticket.id, "received", "return-77", actor=actor, now=NOW)
    assert it.now(ticket) == ticket
