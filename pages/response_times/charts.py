"""The figures of waiting: functions from a data frame to a plotly figure. Durations are in seconds.

The backlog has figures of its own: `backlog`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.shared import axes, behind, formats
from pages.shared.colours import Palette
from pages.shared.frames import total
from pages.shared.texts import _

HEIGHT = 300
ROW_HEIGHT = 38


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One colour of the distribution: which `column` of counts, what it is called, and the name of what is behind it.

    `behind` are the words before the bin's edges; empty leads nowhere.
    """

    column: str
    name: str
    colour: str
    behind: str = ""


def distribution(
    frame: pd.DataFrame,
    parts: Sequence[Part],
    quantiles: Mapping[str, float | None],
    colours: Palette,
    *,
    after: str = "",
) -> go.Figure:
    """How many waited how long: bars stacked of `parts`.

    One row per bin: `from_seconds`, `to_seconds` and the counts of the parts. `quantiles` are marks by their name; one
    that is None is not drawn. A part that counts nothing is left out. `after` ends the names of what is behind a bin.
    """
    figure = go.Figure([_bins(frame, part, after) for part in parts if total(frame, part.column)])
    layout = {
        "barmode": "stack",
        "xaxis": axes.decade_axis([*frame["from_seconds"], *frame["to_seconds"]]),
        "legend": {"y": 1.12},
    }
    figure.update_layout(_layout(colours, layout | _marks(quantiles, colours)))
    return figure


def _bins(frame: pd.DataFrame, part: Part, after: str) -> go.Bar:
    lows, highs = frame["from_seconds"].map(math.log10), frame["to_seconds"].map(math.log10)
    edges = list(zip(frame["from_seconds"], frame["to_seconds"], strict=True))
    spans = [_("{low} to {high}").format(low=formats.duration(low), high=formats.duration(high)) for low, high in edges]
    slugs = [behind.name(part.behind, low, high, after) if part.behind else "" for low, high in edges]
    return go.Bar(
        name=part.name,
        x=(lows + highs) / 2,
        y=frame[part.column],
        width=(highs - lows) * 0.92,
        customdata=list(zip(spans, slugs, strict=True)),
        marker={"color": part.colour, "line": {"width": 0}},
        hovertemplate=f"%{{customdata[0]}}<br>{part.name}: <b>%{{y:,}}</b><extra></extra>",
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
