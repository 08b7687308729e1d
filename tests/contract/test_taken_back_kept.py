"""A resolution of many tickets that is taken back, in whatever keeps tickets: the row is what the log says."""

from datetime import timedelta

from tests.workflow.builders import AGENT, HOUR, NOW, rules
from workflow.bulk import Chosen, Take, carry_out, undo
from workflow.contacts import Contact
from workflow.desk import Desk
from workflow.replay import replay
from workflow.vocabulary import Channel


def test_the_clocks_that_are_put_back_are_kept_and_fire(store):
    """Asked at 0 in a chat, resolved at 20 and taken back at 20:09: late at 24, locked at 48."""
    desk = Desk(store, rules())
    asked = {"category": "logistics_delay", "channel": Channel.CHAT_APP, "text": "Where is it?"}
    ticket = desk.open_ticket(Contact(**asked, seller_id="s-1", buyer_key="b-1", order_id=""), actor=AGENT, now=NOW)
    before = desk.act(ticket.id, "register", actor=AGENT, now=NOW)
    chosen = [Chosen(id=ticket.id, number=before.number, version=before.version)]
    act, done_at = Take(trigger="resolve", inputs={"resolution_reason": "explained"}), NOW + 20 * HOUR
    outcomes = carry_out(desk, chosen, act, actor=AGENT, now=done_at)
    undone_at = done_at + timedelta(minutes=9)
    (back,) = undo(desk, outcomes, act, actor=AGENT, done_at=done_at, now=undone_at)
    after = store.load_case(ticket.id).ticket
    assert back.after == after == replay(store.events_of(ticket.id))
    assert (after.state, after.ball, after.clocks, after.flags) == (before.state, before.ball, before.clocks, set())
    events = desk.tick(NOW + 48 * HOUR)
    told = {event.name: event.occurred_at for event in events}
    assert (told["first_reply_breached"], told["reply_window_expired"]) == (NOW + 24 * HOUR, NOW + 48 * HOUR)
    assert replay(store.events_of(ticket.id)) == store.load_case(ticket.id).ticket
