"""The figures of the backlog: functions from a data frame to a plotly figure."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.shared import axes, behind
from pages.shared.colours import Palette
from pages.shared.texts import _

HEIGHT = 300
ROW_HEIGHT = 28


def by_day(frame: pd.DataFrame, series: Mapping[str, str], colours: Palette) -> go.Figure:
    """Unresolved tickets at each day's end, stacked by category in the colours of `series`.

    One row per category and day: `category`, `label`, `period_on`, `tickets_count`.
    """
    figure = go.Figure()
    for category, days in frame.groupby("category", sort=False):
        colour = series.get(str(category), colours.muted)
        name = days["label"].iloc[0]
        figure.add_trace(
            go.Scatter(
                name=name,
                x=days["period_on"],
                y=days["tickets_count"],
                mode="lines",
                stackgroup="backlog",
                line={"width": 1, "color": colour, "shape": "hvh"},
                fillcolor=colour,
                hovertemplate=f"{name}: <b>%{{y:,}}</b><extra></extra>",
            )
        )
    layout = {
        "hovermode": "x unified",
        "xaxis": axes.date_axis(frame["period_on"]),
        "yaxis": {"rangemode": "tozero", "tickformat": ",d"},
    }
    figure.update_layout(_layout(colours, layout))
    return figure


def by_age(
    frame: pd.DataFrame,
    ages: Mapping[str, str],
    colours: Palette,
    edges: Mapping[str, tuple[float, float]] | None = None,
) -> go.Figure:
    """What waits now: one bar per row of `frame` (`label`), split by age. `ages` names the columns of counts.

    With `edges` (seconds of each age) and a column `state` a bar leads to its tickets.

    An age of which nothing waits is left out; the older the deeper the shade.
    """
    shades = colours.sequence[-len(ages) :]
    figure = go.Figure(
        [
            go.Bar(
                name=name,
                y=frame["label"],
                x=frame[column],
                orientation="h",
                marker={"color": shade, "line": {"width": 0}},
                customdata=[(behind.name("open", *edges[column], state),) for state in frame["state"]]
                if edges
                else None,
                hovertemplate=_("%{{y}}, {age}: <b>%{{x:,}}</b>").format(age=name) + "<extra></extra>",
            )
            for (column, name), shade in zip(ages.items(), shades, strict=True)
            if max(frame[column], default=0)
        ]
    )
    layout = {
        "barmode": "stack",
        "xaxis": {"showgrid": True, "gridcolor": colours.hairline, "tickformat": ",d"},
        "yaxis": {"autorange": "reversed", "showgrid": False},
        "height": 90 + ROW_HEIGHT * max(len(frame), 1),
    }
    figure.update_layout(_layout(colours, layout))
    return figure


def _layout(colours: Palette, over: Mapping[str, Any]) -> dict[str, Any]:
    return axes.layout(colours, {"height": HEIGHT, **over})
