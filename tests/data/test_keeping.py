"""What is kept of the log gives the same figures as the log, whatever was kept when, as of any instant."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.database import Database
from data.keeping import rebuild, refresh
from tests.data.logs import START, TicketLog, add_events, golden_week, logs, write_logs

HORIZONS = [START + timedelta(minutes=minutes) for minutes in (0, 3, 6, 9, 60)]
PAIRS = ("tickets", "stretches", "decisions")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with Database.open(tmp_path_factory.mktemp("kept") / "desk.duckdb") as database:
        yield database


def differences(database, as_of):
    """What the macros say beyond the log alone, and the other way round."""
    found = []
    for name in PAIRS:
        kept, log = f"int_{name}($as_of)", f"log_{name}_of($as_of, 'stg_log')"
        for one, other in ((kept, log), (log, kept)):
            columns = [row[0] for row in database.read(f"describe from {kept}", {"as_of": as_of})]
            listed = ", ".join(columns)
            query = f"select {listed} from {one} except all select {listed} from {other}"
            found += [(name, *row) for row in database.read(query, {"as_of": as_of})]
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(log=logs(), kept=st.integers(0, 30), horizon_at=st.sampled_from(HORIZONS))
def test_what_is_kept_says_what_the_log_says(database, log, kept, horizon_at):
    """Some events are kept, the others come after that: late ones, moves and reopenings among them."""
    write_logs(database, log)
    with database.writing() as cursor:
        cursor.execute("create or replace temp table later as select * from events where position > ?", [kept])
        cursor.execute("delete from events where position > ?", [kept])
    rebuild(database)
    assert differences(database, horizon_at) == []
    with database.writing() as cursor:
        cursor.execute("create or replace temp table later as select * from events where position > ?", [kept])
