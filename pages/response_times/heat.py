"""The heat map of weekday by hour as an echarts option: plotly's gives no selection on a click."""

from typing import Any

import pandas as pd

from pages.response_times.words import WEEKDAYS
from pages.shared import behind, formats
from pages.shared.colours import Palette
from pages.shared.frames import rows
from pages.shared.texts import _, counted

HOURS = 24
HEIGHT = 300


def slugs(frame: pd.DataFrame) -> list[str]:
    """The names of what is behind the cells, in their order."""
    return [behind.name("cell", row["day_of_week"], row["hour_of_day"]) for row in rows(frame)]


def said(row: Any) -> str:  # noqa: ANN401 - a row of the heat map
    """A cell in words: `Mon 14:00 · 12 tickets · first reply 2 h`."""
    tickets = counted("{count} ticket", "{count} tickets", int(row["tickets_count"]))
    place = f"{WEEKDAYS[row['day_of_week']]} {row['hour_of_day']:02d}:00"
    seconds = row["median_first_reply_seconds"]
    reply = _("not reached") if pd.isna(seconds) else formats.duration(seconds)
    return _("{place} · {tickets} · median first reply {reply}").format(place=place, tickets=tickets, reply=reply)


def option(frame: pd.DataFrame, colours: Palette) -> dict[str, Any]:
    """One cell per weekday and hour with tickets, in the colour of its median first reply: as many in each shade.

    One row per cell: `day_of_week` (Monday is 0), `hour_of_day`, `tickets_count`, `median_first_reply_seconds`.
    """
    cells = rows(frame)
    known = sorted(row["median_first_reply_seconds"] for row in cells if pd.notna(row["median_first_reply_seconds"]))
    edges = _edges(known, len(colours.sequence))
    data = [
        {
            "value": [row["hour_of_day"], row["day_of_week"], _shade(row["median_first_reply_seconds"], edges)],
            "name": said(row),
        }
        for row in cells
    ]
    axis = {
        "type": "category",
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"color": colours.muted, "fontFamily": "Inter"},
        "splitArea": {"show": False},
    }
    return {
        "grid": {"left": 42, "right": 8, "top": 8, "bottom": 58},
        "tooltip": {"formatter": "{b}", "backgroundColor": colours.surface, "textStyle": {"color": colours.text}},
        "xAxis": {**axis, "data": [f"{hour}" for hour in range(HOURS)]},
        "yAxis": {**axis, "data": list(WEEKDAYS), "inverse": True},
        "visualMap": {
            "type": "piecewise",
            "orient": "horizontal",
            "left": 36,
            "bottom": 0,
            "itemWidth": 14,
            "itemHeight": 12,
            "textStyle": {"color": colours.muted, "fontFamily": "Inter"},
            "selectedMode": False,
            "pieces": _pieces(edges, colours),
        },
        "series": [
            {
                "type": "heatmap",
                "data": data,
                "selectedMode": "single",
                "itemStyle": {"borderColor": colours.page, "borderWidth": 2, "borderRadius": 3},
                "select": {"itemStyle": {"borderColor": colours.text, "borderWidth": 2}},
                "emphasis": {"itemStyle": {"borderColor": colours.text, "borderWidth": 1.5}},
            }
        ],
        "animation": False,
    }


def _edges(known: list[float], shades: int) -> list[float]:
    """Upper edges of all shades but the last, so that about as many cells are in each."""
    return sorted({known[(len(known) * place) // shades] for place in range(1, shades)}) if known else []


def _shade(seconds: float, edges: list[float]) -> int:
    """The number of the shade; -1 where half of them have no reply yet."""
    return -1 if pd.isna(seconds) else sum(seconds >= edge for edge in edges)


def _pieces(edges: list[float], colours: Palette) -> list[dict[str, Any]]:
    names = [_("up to {high}").format(high=formats.duration(edges[0], parts=1))] if edges else []
    names += [formats.duration(edge, parts=1) + "+" for edge in edges]
    shades = colours.sequence[-len(names) :] if names else ()
    pieces = [
        {"value": place, "label": name, "color": shade}
        for place, (name, shade) in enumerate(zip(names, shades, strict=True))
    ]
    return [{"value": -1, "label": _("not reached"), "color": colours.hairline}, *pieces]
