"""The satisfaction of the golden week and of the week after it, worked out by hand, and what the report says of it."""

from datetime import datetime

import pytest

from data.ratings.taking import take_ratings
from data.reports.page import page_of
from data.reports.satisfaction import of_all, sentences
from data.reports.spreadsheet import report_xlsx
from data.reports.values import Satisfaction, Share
from data.reports.weekly import weekly_figures
from data.service.shelf import rulebook
from tests.data.reports_builders import WEEK, golden_desk
from tests.new_desks import new_database
from workflow.tickets import Scope

NOW = datetime(2026, 3, 20)
RATINGS = """ticket,rating,at
1,4,2026-03-05T09:00Z
1,2,2026-03-06T09:00Z
3,5,2026-03-07T09:00Z
10,4,2026-03-08T13:00Z
1,1,2026-03-09T00:00Z
8,3,2026-03-10T09:00Z
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rated")
    (folder / "survey.csv").write_text(RATINGS, encoding="utf-8")
    with new_database(folder / "desk.duckdb") as opened:
        golden_desk(opened)
        take_ratings(opened, folder / "survey.csv", now=NOW)
        yield opened


def report_of(database, week, now=NOW, scope=None):
    return weekly_figures(
        database, rulebook(database), week_start=week.monday, time_zone="UTC", now=now, scope=scope or Scope()
    )


def test_of_each_ticket_the_newest_rating_of_the_week_counts(database):
    # 1 was rated 4, then 2; 3 was rated 5; 10 belongs to returns. The first rating of the next week begins at midnight.
    assert report_of(database, WEEK).satisfaction == (
        Satisfaction(name="Parcels", counts=(0, 1, 0, 0, 1), answered=Share()),
        Satisfaction(name="Returns", counts=(0, 0, 0, 1, 0), answered=Share()),
    )


def test_asked_is_who_had_a_week_at_least_and_answered_whoever_rated_since(database):
    # Resolved in the golden week: parcels 1, 3, 4, 5, 7, 8, 9, 11, returns 10 and 13; rated by the end: 1, 3, 8 and 10.
    report = report_of(database, WEEK.later(1))
    assert report.satisfaction == (
        Satisfaction(name="Parcels", counts=(1, 0, 1, 0, 0), answered=Share(part_count=3, whole_count=8)),
        Satisfaction(name="Returns", counts=(0, 0, 0, 0, 0), answered=Share(part_count=1, whole_count=2)),
    )
    whole = of_all(report.satisfaction)
    assert (whole.mean, whole.ratings_count, whole.answered) == (2.0, 2, Share(part_count=4, whole_count=10))


def test_a_running_week_knows_what_was_rated_by_now(database):
    report = report_of(database, WEEK.later(1), now=datetime(2026, 3, 10))
    assert report.satisfaction[0].counts == (1, 0, 0, 0, 0)
    assert report.satisfaction[0].answered == Share(part_count=2, whole_count=8)


def test_ratings_of_sellers_outside_the_scope_are_not_counted(database):
    assert report_of(database, WEEK, scope=Scope(seller_ids=("s-9",))).satisfaction == ()


def test_page_and_spreadsheet_say_mean_spread_and_answered_of_asked(database):
    report = report_of(database, WEEK)
    (told,) = [notes for notes in page_of(report).notes if notes.title == "Satisfaction"]
    assert told.sentences == (
        "3 tickets rated, 3.7 of 5 on average (5: 1, 4: 1, 3: 0, 2: 1, 1: 0).",
        "Parcels 3.5 (2); Returns 4.0 (1).",
        "No ticket was resolved in the week before.",
    )
    assert sentences(report_of(database, WEEK.later(1)).satisfaction)[-1] == (
        "Of 10 tickets resolved in the week before, rated since: 40.0 % (4 of 10)."
    )
    assert sentences(())[0] == "Nobody rated in the week."
    assert of_all(()).mean is None
    assert report_xlsx(report).startswith(b"PK")
