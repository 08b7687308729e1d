"""What is kept of the log gives the same figures as the log, whatever was kept when, as of any instant."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.database import Database
from data.keeping import rebuild, refresh
from tests.data.logs import golden_week, write_logs
from tests.data.random_logs import START, logs

HORIZONS = [START + timedelta(minutes=minutes) for minutes in (0, 3, 6, 9, 60)]
CHECKS = ("check/kept_tickets", "check/kept_stretches", "check/kept_decisions")
INTERLEAVE = """
update events set position = placed.position
from (select ticket_id, seq, row_number() over (order by seq, ticket_id) as position from events) as placed
where events.ticket_id = placed.ticket_id and events.seq = placed.seq
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with Database.open(tmp_path_factory.mktemp("kept") / "desk.duckdb") as database:
        yield database


def differences(database, as_of):
    """What the macros say beyond the log alone, and the other way round."""
    found = []
    for name in ("tickets", "stretches", "decisions"):
        one, other = f"int_{name}($as_of)", f"log_{name}_of($as_of, 'stg_log')"
        listed = ", ".join(row[0] for row in database.read(f"describe from {one}", {"as_of": as_of}))
        for left, right in ((one, other), (other, one)):
            query = f"select {listed} from {left} except all select {listed} from {right}"
            found += [(name, *row) for row in database.read(query, {"as_of": as_of})]
    return found


def write_in_turns(database, log, kept):
    """Record the events of all tickets in turns; those up to the position `kept` were there when the log was kept."""
    write_logs(database, log)
    with database.writing() as cursor:
        cursor.execute(INTERLEAVE)
        cursor.execute("create or replace temp table later as select * from events where position > ?", [kept])
        cursor.execute("delete from events where position > ?", [kept])
        rebuild(database)
        cursor.execute("insert into events select * from later")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(log=logs(), kept=st.integers(0, 30), horizon_at=st.sampled_from(HORIZONS))
def test_what_is_kept_says_what_the_log_says(database, log, kept, horizon_at):
    write_in_turns(database, log, kept)
    assert differences(database, horizon_at) == []
    refresh(database)
    assert differences(database, horizon_at) == []
    assert [row for name in CHECKS for row in database.read(name)] == []
