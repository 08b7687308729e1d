"""The figures of waiting: functions from a data frame to a plotly figure. Durations are in seconds.

The backlog has figures of its own: `backlog`.
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.response_times.words import FigureWords
from pages.shared import axes, formats
from pages.shared.colours import Palette
from pages.shared.frames import where
from pages.shared.texts import _

HEIGHT = 300
ROW_HEIGHT = 38
BEFORE_FIRST_STEP = 0.75
STEPS = 250  # of a survival curve, from all to none
DENSE = 40  # more cohorts than this are drawn without a dot each


def distribution(
    frame: pd.DataFrame, quantiles: Mapping[str, float | None], words: FigureWords, colours: Palette
) -> go.Figure:
    """How many tickets waited how long.

    One row per bin: `from_seconds`, `to_seconds`, `reached_count`, `running_count` (those still waiting, by the wait
    so far). `quantiles` are marks by their name; one that is None is not drawn.
    """
    figure = go.Figure(
        [
            _bins(frame, "reached_count", words.ended, colours.series[0]),
            _bins(frame, "running_count", words.running, colours.alarm),
        ]
    )
    x_axis = axes.decade_axis([*frame["from_seconds"], *frame["to_seconds"]])
    layout = {
        "barmode": "stack",
        "xaxis": x_axis,
        "legend": {"y": 1.12},
    }
    figure.update_layout(_layout(colours, layout | _marks(quantiles, colours)))
    return figure


def _bins(frame: pd.DataFrame, column: str, name: str, colour: str) -> go.Bar:
    lows, highs = frame["from_seconds"].map(math.log10), frame["to_seconds"].map(math.log10)
    spans = [
        _("{low} to {high}").format(low=formats.duration(low), high=formats.duration(high))
        for low, high in zip(frame["from_seconds"], frame["to_seconds"], strict=True)
    ]
    return go.Bar(
        name=name,
        x=(lows + highs) / 2,
        y=frame[column],
        width=(highs - lows) * 0.92,
        customdata=spans,
        marker={"color": colour, "line": {"width": 0}},
        hovertemplate=f"%{{customdata}}<br>{name}: <b>%{{y:,}}</b><extra></extra>",
    )


def _marks(quantiles: Mapping[str, float | None], colours: Palette) -> dict[str, Any]:
    """Dotted lines with their names above; the first stands left of its line, the others right, so none overlap."""
    marks = [(name, math.log10(seconds), seconds) for name, seconds in quantiles.items() if seconds]
    line = {"color": colours.text, "width": 1.4, "dash": "dot"}
    return {
        "shapes": [
            {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line} for _n, x, _s in marks
        ],
        "annotations": [
            {
                "x": x,
                "y": 1.01,
                "yref": "paper",
                "text": f"{name} <b>{formats.duration(seconds)}</b>",
                "showarrow": False,
                "xanchor": "right" if index == 0 else "left",
                "yanchor": "bottom",
                "font": {"color": colours.text, "size": 12},
            }
            for index, (name, x, seconds) in enumerate(marks)
        ],
    }


def over_time(frame: pd.DataFrame, colours: Palette) -> go.Figure:
    """Median and 90th percentile of those reached, by the day or week in which the tickets were opened.

    One row per cohort: `period_on`, `period_label`, `tickets_count`, `reached_count`, `median_seconds`, `p90_seconds`.
    A hollow mark says that some tickets of the cohort still wait, so that its figure can only be provisional.
    """
    lines = (("p90_seconds", _("90 % within"), colours.series[1]), ("median_seconds", _("Median"), colours.series[0]))
    figure = go.Figure([_cohorts(frame, column, name, colour, colours) for column, name, colour in lines])
    figure.add_trace(_key(_("Some still wait: provisional"), colours))
    y_axis = axes.duration_axis([*frame["median_seconds"], *frame["p90_seconds"]], most=6)
    x_axis = axes.date_axis(frame["period_on"])
    figure.update_layout(_layout(colours, {"xaxis": x_axis, "yaxis": y_axis, "hovermode": "x unified"}))
    return figure


def _cohorts(frame: pd.DataFrame, column: str, name: str, colour: str, colours: Palette) -> go.Scatter:
    is_open = [
        reached < tickets for reached, tickets in zip(frame["reached_count"], frame["tickets_count"], strict=True)
    ]
    is_dense = len(frame) > DENSE
    said = [
        _("{value} · {reached:,} of {tickets:,} tickets").format(
            value=formats.duration(value), reached=reached, tickets=tickets
        )
        for value, reached, tickets in zip(frame[column], frame["reached_count"], frame["tickets_count"], strict=True)
    ]
    return go.Scatter(
        name=name,
        x=frame["period_on"],
        y=frame[column],
        customdata=said,
        mode="lines" if is_dense and not any(is_open) else "lines+markers",
        line={"color": colour, "width": 2},
        marker={
            "size": [7 if open_ else 0 if is_dense else 5 for open_ in is_open],
            "color": [colours.page if open_ else colour for open_ in is_open],
            "line": {"color": colour, "width": 1.5},
        },
        hovertemplate=f"{name}: <b>%{{customdata}}</b><extra></extra>",
    )


def _key(name: str, colours: Palette) -> go.Scatter:
    """A mark that stands in the legend only."""
    marker = {"size": 7, "color": colours.page, "line": {"color": colours.muted, "width": 1.5}}
    return go.Scatter(name=name, x=[None], y=[None], mode="markers", marker=marker, hoverinfo="skip")


def survival(curves: Mapping[str, pd.DataFrame], series: Mapping[str, str], colours: Palette) -> go.Figure:
    """Kaplan-Meier: the share of tickets that still wait after a time, one line per name of `curves` in its colour.

    A curve has one row per step, in the order of the time: `seconds`, `survival`, `at_risk_count`.
    """
    drawn = {name: _thinned(curve) for name, curve in curves.items() if len(curve)}
    figure = go.Figure(
        [
            go.Scatter(
                name=name,
                x=curve["seconds"],
                y=curve["survival"],
                customdata=list(zip(curve["seconds"].map(formats.duration), curve["at_risk_count"], strict=True)),
                mode="lines",
                line={"shape": "hv", "width": 2, "color": series[name]},
                hovertemplate=name
                + _(
                    "<br><b>%{y:.1%}</b> still wait after %{customdata[0]}<br>%{customdata[1]:,} at risk<extra></extra>"
                ),
            )
            for name, curve in drawn.items()
        ]
    )
    half = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5}
    half["line"] = {"color": colours.muted, "width": 1, "dash": "dot"}
    x_axis = axes.duration_axis([seconds for curve in drawn.values() for seconds in curve["seconds"]])
    layout = {"xaxis": x_axis, "yaxis": axes.share_axis(), "shapes": [half], "showlegend": True}
    figure.update_layout(_layout(colours, layout))
    return figure


def _thinned(curve: pd.DataFrame) -> pd.DataFrame:
    """The curve with the steps that a screen can show. A log axis has no 0: the curve begins before its first step."""
    seconds = curve["seconds"].clip(lower=1)
    start = curve.head(1).assign(seconds=seconds.iloc[0] * BEFORE_FIRST_STEP, survival=1.0)
    whole = pd.concat([start, curve.assign(seconds=seconds)], ignore_index=True)
    level = (whole["survival"] * STEPS).round()
    return where(whole, (level != level.shift()) | (whole.index == len(whole) - 1))


def by_category(frame: pd.DataFrame, colours: Palette) -> go.Figure:
    """From median to 90th percentile, and the Kaplan-Meier median, one row per category, first on top.

    Columns: `label`, `median_seconds`, `p90_seconds`, `kaplan_meier_median_seconds`; None where not reached.
    """
    marks = (
        ("p90_seconds", _("90 % within"), {"color": colours.series[1], "size": 11}),
        ("kaplan_meier_median_seconds", _("Kaplan-Meier median"), _diamond(colours)),
        ("median_seconds", _("Median"), {"color": colours.series[0], "size": 11}),
    )
    figure = go.Figure(
        [
            go.Scatter(
                name=name,
                x=frame[column],
                y=frame["label"],
                customdata=frame[column].map(formats.duration),
                mode="markers",
                marker=marker,
                hovertemplate=f"%{{y}}<br>{name}: <b>%{{customdata}}</b><extra></extra>",
            )
            for column, name, marker in marks
        ]
    )
    values = [value for column, _name, _marker in marks for value in frame[column]]
    layout = {
        "xaxis": axes.duration_axis(values, most=6),
        "yaxis": {"autorange": "reversed", "showgrid": False, "ticks": ""},
        "shapes": [_bar(row, index, colours) for index, row in enumerate(frame.to_dict("records"))],
        "height": 110 + ROW_HEIGHT * max(len(frame), 1),
    }
    figure.update_layout(_layout(colours, layout))
    return figure


def _diamond(colours: Palette) -> dict[str, Any]:
    return {"color": colours.page, "size": 10, "symbol": "diamond", "line": {"color": colours.text, "width": 1.6}}


def _bar(row: Mapping[Any, Any], index: int, colours: Palette) -> dict[str, Any]:
    ends = axes.reached([row["median_seconds"], row["p90_seconds"]]) or [1]
    line = {"color": colours.hairline, "width": 6}
    return {"type": "line", "layer": "below", "x0": ends[0], "x1": ends[-1], "y0": index, "y1": index, "line": line}


def _layout(colours: Palette, over: Mapping[str, Any]) -> dict[str, Any]:
    return axes.layout(colours, {"height": HEIGHT, **over})
