"""The facets of the queue: how many tickets each value has."""

from datetime import datetime, timedelta

import pytest

from data.metrics import Metrics
from data.selection import QueueFilter, QueueView
from tests.data.logs import Step, TicketLog, write_logs
from tests.new_desks import new_database

NOW = datetime(2026, 3, 9, 12)
# number: category, priority, assignee, team, ball, settled how many days ago
TICKETS = {
    1: ("a", "urgent", "anna", "north", "buyer", None),
    2: ("a", "normal", "", "north", "seller", None),
    3: ("a", "normal", "anna", "south", "buyer", None),
    4: ("b", "urgent", "li", "", "platform", None),
    5: ("b", "urgent", "", "south", "seller", None),
    6: ("b", "normal", "li", "south", "nobody", 2),
    7: ("b", "normal", "li", "north", "nobody", 8),
}


@pytest.fixture(scope="module")
def metrics(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("facets") / "desk.duckdb") as database:
        write_logs(database, [_log(number) for number in TICKETS])
        with database.writing() as cursor:
            for number, (_, priority, assignee_id, team_id, ball, _) in TICKETS.items():
                cursor.execute(
                    "update tickets set priority = $priority, assignee_id = $assignee_id, team_id = $team_id,"
                    " ball = $ball where number = $number",
                    {
                        "priority": priority,
                        "assignee_id": assignee_id,
                        "team_id": team_id,
                        "ball": ball,
                        "number": number,
                    },
                )
        yield Metrics(database)


def _log(number):
    category, *_, days = TICKETS[number]
    at = NOW - timedelta(days=days or 20)
    state, kind = ("closed", "final") if days else ("awaiting", "open")
    return TicketLog(number=number, steps=(Step(at=at, state=state, kind=kind, category=category),))


def facets(metrics, **changes):
    frame = metrics.queue_facets(QueueFilter(now=NOW, **changes))
    counted = {}
    for facet, slug, count in frame.itertuples(index=False):
        counted.setdefault(facet, {})[slug] = count
    return counted


def test_every_value_of_every_facet_is_counted(metrics):
    assert facets(metrics) == {
        "category": {"a": 3, "b": 2},
        "kind": {"open": 5},
        "channel": {"email": 5},
        "priority": {"urgent": 3, "normal": 2},
        "assignee": {"anna": 2, "": 2, "li": 1},
        "team": {"north": 2, "south": 2, "": 1},
    }


def test_a_facet_obeys_the_others_and_not_itself(metrics):
    counted = facets(metrics, priorities=("urgent",))
    assert counted["category"] == {"b": 2, "a": 1}
    assert counted["priority"] == {"urgent": 3, "normal": 2}
    counted = facets(metrics, priorities=("urgent",), categories=("a",))
    assert counted["priority"] == {"normal": 2, "urgent": 1}
    assert counted["assignee"] == {"anna": 1}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"priorities": ("urgent",), "categories": ("b",)}, {4, 5}),
        ({"assignee_ids": ("", "li")}, {2, 4, 5}),
        ({"teams": ("north", "")}, {1, 2, 4}),
        ({"kinds": ("final",), "view": QueueView.ALL}, {6, 7}),
        ({"channels": ("chat_app",)}, set()),
        ({"view": QueueView.TEAM, "agent_team_id": "south"}, {3, 5}),
        ({"view": QueueView.TEAM}, set()),
        ({"view": QueueView.BUYER}, {1, 3}),
        ({"view": QueueView.RECENT}, {6}),
    ],
)
def test_the_list_keeps_what_the_facets_promise(metrics, changes, expected):
    queue = QueueFilter(now=NOW, **changes)
    assert set(metrics.open_queue(queue)["number"]) == expected
    view = queue.view
    if view is not QueueView.OPEN and view is not QueueView.ALL:
        assert metrics.queue_counters(queue)[f"{view.value}_count"].iloc[0] == len(expected)
