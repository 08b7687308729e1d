"""What the five cards of response times say."""

import pandas as pd
import pytest

from data.selection import Figure
from pages.response_times import view
from pages.response_times.headline import Frames, change, headlines, kaplan_meier_text, points

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


def kinds(met, missed):
    counts = {"met_count": [met, 0], "missed_count": [missed, 0], "running_count": [4, 1], "paused_count": [2, 0]}
    return pd.DataFrame({"target_kind": ["first_reply", "next_reply"], **counts})


def decided(auto, decisions):
    return pd.DataFrame({"category": ["a"], "decisions_count": [decisions], "auto_decisions_count": [auto]})


def cards(frame, *, has_before=True, met=231, p90_seconds=86_400.0, decisions=32, unanswered=(19, 0)):
    over_time = pd.DataFrame(
        [
            {"figure": figure.value, **FIGURES, "kaplan_meier_median_seconds": median}
            for median in (1.0, None)
            for figure in Figure
        ]
    )
    by_day = pd.DataFrame({"period_on": ["a", "a", "b"], "category": ["x", "y", "x"], "tickets_count": [1, 2, 4]})
    due = {"period_on": ["a", "a", "b"], "met_count": [1, 2, 0], "missed_count": [0, 1, 0]}
    frames = Frames(
        figures=frame,
        over_time=over_time,
        p90_seconds=p90_seconds,
        unanswered=unanswered,
        attained=kinds(met, 19 if met else 0),
        attained_before=kinds(9, 1) if has_before else None,
        attained_over_time=pd.DataFrame(due),
        decided=decided(9 if decisions else 0, decisions),
        decided_before=decided(8, 22) if has_before else None,
        decided_over_time=pd.DataFrame({"period_on": ["a"], "decisions_count": [4], "auto_decisions_count": [1]}),
        backlog_count=60,
        backlog_before_count=40 if has_before else None,
        backlog_by_day=by_day,
    )
    return {card.key: card for card in headlines(frames)}


def test_each_card_has_the_period_before_beside_it():
    shown = {key: (card.value, card.delta, card.before) for key, card in cards(figures()).items()}
    assert shown == {
        "first_reply": ("1 h 30 min", "-50 %", "before 3 h"),
        "full_resolution": ("1 h 30 min", "-50 %", "before 3 h"),
        "attainment": ("92.4 %", "+2.4 pts", "before 90.0 % (9 of 10)"),
        "auto_approved": ("28.1 %", "-8.2 pts", "before 36.4 % (8 of 22)"),
        "backlog": ("60", "+50 %", "before 40"),
    }


def test_part_and_whole_stand_together():
    shown = {key: card.foot for key, card in cards(figures()).items()}
    assert shown == {
        "first_reply": "90 % within 1 d · n 250, 19 still wait",
        "full_resolution": "resolved 92.4 % (231 of 250)",
        "attainment": "231 of 250 · 5 running, 2 paused",
        "auto_approved": "9 of 32 decided claims",
        "backlog": "250 new tickets, before 500",
    }


def test_a_quantile_that_is_not_reached_says_so():
    card = cards(figures(kaplan_meier_median_seconds=float("nan")), p90_seconds=None)["first_reply"]
    assert (card.value, card.delta) == ("not reached", "")
    assert card.foot == "90 % within not reached · n 250, 19 still wait"


def test_who_was_closed_without_a_reply_waits_no_more():
    foots = [cards(figures(), unanswered=counts)["first_reply"].foot for counts in ((15, 4), (1, 1), (0, 19))]
    assert foots == [
        "90 % within 1 d · n 250, 15 still wait, 4 closed without a reply",
        "90 % within 1 d · n 250, 1 still waits, 1 closed without a reply",
        "90 % within 1 d · n 250, 0 still wait, 19 closed without a reply",
    ]


def test_no_data_is_a_dash():
    nothing = figures(tickets_count=0, reached_count=0, censored_count=0)
    nothing["kaplan_meier_median_seconds"] = None
    shown = cards(nothing, met=0, decisions=0)
    keys = ("first_reply", "full_resolution", "attainment", "auto_approved")
    assert [shown[key].value for key in keys] == ["—"] * 4
    assert [shown[key].foot for key in keys] == [
        "n 0",
        "resolved —",
        "none due · 5 running, 2 paused",
        "no claim was decided",
    ]


def test_without_a_period_before_nothing_stands_beside():
    frame = figures()
    frame[[column for column in frame if column.startswith("previous_")]] = None
    shown = cards(frame, has_before=False)
    assert {(card.delta, card.before) for card in shown.values()} == {("", "")}
    assert shown["backlog"].foot == "250 new tickets"


def test_the_course_keeps_its_gaps_and_adds_up():
    shown = cards(figures())
    assert shown["first_reply"].course == (1.0, None)
    assert shown["attainment"].course == (0.75, None)
    assert shown["auto_approved"].course == (0.25,)
    assert shown["backlog"].course == (3.0, 4.0)


def test_a_share_that_did_not_move_says_so():
    assert (points(0.5, 0.5), points(0.5, None)) == ("0 pts", "")


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [(110, 100, "+10 %"), (90, 100, "-10 %"), (100.4, 100, "0 %"), (1, 0, ""), (None, 1, ""), (1, float("nan"), "")],
)
def test_a_change_is_in_percent_of_what_was(now, before, text):
    assert change(now, before) == text


def test_no_ticket_no_kaplan_meier():
    assert kaplan_meier_text({"kaplan_meier_median_seconds": None, "tickets_count": 0}) == "—"


def test_every_card_leads_to_a_definition_that_the_page_quotes():
    assert {heading for card in cards(figures()).values() for heading in card.defined_by} <= set(view.DEFINITIONS)
