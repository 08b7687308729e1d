"""The figures of response times say what their frames say."""

import math

import pandas as pd

from data.selection import Figure
from pages.response_times import backlog, charts
from pages.response_times.words import FIGURES
from pages.shared.colours import DARK, LIGHT

WORDS = FIGURES[Figure.FIRST_REPLY]
BINS = pd.DataFrame(
    {
        "from_seconds": [900.0, 3600.0],
        "to_seconds": [3600.0, 14400.0],
        "reached_count": [3, 5],
        "running_count": [0, 2],
    }
)
COHORTS = pd.DataFrame(
    {
        "period_on": pd.to_datetime(["2026-11-09", "2026-11-16"]),
        "period_label": ["week of 9 Nov", "week of 16 Nov"],
        "tickets_count": [10, 8],
        "reached_count": [10, 5],
        "median_seconds": [3600.0, 1800.0],
        "p90_seconds": [86_400.0, 7200.0],
    }
)


def test_the_distribution_stacks_those_answered_and_those_who_still_wait():
    figure = charts.distribution(BINS, {"Median": 3600.0, "90 % within": 7200.0}, WORDS, LIGHT)
    assert [(bar.name, list(bar.y)) for bar in figure.data] == [
        ("Replied to", [3, 5]),
        ("Without a reply, by the wait so far", [0, 2]),
    ]
    assert list(figure.data[0].customdata) == ["15 min to 1 h", "1 h to 4 h"]
    assert figure.layout.barmode == "stack"


def test_the_distribution_marks_the_quantiles_that_are_known():
    figure = charts.distribution(BINS, {"Median": 3600.0, "90 % within": None}, WORDS, LIGHT)
    assert [mark.x0 for mark in figure.layout.shapes] == [math.log10(3600)]
    assert [mark.text for mark in figure.layout.annotations] == ["Median <b>1 h</b>"]


def test_a_bar_is_as_wide_as_its_bin_on_the_log_axis():
    figure = charts.distribution(BINS, {}, WORDS, LIGHT)
    assert list(figure.data[0].x) == [
        (math.log10(low) + math.log10(high)) / 2 for low, high in ((900, 3600), (3600, 14_400))
    ]
    ticks = dict(zip(figure.layout.xaxis.ticktext, figure.layout.xaxis.tickvals, strict=True))
    assert [ticks[name] for name in ("15 min", "1 h", "4 h")] == [math.log10(900), math.log10(3600), math.log10(14_400)]


def test_a_cohort_with_somebody_waiting_is_hollow():
    median = next(line for line in charts.over_time(COHORTS, LIGHT).data if line.name == "Median")
    assert list(median.marker.color) == [LIGHT.series[0], LIGHT.page]
    assert list(median.customdata) == ["1 h · 10 of 10 tickets", "30 min · 5 of 8 tickets"]


def test_many_full_cohorts_have_no_dots():
    many = pd.concat([COHORTS.iloc[[0]]] * 60, ignore_index=True)
    assert charts.over_time(many, LIGHT).data[0].mode == "lines"


def test_the_survival_curve_is_a_staircase_from_one():
    curve = pd.DataFrame({"seconds": [60.0, 3600.0], "survival": [0.75, 0.25], "at_risk_count": [4, 2]})
    figure = charts.survival({"Quality": curve, "Nothing yet": curve.iloc[:0]}, {"Quality": "#123456"}, DARK)
    (line,) = figure.data
    assert (line.name, line.line.shape, line.line.color) == ("Quality", "hv", "#123456")
    assert list(zip(line.x, line.y, strict=True)) == [(45.0, 1.0), (60.0, 0.75), (3600.0, 0.25)]
    assert [tuple(said) for said in line.customdata] == [("45 s", 4), ("1 min", 4), ("1 h", 2)]


def test_a_long_survival_curve_keeps_its_ends():
    curve = pd.DataFrame(
        {
            "seconds": [float(second) for second in range(1, 10_001)],
            "survival": [1 - second / 20_000 for second in range(1, 10_001)],
            "at_risk_count": range(10_000, 0, -1),
        }
    )
    (line,) = charts.survival({"Quality": curve}, {"Quality": "#123456"}, LIGHT).data
    assert len(line.x) < 200
    assert (line.x[-1], line.y[-1]) == (10_000.0, 0.5)


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
    assert charts.distribution(BINS.iloc[:0], {}, WORDS, LIGHT).data[0].x.tolist() == []
    assert charts.survival({}, {}, LIGHT).data == ()


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
