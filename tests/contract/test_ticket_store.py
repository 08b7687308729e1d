"""What every `workflow.ports.TicketStore` promises: run against the one in memory and the one on DuckDB."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest

from tests.contract.builders import MINUTE, T0, acted, bought, evidence, message, opened, timer, uid
from workflow.contacts import Contact
from workflow.errors import PostingChangedError, PostingNotFoundError, TicketChangedError, TicketNotFoundError
from workflow.ports import Change, TicketStore
from workflow.records import (
    Case,
    Claim,
    Link,
    LinkedTicket,
    Money,
    Posting,
    Surroundings,
)
from workflow.replay import evolve, replay, written
from workflow.tickets import Scope
from workflow.vocabulary import (
    Ball,
    Channel,
    EvidenceKind,
    LinkKind,
    Role,
    Scheme,
    StateKind,
)


def test_a_ticket_comes_back_as_it_was_written(store: TicketStore) -> None:
    timers = (timer("zeta", T0 + MINUTE), timer("alpha", T0 + 3 * MINUTE))
    change = opened(
        1, timers=timers, order_id="o", posting_number="p", product_id="x", team_id="t-1", is_synthetic=True
    )
    store.commit([change])
    case = store.load_case(uid(1))
    assert case == Case(ticket=change.ticket)
    assert case.ticket.timers == change.ticket.timers
    assert case.ticket.clocks == {"reply": T0}


def test_every_field_of_an_event_comes_back(store: TicketStore) -> None:
    first = store.commit([opened(1)])
    change = acted(
        store.load_case(uid(1)).ticket,
        to_state="awaiting_buyer",
        to_kind=StateKind.WAITING,
        to_ball=Ball.BUYER,
        actor_role=Role.BUYER,
        actor_id="b-1",
        is_visit=True,
        is_public_reply=True,
        is_conforming=False,
        state_seconds=60.000001,
        recorded_at=T0 + 5 * MINUTE,
        payload={"starts": {"asked": written(T0)}, "counts": "reopened", "inputs": {"amount": "12.50", "чат": "да"}},
    )
    second = store.commit([change])
    assert store.events_of(uid(1)) == (*first, *second)
    assert replace(second[0], position=None) == change.events[0]
    assert store.load_case(uid(1)).ticket == change.ticket == replay(store.events_of(uid(1)))


def test_positions_follow_the_order_of_changes_and_of_their_events(store: TicketStore) -> None:
    many = [opened(number) for number in range(1, 40)]
    one, two = opened(40), opened(41)
    following = acted(one.ticket)
    committed = [*store.commit(many), *store.commit([two, one, following])]
    positions = [item.position for item in committed]
    assert positions == sorted(set(positions), key=lambda position: position or 0)
    assert [item.ticket_id for item in committed] == [uid(number) for number in (*range(1, 40), 41, 40, 40)]
    assert store.load_case(uid(40)).ticket == following.ticket


def test_a_stale_change_writes_nothing_and_names_the_winner(store: TicketStore) -> None:
    store.commit([opened(1), opened(2)])
    ticket, other = store.load_case(uid(1)).ticket, store.load_case(uid(2)).ticket
    store.commit([acted(ticket, name="ask_buyer")])
    before = store.events_of(uid(1))
    stale = replace(acted(ticket, name="resolve"), messages=(message(1, ticket.id),))
    with pytest.raises(TicketChangedError) as caught:
        store.commit([acted(other), stale])
    error = caught.value
    assert (error.number, error.winner, error.changed_at, error.what) == (
        1,
        "Anna Petrova",
        T0 + 2 * MINUTE,
        "ask buyer",
    )
    assert store.events_of(uid(1)) == before
    assert store.load_case(uid(1)).messages == ()
    assert store.load_case(uid(2)).ticket == other


def test_opening_the_same_ticket_twice_is_stale(store: TicketStore) -> None:
    store.commit([opened(1)])
    with pytest.raises(TicketChangedError, match=r"Ticket 1 was changed by Anna Petrova at 09:31:15 UTC \(open\)"):
        store.commit([opened(1)])
    assert len(store.events_of(uid(1))) == 1


def test_of_many_who_act_at_once_one_wins_and_the_others_are_told(store: TicketStore) -> None:
    store.commit([opened(1)])
    ticket = store.load_case(uid(1)).ticket
    start, told = Barrier(6), list[str]()

    def act(name: str) -> None:
        start.wait()
        try:
            store.commit([acted(ticket, name=name)])
        except TicketChangedError as error:
            told.append(error.what)

    threads = [Thread(target=act, args=(f"act_{index}",)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = store.events_of(uid(1))
    assert [item.seq for item in log] == [1, 2]
    assert told == [log[1].name.replace("_", " ")] * 5


def test_what_lies_beside_a_ticket_comes_back_in_the_order_of_writing(store: TicketStore) -> None:
    photo, video = evidence(1, b"photo"), evidence(2, b"video")
    messages = (message(2, uid(1)), message(1, uid(1), is_public=False, text="Внутри; 'quoted'\n\"two\""))
    claim = Claim(
        id=uid(900),
        ticket_id=uid(1),
        kind="return",
        external_ref="00123",
        status="filed",
        reason_code="defect",
        is_defect=True,
        filed_at=T0,
        auto_approve_at=T0 + MINUTE,
        amount=Money(amount=Decimal("1299.90"), currency="RUB"),
    )
    other = replace(claim, id=uid(901), amount=None)
    change = replace(opened(1), messages=messages, evidence=(photo, video), claims=(claim, other))
    store.commit([change])
    more = replace(acted(change.ticket), messages=tuple(message(number, uid(1)) for number in range(20, 30)))
    store.commit([more])
    case = store.load_case(uid(1))
    assert case.messages == (*messages, *more.messages)
    assert case.evidence == (photo[0], video[0])
    assert case.claims == (claim, other)


def test_a_claim_that_moves_on_is_the_same_claim(store: TicketStore) -> None:
    filed = Claim(
        id=uid(900),
        ticket_id=uid(1),
        kind="return",
        external_ref="00123",
        status="filed",
        reason_code="defect",
        is_defect=True,
        filed_at=T0,
    )
    second = replace(filed, id=uid(901), kind="dispute")
    change = replace(opened(1), claims=(filed, second))
    store.commit([change, replace(opened(2), claims=(replace(filed, id=uid(902), ticket_id=uid(2)),))])
    paid = replace(filed, status="paid", amount=Money(amount=Decimal("0.10"), currency="RUB"))
    store.commit([replace(acted(change.ticket), claims=(paid,))])
    assert store.load_case(uid(1)).claims == (second, paid)
    many = tuple(replace(filed, id=uid(900 + number), status="closed") for number in range(10))
    store.commit([replace(acted(store.load_case(uid(1)).ticket), claims=many)])
    assert store.load_case(uid(1)).claims == many
    assert [claim.status for claim in store.load_case(uid(2)).claims] == ["filed"]


def test_a_change_without_an_event_is_no_change(store: TicketStore) -> None:
    store.commit([opened(1)])
    ticket = store.load_case(uid(1)).ticket
    silent = Change(expected_version=1, ticket=ticket, events=(), messages=(message(1, ticket.id),))
    with pytest.raises(ValueError, match="has no event"):
        store.commit([acted(ticket), silent])
    assert store.load_case(uid(1)) == Case(ticket=ticket)


def test_a_link_is_seen_from_both_ends(store: TicketStore) -> None:
    link = Link(from_ticket_id=uid(2), to_ticket_id=uid(1), kind=LinkKind.AFTER_SALES_OF, linked_at=T0)
    store.commit([opened(1), replace(opened(2), links=(link,))])
    seen = LinkedTicket(
        id=uid(2),
        number=2,
        kind=LinkKind.AFTER_SALES_OF,
        is_child=True,
        category="logistics_delay",
        state="new",
        state_kind=StateKind.OPEN,
        linked_at=T0,
    )
    assert store.load_case(uid(1)).links == (seen,)
    assert store.load_case(uid(2)).links == (replace(seen, id=uid(1), number=1, is_child=False),)


def test_a_case_knows_its_order_its_parcel_its_product_and_the_parcel_of_the_exchange(store: TicketStore) -> None:
    order, sent, exchange, product = bought()
    older = replace(exchange, number="p-0", status_changed_at=T0)
    store.save_order(order, [sent, older, exchange], [product])
    store.commit([opened(1, order_id="o-1", posting_number="p-1", product_id="sku-1"), opened(2, posting_number="p-1")])
    case = store.load_case(uid(1))
    assert (case.order, case.posting, case.product) == (order, sent, product)
    assert case.exchange_posting == exchange
    alone = store.load_case(uid(2))
    assert (alone.order, alone.posting, alone.exchange_posting, alone.product) == (None, sent, None, None)


def test_an_order_is_replaced_with_its_items(store: TicketStore) -> None:
    order, sent, _, product = bought()
    store.save_order(order, [sent], [product])
    fewer = replace(order, items=order.items[1:], ordered_at=T0 + MINUTE)
    late = replace(sent, status="delivered", delivered_at=T0 + 9 * MINUTE, promised_at=None)
    store.save_order(fewer, [], [replace(product, price=None, stock_count=7)])
    store.save_posting(late)
    contact = Contact(
        category="logistics_delay",
        channel=Channel.EMAIL,
        text="",
        seller_id="s-1",
        buyer_key="b-1",
        order_id="o-1",
        posting_number="p-1",
        product_id="sku-1",
    )
    known = Surroundings(order=fewer, posting=late, product=replace(product, price=None, stock_count=7))
    assert store.surroundings(contact) == known
    assert store.surroundings(replace(contact, order_id="?", posting_number="", product_id="")) == Surroundings()


def test_a_parcel_is_replaced_only_where_it_is_as_it_was_seen(store: TicketStore) -> None:
    sent = bought()[1]
    lost, delivered = replace(sent, status="lost"), replace(sent, status="delivered", delivered_at=T0)
    with pytest.raises(PostingNotFoundError):
        store.save_posting(lost, seen=sent)
    store.save_posting(sent)
    store.save_posting(lost, seen=sent)
    with pytest.raises(PostingChangedError):
        store.save_posting(delivered, seen=sent)
    store.commit([opened(1, posting_number="p-1")])
    assert store.load_case(uid(1)).posting == lost


def test_an_order_is_found_by_its_number_or_by_that_of_a_parcel(store: TicketStore) -> None:
    order, sent, exchange, product = bought()
    store.save_order(order, [sent, exchange], [product])
    assert store.order_by_number("0042-1") == order
    assert store.order_by_number("p-2") == order
    assert store.order_by_number("42-1") is None
    assert store.order_by_number("0042-1", Scope(seller_ids=("s-2",))) is None
    assert store.order_by_number("0042-1", Scope(seller_ids=("s-2", "s-1"))) == order


def test_a_reader_sees_only_what_is_within_the_scope(store: TicketStore) -> None:
    due = (timer("remind", T0),)
    store.commit([opened(1, seller_id="s-1", team_id="t-1", posting_number="p", timers=due)])
    store.commit([opened(2, seller_id="s-2", team_id="t-1", posting_number="p", timers=due)])
    inside, outside = Scope(seller_ids=("s-1",), team_ids=("t-1",)), Scope(team_ids=("t-2",))
    assert store.load_case(uid(1), inside).ticket.number == 1
    assert len(store.events_of(uid(1), inside)) == 1
    assert store.tickets_of_posting("p", inside) == (uid(1),)
    assert store.due_timers(T0, 9, inside) == ((T0, uid(1)),)
    for ask in (store.load_case, store.events_of):
        with pytest.raises(TicketNotFoundError):
            ask(uid(2), inside)
        with pytest.raises(TicketNotFoundError):
            ask(uid(1), outside)
    assert store.tickets_of_posting("p", outside) == store.due_timers(T0, 9, outside) == ()


@pytest.mark.parametrize("ticket_id", [uid(9), "", "no such ticket"])
def test_an_unknown_ticket_is_not_found(store: TicketStore, ticket_id: str) -> None:
    for ask in (store.load_case, store.events_of):
        with pytest.raises(TicketNotFoundError):
            ask(ticket_id)


def test_due_timers_come_by_instant_then_ticket_and_no_more_than_asked_for(store: TicketStore) -> None:
    store.commit([opened(3, timers=(timer("late", T0 + 9 * MINUTE), timer("remind", T0 + MINUTE)))])
    store.commit(
        [opened(2, timers=(timer("remind", T0 + MINUTE),)), opened(1, timers=(timer("remind", T0 + 2 * MINUTE),))]
    )
    store.commit([opened(4)])
    due = ((T0 + MINUTE, uid(2)), (T0 + MINUTE, uid(3)), (T0 + 2 * MINUTE, uid(1)))
    assert store.due_timers(T0 + 2 * MINUTE, 10) == due
    assert store.due_timers(T0 + 2 * MINUTE, 2) == due[:2]
    assert store.due_timers(T0 + MINUTE - timedelta(microseconds=1), 10) == ()


def test_a_commit_replaces_the_timers(store: TicketStore) -> None:
    change = opened(1, timers=(timer("remind", T0), timer("expire", T0 + MINUTE)))
    store.commit([change])
    left = acted(change.ticket, payload={"timers": [timer("expire", T0 + 5 * MINUTE)]})
    store.commit([left])
    assert store.load_case(uid(1)).ticket.timers == left.ticket.timers
    assert store.due_timers(T0 + 9 * MINUTE, 5) == ((T0 + 5 * MINUTE, uid(1)),)
    store.commit([acted(left.ticket, payload={"timers": []})])
    assert store.due_timers(T0 + 9 * MINUTE, 5) == ()


def test_tickets_of_a_posting_come_oldest_first(store: TicketStore) -> None:
    young, old = opened(1, posting_number="p-1"), opened(2, posting_number="p-1")
    earlier = replace(old.events[0], occurred_at=T0 - MINUTE)
    store.commit(
        [young, replace(old, ticket=evolve(None, earlier), events=(earlier,)), opened(3, posting_number="p-2")]
    )
    assert store.tickets_of_posting("p-1") == (uid(2), uid(1))


def test_an_exchange_parcel_belongs_to_the_tickets_of_its_order(store: TicketStore) -> None:
    store.commit([opened(1, posting_number="p-1", order_id="o-1"), opened(2, posting_number="p-9", order_id="o-9")])
    exchange = Posting(number="p-1x", order_id="o-1", scheme=Scheme.RFBS, status="delivering", status_changed_at=T0)
    store.save_posting(exchange)
    assert store.tickets_of_posting("p-1x") == (uid(1),)
    assert store.tickets_of_posting("unknown") == ()


def test_a_parcel_that_nobody_knew_belongs_to_the_tickets_of_its_order(store: TicketStore) -> None:
    store.commit([opened(1, posting_number="p-1", order_id="o-1"), opened(2, posting_number="p-9", order_id="o-9")])
    assert store.tickets_of_posting("p-1x", order_id="o-1") == (uid(1),)
    assert store.tickets_of_posting("p-9", order_id="o-1") == (uid(1), uid(2))
    assert store.tickets_of_posting("p-1x", order_id="") == ()


def test_a_parcel_is_kept_with_its_tickets_or_not_at_all(store: TicketStore) -> None:
    first = opened(1, posting_number="p-1")
    sent = bought()[1]
    store.commit([first], posting=sent)
    assert store.load_case(uid(1)).posting == sent
    lost = replace(sent, status="lost")
    step = acted(first.ticket)
    store.commit([step], posting=lost, seen=sent)
    with pytest.raises(PostingChangedError):
        store.commit([acted(step.ticket)], posting=replace(sent, status="delivered"), seen=sent)
    with pytest.raises(TicketChangedError):
        store.commit([step], posting=sent)
    case = store.load_case(uid(1))
    assert (case.ticket.version, case.posting) == (2, lost)
    store.commit([], posting=sent)
    assert store.load_case(uid(1)).posting == sent


def test_numbers_and_names_are_given(store: TicketStore) -> None:
    numbers = [store.next_number() for _ in range(5)]
    assert numbers == sorted(set(numbers))
    assert numbers[0] >= 1
    names = [store.name_of(person) for person in ("anna", "system_timer", "unknown")]
    assert names == ["Anna Petrova", "the clock", "unknown"]
    assert [store.role_of(person) for person in ("anna", "gone", "unknown", "")] == ["agent", "left", "", ""]


def test_whoever_was_slower_than_a_timer_reads_that_it_was_the_clock(store: TicketStore) -> None:
    store.commit([opened(1)])
    ticket = store.load_case(uid(1)).ticket
    fired = {"actor_role": Role.SYSTEM_TIMER, "actor_id": "system_timer", "recorded_by": "system_timer"}
    store.commit([acted(ticket, name="reply_overdue", **fired)])
    with pytest.raises(TicketChangedError) as caught:
        store.commit([acted(ticket)])
    assert (caught.value.winner, caught.value.what) == ("the clock", "reply overdue")


def test_what_is_said_anew_of_a_file_replaces_what_was_said_and_nothing_else(store: TicketStore) -> None:
    change = opened(1)
    files = (evidence(1, b"one"), evidence(2, b"two"))
    store.commit([replace(change, evidence=files)])
    first, second = store.load_case(uid(1)).evidence
    said = replace(first, kind=EvidenceKind.LABEL, claim_id=uid(9))
    store.commit([replace(acted(change.ticket), retagged=(said,))])
    assert store.load_case(uid(1)).evidence == (said, second)


def test_nothing_to_write_is_nothing_written(store: TicketStore) -> None:
    assert store.commit([]) == ()
