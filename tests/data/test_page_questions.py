"""What the pages of figures ask besides: worked out by hand from the golden week (tests/golden/week.toml)."""

from datetime import datetime

import pandas as pd
import pytest

from data.page_questions import PageQuestions
from data.selection import Figure, Selection
from tests.data.logs import golden_week, write_logs
from tests.new_desks import new_database

END = Selection(horizon_at=datetime(2026, 3, 9))
HOUR = 3600
STATES = (
    ("parcels", "new", "open", "seller", "New parcel"),
    ("parcels", "checking", "platform", "platform", "With the platform"),
    ("returns", "new", "open", "seller", "New return"),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("questions") / "desk.duckdb") as database:
        write_logs(database, golden_week())
        with database.writing() as cursor:
            for category, state, kind, ball, label in STATES:
                row = [category, 1, state, kind, ball, label, "", "", True]
                cursor.execute("insert into lifecycle_states values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        yield PageQuestions(database)


def test_the_range_of_tickets_is_that_of_all_whatever_the_period(ask):
    (row,) = ask.range_of_tickets(END).to_dict("records")
    assert row == {
        "tickets_count": 13,
        "first_opened_at": pd.Timestamp("2026-03-01 23:00"),
        "last_opened_at": pd.Timestamp("2026-03-09 00:00"),
        "last_event_at": pd.Timestamp("2026-03-09 00:00"),
    }
    returns = Selection(horizon_at=END.horizon_at, categories=("returns",), since=datetime(2026, 3, 8))
    assert ask.range_of_tickets(returns)["tickets_count"].tolist() == [2]


def test_a_desk_without_tickets_has_no_range(ask):
    nowhere = Selection(horizon_at=END.horizon_at, categories=("nothing",))
    row = ask.range_of_tickets(nowhere).iloc[0]
    assert row["tickets_count"] == 0
    assert pd.isna(row["first_opened_at"])


def test_waits_are_counted_by_how_long_they_were_or_have_been_so_far(ask):
    """Replied after 0, 0.5, 1, 2, 4 h; waiting for 24, 48, 84, 87, 156, 160, 169 h: bins by 2 log2 of the seconds."""
    bins = ask.ticket_times(END).waits_by_length(Figure.FIRST_REPLY)
    assert len(bins) == 39  # from bin 0 to bin 38, those in between without a ticket too
    assert bins["from_seconds"].tolist() == [pow(2, number / 2) for number in range(39)]
    assert bins["to_seconds"].tolist() == [pow(2, (number + 1) / 2) for number in range(39)]
    reached, running = bins["reached_count"], bins["running_count"]
    assert reached[reached > 0].to_dict() == {0: 1, 21: 1, 23: 1, 25: 1, 27: 1}
    assert running[running > 0].to_dict() == {32: 1, 34: 1, 36: 2, 38: 3}


def test_waits_of_a_selection_without_tickets_are_no_rows(ask):
    nowhere = Selection(horizon_at=END.horizon_at, categories=("nothing",))
    assert ask.ticket_times(nowhere).waits_by_length(Figure.FULL_RESOLUTION).empty


def test_the_backlog_by_age(ask):
    """Ticket 2 is 156 h old, ticket 5 112 h: both between three and seven days."""
    columns = ["category", "state", "kind", "ball", "label_en", "tickets_count", "below_3_days_count"]
    rows = ask.backlog_by_age(END)
    assert rows[[*columns, "below_7_days_count"]].to_numpy().tolist() == [
        ["parcels", "checking", "platform", "platform", "With the platform", 1, 0, 1],
        ["parcels", "new", "open", "seller", "New parcel", 1, 0, 1],
    ]
    assert rows[["below_1_day_count", "below_30_days_count", "older_count"]].to_numpy().sum() == 0


def test_every_age_has_its_place(ask):
    """As of Tuesday 12:00 ticket 3 is 4 h old, 2 exactly a day, 4 28 h, 13 37 h; on 2 April 12 and 5 are below 30 d."""
    friday = ask.backlog_by_age(Selection(horizon_at=datetime(2026, 3, 6)))
    assert friday.set_index("state").loc["new", "below_7_days_count"] == 1
    tuesday = ask.backlog_by_age(Selection(horizon_at=datetime(2026, 3, 3, 12)))
    assert tuesday[["below_1_day_count", "below_3_days_count"]].sum().tolist() == [1, 3]
    later = ask.backlog_by_age(Selection(horizon_at=datetime(2026, 4, 2)))
    assert later[["below_30_days_count", "older_count"]].sum().tolist() == [2, 1]


def test_categories_are_counted_and_escalation_is_known_only_with_a_platform(ask):
    rows = ask.category_counts(END).astype(object).where(lambda cell: cell.notna(), None)
    columns = ["category", "tickets_count", "open_count", "reopened_count", "escalated_count"]
    assert rows[columns].to_numpy().tolist() == [["parcels", 10, 2, 2, 1], ["returns", 2, 0, 0, None]]


def test_tickets_resolved_with_one_reply_are_counted(ask):
    """Parcels 1, 3, 5, 8 and 9 have one reply by their resolution, 4, 7 and 11 none; of returns 10 and 13 none."""
    rows = ask.category_counts(END).set_index("category")
    assert rows[["resolved_count", "one_touch_count"]].to_numpy().tolist() == [[8, 5], [2, 0]]
    assert ask.tickets_count_by_category(END) == {"parcels": 10, "returns": 2}


def test_the_oldest_open_tickets_come_first(ask):
    rows = ask.oldest_open(END, limit=5)
    columns = ["number", "state", "kind", "label_en", "age_seconds", "state_seconds", "is_replied"]
    assert rows[columns].to_numpy().tolist() == [
        [2, "new", "open", "New parcel", 156 * HOUR, 156 * HOUR, False],
        [5, "checking", "platform", "With the platform", 112 * HOUR, 84 * HOUR, True],
    ]
    assert ask.oldest_open(END, limit=1)["number"].tolist() == [2]
    assert ask.oldest_open(END, limit=5, state="checking")["number"].tolist() == [5]
