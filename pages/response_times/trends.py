"""Figures over time with control limits, so that noise is not read as news: functions from a frame to a figure."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.response_times.curves import faded
from pages.shared import axes, formats
from pages.shared.colours import Palette
from pages.shared.frames import true_count
from pages.shared.texts import _, counted

HEIGHT = 280
MOST_TICKS = 5


def attainment(frame: pd.DataFrame, colours: Palette) -> go.Figure:
    """The share met by the day, week or month of the deadline.

    One row per period of a p-chart: `period_on`, `period_label`, `met_count`, `due_count`, `value`, `centre`, `low`,
    `high`, `is_signal`, `slug`.
    """
    shares = zip(frame["met_count"], frame["due_count"], strict=True)
    said = [formats.share(int(met), int(due)) for met, due in shares]
    return _chart(frame, said, {"yaxis": {"tickformat": ".0%", "range": [_floor(frame), 1.02]}}, colours)


def median(frame: pd.DataFrame, colours: Palette) -> go.Figure:
    """The median wait of those opened in each period, of an individuals chart; columns as above, without counts."""
    said = [formats.duration(value) for value in frame["value"]]
    ticks = _linear_ticks([*frame["value"].dropna(), *frame["high"].dropna()])
    names = {"tickvals": ticks, "ticktext": [formats.duration(tick, parts=1) if tick else "0" for tick in ticks]}
    return _chart(frame, said, {"yaxis": {"rangemode": "tozero", "tickmode": "array", **names}}, colours)


def news(frame: pd.DataFrame, one: str, many: str) -> str:
    """How many periods are more than chance: `2 of 13 weeks are news`; `one` and `many` name the periods' count."""
    known = true_count(frame["value"].notna())
    signals = true_count(frame["is_signal"])
    if not signals:
        return _("None of {periods} is news: what moves is within chance.").format(periods=counted(one, many, known))
    text = counted("{count} of {{periods}} is news.", "{count} of {{periods}} are news.", signals)
    return text.format(periods=counted(one, many, known))


def _chart(frame: pd.DataFrame, said: Sequence[str], over: dict[str, Any], colours: Palette) -> go.Figure:
    days = frame["period_on"]
    has_limits = frame["low"].notna() & frame["high"].notna()
    limit = {"mode": "lines", "line": {"width": 0, "shape": "hvh"}, "hoverinfo": "skip", "x": days[has_limits]}
    figure = go.Figure(
        [
            go.Scatter(y=frame["low"][has_limits], showlegend=False, **limit),
            go.Scatter(
                y=frame["high"][has_limits],
                name=_("Usual chance"),
                fill="tonexty",
                fillcolor=faded(colours.muted, 0.16),
                **limit,
            ),
            go.Scatter(
                name=_("Mean"),
                x=days,
                y=frame["centre"],
                mode="lines",
                line={"width": 1, "dash": "dot", "color": colours.muted},
                hoverinfo="skip",
            ),
            _points(frame, said, colours),
        ]
    )
    if bool(frame["is_signal"].any()):
        figure.add_trace(_key(colours))
    layout = axes.merged({"height": HEIGHT, "xaxis": axes.date_axis(days), "hovermode": "closest"}, over)
    figure.update_layout(axes.layout(colours, layout))
    return figure


def _points(frame: pd.DataFrame, said: Sequence[str], colours: Palette) -> go.Scatter:
    is_signal = frame["is_signal"].tolist()
    return go.Scatter(
        name=_("Value"),
        x=frame["period_on"],
        y=frame["value"],
        customdata=list(zip(frame["period_label"], said, frame["slug"], strict=True)),
        mode="lines+markers",
        line={"width": 2, "color": colours.series[0]},
        marker={
            "size": [11 if signal else 7 for signal in is_signal],
            "symbol": ["diamond" if signal else "circle" for signal in is_signal],
            "color": [colours.alarm if signal else colours.series[0] for signal in is_signal],
        },
        hovertemplate="%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>",
    )


def _key(colours: Palette) -> go.Scatter:
    """A mark that stands in the legend only."""
    marker = {"size": 10, "symbol": "diamond", "color": colours.alarm}
    return go.Scatter(name=_("News"), x=[None], y=[None], mode="markers", marker=marker, hoverinfo="skip")


def _floor(frame: pd.DataFrame) -> float:
    known = [*frame["value"].dropna(), *frame["low"].dropna()]
    return max(0.0, min(known, default=0.0) - 0.05)


def _linear_ticks(seconds: Sequence[float]) -> list[int]:
    """Four or five round durations from 0 to the longest, at equal distances."""
    most = max(seconds, default=0)
    steps = (
        60,
        300,
        900,
        1_800,
        3_600,
        7_200,
        14_400,
        21_600,
        43_200,
        86_400,
        172_800,
        345_600,
        604_800,
        1_209_600,
        2_592_000,
    )
    step = next((step for step in steps if most / step <= MOST_TICKS), 7_776_000)
    return [int(step * count) for count in range(int(most // step) + 1)]
