"""One ticket judged by plain Python and many judged as columns give the same targets, to the microsecond."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.business_time import BusinessColumns
from data.commits import run
from data.database import Database
from data.service.judging import judge_tickets
from data.service.shelf import Rulebook
from tests.data.service_logs import judged_as_columns, judged_one_by_one, write
from tests.workflow.service_builders import BEGIN, CLOCKS, HOUR, ticket_id
from tests.workflow.service_strategies import policies, random_logs
from workflow.service.policies import PolicyVersion, ServiceBook


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with Database.open(tmp_path_factory.mktemp("desk") / "desk.duckdb") as opened:
        yield opened


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs=random_logs(), first=policies(), second=policies(), data=st.data())
def test_one_ticket_and_columns_agree(database, logs, first, second, data):
    horizon_at = BEGIN + data.draw(st.sampled_from([0, 1, 7, 30, 100, 1_000])) * HOUR + timedelta(microseconds=3)
    changed_at = BEGIN + data.draw(st.sampled_from([2, 30])) * HOUR
    links = [(2, 1, BEGIN + 20 * HOUR)] if len(logs) > 1 and data.draw(st.booleans()) else []
    versions = [
        PolicyVersion(version=1, valid_from=datetime(2026, 1, 1), policies=first),
        PolicyVersion(version=2, valid_from=changed_at, policies=second),
    ]
    columns = {name: BusinessColumns(clock.versions) for name, clock in CLOCKS.items()}
    rules = Rulebook(book=ServiceBook(versions), clocks=CLOCKS, columns=columns)
    write(database, logs, links)
    with database.reading() as cursor:
        run(cursor, "service/make_judged_listed", {"ticket_ids": [ticket_id(n) for n in range(1, len(logs) + 1)]})
        found = judged_as_columns(judge_tickets(cursor, rules, horizon_at))
    expected = judged_one_by_one(logs, links, rules, horizon_at)

    def place(row):
        return row["ticket_id"], row["target_kind"], row["turn"], row["started_at"]

    assert sorted(found, key=place) == sorted(expected, key=place)
