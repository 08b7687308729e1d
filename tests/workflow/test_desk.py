"""What people and processes can do with tickets, and the sentence when they cannot."""

from dataclasses import replace

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, OTHER_AGENT, PHOTO, PLATFORM, PNG, delivered, world
from workflow.contacts import Contact
from workflow.errors import (
    ActionNotAllowedError,
    ContactOutOfScopeError,
    RoleNotAllowedError,
    TagInvalidError,
    TicketChangedError,
    TicketNotFoundError,
    UnknownCategoryError,
)
from workflow.evidence import File
from workflow.ports import Change
from workflow.records import Claim
from workflow.replay import replay
from workflow.tickets import EVERYTHING, SYNC, TIMER, Actor, Scope
from workflow.vocabulary import Ball, Channel, EventKind, EvidenceKind, LinkKind, Priority, Role

CONTACT = Contact(
    category="logistics_delay",
    channel=Channel.EMAIL,
    text="Where is my parcel?",
    seller_id="seller-1",
    buyer_key="buyer-1",
)


def test_a_contact_becomes_a_ticket_with_its_message_and_running_clocks():
    it = world()
    ticket = it.open(files=(PHOTO,))
    case = it.store.load_case(ticket.id)
    opened, said, shown = it.store.events_of(ticket.id)
    assert (opened.kind, said.name, shown.kind) == (EventKind.OPENED, "buyer_message", EventKind.EVIDENCE_ADDED)
    assert (ticket.state, ticket.ball, ticket.number, ticket.version) == ("new", Ball.SELLER, 1, 3)
    assert [message.text for message in case.messages] == ["Where is my parcel?"]
    assert [item.kind for item in case.evidence] == [EvidenceKind.PHOTO]
    assert said.actor_role is Role.BUYER
    assert said.recorded_by == "anna"
    assert ticket.next_timer.due_at == NOW + 24 * HOUR


def test_what_people_type_never_enters_the_log():
    it = world()
    ticket = it.open(text="SECRET words")
    it.act(ticket, "register", NOW)
    it.act(ticket, "seller_reply", NOW, reply_text="SECRET answer")
    it.act(ticket, "add_note", NOW, note_text="SECRET note")
    assert "SECRET" not in repr(it.store.events_of(ticket.id))
    assert len(it.store.load_case(ticket.id).messages) == 3


def test_a_contact_from_the_past_starts_its_clocks_then():
    it = world()
    ticket = it.open(at=NOW + 30 * HOUR, occurred_at=NOW)
    assert ticket.opened_at == NOW
    assert "first_reply_breached" in ticket.flags


def test_a_reply_passes_the_ball_and_stops_the_clock():
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    after = it.act(ticket, "seller_reply", NOW + HOUR, reply_text="We are looking for it.")
    event = it.store.events_of(ticket.id)[-1]
    assert (after.state, after.ball) == ("awaiting_buyer", Ball.BUYER)
    assert event.is_public_reply
    assert event.state_seconds == 3600.0
    assert "reply" not in after.clocks


def test_an_internal_note_is_no_reply():
    it = world()
    ticket = it.open()
    it.act(ticket, "add_note", NOW, note_text="Call the carrier.")
    assert not it.store.events_of(ticket.id)[-1].is_public_reply


def test_nobody_plays_the_clock():
    it = world()
    ticket = it.open()
    with pytest.raises(RoleNotAllowedError, match="system_timer"):
        it.act(ticket, "first_reply_breached", NOW, actor=TIMER)


def test_a_buyer_does_not_assign_tickets():
    it = world()
    ticket = it.open()
    with pytest.raises(RoleNotAllowedError):
        it.desk.assign(ticket.id, "anna", actor=BUYER, now=NOW)


@pytest.mark.parametrize(
    ("trigger", "actor", "code"),
    [
        ("decide_for_buyer", AGENT, "not_from_state"),
        ("no_such_action", AGENT, "unknown_action"),
        ("first_reply_breached", AGENT, "fires_by_itself"),
        ("seller_reply", PLATFORM, "not_by_role"),
        ("escalate", AGENT, None),
    ],
)
def test_a_refusal_names_its_reason(trigger, actor, code):
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    with pytest.raises(ActionNotAllowedError) as refused:
        it.act(ticket, trigger, NOW, actor=actor)
    assert refused.value.reason_code == code or code is None
    assert "is not possible on ticket 1: " in str(refused.value)
    assert "{" not in str(refused.value)


