"""The queue without a search is planned without one, and is the same queue."""

from datetime import datetime
from itertools import product

import pytest

from data.metrics import Metrics
from data.opening import OpenDesk
from data.selection import QueueFilter, QueueView
from data.statements import asked_of, statement
from tests.new_desks import new_desk
from workflow.contacts import Contact
from workflow.tickets import Actor, Scope
from workflow.vocabulary import Channel, Priority, Role

NOW = datetime.fromisoformat("2026-11-23T08:30:00")
ANNA = Actor(role=Role.SELLER_AGENT, id="anna")
QUERIES = ("open_queue", "open_queue_count", "queue_facets")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with new_desk(tmp_path_factory.mktemp("plain") / "desk.duckdb") as opened:
        for number, (category, priority) in enumerate(product(("logistics_delay", "product_quality"), Priority)):
            contact = Contact(
                category=category,
                channel=Channel.EMAIL,
                text=f"Where is parcel {number}?",
                seller_id=f"s-{number % 3}",
                buyer_key=f"b-{number}",
                priority=priority,
                assignee_id="anna" if number % 2 else "",
            )
            ticket = opened.desk.open_ticket(contact, actor=ANNA, now=NOW)
            if number % 3:
                opened.desk.act(ticket.id, "register", actor=ANNA, now=NOW)
        yield opened


def rows(opened: OpenDesk, query: str, asked: QueueFilter, path: str):
    values = {**asked.parameters, "sort_by": "newest", "row_limit": 50, "row_offset": 0}
    with opened.database.reading() as cursor:
        cursor.execute(f"set search_path = '{path}'")
        return cursor.execute(statement(f"queries/{query}"), asked_of(f"queries/{query}", values)).fetchall()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    "asked",
    [
        QueueFilter(now=NOW),
        QueueFilter(now=NOW, view=QueueView.MINE, agent_id="anna"),
        QueueFilter(now=NOW, view=QueueView.ALL, categories=("product_quality",), priorities=("urgent", "low")),
        QueueFilter(now=NOW, view=QueueView.ALL, numbers=(2, 3, 99), scope=Scope(seller_ids=("s-1", "s-2"))),
        QueueFilter(now=NOW, view=QueueView.ALL, states=("new",), assignee_ids=("",)),
    ],
)
def test_the_plain_queue_is_the_one_that_is_planned_with_a_search(opened, asked, query):
    plain, whole = (rows(opened, query, asked, path) for path in ("plain,main", "main"))
    assert plain == whole
    assert plain


@pytest.mark.parametrize("search", ["parcel", "1", "!!!", "nothing of the kind"])
def test_a_search_is_never_left_out(opened, search):
    asked = QueueFilter(now=NOW, view=QueueView.ALL, search=search)
    found = Metrics(opened.database).open_queue(asked)
    assert sorted(found["number"]) == sorted(row[0] for row in rows(opened, "open_queue", asked, "main"))
    assert len(found) < 8 or search == "parcel"
