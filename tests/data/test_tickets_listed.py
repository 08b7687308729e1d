"""The tickets behind a mark: worked out by hand from the golden week (tests/golden/week.toml)."""

from datetime import datetime

import pytest

from data.ends import End
from data.selection import Figure, Selection
from data.tickets_listed import BehindQuestions, Narrowing
from tests.data.logs import golden_week, write_logs
from tests.new_desks import new_database

END = Selection(horizon_at=datetime(2026, 3, 9))
HOUR = 3600


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("listed") / "desk.duckdb") as database:
        write_logs(database, golden_week())
        yield BehindQuestions(database)


def listed(ask, narrowing, limit=100, offset=0):
    return ask.tickets_listed(END, narrowing, limit=limit, offset=offset)


def test_the_cells_of_the_heat_map_add_up_and_each_lists_its_own(ask):
    cells = ask.ticket_times(END).heat_map().to_dict("records")
    counts = [
        len(listed(ask, Narrowing(day_of_week=cell["day_of_week"], hour_of_day=cell["hour_of_day"]))) for cell in cells
    ]
    assert counts == [cell["tickets_count"] for cell in cells]
    assert sum(counts) == len(listed(ask, Narrowing()))


def test_a_page_says_how_many_there_are_on_all(ask):
    whole = listed(ask, Narrowing())
    page = listed(ask, Narrowing(), limit=2, offset=1)
    assert page["number"].tolist() == whole["number"].tolist()[1:3]
    assert set(page["all_count"]) == {len(whole)}


def test_durations_are_half_open_and_what_is_not_reached_counts_up_to_the_horizon(ask):
    whole = listed(ask, Narrowing(figure=Figure.FIRST_REPLY))
    durations = ask.durations(END)
    assert int(whole["is_reached"].sum()) == int(durations["first_reply_microseconds"].notna().sum())
    edge = sorted(whole["figure_seconds"])[3]
    below = listed(ask, Narrowing(figure=Figure.FIRST_REPLY, to_seconds=edge))
    above = listed(ask, Narrowing(figure=Figure.FIRST_REPLY, from_seconds=edge))
    assert sorted([*below["number"], *above["number"]]) == sorted(whole["number"])
    assert max(below["figure_seconds"]) < edge <= min(above["figure_seconds"])


def test_open_tickets_alone(ask):
    found = listed(ask, Narrowing(is_open_only=True))
    assert len(found) == int(ask.durations(END)["is_open"].sum())
    assert set(found["kind"]) <= {"open", "waiting", "platform"}


def test_every_ticket_ends_once(ask):
    tickets = ask.durations(END)
    figures = ask.competing_ends(END, Figure.FULL_RESOLUTION).figures
    assert figures["tickets_count"] == len(tickets)
    assert figures["running_count"] == int(tickets["is_open"].sum())
    assert figures["resolved_count"] == int(tickets["full_resolution_microseconds"].notna().sum())
    curve = ask.competing_ends(END, Figure.FULL_RESOLUTION).curve(End.RESOLVED)
    assert int(curve.ended.sum()) == figures["resolved_count"]


def test_curves_of_categories_share_out_the_whole(ask):
    curves = ask.ticket_times(END).curve_by_category(Figure.FIRST_REPLY)
    whole = ask.ticket_times(END).curve(Figure.FIRST_REPLY)
    assert sum(int(curve.ended.sum()) for curve in curves.values()) == int(whole.ended.sum())
    assert set(ask.ticket_times(END).log_rank_of_categories(Figure.FIRST_REPLY).groups) == set(curves)


def test_without_claims_nothing_was_decided(ask):
    assert ask.decisions(END).empty
    assert ask.decisions_over_time(END).empty
    assert ask.decisions_listed(END, limit=10).empty


def test_without_a_chat_the_marketplace_counts_no_dialog(ask):
    (row,) = ask.marketplace_replies(END).to_dict("records")
    assert (row["dialogs_count"], row["replied_within_24h_count"]) == (0, 0)
