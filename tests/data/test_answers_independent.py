"""One touch and satisfaction from an independent implementation: on random logs, and on the golden week."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.database import Database
from data.page_questions import PageQuestions
from data.reports.questions import ReportQuestions
from data.selection import Selection
from tests.data.independent import frame_of
from tests.data.independent_answers import by_category, ratings
from tests.data.logs import Step, TicketLog, golden_week, write_logs
from tests.data.random_logs import START, logs

DAY = timedelta(days=1)
SCALE = ("ones_count", "twos_count", "threes_count", "fours_count", "fives_count")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with Database.open(tmp_path_factory.mktemp("answers") / "desk.duckdb") as database:
        yield database


def counted(database, horizon_at, since, until):
    found = PageQuestions(database).category_counts(Selection(horizon_at=horizon_at, since=since, until=until))
    columns = ["category", "tickets_count", "open_count", "reopened_count", "resolved_count", "one_touch_count"]
    return sorted(found[columns].itertuples(index=False, name=None))


def rated(database, asked_since, since, until):
    selection = Selection(horizon_at=until, since=since, until=until)
    return [
        (row["category"], tuple(row[name] for name in SCALE), row["asked_count"], row["answered_count"])
        for row in ReportQuestions(database).ratings(selection, asked_since).to_dict("records")
    ]


def step(minute, kind, category="parcels", rating=0, *, is_reply=False):
    at = START + timedelta(minutes=minute)
    is_visit = not (rating or is_reply)
    return Step(
        at=at, state=kind, kind=kind, category=category, rating=rating, is_visit=is_visit, is_public_reply=is_reply
    )


# Settled, reopened and settled in one instant, in two categories: the later recorded one is where it was resolved.
AT_ONCE = TicketLog(
    number=1, steps=(step(0, "open"), step(1, "done"), step(1, "open", "returns"), step(1, "done", "returns"))
)
TWICE_RATED = TicketLog(
    number=2, steps=(step(0, "open"), step(2, "done"), step(4, "done", rating=5), step(4, "done", rating=1))
)
RATED_AT_ONCE = TicketLog(number=5, steps=(step(0, "open"), step(2, "done"), step(2, "done", rating=3)))

# One reply by the first resolution and one after it; one before and one in its very instant.
TOUCHED_ONCE = TicketLog(
    number=3, steps=(step(0, "open"), step(1, "open", is_reply=True), step(2, "done"), step(3, "done", is_reply=True))
)
TOUCHED_TWICE = TicketLog(
    number=4, steps=(step(0, "open"), step(1, "open", is_reply=True), step(2, "done"), step(2, "done", is_reply=True))
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(logs=[AT_ONCE, TWICE_RATED, TOUCHED_ONCE, TOUCHED_TWICE, RATED_AT_ONCE], minutes=[0, 3, 6])
@given(logs=logs(), minutes=st.lists(st.integers(0, 14), min_size=3, max_size=3).map(sorted))
def test_sql_and_pandas_agree_on_what_was_touched_once_and_how_it_was_rated(database, logs, minutes):
    write_logs(database, logs)
    events = frame_of(logs)
    first, second, third = (START + timedelta(minutes=minute) for minute in minutes)
    for since, until in ((first, second), (START, third)):
        assert counted(database, third, since, until) == by_category(events, third, since, until)
    assert rated(database, first, second, third) == ratings(events, first, second, third)


def test_sql_and_pandas_agree_on_the_golden_week(database):
    monday = datetime(2026, 3, 2)
    week = golden_week()
    write_logs(database, week)
    for days in range(1, 8):
        horizon_at = monday + days * DAY
        whole = counted(database, horizon_at, monday, horizon_at)
        assert whole == by_category(frame_of(week), horizon_at, monday, horizon_at)
    assert [(category, touched) for category, *_counts, touched in whole] == [("parcels", 5), ("returns", 0)]
