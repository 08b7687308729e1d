"""The figure and tables of issue categories say what their frames say."""

import pandas as pd

from pages.issue_categories import charts, overview, tables
from pages.issue_categories.tables import StateName, StateNames
from pages.shared.colours import LIGHT
from pages.shared.shades import css

NEW, ASKED, DONE = (
    StateName(label=name, kind=kind) for name, kind in (("New", "open"), ("Asked", "waiting"), ("Done", "done"))
)
NAMES = StateNames(
    of_category={("a", "new"): NEW, ("a", "asked"): ASKED},
    of_any={"done": DONE},  # as after a change of category: "a" has no such state
)


def test_a_median_that_is_not_reached_is_said_and_not_guessed():
    frame = pd.DataFrame(
        {
            "label": ["Delay"],
            "tickets_count": [9],
            "before_count": [None],
            "course": [[9]],
            "open_count": [8],
            "first_reply_seconds": [float("nan")],
            "first_resolution_seconds": [5_400.0],
            "one_touch_count": [0],
            "resolved_count": [1],
            "reopened_count": [0],
            "escalated_count": [0],
        }
    )
    html = overview.shown(frame).to_html()
    for text in ("not reached", "1\u00a0h\u00a030\u00a0min"):
        assert f">{text}</td>" in html


def test_a_journey_is_its_states_in_order_with_repeats_counted():
    assert (
        tables.chips([NEW, ASKED, ASKED, ASKED, DONE]) == ":green-badge[New] :yellow-badge[Asked ×3] :blue-badge[Done]"  # noqa: RUF001
    )


def test_a_journey_too_long_to_show_says_how_much_is_missing():
    assert tables.chips([NEW, ASKED] * 7).endswith(" and 2 more")


def test_journeys_have_their_share_of_all_tickets():
    frame = pd.DataFrame(
        {
            "category": ["a"],
            "category_label": ["Delay"],
            "states": [["new", "done"]],
            "tickets_count": [1_500],
            "all_tickets_count": [4_000],
            "median_seconds": [3600.0],
        }
    )
    html = tables.journeys(frame, NAMES).to_html()
    for text in ("37.5\u00a0%", "1,500", ":green-badge[New] :blue-badge[Done]", "1\u00a0h"):
        assert f">{text}</td>" in html


def test_steps_name_both_ends():
    frame = pd.DataFrame(
        {
            "category_label": ["Delay"],
            "from_category": ["a"],
            "from_state": ["new"],
            "to_category": ["a"],
            "to_state": ["asked"],
            "steps_count": [12],
            "mean_seconds": [90.0],
            "median_seconds": [60.0],
            "p90_seconds": [float("nan")],
        }
    )
    styler = tables.steps(frame, NAMES)
    assert styler.data.iloc[0].tolist()[:3] == [":green-badge[New]", ":yellow-badge[Asked]", 12]
    assert ">—</td>" in styler.to_html()


def test_the_longest_wait_is_the_deepest():
    frame = pd.DataFrame(
        {
            "label": ["New", "Asked"],
            "kind": ["open", "waiting"],
            "median_seconds": [60.0, 86_400.0],
            "p90_seconds": [120.0, float("nan")],
            "visits_count": [5, 1_000],
            "running_count": [1, 0],
        }
    )
    context = tables.waits(frame, LIGHT)._compute().ctx
    assert dict(context[1, 1]) == dict([part.split(": ") for part in css(LIGHT.sequence[-1]).split("; ")])
    assert (1, 2) not in context or context[1, 2] == []


def test_waits_of_all_categories_stand_side_by_side():
    frame = pd.DataFrame(
        {
            "category_label": ["Delay", "Delay", "Quality"],
            "label": ["New", "Asked", "New"],
            "kind": ["open", "waiting", "open"],
            "median_seconds": [60.0, 120.0, 180.0],
            "visits_count": [2, 9, 10],
        }
    )
    shown = tables.waits_by_category(frame, LIGHT).data
    assert list(shown.columns) == ["State", "Delay", "Quality"]
    assert shown["State"].tolist() == [":green-badge[New]", ":yellow-badge[Asked]"]
    assert shown["Quality"].isna().tolist() == [False, True]


def test_the_volume_stacks_categories():
    frame = pd.DataFrame(
        {
            "category": ["a", "a", "b"],
            "label": ["Delay", "Delay", "Quality"],
            "period_on": pd.to_datetime(["2026-11-09", "2026-11-16", "2026-11-16"]),
            "period_label": ["week of 9 Nov", "week of 16 Nov", "week of 16 Nov"],
            "tickets_count": [1, 2, 3],
        }
    )
    figure = charts.volume(frame, {"a": "#111111", "b": "#222222"}, LIGHT)
    assert [(bar.name, list(bar.y), bar.marker.color) for bar in figure.data] == [
        ("Delay", [1, 2], "#111111"),
        ("Quality", [3], "#222222"),
    ]