def test_a_stale_act_names_the_winner_and_loses_nothing():
    it = world()
    ticket = it.open()
    it.desk.assign(ticket.id, "boris", actor=OTHER_AGENT, now=NOW + HOUR, expected_version=ticket.version)
    with pytest.raises(TicketChangedError) as refused:
        it.desk.act(ticket.id, "register", actor=AGENT, now=NOW + HOUR, expected_version=ticket.version)
    assert (refused.value.winner, refused.value.changed_at) == ("Boris", NOW + HOUR)
    assert it.now(ticket).assignee_id == "boris"
    assert it.now(ticket).state == "new"


def test_a_process_that_names_no_version_tries_again_where_another_was_faster():
    it = world()
    ticket = it.open()
    load, calls = it.store.load_case, []

    def slow(ticket_id, scope=EVERYTHING):
        case = load(ticket_id, scope)
        calls.append(ticket_id)
        if len(calls) == 1:
            it.desk.prioritise(ticket_id, Priority.HIGH, actor=OTHER_AGENT, now=NOW)
        return case

    it.store.load_case = slow
    it.act(ticket, "register", NOW)
    it.store.load_case = load
    assert (it.now(ticket).state, it.now(ticket).priority) == ("awaiting_seller", Priority.HIGH)


def test_assignee_priority_and_tags_are_events_too():
    it = world()
    ticket = it.open()
    it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    it.desk.prioritise(ticket.id, Priority.URGENT, actor=AGENT, now=NOW)
    after = it.desk.tag(ticket.id, ["vip", " late ", ""], actor=AGENT, now=NOW)
    assert (after.assignee_id, after.priority, after.tags) == ("boris", Priority.URGENT, ("late", "vip"))
    kinds = [event.kind for event in it.store.events_of(ticket.id)][-3:]
    assert kinds == [EventKind.ASSIGNED, EventKind.PRIORITISED, EventKind.TAGGED]
    assert replay(it.store.events_of(ticket.id)) == after


def test_a_change_of_category_keeps_the_history_and_takes_the_new_table():
    it = world()
    ticket = it.open()
    after = it.desk.recategorise(ticket.id, "product_quality", actor=AGENT, now=NOW + HOUR)
    assert (after.category, after.state) == ("product_quality", "awaiting_seller")
    assert [event.category for event in it.store.events_of(ticket.id)] == ["logistics_delay"] * 2 + ["product_quality"]
    with pytest.raises(ActionNotAllowedError, match="already"):
        it.desk.recategorise(ticket.id, "product_quality", actor=AGENT, now=NOW + HOUR)
    with pytest.raises(UnknownCategoryError):
        it.desk.recategorise(ticket.id, "no_such", actor=AGENT, now=NOW + HOUR)


def test_evidence_is_kept_once_and_moves_the_ticket_that_waits_for_it():
    it = world(parcel=delivered())
    ticket = it.open("product_quality")
    it.act(ticket, "register", NOW)
    after = it.desk.attach_evidence(ticket.id, (PHOTO, PHOTO), actor=BUYER, now=NOW + HOUR)
    assert after.state == "evidence_review"
    again = it.desk.attach_evidence(ticket.id, (PHOTO,), actor=BUYER, now=NOW + HOUR)
    assert again.version == after.version
    assert len(it.store.load_case(ticket.id).evidence) == 1


def test_an_agreed_return_opens_an_after_sales_ticket_and_ends_with_it():
    it = world(parcel=delivered())
    ticket = it.open("product_quality", files=(PHOTO,))
    it.act(ticket, "register", NOW)
    it.desk.attach_evidence(ticket.id, (File(name="b.png", content=PNG + b"2"),), actor=BUYER, now=NOW)
    offer = next(o for o in it.desk.offers(ticket.id, actor=AGENT, now=NOW) if o.trigger == "agree_return")
    assert offer.is_allowed, offer.reason
    values = {use.name: "Please send it back." for use in offer.inputs if use.is_required}
    it.act(ticket, "agree_return", NOW, **values)
    (link,) = it.store.load_case(ticket.id).links
    assert (link.kind, link.category, link.is_child, link.state) == (
        LinkKind.AFTER_SALES_OF,
        "after_sales",
        True,
        "new",
    )
    child = it.store.tickets[link.id]
    it.act(child, "submit_return_request", NOW + HOUR, actor=BUYER, reference="chat-17")
    offer = next(
        o for o in it.desk.offers(child.id, actor=AGENT, now=NOW + HOUR) if o.trigger == "refund_without_return"
    )
    it.act(child, "refund_without_return", NOW + HOUR, **{u.name: "Done." for u in offer.inputs if u.is_required})
    it.act(child, "refund_confirmed", NOW + 2 * HOUR, refund_reference="pay-1001")
    assert it.now(child).state == "resolved"
    assert it.now(ticket).state == "resolved"


