"""Curves, trends, promises and the heat map of response times say what their frames say."""

import math

import numpy as np
import pandas as pd
import pytest

from data.durations import SECOND
from data.statistics.control_charts import p_chart
from data.statistics.incidence import aalen_johansen
from data.statistics.survival import kaplan_meier
from pages.response_times import curves, heat, promises, trends
from pages.shared import behind
from pages.shared.colours import DARK, LIGHT

HOUR = 3600
PERIODS = pd.DataFrame(
    {
        "period_on": pd.to_datetime(["2026-11-02", "2026-11-09", "2026-11-16"]),
        "period_label": ["first", "second", "third"],
        "met_count": [90, 92, 40],
        "due_count": [100, 100, 100],
        "slug": ["due_in:2026-11-02:", "due_in:2026-11-09:", "due_in:2026-11-16:"],
    }
)


def curve(hours, is_ended):
    return kaplan_meier(np.array(hours) * HOUR * SECOND, np.array(is_ended, dtype=bool))


def drawn(colours=LIGHT):
    waited = curve([1, 2, 3, 4], [1, 1, 0, 1])
    line = curves.Line.waiting(waited, "Quality", "#123456", curves.longer("first_reply", "quality"))
    counts = curves.at_risk_of({"Quality": waited}, curves.ticks_of([line]))
    return curves.figure_of([line], "still wait", counts, colours)


def test_a_curve_is_a_staircase_from_one_with_its_band():
    low, high, line, _at_risk = drawn().data
    assert (line.name, line.line.shape, line.line.color) == ("Quality", "hv", "#123456")
    assert list(zip(line.x, line.y, strict=True)) == [(2700.0, 1.0), (3600.0, 0.75), (7200.0, 0.5), (14_400.0, 0.0)]
    assert (high.fill, high.fillcolor, list(high.x)) == ("tonexty", "rgba(18,52,86,0.18)", [3600.0, 7200.0])
    assert all(below < above for below, above in zip(low.y, high.y, strict=True))


def test_a_step_leads_to_those_who_took_longer():
    line = drawn().data[2]
    assert [said[-1] for said in line.customdata][:2] == [
        "lasted:first_reply:2700.0:inf:quality",
        "lasted:first_reply:3600.0:inf:quality",
    ]


def test_who_is_at_risk_stands_below_the_axis():
    figure = drawn(DARK)
    at_risk = figure.data[3]
    assert dict(zip(at_risk.x, at_risk.text, strict=True))[HOUR] == "4"
    assert dict(zip(at_risk.x, at_risk.text, strict=True))[4 * HOUR] == "1"
    assert figure.layout.annotations[0].text == "At risk"


def test_a_long_curve_keeps_its_ends():
    many = kaplan_meier(np.arange(1, 10_001) * SECOND, np.arange(1, 10_001) <= 5_000)
    line = curves.Line.waiting(many, "Quality", "#123456", "")
    assert len(line.seconds) < 200
    assert (line.seconds[-1], line.shares[-1]) == (5_000.0, pytest.approx(0.5))


def test_shares_that_ended_begin_at_nothing_and_have_nobody_at_risk_below():
    by_end = aalen_johansen(np.array([1, 2, 3, 4]) * HOUR * SECOND, [1, 2, 1, 0], among=(1, 2))
    lines = [curves.Line.ended(by_end[1], "Resolved", "#111111"), curves.Line.ended(by_end[2], "Otherwise", "#222222")]
    figure = curves.figure_of(lines, "ended so", {}, LIGHT)
    resolved = next(trace for trace in figure.data if trace.name == "Resolved" and trace.mode == "lines+markers")
    assert (resolved.y[0], resolved.y[-1]) == (0.0, 0.5)
    assert figure.layout.annotations == ()


def test_nothing_gives_an_empty_figure():
    assert curves.figure_of([], "still wait", {}, LIGHT).data == ()


def test_a_period_beyond_its_limits_is_marked_and_said():
    frame = p_chart(PERIODS, hits="met_count", counts="due_count")
    figure = trends.attainment(frame, LIGHT)
    points = next(trace for trace in figure.data if trace.name == "Value")
    assert list(points.marker.symbol) == ["diamond", "diamond", "diamond"]
    assert list(points.customdata[2][1:]) == ["40.0 % (40 of 100)", "due_in:2026-11-16:"]
    assert trends.news(frame, "{count} week", "{count} weeks") == "3 of 3 weeks are news."


def test_what_is_within_chance_is_not_news():
    frame = p_chart(PERIODS.assign(met_count=[90, 92, 91]), hits="met_count", counts="due_count")
    assert "News" not in {trace.name for trace in trends.attainment(frame, LIGHT).data}
    assert trends.news(frame, "{count} week", "{count} weeks") == (
        "None of 3 weeks is news: what moves is within chance."
    )


def test_a_median_over_time_has_round_durations_beside_it():
    limits = {"value": [HOUR, 2 * HOUR, math.nan], "low": [0.0] * 2 + [math.nan], "high": [3.0 * HOUR] * 2 + [math.nan]}
    frame = PERIODS.assign(centre=1.5 * HOUR, is_signal=False, **limits)
    figure = trends.median(frame, DARK)
    assert list(figure.layout.yaxis.ticktext) == ["0", "1 h", "2 h", "3 h"]
    assert [len(trace.x) for trace in figure.data[:2]] == [2, 2]


def test_a_promise_is_part_and_whole_and_leads_to_what_was_missed():
    frame = pd.DataFrame(
        {
            "target_kind": ["first_reply", "next_reply"],
            "met_count": [3, 0],
            "missed_count": [1, 0],
            "share": [0.75, math.nan],
            "low": [0.3, math.nan],
            "high": [0.95, math.nan],
        }
    )
    met, missed = promises.by_kind(frame, LIGHT).data
    assert list(met.y) == ["First reply"]
    assert [tuple(said) for said in met.customdata] == [("75.0 % (3 of 4)", "due:met:first_reply")]
    assert missed.customdata[0][-1] == "due:late:first_reply"
    assert list(missed.x) == [0.25]


CELLS = pd.DataFrame(
    {
        "day_of_week": [0, 2, 6],
        "hour_of_day": [9, 14, 23],
        "tickets_count": [1, 12, 3],
        "reached_count": [0, 12, 3],
        "median_first_reply_seconds": [math.nan, 600.0, 7200.0],
    }
)


def test_a_cell_says_what_it_is_and_leads_there():
    assert heat.slugs(CELLS) == ["cell:0:9", "cell:2:14", "cell:6:23"]
    assert heat.said(CELLS.to_dict("records")[1]) == "Wed 14:00 · 12 tickets · median first reply 10 min"


def test_a_longer_wait_has_a_deeper_shade_and_no_reply_none():
    data = heat.option(CELLS, LIGHT)["series"][0]["data"]
    assert [cell["value"][:2] for cell in data] == [[9, 0], [14, 2], [23, 6]]
    shades = [cell["value"][2] for cell in data]
    assert shades[0] == -1
    assert shades[1] < shades[2]


def test_an_hour_without_any_reply_draws_all_the_same():
    pieces = heat.option(CELLS.iloc[:1], LIGHT)["visualMap"]["pieces"]
    assert [piece["label"] for piece in pieces] == ["not reached"]


def test_a_name_keeps_its_words():
    assert behind.name("due", "late", "", "agent", "a:b") == "due:late::agent:a:b"
