"""What runs out and what was approved by itself, on four tickets worked out by hand."""

from datetime import datetime, timedelta

import pytest

from data.deadlines import DeadlineQuestions
from data.metrics import Metrics
from data.rows import json_text
from data.selection import QueueFilter, QueueView, Selection
from tests.data.logs import Step, TicketLog, write_logs
from tests.new_desks import new_database
from workflow.replay import written_timer
from workflow.tickets import Scope, Timer

NOW = datetime(2026, 3, 4, 12)
HOUR = timedelta(hours=1)
TIMERS = (
    (1, "reply_overdue", "reply", NOW + HOUR),
    (1, "auto_approve_request", "state", NOW + 5 * HOUR),
    (1, "auto_approve_request", "decision", NOW + 4 * HOUR),  # two clocks, one consequence: the earlier one is meant
    (2, "reply_overdue", "reply", NOW - HOUR),
    (3, "auto_close", "resolved", NOW + 24 * HOUR),  # resolved, and its clock runs all the same
    (4, "seller_idle", "state", NOW + 24 * HOUR + timedelta(microseconds=1)),
)


def timer(trigger, clock, due_at):
    return Timer(trigger=trigger, clock=clock, anchor_at=NOW - 2 * HOUR, due_at=due_at, policy_id="reply 2000")


def log(number, category, state="asked", kind="waiting", seller="s-1"):
    step = Step(at=NOW - 48 * HOUR, state=state, kind=kind, category=category)
    return TicketLog(number=number, steps=(step,), seller_id=seller)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("desk") / "desk.duckdb") as opened:
        logs = [
            log(1, "returns"),
            log(2, "parcels"),
            log(3, "returns", "done", "done"),
            log(4, "parcels", seller="s-2"),
        ]
        write_logs(opened, logs)
        with opened.writing() as cursor:
            for log_ in logs:
                armed = [timer(*rest) for number, *rest in TIMERS if number == log_.number]
                if armed:
                    row = {"id": log_.id, "timers": json_text(list(map(written_timer, armed)))}
                    row["due_at"] = min(item.due_at for item in armed)
                    cursor.execute("update tickets set timers = $timers, next_due_at = $due_at where id = $id", row)
            cursor.execute("update tickets set assignee_id = 'anna' where number = 1")
            cursor.execute(
                "insert into policy_rows values ('reply 2000', 'reply', 60, $1, 'Said the market', '{}')", [NOW]
            )
            cursor.execute("update events set name = 'auto_approve_request' where ticket_id = $1", [logs[2].id])
        yield opened


def due(database, hours=24, **changes):
    scope = changes.pop("scope", Scope())
    selection = Selection(horizon_at=NOW, scope=scope, categories=changes.pop("categories", ()))
    frame = DeadlineQuestions(database).due_timers(selection, until=NOW + hours * HOUR, **changes)
    return list(zip(frame["number"], frame["trigger"], (frame["due_at"] - NOW) / HOUR, strict=True))


def test_what_is_decided_for_us_comes_first_then_the_nearest(database):
    assert due(database, 25) == [
        (1, "auto_approve_request", 4.0),
        (2, "reply_overdue", -1.0),
        (1, "reply_overdue", 1.0),
        (3, "auto_close", 24.0),
        (4, "seller_idle", 24 + 1e-6 / 3600),
    ]
    assert due(database, 25, limit=3, is_by_instant=True) == [
        (2, "reply_overdue", -1.0),
        (1, "reply_overdue", 1.0),
        (1, "auto_approve_request", 4.0),
    ]


def test_the_horizon_is_half_open(database):
    assert [number for number, _, _ in due(database, 24)] == [1, 2, 1]
    assert [number for number, _, _ in due(database, 24, since=NOW)] == [1, 1]
    assert (
        due(database, 4)
        == [(2, "reply_overdue", -1.0), (1, "reply_overdue", 1.0), (1, "auto_approve_request", 5.0)][:2]
    )


def test_the_list_is_narrowed_by_what_is_asked(database):
    assert [number for number, _, _ in due(database, 25, trigger="reply_overdue")] == [2, 1]
    assert [number for number, _, _ in due(database, 25, assignee_id="anna")] == [1, 1]
    assert [number for number, _, _ in due(database, 25, assignee_id="")] == [2, 3, 4]
    assert [number for number, _, _ in due(database, 25, categories=("parcels",))] == [2, 4]
    assert [number for number, _, _ in due(database, 25, scope=Scope(seller_ids=("s-2",)))] == [4]
    assert len(due(database, 25, limit=2)) == 2


def test_a_clock_says_on_whose_word_it_runs(database):
    frame = DeadlineQuestions(database).due_timers(Selection(horizon_at=NOW), until=NOW)
    row = frame.iloc[0]
    assert (row["source"], row["label_en"], row["anchor_at"]) == ("Said the market", "asked", NOW - 2 * HOUR)


def test_an_approval_that_came_by_itself_counts_when_it_occurred(database):
    ask = DeadlineQuestions(database)
    at = NOW - 48 * HOUR
    assert list(ask.approvals(Selection(horizon_at=NOW, since=at))["number"]) == [3]
    assert list(ask.approvals(Selection(horizon_at=NOW, since=at), assignee_id="anna")["number"]) == []
    assert list(ask.approvals(Selection(horizon_at=NOW, since=at - HOUR, until=at))["number"]) == []
    assert list(ask.approvals(Selection(horizon_at=NOW, categories=("parcels",)))["number"]) == []


def test_the_queue_takes_over_a_list_of_numbers_whatever_their_state(database):
    queue = QueueFilter(now=NOW, view=QueueView.ALL, numbers=(3, 1))
    metrics = Metrics(database)
    assert sorted(metrics.open_queue(queue)["number"]) == [1, 3]
    assert metrics.open_queue_count(queue) == 2
