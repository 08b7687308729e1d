"""A dry run reads what the store holds and writes nothing into it."""

from tests.workflow.builders import NOW, posting, world
from workflow.contacts import Contact
from workflow.dry_run import NO_NUMBER, DryRunStore
from workflow.ports import Change
from workflow.staff import Profile
from workflow.vocabulary import Channel


def test_a_dry_run_reads_as_the_store_and_writes_nothing():
    it = world()
    ticket = it.open()
    it.store.staff["anna"] = Profile(agent_id="anna", most_open_count=3)
    store, dry = it.store, DryRunStore(it.store)
    contact = Contact(
        category="logistics_delay", channel=Channel.PHONE, text="", seller_id="", buyer_key="", order_id="order-1"
    )
    assert dry.load_case(ticket.id) == store.load_case(ticket.id)
    assert dry.surroundings(contact) == store.surroundings(contact)
    assert dry.events_of(ticket.id) == store.events_of(ticket.id)
    assert dry.name_of("anna") == "Anna"
    it.store.roles["olga"] = "platform_agent"
    assert (dry.role_of("olga"), dry.role_of("anna")) == ("platform_agent", "")
    assert dry.due_timers(NOW.replace(year=2027), 5) == store.due_timers(NOW.replace(year=2027), 5)
    assert dry.tickets_of_posting("1001-1") == (ticket.id,)
    assert dry.order_by_number("1001") == store.order_by_number("1001")
    assert dry.newest_posting("order-1", ()) == store.postings["1001-1"]
    assert dry.profiles() == store.profiles() == (it.store.staff["anna"],)
    assert dry.policy_rows() == store.policy_rows()
    before = (store.number, store.position, dict(store.postings), dict(store.orders))
    events = store.events_of(ticket.id)
    assert dry.commit([Change(expected_version=0, ticket=ticket, events=events)]) == events
    assert dry.next_number() == NO_NUMBER
    dry.save_posting(posting(number="9-9"))
    order = store.orders["order-1"]
    dry.save_order(order, (posting(number="9-9"),), ())
    assert (store.number, store.position, dict(store.postings), dict(store.orders)) == before
