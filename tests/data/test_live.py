"""The last hours of the desk: its flow by the hour and who works, worked out by hand and against the backlog."""

from datetime import datetime, timedelta

import pytest

from data.live import LiveQuestions
from data.metrics import Metrics
from data.people import Agent, People, save_people
from data.selection import Selection
from tests.data.logs import Step, TicketLog, golden_week, write_logs
from tests.new_desks import new_database
from workflow.tickets import Scope

NOON = datetime(2026, 3, 4, 12)
NOW = NOON + timedelta(minutes=20)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
KINDS = {"new": "open", "asked": "waiting", "done": "done", "gone": "final"}


def log(number, *steps, seller="s-1"):
    made = tuple(Step(at=at, state=state, kind=KINDS[state], category="parcels") for at, state in steps)
    return TicketLog(number=number, steps=made, seller_id=seller)


@pytest.fixture
def database(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as opened:
        yield opened


def flow(database, since, now=NOW, **changes):
    frame = LiveQuestions(database).flow_by_hour(Selection(horizon_at=now, **changes), since=since)
    return [tuple(row) for row in frame.itertuples(index=False)]


def test_an_hour_holds_what_came_what_was_resolved_and_what_is_open_at_its_end(database):
    write_logs(
        database,
        [
            log(1, (NOON - 30 * HOUR, "new"), (NOON - 90 * MINUTE, "done"), (NOON + 5 * MINUTE, "asked")),
            log(2, (NOON - HOUR, "new"), (NOON - MINUTE, "done"), (NOON, "gone")),
            log(3, (NOON + MINUTE, "new"), seller="s-2"),
        ],
    )
    assert flow(database, NOON - 2 * HOUR) == [
        (NOON - 2 * HOUR, 0, 1, 0),  # 10:30: the first ticket is resolved, nothing is left open
        (NOON - HOUR, 1, 1, 0),  # the second comes at 11:00 and is resolved at 11:59
        (NOON, 1, 0, 2),  # closing it changes nothing; the third comes, the first is reopened
    ]
    assert flow(database, NOON, scope=Scope(seller_ids=("s-2",))) == [(NOON, 1, 0, 1)]


def test_an_empty_desk_has_empty_hours(database):
    assert flow(database, NOON) == [(NOON, 0, 0, 0)]
    assert flow(database, NOON, now=NOON) == []


def test_every_hour_of_the_golden_week_agrees_with_the_backlog(database):
    write_logs(database, golden_week())
    end = datetime(2026, 3, 12)
    for hour_at, _opened, _resolved, open_count in flow(database, end - timedelta(days=11), now=end):
        backlog = Metrics(database).backlog(Selection(horizon_at=hour_at + HOUR))
        assert backlog["tickets_count"].sum() == open_count


def test_who_works_is_who_recorded_something_within_the_hour(database):
    write_logs(
        database,
        [
            log(1, (NOW - 61 * MINUTE, "new"), (NOW - 60 * MINUTE, "asked"), (NOW - 15 * MINUTE, "done")),
            log(2, (NOW - 20 * MINUTE, "new")),
        ],
    )
    save_people(database, People(agents=(Agent(id="anna", name="Anna"), Agent(id="li", name="Li"))), NOW)
    with database.writing() as cursor:
        cursor.execute("update events set kind = 'transition'")
        cursor.execute("update events set recorded_by = 'li' where position = 4")
        cursor.execute("update tickets set assignee_id = 'anna' where number = 2")
    frame = LiveQuestions(database).people_at_work(Selection(horizon_at=NOW))
    found = [
        (row.name, row.acts_count, row.recent_acts_count, row.last_act_at, row.last_number, row.open_count)
        for row in frame.itertuples(index=False)
    ]
    assert found == [("Anna", 2, 1, NOW - 15 * MINUTE, 1, 1), ("Li", 1, 0, NOW - 20 * MINUTE, 2, 0)]


def test_imported_steps_are_nobodys_work(database):
    write_logs(database, [log(1, (NOW - MINUTE, "new"))])
    save_people(database, People(agents=(Agent(id="anna", name="Anna"),)), NOW)
    assert LiveQuestions(database).people_at_work(Selection(horizon_at=NOW)).empty
