"""The figures of issue categories: functions from a data frame to a plotly figure."""

import pandas as pd
import plotly.graph_objects as go

from pages.shared import axes
from pages.shared.colours import Palette, chart_layout

HEIGHT = 320


def volume(frame: pd.DataFrame, colours: Palette) -> go.Figure:
    """New tickets by day, week or month, stacked by category.

    One row per category and cohort: `category`, `label`, `cohort_at`, `cohort_label`, `tickets_count`.
    """
    figure = go.Figure(
        [
            go.Bar(
                name=rows["label"].iloc[0],
                x=rows["cohort_at"],
                y=rows["tickets_count"],
                customdata=rows["cohort_label"],
                marker={"color": colours.series[index % len(colours.series)], "line": {"width": 0}},
                hovertemplate=f"{rows['label'].iloc[0]}, %{{customdata}}: <b>%{{y:,}}</b><extra></extra>",
            )
            for index, (_category, rows) in enumerate(frame.groupby("category", sort=False))
        ]
    )
    layout = {
        "barmode": "stack",
        "bargap": 0.15,
        "height": HEIGHT,
        "margin": {"t": 34},
        "yaxis": {"tickformat": ",d", "rangemode": "tozero"},
        "legend": {"y": 1, "yanchor": "bottom", "traceorder": "normal"},
        "showlegend": True,
    }
    figure.update_layout(axes.merged(chart_layout(colours), layout))
    return figure
