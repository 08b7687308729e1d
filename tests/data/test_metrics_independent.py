"""The same figures from an independent implementation: on random logs, and on the help desk's real one."""

import gzip
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.figures import desk_figures
from data.metrics import Metrics
from data.selection import Figure, Selection
from tests.data.independent import document, frame_of
from tests.data.logs import Step, TicketLog, write_logs
from tests.data.random_logs import START, logs
from tests.new_desks import new_database


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("random") / "desk.duckdb") as database:
        yield database


# A stay is no visit, wherever it is dated: it must not say to which category its ticket belongs.
STRAY = TicketLog(
    number=1,
    steps=(
        Step(at=START + timedelta(minutes=1), state="asked", kind="waiting", category="returns", is_visit=False),
        Step(at=START, state="asked", kind="waiting", category="parcels"),
    ),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(logs=[STRAY], minutes=3)
@given(logs=logs(), minutes=st.sampled_from([0, 3, 6, 9, 60]))
def test_sql_and_pandas_agree_on_any_log(database, logs, minutes):
    horizon_at = START + timedelta(minutes=minutes)
    write_logs(database, logs)
    assert published(database, horizon_at) == document(frame_of(logs), horizon_at)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(logs=logs())
def test_the_backlog_of_a_day_is_opened_less_resolved_plus_reopened(database, logs):
    horizon_at = START + timedelta(days=3)
    write_logs(database, logs)
    metrics = Metrics(database)
    days = metrics.backlog_by_day(Selection(horizon_at=horizon_at))
    for day, stock in days.groupby("period_on")["tickets_count"].sum().items():
        tickets = metrics.durations(Selection(horizon_at=day + timedelta(days=1)))
        assert stock == tickets["is_open"].sum()


def test_an_empty_desk_has_counts_of_nothing_and_no_durations(database):
    write_logs(database, [])
    figures = published(database, START)
    assert figures["lifecycles"] == {}
    assert figures["desk"]["tickets_count"] == 0
    assert figures["desk"]["first_reply"]["median_seconds"] is None
    assert figures["desk"]["case_duration"] == {
        "tickets_count": 0,
        "mean_seconds": None,
        "median_seconds": None,
        "p90_seconds": None,
    }


@pytest.fixture(scope="module")
def helpdesk(root, tmp_path_factory):
    file = root / ".." / "shared" / "samples" / "helpdesk" / "helpdesk.csv.gz"
    if not file.exists():
        pytest.skip("the help desk's log is not beside the project (../shared/samples)")
    with gzip.open(file) as stream:
        table = pd.read_csv(stream, dtype=str)
    log = pd.DataFrame(
        {
            "case": table["Case ID"],
            "state": table["Activity"],
            "at": pd.to_datetime(table["Complete Timestamp"], format="%Y/%m/%d %H:%M:%S.%f"),
        }
    ).sort_values("at", kind="stable")
    kinds = {"Resolve ticket": "done", "Closed": "final", "Wait": "waiting"}
    tickets = [
        TicketLog(
            number=number,
            steps=tuple(
                Step(
                    at=row.at.to_pydatetime(),
                    state=row.state,
                    kind=kinds.get(row.state, "open"),
                    category="helpdesk",
                    is_public_reply=row.state == "Take in charge ticket",
                )
                for row in case.itertuples()
            ),
        )
        for number, (_, case) in enumerate(log.groupby("case", sort=False), start=1)
    ]
    with new_database(tmp_path_factory.mktemp("helpdesk") / "desk.duckdb") as database:
        write_logs(database, tickets)
        yield database, frame_of(tickets)


@pytest.mark.parametrize("horizon_at", [datetime(2026, 1, 1), datetime(2012, 7, 1)])
def test_sql_and_pandas_agree_on_the_help_desks_log(helpdesk, horizon_at):
    database, events = helpdesk
    assert published(database, horizon_at) == document(events, horizon_at)


def test_the_help_desks_published_figures(helpdesk):
    database, _ = helpdesk
    desk = published(database, datetime(2026, 1, 1))["desk"]
    assert (desk["tickets_count"], desk["events_count"], desk["variants_count"]) == (4580, 21348, 226)
    assert desk["case_duration"]["median_seconds"] == 3443836.5
    assert desk["case_duration"]["p90_seconds"] == 4579687.8
    assert round(desk["case_duration"]["mean_seconds"], 1) == 3530166.4
    reply, resolution = desk["first_reply"], desk["first_resolution"]
    assert (reply["reached_count"], reply["median_seconds"], reply["p90_seconds"]) == (4285, 59003.0, 1266275.0)
    assert (resolution["reached_count"], resolution["median_seconds"]) == (4569, 516936.0)
    assert (resolution["censored_count"], resolution["kaplan_meier_median_seconds"]) == (11, 518246.0)
    assert (desk["reopened_tickets_count"], desk["reopened_steps_count"]) == (154, 164)
    then = published(database, datetime(2012, 7, 1))["desk"]["first_resolution"]
    assert (then["tickets_count"], then["censored_count"], then["kaplan_meier_median_seconds"]) == (3475, 37, 284791.0)


@pytest.mark.parametrize(
    ("horizon_at", "shares"),
    [
        (datetime(2026, 1, 1), [0.706332, 0.596943, 0.470742, 0.099345]),
        (datetime(2012, 7, 1), [0.649496, 0.518142, 0.366638, 0.058208]),
    ],
)
def test_the_help_desks_survival_after_1_3_7_and_30_days(helpdesk, horizon_at, shares):
    database, _ = helpdesk
    curve = Metrics(database).ticket_times(Selection(horizon_at=horizon_at)).curve(Figure.FIRST_RESOLUTION)
    days = [day * 86_400_000_000 for day in (1, 3, 7, 30)]
    places = np.searchsorted(curve.times, days, side="right") - 1
    assert [round(share, 6) for share in curve.survival[places]] == shares


def published(database, horizon_at):
    """The document without what the independent implementation leaves out."""
    figures = desk_figures(Metrics(database), now=horizon_at)
    for section in (figures["desk"], *figures["lifecycles"].values()):
        for figure in Figure:
            del section[figure.value]["kaplan_meier_low_seconds"], section[figure.value]["kaplan_meier_high_seconds"]
    return {"desk": figures["desk"], "lifecycles": figures["lifecycles"]}
