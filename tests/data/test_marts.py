"""Every SQL file of the figures runs, says its grain, and reads the log by time whatever the order of recording."""

import re
from datetime import datetime

import pytest

from data.database import Database
from data.migrate import VIEWS_ROOT
from data.selection import QueueFilter, Selection
from data.statements import SQL_ROOT, statement
from tests.data.logs import golden_week, write_logs
from tests.new_desks import new_database

END = datetime(2026, 3, 9)
THURSDAY = datetime(2026, 3, 5)
QUERIES = sorted(path.stem for path in (SQL_ROOT / "queries").glob("*.sql"))
MARTS = sorted(path.stem for path in VIEWS_ROOT.glob("*.sql"))
VALUES = {
    **QueueFilter(now=END).parameters,
    **Selection(horizon_at=END, since=datetime(2026, 3, 2)).parameters,
    "instants": [THURSDAY, END],
    "step": "week",
    "day_of_week": -1,
    "hour_of_day": -1,
    "from_seconds": 0.0,
    "to_seconds": 1e12,
    "is_open_only": False,
    "weekday": -1,
    "hour": -1,
    "figure": "first_reply",
    "sort_by": "nearest_clock",
    "row_limit": 10,
    "row_offset": 0,
    "number": 1,
}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("marts") / "desk.duckdb") as database:
        write_logs(database, golden_week())
        yield database


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs(database, name):
    wanted = set(re.findall(r"\$([a-z_]+)", statement(f"queries/{name}")))
    database.frame(f"queries/{name}", {key: VALUES.get(key, "") for key in wanted})


@pytest.mark.parametrize("name", MARTS)
def test_every_mart_is_in_the_file_under_its_own_name(database, name):
    made = set(database.read("select schema_name, function_name from duckdb_functions() where not internal"))
    made |= set(database.read("select schema_name, view_name from duckdb_views() where not internal"))
    own, _, schema = name.partition("__")
    assert (schema or "main", own) in made


@pytest.mark.parametrize("folder", ["marts", "queries"])
def test_every_file_says_its_grain_and_is_short(folder):
    for path in (SQL_ROOT / folder).glob("*.sql"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(("-- grain: one row", "-- grain: as int_")), path
        assert len(lines) <= 80, path


def test_marts_are_made_anew_only_when_their_text_changed(tmp_path):
    file = tmp_path / "desk.duckdb"
    stamp = "select value from settings where key = 'views_sha256'"
    with Database.open(file) as database:
        first = database.read(stamp)
    with Database.open(file) as database:
        assert database.read(stamp) == first


def test_a_ticket_is_read_by_time_and_not_by_recording(database):
    visits = database.read(
        "select state, from_state, left_microseconds / 3600000000 from mart_visits($as_of)"
        " where ticket_id = $id order by step",
        {"as_of": END, "id": "00000000-0000-0000-0000-000000000009"},
    )
    assert visits == [("new", "", None), ("answered", "new", 4.0), ("resolved", "answered", 4.0)]


def test_only_tickets_whose_steps_need_it_are_woven_anew(database):
    numbers = database.read(
        "select number from stg_rewoven_tickets inner join tickets on ticket_id = id order by number"
    )
    assert numbers == [(9,), (10,)]


def test_an_instant_sees_only_what_occurred_before_it(database):
    events = "select count(*) from stg_events($as_of)"
    on_the_stroke = database.read(events, {"as_of": THURSDAY})
    just_after = database.read(events, {"as_of": THURSDAY.replace(microsecond=1)})
    assert (on_the_stroke, just_after) == ([(16,)], [(17,)])


def test_a_ticket_that_is_opened_later_is_not_there(database):
    numbers = database.read("select number from mart_tickets($as_of) order by number", {"as_of": THURSDAY})
    assert numbers == [(1,), (2,), (3,), (4,), (5,), (13,)]


def test_the_end_of_the_log_agrees_with_the_present(database):
    differences = database.read(
        """
        select tickets.number
        from tickets
        inner join mart_tickets($as_of) as seen on tickets.id = seen.ticket_id
        where (tickets.category, tickets.state, tickets.state_kind, tickets.opened_at, tickets.state_entered_at)
            is distinct from (seen.category, seen.state, seen.kind, seen.opened_at, seen.state_entered_at)
        """,
        {"as_of": END},
    )
    assert differences == []
