"""The figures of promises kept and missed: functions from a data frame to a plotly figure."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.response_times.words import target_name
from pages.shared import axes, behind, formats
from pages.shared.colours import Palette
from pages.shared.frames import rows
from pages.shared.texts import _

ROW_HEIGHT = 46
HEIGHT = 280


def by_kind(frame: pd.DataFrame, colours: Palette) -> go.Figure:
    """A bar of the share met per kind of target, on a track of all that were due, with its 95 % interval.

    One row per kind: `target_kind`, `met_count`, `missed_count`, `share`, `low`, `high`; the share of none due is NaN.
    """
    kinds = [row for row in rows(frame) if row["met_count"] + row["missed_count"]]
    names = [target_name(row["target_kind"]) for row in kinds]
    shares = [row["share"] for row in kinds]
    met = go.Bar(
        name=_("Met"),
        y=names,
        x=shares,
        orientation="h",
        width=0.42,
        marker={"color": colours.series[0], "line": {"width": 0}},
        error_x={
            "type": "data",
            "array": [row["high"] - row["share"] for row in kinds],
            "arrayminus": [row["share"] - row["low"] for row in kinds],
            "color": colours.text,
            "thickness": 1.4,
            "width": 4,
        },
        customdata=[(_said(row), behind.name("due", "met", row["target_kind"])) for row in kinds],
        hovertemplate="%{y}<br>" + _("Met") + ": <b>%{customdata[0]}</b><extra></extra>",
    )
    missed = go.Bar(
        name=_("Missed"),
        y=names,
        x=[1 - share for share in shares],
        base=shares,
        orientation="h",
        width=0.42,
        marker={"color": colours.alarm, "line": {"width": 0}, "opacity": 0.55},
        customdata=[(row["missed_count"], behind.name("due", "late", row["target_kind"])) for row in kinds],
        hovertemplate="%{y}<br>" + _("Missed") + ": <b>%{customdata[0]:,}</b><extra></extra>",
    )
    layout = {
        "barmode": "overlay",
        "xaxis": axes.share_axis() | {"tickfont": {"color": colours.muted}},
        "yaxis": {"autorange": "reversed", "showgrid": False},
        "height": 80 + ROW_HEIGHT * max(len(kinds), 1),
        "annotations": [_label(row, name, colours) for row, name in zip(kinds, names, strict=True)],
    }
    figure = go.Figure([met, missed])
    figure.update_layout(axes.layout(colours, layout))
    return figure


def _label(row: Mapping[str, Any], name: str, colours: Palette) -> dict[str, Any]:
    return {
        "x": 0,
        "y": name,
        "yshift": 17,
        "text": f"<b>{_said(row)}</b>",
        "showarrow": False,
        "xanchor": "left",
        "font": {"size": 11, "color": colours.text},
    }


def _said(row: Mapping[str, Any]) -> str:
    return formats.share(int(row["met_count"]), int(row["met_count"] + row["missed_count"]))
