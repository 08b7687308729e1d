"""The figures of issue categories: functions from a data frame to a plotly figure."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from pages.shared import axes
from pages.shared.colours import Palette

HEIGHT = 320


def volume(frame: pd.DataFrame, series: Mapping[str, str], colours: Palette) -> go.Figure:
    """New tickets by day, week or month, stacked by category in the colours of `series`.

    One row per category and cohort: `category`, `label`, `period_on`, `period_label`, `tickets_count`.
    """
    figure = go.Figure(
        [
            go.Bar(
                name=rows["label"].iloc[0],
                x=rows["period_on"],
                y=rows["tickets_count"],
                customdata=rows["period_label"],
                marker={"color": series.get(str(category), colours.muted), "line": {"width": 0}},
                hovertemplate=f"{rows['label'].iloc[0]}, %{{customdata}}: <b>%{{y:,}}</b><extra></extra>",
            )
            for category, rows in frame.groupby("category", sort=False)
        ]
    )
    layout = {
        "barmode": "stack",
        "bargap": 0.15,
        "xaxis": axes.date_axis(frame["period_on"]),
        "height": HEIGHT,
        "yaxis": {"tickformat": ",d", "rangemode": "tozero"},
    }
    figure.update_layout(axes.layout(colours, layout))
    return figure
