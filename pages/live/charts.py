"""The figures of the page Live: functions from a data frame to a plotly figure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.shared import axes, formats
from pages.shared.colours import Palette
from pages.shared.texts import _

HEIGHT = 230


def backlog(frame: pd.DataFrame, zone: str, colours: Palette) -> go.Figure:
    """Open tickets at each hour's end: one row per hour, `hour_at` and `open_count`."""
    figure = go.Figure(
        go.Scatter(
            x=_hours(frame, zone),
            y=frame["open_count"],
            mode="lines",
            line={"color": colours.accent, "width": 2.2, "shape": "hv"},
            hovertemplate=_("%{x|%H:%M}: <b>%{y:,}</b> open<extra></extra>"),
        )
    )
    figure.update_layout(_layout(colours, {"showlegend": False, "yaxis": {"rangemode": "normal", "nticks": 4}}))
    return figure


def flow(frame: pd.DataFrame, zone: str, colours: Palette) -> go.Figure:
    """What came and what was resolved: one row per hour, `hour_at`, `opened_count`, `resolved_count`."""
    hours = _hours(frame, zone)
    series = (
        ("opened_count", _("Arrived"), colours.series[1]),
        ("resolved_count", _("Resolved"), colours.series[0]),
    )
    figure = go.Figure(
        [
            go.Bar(
                name=name,
                x=hours,
                y=frame[column],
                marker={"color": colour, "line": {"width": 0}},
                hovertemplate="%{x|%H:%M}, " + name + ": <b>%{y:,}</b><extra></extra>",
            )
            for column, name, colour in series
        ]
    )
    figure.update_layout(_layout(colours, {"barmode": "group", "yaxis": {"rangemode": "tozero", "nticks": 4}}))
    return figure


def _layout(colours: Palette, over: Mapping[str, Any]) -> dict[str, Any]:
    common = {"height": HEIGHT, "xaxis": {"type": "date", "tickformat": "%H:%M"}, "yaxis": {"tickformat": ",d"}}
    return axes.layout(colours, axes.merged(common, over))


def _hours(frame: pd.DataFrame, zone: str) -> list[datetime]:
    return [formats.local(at.to_pydatetime(), zone).replace(tzinfo=None) for at in frame["hour_at"]]
