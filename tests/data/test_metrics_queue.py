"""The queue: views, filters, search, order and pages."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from data.metrics import Metrics
from data.search_index import rebuild_words
from data.selection import QueueFilter, QueueSort, QueueView
from tests.data.logs import Step, TicketLog, write_logs
from tests.new_desks import new_database
from workflow.tickets import Scope

NOW = datetime(2026, 3, 9, 12)
HOUR = timedelta(hours=1)
# number: state, kind, ball, priority, assignee, next_due_at
TICKETS = {
    1: ("awaiting_seller", "open", "seller", "normal", "", NOW + 30 * HOUR),
    2: ("awaiting_seller", "open", "seller", "urgent", "anna", NOW - HOUR),
    3: ("awaiting_buyer", "waiting", "buyer", "low", "anna", NOW + 2 * HOUR),
    4: ("escalated", "platform", "platform", "high", "boris", None),
    5: ("resolved", "done", "nobody", "normal", "anna", NOW + HOUR),
    6: ("closed", "final", "nobody", "normal", "", None),
}


@pytest.fixture(scope="module")
def metrics(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("queue") / "desk.duckdb") as database:
        write_logs(database, [_log(number) for number in TICKETS])
        with database.writing() as cursor:
            for number, (_, _, ball, priority, assignee_id, due_at) in TICKETS.items():
                cursor.execute(
                    "update tickets set ball = $ball, priority = $priority, assignee_id = $assignee_id,"
                    " next_due_at = $due_at where number = $number",
                    {
                        "ball": ball,
                        "priority": priority,
                        "assignee_id": assignee_id,
                        "due_at": due_at,
                        "number": number,
                    },
                )
            cursor.execute("update tickets set order_id = 'o-1', posting_number = '77-0001-1' where number = 1")
            cursor.execute("update tickets set product_id = 'p-1' where number = 3")
            cursor.execute("insert into orders values ('o-1', '77-0001', 's-1', 'b-1', $now)", {"now": NOW})
            cursor.execute("insert into agents values ('anna', 'Anna', 'seller_agent', '', true)")
            cursor.execute("insert into sellers values ('s-1', 'Lamps and more', 'standard')")
            cursor.execute(
                "insert into products values ('p-1', 's-1', 'Desk lamp', 'home', null, null, null, false, false, 1, '')"
            )
            for text, minutes in (("It arrived\n\n  broken", 5), ("Hello?", 90)):
                cursor.execute(
                    "insert into messages"
                    " values (uuid(), $ticket, 'buyer', 'b-1', 'chat_web', 'in', true, $text, $at, $at)",
                    {"ticket": str(UUID(int=2)), "text": text, "at": NOW + timedelta(minutes=minutes)},
                )
            rebuild_words(cursor)
        yield Metrics(database)


def _log(number):
    state, kind, *_ = TICKETS[number]
    at = NOW - timedelta(days=10 - number)
    return TicketLog(number=number, steps=(Step(at=at, state=state, kind=kind, category="parcels"),))


def listed(metrics, sort=QueueSort.NEAREST_CLOCK, **changes):
    queue = QueueFilter(now=NOW, **changes)
    numbers = metrics.open_queue(queue, sort)["number"].tolist()
    assert len(numbers) == metrics.open_queue_count(queue)
    return numbers


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (QueueView.OPEN, [2, 3, 1, 4]),
        (QueueView.MINE, [2, 3]),
        (QueueView.UNASSIGNED, [1]),
        (QueueView.OURS, [2, 1]),
        (QueueView.WAITING, [3, 4]),
        (QueueView.PLATFORM, [4]),
        (QueueView.DUE_SOON, [2, 3]),
        (QueueView.OVERDUE, [2]),
        (QueueView.SETTLED, [5, 6]),
        (QueueView.ALL, [2, 5, 3, 1, 6, 4]),
    ],
)
def test_a_view_lists_its_tickets_and_its_counter_counts_them(metrics, view, expected):
    assert listed(metrics, view=view, agent_id="anna") == expected
    counters = metrics.queue_counters(QueueFilter(now=NOW, agent_id="anna")).iloc[0]
    assert counters[f"{view.value}_count"] == len(expected)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (QueueSort.NEAREST_CLOCK, [2, 3, 1, 4]),
        (QueueSort.OLDEST, [1, 2, 3, 4]),
        (QueueSort.NEWEST, [4, 3, 2, 1]),
        (QueueSort.CHANGED, [4, 3, 2, 1]),
        (QueueSort.PRIORITY, [2, 4, 1, 3]),
    ],
)
def test_the_orders_of_the_queue(metrics, sort, expected):
    assert listed(metrics, sort) == expected


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("4", [4]),
        ("77-0001", [1]),
        ("77-0001-1", [1]),
        ("LAMP", [3]),
        (" Broken ", [2]),
        ("100%", []),
        ("", [2, 3, 1, 4]),
    ],
)
def test_the_search_looks_in_number_references_product_and_messages(metrics, search, expected):
    assert listed(metrics, search=search) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"states": ("escalated", "awaiting_buyer")}, [3, 4]),
        ({"assignee_ids": ("boris",)}, [4]),
        ({"categories": ("returns",)}, []),
        ({"scope": Scope(seller_ids=("s-2",))}, []),
        ({"due_soon": timedelta(hours=48), "view": QueueView.DUE_SOON}, [2, 3, 1]),
    ],
)
def test_the_filters_of_the_queue(metrics, changes, expected):
    assert listed(metrics, **changes) == expected


def test_every_view_has_a_counter(metrics):
    counters = metrics.queue_counters(QueueFilter(now=NOW))
    assert set(counters.columns) == {f"{view.value}_count" for view in QueueView}


def test_a_page_of_the_queue(metrics):
    assert metrics.open_queue(QueueFilter(now=NOW), limit=2, offset=1)["number"].tolist() == [3, 1]


@pytest.mark.parametrize("sort", QueueSort)
@pytest.mark.parametrize("search", ["", "4", "77-0001", "lamp"])
def test_the_place_of_a_ticket_is_where_the_order_has_it(metrics, sort, search):
    queue = QueueFilter(now=NOW, view=QueueView.ALL, search=search)
    numbers = metrics.open_queue(queue, sort)["number"].tolist()
    assert [metrics.open_queue_place(queue, sort, number) for number in numbers] == [*range(1, len(numbers) + 1)]
    assert numbers
    assert metrics.open_queue_place(queue, sort, 999) is None


def test_a_ticket_that_the_filter_leaves_out_has_no_place(metrics):
    assert metrics.open_queue_place(QueueFilter(now=NOW), QueueSort.OLDEST, 5) is None
    assert metrics.open_queue_place(QueueFilter(now=NOW, view=QueueView.ALL), QueueSort.OLDEST, 5) == 5


def test_what_a_row_of_the_queue_says(metrics):
    rows = metrics.open_queue(QueueFilter(now=NOW)).set_index("number")
    assert rows.loc[2, "first_message_excerpt"] == "It arrived broken"
    assert rows.loc[2, ["is_overdue", "is_due_soon", "assignee_name"]].tolist() == [True, True, "Anna"]
    assert rows.loc[1, ["order_number", "posting_number", "seller_name"]].tolist() == [
        "77-0001",
        "77-0001-1",
        "Lamps and more",
    ]
    assert rows.loc[3, "product_name"] == "Desk lamp"
    assert rows.loc[4, ["label_en", "product_name", "first_message_excerpt", "order_number"]].tolist() == [
        "escalated",
        "",
        "",
        "",
    ]


def test_the_counters_keep_to_the_scope(metrics):
    counters = metrics.queue_counters(QueueFilter(now=NOW, scope=Scope(seller_ids=("s-2",)))).iloc[0]
    assert set(counters) == {0}


def test_the_desk_in_one_row(metrics):
    summary = metrics.desk_summary().iloc[0]
    assert summary[["tickets_count", "open_tickets_count", "events_count"]].tolist() == [6, 4, 6]
    assert not summary["is_synthetic"]
    assert metrics.desk_summary(Scope(team_ids=("t-9",))).iloc[0]["tickets_count"] == 0
