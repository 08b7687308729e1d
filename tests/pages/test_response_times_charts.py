"""The figures of response times say what their frames say."""

import math

import pandas as pd

from pages.response_times import backlog, charts
from pages.shared.colours import LIGHT

BINS = pd.DataFrame(
    {
        "from_seconds": [900.0, 3600.0],
        "to_seconds": [3600.0, 14400.0],
        "reached_count": [3, 5],
        "running_count": [0, 2],
    }
)


def parts():
    return [
        charts.Part(column="reached_count", name="Replied to", colour="#111111", behind="lasted:first_reply"),
        charts.Part(column="running_count", name="Still waiting", colour="#222222"),
    ]


def test_the_distribution_stacks_its_parts():
    figure = charts.distribution(BINS, parts(), {"Median": 3600.0, "90 % within": 7200.0}, LIGHT)
    assert [(bar.name, list(bar.y)) for bar in figure.data] == [("Replied to", [3, 5]), ("Still waiting", [0, 2])]
    assert [tuple(said) for said in figure.data[0].customdata] == [
        ("15 min to 1 h", "lasted:first_reply:900.0:3600.0:"),
        ("1 h to 4 h", "lasted:first_reply:3600.0:14400.0:"),
    ]
    assert [said[-1] for said in figure.data[1].customdata] == ["", ""]
    assert figure.layout.barmode == "stack"


def test_the_distribution_marks_the_quantiles_that_are_known():
    figure = charts.distribution(BINS, parts(), {"Median": 3600.0, "90 % within": None}, LIGHT)
    assert [mark.x0 for mark in figure.layout.shapes] == [math.log10(3600)]
    assert [mark.text for mark in figure.layout.annotations] == ["Median <b>1 h</b>"]


def test_a_bar_is_as_wide_as_its_bin_on_the_log_axis():
    figure = charts.distribution(BINS, parts(), {}, LIGHT)
    assert list(figure.data[0].x) == [
        (math.log10(low) + math.log10(high)) / 2 for low, high in ((900, 3600), (3600, 14_400))
    ]
    ticks = dict(zip(figure.layout.xaxis.ticktext, figure.layout.xaxis.tickvals, strict=True))
    assert [ticks[name] for name in ("15 min", "1 h", "4 h")] == [math.log10(900), math.log10(3600), math.log10(14_400)]


def test_a_median_that_is_not_reached_has_no_mark():
    frame = pd.DataFrame(
        {
            "label": ["Delay", "Quality"],
            "median_seconds": [3600.0, math.nan],
            "p90_seconds": [7200.0, math.nan],
            "kaplan_meier_median_seconds": [5400.0, math.nan],
        }
    )
    figure = charts.by_category(frame, LIGHT)
    marks = {trace.name: list(trace.customdata) for trace in figure.data}
    assert marks == {
        "90 % within": ["2 h", "—"],
        "Kaplan-Meier median": ["1 h 30 min", "—"],
        "Median": ["1 h", "—"],
    }
    assert [(bar.x0, bar.x1) for bar in figure.layout.shapes] == [(3600.0, 7200.0), (1, 1)]


def test_empty_frames_give_empty_figures():
    assert charts.distribution(BINS.iloc[:0], parts(), {}, LIGHT).data == ()


def test_the_backlog_stacks_categories_by_day():
    frame = pd.DataFrame(
        {
            "category": ["a", "a", "b", "b"],
            "label": ["Delay", "Delay", "Quality", "Quality"],
            "period_on": pd.to_datetime(["2026-11-01", "2026-11-02"] * 2),
            "tickets_count": [1, 2, 3, 4],
        }
    )
    figure = backlog.by_day(frame, {"a": "#111111", "b": "#222222"}, LIGHT)
    assert [(area.name, list(area.y), area.stackgroup, area.fillcolor) for area in figure.data] == [
        ("Delay", [1, 2], "backlog", "#111111"),
        ("Quality", [3, 4], "backlog", "#222222"),
    ]


def test_the_older_the_deeper():
    frame = pd.DataFrame({"label": ["New", "Asked"], "young_count": [4, 1], "old_count": [0, 2]})
    figure = backlog.by_age(frame, {"young_count": "under 1 d", "old_count": "over 1 d"}, LIGHT)
    assert [(bar.name, list(bar.x), bar.marker.color) for bar in figure.data] == [
        ("under 1 d", [4, 1], LIGHT.sequence[-2]),
        ("over 1 d", [0, 2], LIGHT.sequence[-1]),
    ]