def test_a_buyer_who_writes_after_the_resolution_is_heard():
    it = world()
    ticket = it.open(channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "resolve", NOW, resolution_reason="explained")
    first_close = it.now(ticket).next_timer.due_at
    it.act(ticket, "buyer_message", NOW + DAY, actor=BUYER, message_text="Thank you, but...")
    after = it.now(ticket)
    assert after.state == "resolved"
    assert "buyer_wrote_again" in after.flags
    assert after.next_timer.due_at == first_close + DAY
    assert after.resolution_reason == "explained"


@pytest.mark.parametrize(
    ("trigger", "author", "author_id"),
    [("buyer_message", Role.BUYER, "buyer-1"), ("platform_message", Role.PLATFORM_AGENT, SYNC.id)],
)
def test_what_a_process_mirrors_are_the_words_of_who_said_them(trigger, author, author_id):
    it = world()
    ticket = it.open(channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, trigger, NOW + HOUR, actor=SYNC, message_text="Where is it?")
    message = it.desk.case(ticket.id).messages[-1]
    assert (message.author_role, message.author_id, message.direction) == (author, author_id, "in")
    assert it.store.events_of(ticket.id)[-1].actor_role is Role.SYSTEM_SYNC


def test_a_thank_you_after_the_end_is_put_away_until_the_buyer_writes_again():
    it = world()
    ticket = it.open(channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "resolve", NOW, resolution_reason="explained")
    with pytest.raises(ActionNotAllowedError, match=r"not marked “buyer wrote again”"):
        it.act(ticket, "no_answer_needed", NOW + HOUR)
    it.act(ticket, "buyer_message", NOW + DAY, actor=BUYER, message_text="Thank you!")
    wrote = it.now(ticket)
    it.act(ticket, "no_answer_needed", NOW + DAY + HOUR)
    after = it.now(ticket)
    assert (after.state, after.flags, after.next_timer) == ("resolved", frozenset(), wrote.next_timer)
    assert "reply" in wrote.clocks
    assert "reply" not in after.clocks
    it.act(ticket, "buyer_message", NOW + 2 * DAY, actor=BUYER, message_text="But the lid is missing.")
    assert it.now(ticket).flags == {"buyer_wrote_again"}
    assert it.now(ticket).clocks["reply"] == NOW + 2 * DAY


def test_a_closed_ticket_offers_to_reopen_within_the_window_and_not_after():
    it = world()
    ticket = it.open(channel=Channel.EMAIL)
    it.act(ticket, "register", NOW)
    it.act(ticket, "resolve", NOW, resolution_reason="explained")
    it.desk.tick(NOW + 8 * DAY)
    assert it.now(ticket).state == "closed"

    def reopen(at):
        return next(o for o in it.desk.offers(ticket.id, actor=BUYER, now=at) if o.trigger == "reopen")

    assert reopen(NOW + 9 * DAY).is_allowed
    assert not reopen(NOW + 40 * DAY).is_allowed
    assert it.now(ticket).counts.get("reopen_count", 0) == 0


def test_a_follow_up_is_a_linked_new_ticket():
    it = world()
    ticket = it.open()
    later = it.open(at=NOW + 40 * DAY, linked_to=ticket.id)
    (link,) = it.store.load_case(later.id).links
    assert (link.id, link.kind, link.is_child) == (ticket.id, LinkKind.FOLLOW_UP_OF, False)


def test_the_party_that_was_asked_holds_the_ball():
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    it.desk.sync_state(ticket.id, "under_investigation", "case-9", actor=SYNC, now=NOW)
    platform = Actor(role=Role.PLATFORM_AGENT, id="mediator")
    after = it.act(ticket, "request_information", NOW, actor=platform, asked_party="buyer", request_text="Which photo?")
    assert (after.state, after.ball) == ("info_requested", Ball.BUYER)


def test_a_reader_sees_only_what_lies_in_scope():
    it = world()
    ticket = it.open()
    with pytest.raises(TicketNotFoundError):
        it.desk.case(ticket.id, scope=Scope(seller_ids=("other",)))
    assert it.desk.case(ticket.id, scope=Scope(seller_ids=("seller-1",))).ticket == ticket


