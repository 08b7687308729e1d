"""Which tickets a question is about: period, category, scope, time zone, and the period before."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from data.selection import Selection, Step
from data.tickets_listed import BehindQuestions, Narrowing
from tests.data.logs import golden_week, write_logs
from tests.new_desks import new_database
from workflow.tickets import Scope

END = datetime(2026, 3, 9)
WEEK = Selection(horizon_at=END, since=datetime(2026, 3, 2), until=END)


@pytest.fixture(scope="module")
def metrics(tmp_path_factory):
    week = [
        replace(log, seller_id="s-2" if log.number % 2 else "s-1", team_id="t-1" if log.number < 4 else "")
        for log in golden_week()
    ]
    with new_database(tmp_path_factory.mktemp("selection") / "desk.duckdb") as database:
        write_logs(database, week)
        yield BehindQuestions(database)


def numbers(metrics, selection):
    """Those of the tickets, by opening."""
    return metrics.tickets_listed(selection, Narrowing(), limit=100)["number"].tolist()[::-1]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [4, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]),
        ({"since": None}, [13, 4, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]),
        ({"until": datetime(2026, 3, 4, 8)}, [4, 1, 2, 3]),
        ({"since": datetime(2026, 3, 4, 8), "until": datetime(2026, 3, 5, 12)}, [5, 6]),
        ({"horizon_at": datetime(2026, 3, 5, 12)}, [4, 1, 2, 3, 5, 6]),
        ({"categories": ("returns",)}, [10]),
        ({"categories": ("returns",), "since": None}, [13, 10]),
        ({"scope": Scope(seller_ids=("s-1",))}, [4, 2, 6, 8, 10]),
        ({"scope": Scope(seller_ids=("s-1", "s-2"), team_ids=("t-1",))}, [1, 2, 3]),
        ({"scope": Scope(seller_ids=("nobody",))}, []),
    ],
)
def test_which_tickets_are_selected(metrics, changes, expected):
    assert numbers(metrics, replace(WEEK, **changes)) == expected


def test_a_page_of_the_tickets_behind_a_figure(metrics):
    assert metrics.tickets_listed(WEEK, Narrowing(), limit=3, offset=2)["number"].tolist() == [9, 8, 7]


def test_the_period_before_is_as_long_and_was_watched_as_long():
    before = replace(WEEK, horizon_at=datetime(2026, 3, 11)).before()
    assert before == Selection(horizon_at=datetime(2026, 3, 4), since=datetime(2026, 2, 23), until=datetime(2026, 3, 2))


def test_without_a_since_there_is_no_period_before():
    assert replace(WEEK, since=None).before() is None


def test_the_headline_shows_the_period_before_beside_it(metrics):
    days = Selection(horizon_at=END, since=datetime(2026, 3, 5), until=datetime(2026, 3, 7))
    rows = metrics.response_times(days).set_index("figure")
    # Thursday and Friday: tickets 6, 7, 8, 9; two days earlier, seen two days less: 3 and 5.
    assert rows.loc["first_resolution", ["tickets_count", "reached_count"]].tolist() == [4, 3]
    before = rows.loc["first_resolution", ["previous_tickets_count", "previous_reached_count"]]
    assert before.tolist() == [2, 2]
    assert rows.loc["full_resolution", "previous_censored_count"] == 1


def test_without_a_period_the_one_before_is_unknown(metrics):
    rows = metrics.response_times(replace(WEEK, since=None))
    assert rows["previous_tickets_count"].isna().all()


def test_the_headline_of_an_empty_selection_has_counts_of_nothing(metrics):
    rows = metrics.response_times(replace(WEEK, categories=("none",)))
    assert rows["tickets_count"].tolist() == [0, 0, 0]
    assert rows["median_seconds"].isna().all()


def test_categories_add_up_to_the_headline(metrics):
    rows = metrics.response_times_by_category(WEEK)
    assert sorted(set(rows["category"])) == ["parcels", "returns"]
    assert rows.groupby("figure")["tickets_count"].sum().tolist() == [11, 11, 11]


def test_cohorts_are_days_of_the_desks_time_zone(metrics):
    # Ticket 13 was opened on Sunday at 23:00 UTC: Monday 02:00 in Moscow.
    everything = replace(WEEK, since=None)
    in_utc = metrics.ticket_times(everything).figures_over_time(Step.DAY)
    in_moscow = metrics.ticket_times(replace(everything, time_zone="Europe/Moscow")).figures_over_time(Step.DAY)
    assert min(in_utc["period_on"].dt.date) == date(2026, 3, 1)
    assert min(in_moscow["period_on"].dt.date) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("step", "periods"),
    [
        (Step.DAY, [date(2026, 3, day) for day in range(2, 9)]),
        (Step.WEEK, [date(2026, 3, 2)]),
        (Step.MONTH, [date(2026, 3, 1)]),
    ],
)
def test_volume_has_a_row_for_every_period(metrics, step, periods):
    rows = metrics.volume(WEEK, step)
    assert sorted(set(rows["period_on"].dt.date)) == periods
    assert rows["tickets_count"].sum() == 11


def test_the_backlog_does_not_ask_when_a_ticket_was_opened(metrics):
    rows = metrics.backlog(replace(WEEK, since=datetime(2026, 3, 8), horizon_at=datetime(2026, 3, 5)))
    assert rows[["category", "state", "tickets_count"]].to_numpy().tolist() == [
        ["parcels", "new", 1],
        ["returns", "new", 1],
    ]
    assert rows["median_age_seconds"].tolist() == [60 * 3600.0, 73 * 3600.0]


def test_the_backlog_by_day_keeps_to_scope_category_and_period(metrics):
    some = replace(WEEK, since=datetime(2026, 3, 5), categories=("parcels",), scope=Scope(seller_ids=("s-2",)))
    rows = metrics.backlog_by_day(some)
    # Of the odd numbers only 5 is open, from Thursday noon on.
    assert rows["tickets_count"].tolist() == [1, 1, 1, 1]
    assert rows["period_on"].dt.date.tolist() == [date(2026, 3, day) for day in range(5, 9)]


def test_journeys_are_shares_of_all_selected_tickets(metrics):
    rows = metrics.journeys(WEEK, limit=1)
    first = rows.iloc[0]
    assert list(first["states"]) == ["new", "answered", "resolved"]
    assert (first["tickets_count"], first["all_tickets_count"], first["journeys_count"]) == (2, 11, 10)
    assert first["median_seconds"] == 5 * 3600.0


def test_a_limit_keeps_the_most_frequent_steps(metrics):
    rows = metrics.directly_follows(WEEK, limit=2)
    assert rows["steps_count"].tolist() == [4, 4]
    # 2, 2, 4, 23 h: 4 + 0.7 x 19; 0, 1, 2, 4 h: 2 + 0.7 x 2. DuckDB interpolates in binary fractions of microseconds.
    assert rows["p90_seconds"].round(6).tolist() == [62_280.0, 12_240.0]
