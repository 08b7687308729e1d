"""A merge whose buyer waits, its undo, and what is written in a merged ticket, in whatever keeps tickets."""

from tests.workflow.builders import AGENT, HOUR, NOW, rules
from workflow.contacts import Contact
from workflow.desk import Desk
from workflow.replay import replay
from workflow.tickets import SYNC, Actor
from workflow.vocabulary import Ball, Channel, Role


def contact(text="Where is it?"):
    return Contact(
        category="logistics_delay", channel=Channel.CHAT_APP, text=text, seller_id="s-1", buyer_key="b-1", order_id=""
    )


def test_what_a_merged_ticket_leaves_to_be_answered_is_written_in_one_commit_and_taken_back(store):
    desk = Desk(store, rules())
    kept = desk.open_ticket(contact(), actor=AGENT, now=NOW)
    desk.act(kept.id, "register", actor=AGENT, now=NOW)
    inputs = {"reply_text": "Is it the blue one?"}
    kept = desk.act(kept.id, "seller_reply", actor=AGENT, now=NOW + HOUR, inputs=inputs)
    other = desk.open_ticket(contact("Yes, the blue one."), actor=AGENT, now=NOW + 2 * HOUR)
    desk.pairs.merge(other.id, kept.id, actor=AGENT, now=NOW + 3 * HOUR)
    owing = store.load_case(kept.id).ticket
    assert (owing.state, owing.ball, owing.clocks["reply"]) == ("awaiting_seller", Ball.SELLER, NOW + 2 * HOUR)
    assert replay(store.events_of(kept.id)) == owing
    desk.pairs.undo_merge(other.id, kept.id, actor=AGENT, now=NOW + 4 * HOUR)
    back = store.load_case(kept.id).ticket
    assert (back.state, back.ball, back.clocks) == (kept.state, kept.ball, kept.clocks)
    desk.pairs.merge(other.id, kept.id, actor=AGENT, now=NOW + 5 * HOUR)
    said = {"actor": SYNC, "now": NOW + 6 * HOUR, "inputs": {"message_text": "Hello?"}}
    desk.act(other.id, "buyer_message", **said)
    assert [message.text for message in store.load_case(kept.id).messages][-1] == "Hello?"
    assert store.events_of(kept.id)[-1].payload["from_number"] == other.number
    for ticket in (kept, other):
        assert replay(store.events_of(ticket.id)) == store.load_case(ticket.id).ticket


def test_of_a_chain_of_merges_each_ticket_is_corrected_and_kept(store):
    """Asked at 2 and merged through two that were answered at 1: taken out at 5, merged again and reopened at 7."""
    desk = Desk(store, rules())
    last, middle = (desk.open_ticket(contact(), actor=AGENT, now=NOW) for _ in range(2))
    for ticket in (last, middle):
        desk.act(ticket.id, "register", actor=AGENT, now=NOW)
        inputs = {"reply_text": "Is it the blue one?"}
        desk.act(ticket.id, "seller_reply", actor=AGENT, now=NOW + HOUR, inputs=inputs)
    before = store.load_case(last.id).ticket
    first = desk.open_ticket(contact("Yes, the blue one."), actor=AGENT, now=NOW + 2 * HOUR)
    desk.pairs.merge(first.id, middle.id, actor=AGENT, now=NOW + 3 * HOUR)
    desk.pairs.merge(middle.id, last.id, actor=AGENT, now=NOW + 4 * HOUR)
    desk.pairs.undo_merge(first.id, middle.id, actor=AGENT, now=NOW + 5 * HOUR)
    assert where(store, last) == (before.state, before.ball, before.clocks)
    desk.pairs.merge(first.id, last.id, actor=AGENT, now=NOW + 6 * HOUR)
    assert store.load_case(last.id).ticket.clocks["reply"] == NOW + 2 * HOUR
    said = {"reopen_reason": "not_solved", "reference": "CALL-1"}
    buyer = Actor(role=Role.BUYER, id="b-1", recorded_by="anna")
    desk.act(first.id, "reopen", actor=buyer, now=NOW + 7 * HOUR, inputs=said)
    assert where(store, last) == (before.state, before.ball, before.clocks)
    for ticket in (first, middle, last):
        assert replay(store.events_of(ticket.id)) == store.load_case(ticket.id).ticket


def where(store, ticket):
    present = store.load_case(ticket.id).ticket
    return (present.state, present.ball, present.clocks)
