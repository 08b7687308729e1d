"""What was bought is found by its order without reading all that was ever sold, however often it is written."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data.database import Database
from data.opening import OpenDesk
from data.statements import statement
from tests.new_desks import new_desk
from workflow.contacts import Contact
from workflow.records import Money, Order, OrderItem, Posting, Product
from workflow.tickets import Actor
from workflow.vocabulary import Channel, Role, Scheme

PARAMETER = re.compile(r"\$(\w+)")
T0 = datetime.fromisoformat("2026-03-02T09:00:00")
ANNA = Actor(role=Role.SELLER_AGENT, id="anna")
LINE = OrderItem(product_id="sku-1", quantity=1, price=Money(amount=Decimal("9.50"), currency="RUB"))
ORDER = Order(id="o-1", number="1", seller_id="s-1", buyer_key="b-1", ordered_at=T0, items=(LINE, LINE))
PARCEL = Posting(number="p-1", order_id="o-1", scheme=Scheme.FBO, status="sent", status_changed_at=T0)


@pytest.fixture
def opened(tmp_path: Path):
    with new_desk(tmp_path / "desk.duckdb") as opened:
        yield opened


def about(order_id: str = "", posting_number: str = "") -> Contact:
    names = {"order_id": order_id, "posting_number": posting_number}
    return Contact(
        category="logistics_delay", channel=Channel.EMAIL, text="?", seller_id="s-1", buyer_key="b-1", **names
    )


@pytest.mark.parametrize(("query", "tables_count"), [("ticket", 1), ("bought", 4), ("posting", 1)])
def test_what_is_read_for_an_act_is_found_by_an_index(opened: OpenDesk, query: str, tables_count: int):
    """Beside another one: of a table whose only row it is nothing need be looked up."""
    _, ticket = (opened.desk.open_ticket(about(order_id), actor=ANNA, now=T0) for order_id in ("o-2", "o-1"))
    other = Product(id="sku-2", name="Lamp", product_category="lamp")
    opened.store.save_order(replace(ORDER, id="o-2"), [replace(PARCEL, number="p-2", order_id="o-2")], [other])
    keys = {"ticket_id": ticket.id, "order_id": "o-1", "posting_number": "p-1", "product_id": "sku-1"}
    opened.store.save_order(ORDER, [PARCEL], [Product(id="sku-1", name="Kettle", product_category="kettle")])
    text = PARAMETER.sub(lambda found: f"'{keys[found[1]]}'", statement(f"store/{query}"))
    assert opened.database.read(f"explain analyze {text}")[0][1].count("Index Scan") == tables_count


def test_a_parcel_that_is_written_twice_in_one_commit_and_moves_to_another_order_is_found_there(opened: OpenDesk):
    opened.store.save_order(ORDER, [PARCEL], [])
    with opened.database.writing():
        opened.store.save_posting(replace(PARCEL, order_id="o-2"))
        opened.store.save_posting(replace(PARCEL, order_id="o-3", status="delivered"))
        opened.store.save_order(replace(ORDER, items=(LINE,)), [], [])
    assert opened.store.surroundings(about(posting_number="p-1")).posting == replace(
        PARCEL, order_id="o-3", status="delivered"
    )
    assert opened.store.surroundings(about(order_id="o-1")).order == replace(ORDER, items=(LINE,))
    ticket = opened.desk.open_ticket(about("o-3"), actor=ANNA, now=T0 + timedelta(hours=1))
    exchange = opened.desk.case(ticket.id).exchange_posting
    assert exchange
    assert exchange.number == "p-1"


def test_the_indexes_come_back_with_the_file(tmp_path: Path):
    with new_desk(tmp_path / "desk.duckdb") as opened:
        opened.store.save_order(ORDER, [PARCEL], [])
        opened.store.save_posting(replace(PARCEL, order_id="o-2"))
    with Database.open(tmp_path / "desk.duckdb") as database:
        where = [database.read("store/bought", {"order_id": name, "product_id": ""}) for name in ("o-1", "o-2")]
    assert [sum(part == "posting" for part, _ in rows) for rows in where] == [0, 1]
