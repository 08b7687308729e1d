"""What the stream says of merged tickets: what is owed, and where a message came from and went to."""

from datetime import timedelta

from desk_builders import ANNA, contact_about_the_order

from pages.queue.timeline.entries import Teller
from workflow.tickets import SYNC


def stream(desk, ticket_id, now):
    teller = Teller(lifecycles=desk.rules.lifecycles, names={"anna": "Anna Petrova"}, zone="Europe/Moscow", now=now)
    return teller.entries(desk.store.load_case(ticket_id), desk.store.events_of(ticket_id))


def test_the_stream_tells_what_a_merged_ticket_leaves_owed_and_where_its_messages_go(desk, now):
    asked_at = now - timedelta(hours=2)
    kept, other = (desk.desk.open_ticket(contact_about_the_order(), actor=ANNA, now=asked_at) for _ in range(2))
    desk.desk.pairs.merge(other.id, kept.id, actor=ANNA, now=now - timedelta(hours=1))
    told = stream(desk, kept.id, now)[0]
    local = asked_at + timedelta(hours=3)
    assert (told["what"], told["who"]) == ("Merged", "Anna Petrova")
    assert f"ticket {other.number}" in told["detail"]
    assert f"its buyer waits for a reply since {local.day}" in told["detail"]
    assert f"{local:%H:%M}" in told["detail"]
    desk.desk.act(other.id, "buyer_message", actor=SYNC, now=now, inputs={"message_text": "Anybody there?"})
    newest = stream(desk, kept.id, now)[0]
    assert (newest["text"], newest["origin"]) == ("Anybody there?", f"from ticket {other.number}")
    gone = stream(desk, other.id, now)[0]
    assert (gone["is_message"], gone["detail"]) == (False, f"ticket {kept.number}")
