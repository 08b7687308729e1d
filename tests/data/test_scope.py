"""What a reader sees who may not see everything: linked tickets, orders, and the directory of names."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from data.directory import Directory
from data.opening import OpenDesk
from data.people import Agent, BuyerPerson, People, Seller, save_people
from tests.data.checked_desks import AGENT, T0, contact_of
from tests.new_desks import new_desk
from workflow.records import Order, Posting, Product
from workflow.tickets import EVERYTHING, Scope
from workflow.vocabulary import LinkKind, Scheme

OURS, THEIRS, NOBODYS = Scope(team_ids=("t-1",)), Scope(team_ids=("t-2",)), Scope(team_ids=("t-3",))
FIRST, SECOND = Scope(seller_ids=("s-1",)), Scope(seller_ids=("s-2",))
PEOPLE = People(
    sellers=(Seller(id="s-1", name="Kettles"), Seller(id="s-2", name="Lamps")),
    agents=(Agent(id="anna", name="Anna", team_id="t-1"), Agent(id="boris", name="Boris", team_id="t-2")),
    persons=(BuyerPerson(buyer_key="b-1", name="Ivan"),),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    """Ticket 1 of seller 1 and team 1; tickets 2 of team 2 and 3 of seller 2 follow it up."""
    with new_desk(tmp_path_factory.mktemp("scope") / "desk.duckdb") as opened:
        save_people(opened.database, PEOPLE, T0)
        order = Order(id="o-1", number="1", seller_id="s-1", buyer_key="b-1", ordered_at=T0)
        parcel = Posting(number="p-1", order_id="o-1", scheme=Scheme.FBO, status="sent", status_changed_at=T0)
        product = Product(id="sku-1", name="Kettle", product_category="kettle")
        opened.store.save_order(order, [parcel], [product])
        opened.store.save_order(replace(order, id="o-2", number="2"), [], [])
        first = opened.desk.open_ticket(contact_of(team_id="t-1"), actor=AGENT, now=T0)
        following = contact_of(team_id="t-2", order_id="", linked_to=first.id, link_kind=LinkKind.FOLLOW_UP_OF)
        opened.desk.open_ticket(following, actor=AGENT, now=T0)
        opened.desk.open_ticket(replace(following, seller_id="s-2", buyer_key="b-2"), actor=AGENT, now=T0)
        yield opened


@pytest.mark.parametrize(
    ("scope", "numbers"),
    [(EVERYTHING, [2, 3]), (OURS, []), (FIRST, [2]), (Scope(team_ids=("t-1", "t-2")), [2, 3])],
)
def test_a_linked_ticket_outside_the_scope_is_left_out(desk: OpenDesk, scope: Scope, numbers: list[int]) -> None:
    first = Directory(desk.database).ticket_id(1)
    assert first
    assert [link.number for link in desk.store.load_case(first, scope).links] == numbers


@pytest.mark.parametrize(("scope", "numbers"), [(EVERYTHING, [3, 2, 1]), (OURS, [1]), (FIRST, [2, 1]), (NOBODYS, [])])
def test_chosen_tickets_are_those_within_the_scope(desk: OpenDesk, scope: Scope, numbers: list[int]) -> None:
    found = Directory(desk.database).tickets_chosen([1, 2, 3, 99], scope)
    assert found["number"].tolist() == numbers
    assert found["is_open"].all()


@pytest.mark.parametrize(
    ("scope", "is_found"),
    [(EVERYTHING, True), (OURS, True), (THEIRS, False), (FIRST, True), (SECOND, False)],
)
def test_an_order_about_which_only_other_teams_have_tickets_is_theirs(
    desk: OpenDesk, scope: Scope, *, is_found: bool
) -> None:
    for number in ("1", "p-1"):
        assert (desk.store.order_by_number(number, scope) is not None) is is_found


def test_an_order_without_tickets_is_every_teams(desk: OpenDesk) -> None:
    assert [desk.store.order_by_number("2", scope) is None for scope in (THEIRS, NOBODYS, SECOND)] == [
        False,
        False,
        True,
    ]


def test_names_are_those_within_the_scope(desk: OpenDesk) -> None:
    directory = Directory(desk.database)
    agents, ivan = {"anna": "Anna", "boris": "Boris"}, {"b-1": "Ivan"}
    assert directory.names("b-1") == {**agents, "s-1": "Kettles", "s-2": "Lamps", **ivan}
    assert directory.names("b-1", FIRST) == {**agents, "s-1": "Kettles", **ivan}
    assert directory.names("b-1", SECOND) == {**agents, "s-2": "Lamps"}
    assert directory.names("b-1", THEIRS) == {**agents, "s-1": "Kettles", "s-2": "Lamps", **ivan}
    assert directory.names("b-1", NOBODYS) == {**agents, "s-1": "Kettles", "s-2": "Lamps"}


def test_choices_are_those_within_the_scope(desk: OpenDesk) -> None:
    directory = Directory(desk.database)
    assert (directory.agents(), directory.agents(OURS)) == ({"anna": "Anna", "boris": "Boris"}, {"anna": "Anna"})
    assert (directory.products("s-1"), directory.products("s-1", SECOND)) == ({"sku-1": "Kettle"}, {})
    assert directory.products("s-1", FIRST) == {"sku-1": "Kettle"}
    assert directory.parcels("o-1") == directory.parcels("o-1", FIRST) == ("p-1",)
    assert directory.parcels("o-1", SECOND) == ()
    assert directory.sellers(SECOND) == {"s-2": "Lamps"}