@pytest.mark.parametrize(
    ("scope", "what"),
    [
        (Scope(seller_ids=("other",)), "seller"),
        (Scope(team_ids=("t-2",)), "team"),
        (Scope(seller_ids=("seller-1",), team_ids=("t-2",)), "team"),
    ],
)
def test_nobody_opens_a_ticket_that_they_may_not_see(scope, what):
    it = world()
    contact = replace(CONTACT, team_id="t-1")
    with pytest.raises(ContactOutOfScopeError) as refusal:
        it.desk.open_ticket(contact, actor=AGENT, now=NOW, scope=scope)
    assert str(refusal.value) == (
        f"The ticket was not opened, for you do not see the tickets of this {what}: choose another {what}, or ask"
        " somebody who sees them."
    )
    assert not it.store.tickets
    seen = Scope(seller_ids=("seller-1",), team_ids=("t-1",))
    ticket = it.desk.open_ticket(contact, actor=AGENT, now=NOW, scope=seen)
    assert it.desk.case(ticket.id, scope=seen).ticket == ticket


def test_a_contact_without_a_team_is_not_opened_by_whoever_sees_certain_teams_only():
    with pytest.raises(ContactOutOfScopeError):
        world().desk.open_ticket(CONTACT, actor=AGENT, now=NOW, scope=Scope(team_ids=("t-1",)))


def test_a_category_changes_only_before_a_claim_is_under_way():
    it = world(parcel=delivered())
    ticket = it.open("after_sales")
    it.act(ticket, "submit_return_request", NOW, actor=BUYER, reference="chat-17")
    with pytest.raises(ActionNotAllowedError) as refused:
        it.desk.recategorise(ticket.id, "logistics_delay", actor=AGENT, now=NOW)
    assert refused.value.reason_code == "contact_only"
    assert refused.value.reason == (
        "it is in “Return request submitted”, where other actions lead on;"
        " the category changes only in “New / Awaiting seller reply”."
    )


def test_a_settled_ticket_keeps_its_category():
    it = world()
    ticket = it.act(it.open(), "withdraw", NOW, actor=BUYER, reference="CALL-1")
    with pytest.raises(ActionNotAllowedError) as refused:
        it.desk.recategorise(ticket.id, "after_sales", actor=AGENT, now=NOW)
    assert refused.value.reason == "it is settled: open a follow-up in the other category."


def test_why_advice_was_overridden_is_the_agents_own_internal_word():
    it = world(parcel=delivered(days_ago=2000))
    ticket = it.open("after_sales")
    offers = it.desk.offers(ticket.id, actor=BUYER, now=NOW)
    offer = next(o for o in offers if o.trigger == "submit_return_request")
    assert offer.advice
    it.act(ticket, "submit_return_request", NOW, actor=BUYER, reference="chat-1", override_reason="She insists.")
    message = it.store.load_case(ticket.id).messages[-1]
    assert (message.author_role, message.author_id, message.is_public) == (Role.SELLER_AGENT, "anna", False)


def test_a_claim_is_an_event_and_its_newer_status_replaces_the_older():
    it = world()
    ticket = it.open("after_sales")
    claim = Claim(
        id="c-1",
        ticket_id=ticket.id,
        kind="return",
        external_ref="R-1001",
        status="on_seller_approval",
        reason_code="defect",
        is_defect=True,
        filed_at=NOW,
    )
    it.desk.record_claim(claim, actor=SYNC, now=NOW)
    it.desk.record_claim(replace(claim, status="approved"), actor=SYNC, now=NOW + HOUR)
    assert [item.status for item in it.store.load_case(ticket.id).claims] == ["approved"]
    events = it.store.events_of(ticket.id)[-2:]
    assert [(event.kind, event.payload["claim_id"]) for event in events] == [(EventKind.CLAIM_RECORDED, "c-1")] * 2


@pytest.mark.parametrize("tag", ["two words", "x" * 33, "a@b"])
def test_a_tag_is_one_short_word(tag):
    it = world()
    ticket = it.open()
    with pytest.raises(TagInvalidError, match="is no tag"):
        it.desk.tag(ticket.id, [tag], actor=AGENT, now=NOW)


def test_the_clock_attaches_nothing():
    it = world()
    ticket = it.open()
    with pytest.raises(RoleNotAllowedError):
        it.desk.attach_evidence(ticket.id, (PHOTO,), actor=TIMER, now=NOW)


def test_a_change_without_an_event_is_no_change():
    it = world()
    ticket = it.open()
    with pytest.raises(ValueError, match="has no event"):
        it.store.commit([Change(expected_version=ticket.version, ticket=ticket, events=())])
