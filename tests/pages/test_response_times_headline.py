"""What the five cards of response times say."""

import pandas as pd
import pytest

from data.selection import Figure
from pages.response_times import view
from pages.response_times.headline import Frames, change, headlines, kaplan_meier_text

FIGURES = {
    "tickets_count": 250,
    "reached_count": 231,
    "censored_count": 19,
    "median_seconds": 3600.0,
    "p90_seconds": 86_400.0,
    "kaplan_meier_median_seconds": 5400.0,
}


def figures(**over):
    now = FIGURES | over
    before = {f"previous_{name}": value * 2 for name, value in FIGURES.items()}
    return pd.DataFrame([{"figure": figure.value, **now, **before} for figure in Figure])


def cards(frame, *, backlog_before_count=40):
    over_time = pd.DataFrame(
        [{"figure": figure.value, **FIGURES, "median_seconds": median} for median in (1.0, None) for figure in Figure]
    )
    by_day = pd.DataFrame({"period_on": ["a", "a", "b"], "category": ["x", "y", "x"], "tickets_count": [1, 2, 4]})
    frames = Frames(
        figures=frame,
        over_time=over_time,
        backlog_count=60,
        backlog_before_count=backlog_before_count,
        backlog_by_day=by_day,
    )
    return {card.key: card for card in headlines(frames)}


def test_each_card_has_the_period_before_beside_it():
    shown = {key: (card.value, card.delta, card.before) for key, card in cards(figures()).items()}
    assert shown == {
        "first_reply": ("1 h", "-50 %", "before 2 h"),
        "first_reply_p90": ("1 d", "-50 %", "before 2 d"),
        "first_reply_kaplan_meier": ("1 h 30 min", "-50 %", "before 3 h"),
        "first_resolution": ("1 h", "-50 %", "before 2 h"),
        "backlog": ("60", "+50 %", "before 40"),
    }


def test_part_and_whole_stand_together():
    shown = {key: card.foot for key, card in cards(figures()).items()}
    assert shown == {
        "first_reply": "replied 92.4 % (231 of 250)",
        "first_reply_p90": "of 231 replied to",
        "first_reply_kaplan_meier": "n 250, of which 19 still wait",
        "first_resolution": "Kaplan-Meier 1 h 30 min · resolved 92.4 % (231 of 250)",
        "backlog": "250 new tickets, before 500",
    }


def test_a_median_that_is_not_reached_says_so():
    card = cards(figures(kaplan_meier_median_seconds=float("nan")))["first_reply_kaplan_meier"]
    assert (card.value, card.delta) == ("not reached", "")


def test_no_data_is_a_dash():
    nothing = figures(tickets_count=0, reached_count=0, censored_count=0)
    nothing[["median_seconds", "p90_seconds", "kaplan_meier_median_seconds"]] = None
    shown = cards(nothing)
    assert [shown[key].value for key in ("first_reply", "first_reply_p90", "first_reply_kaplan_meier")] == ["—"] * 3
    assert shown["first_reply"].foot == "replied —"


def test_without_a_period_before_nothing_stands_beside():
    frame = figures()
    frame[[column for column in frame if column.startswith("previous_")]] = None
    shown = cards(frame, backlog_before_count=None)
    assert {(card.delta, card.before) for card in shown.values()} == {("", "")}
    assert shown["backlog"].foot == "250 new tickets"


def test_the_course_keeps_its_gaps_and_adds_up_categories():
    shown = cards(figures())
    assert shown["first_reply"].course == (1.0, None)
    assert shown["backlog"].course == (3.0, 4.0)


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [(110, 100, "+10 %"), (90, 100, "-10 %"), (100.4, 100, "0 %"), (1, 0, ""), (None, 1, ""), (1, float("nan"), "")],
)
def test_a_change_is_in_percent_of_what_was(now, before, text):
    assert change(now, before) == text


def test_no_ticket_no_kaplan_meier():
    assert kaplan_meier_text({"kaplan_meier_median_seconds": None, "tickets_count": 0}) == "—"


def test_every_card_leads_to_a_definition_that_the_page_quotes():
    assert {card.definition for card in cards(figures()).values()} <= set(view.DEFINITIONS)
