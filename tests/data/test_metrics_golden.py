"""The golden week: figures worked out by hand (tests/golden)."""

import tomllib
from datetime import datetime

import pytest

from data.figures import desk_figures
from data.metrics import Metrics
from data.selection import Selection, Step
from tests.data.logs import GOLDEN, golden_week, write_logs
from tests.new_desks import new_database

END = datetime(2026, 3, 9)
THURSDAY = datetime(2026, 3, 5)
EXPECTED = tomllib.loads((GOLDEN / "expected.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def metrics(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("golden") / "desk.duckdb") as database:
        write_logs(database, golden_week())
        yield Metrics(database)


@pytest.mark.parametrize(("name", "as_of"), [("end", END), ("thursday", THURSDAY)])
def test_the_golden_week_gives_what_was_worked_out_by_hand(metrics, name, as_of):
    section = desk_figures(metrics, now=as_of)["desk"]
    for key, expected in EXPECTED[name]["desk"].items():
        if isinstance(expected, dict):
            figures = {figure: section[key][figure] for figure in expected}
            assert (key, figures) == (key, expected)
        else:
            assert (key, section[key]) == (key, expected)


def test_a_median_that_is_not_reached_is_null_and_not_guessed(metrics):
    assert desk_figures(metrics, now=END)["desk"]["first_reply"]["kaplan_meier_median_seconds"] is None


def test_time_in_each_state(metrics):
    rows = desk_figures(metrics, now=END)["desk"]["time_in_state"]
    columns = (
        "category",
        "state",
        "visits_count",
        "finished_count",
        "running_count",
        "mean_seconds",
        "median_seconds",
    )
    found = [[-1 if row[name] is None else row[name] for name in columns] for row in rows]
    assert found == EXPECTED["end"]["time_in_state"]


def test_the_steps_from_state_to_state(metrics):
    found = [
        [
            f"{edge['from_category']}/{edge['from_state']}",
            f"{edge['to_category']}/{edge['to_state']}",
            edge["steps_count"],
            edge["mean_seconds"],
            edge["median_seconds"],
        ]
        for edge in desk_figures(metrics, now=END)["desk"]["directly_follows_edges"]
    ]
    assert found == EXPECTED["end"]["directly_follows"]


def test_the_parts_add_up_to_the_desk(metrics):
    document = desk_figures(metrics, now=END)
    assert list(document["lifecycles"]) == ["parcels", "returns"]
    for key in ("tickets_count", "events_count", "open_tickets_count", "variants_count", "reopened_tickets_count"):
        assert sum(part[key] for part in document["lifecycles"].values()) == document["desk"][key]
    assert document["lifecycles"]["returns"]["tickets_count"] == 2


def test_the_backlog_at_each_days_end(metrics):
    days = metrics.backlog_by_day(Selection(horizon_at=END))
    found = days.pivot_table(index="period_on", columns="category", values="tickets_count", sort=False)
    rows = [[f"{day:%Y-%m-%d}", row["parcels"], row["returns"]] for day, row in found.iterrows()]
    assert rows == EXPECTED["end"]["backlog_by_day"]


def test_the_volume_by_week(metrics):
    weeks = metrics.volume(Selection(horizon_at=END), Step.WEEK)
    found = weeks.pivot_table(index="period_on", columns="category", values="tickets_count", sort=False)
    rows = [[f"{day:%Y-%m-%d}", row["parcels"], row["returns"]] for day, row in found.iterrows()]
    assert rows == EXPECTED["end"]["volume"]


def test_every_golden_ticket_says_why_it_is_there():
    week = tomllib.loads((GOLDEN / "week.toml").read_text(encoding="utf-8"))
    reasons = [ticket["reason"] for ticket in week["tickets"]]
    assert all(reasons)
    assert len(set(reasons)) == len(reasons)
