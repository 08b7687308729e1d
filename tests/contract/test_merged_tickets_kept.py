"""A merge whose buyer waits, its undo, and what is written in a merged ticket, in whatever keeps tickets."""

from tests.workflow.builders import AGENT, HOUR, NOW, rules
from workflow.contacts import Contact
from workflow.desk import Desk
from workflow.replay import replay
from workflow.tickets import SYNC
from workflow.vocabulary import Ball, Channel


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
