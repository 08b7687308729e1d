"""The strip of what is due: a function from a data frame to a plotly figure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pandas as pd
import plotly.graph_objects as go

from pages.shared import axes, formats
from pages.shared.colours import Palette
from pages.shared.frames import where
from pages.shared.texts import _

HEIGHT = 230
MOST_NAMES = 6  # consequences with a colour of their own
OTHER = _("other")


def strip(
    frame: pd.DataFrame, width: timedelta, span: tuple[datetime, datetime], zone: str, colours: Palette
) -> go.Figure:
    """How many deadlines fall into each slot of `width` of `span`, stacked by what happens then.

    One row per deadline: `due_at`, `name`, `is_first` (drawn at the bottom, in the alarm colour). Slots are cut on
    naive UTC and shown on the clock of `zone`; each bar carries its slot's first instant.
    """
    floored = frame.assign(slot=frame["due_at"].dt.floor(width), name=_grouped(frame))
    counts = floored.groupby(["is_first", "name", "slot"], sort=False).size().reset_index(name="count")
    figure = go.Figure()
    hues = iter([hue for place, hue in enumerate(colours.series) if place not in {1, len(colours.series) - 1}])
    for is_first, name in _order(counts):
        bars = where(counts, (counts["name"] == name) & (counts["is_first"] == is_first))
        at = [slot.to_pydatetime() for slot in bars["slot"]]
        figure.add_trace(
            go.Bar(
                name=name,
                x=[_local(slot, zone) + width / 2 for slot in at],
                y=bars["count"],
                width=width.total_seconds() * 900,  # milliseconds: nine tenths of the slot
                customdata=[(slot.isoformat(), formats.short_instant(slot, zone)) for slot in at],
                marker={"color": _colour(name, hues, colours, is_first=is_first), "line": {"width": 0}},
                hovertemplate=_("%{customdata[1]}, {name}: <b>%{y:,}</b><extra></extra>").replace("{name}", name),
            )
        )
    begin, end = (_local(at, zone) for at in span)
    layout = {
        "barmode": "stack",
        "height": HEIGHT,
        "xaxis": {"type": "date", "range": [begin - width / 2, end + width / 2], "tickformat": "%H:%M\n%-d %b"},
        "yaxis": {"rangemode": "tozero", "tickformat": ",d", "nticks": 4},
    }
    figure.update_layout(axes.layout(colours, layout))
    return figure


def _colour(name: str, hues: Iterator[str], colours: Palette, *, is_first: bool) -> str:
    if name == OTHER:
        return colours.muted
    return colours.alarm if is_first else next(hues)


def _grouped(frame: pd.DataFrame) -> list[str]:
    """The names; those that occur least are one."""
    first = set(where(frame, frame["is_first"])["name"])
    frequent = [name for name in frame["name"].value_counts().index if name not in first][:MOST_NAMES]
    kept = first | set(frequent)
    return [name if name in kept else OTHER for name in frame["name"]]


def _order(counts: pd.DataFrame) -> list[tuple[bool, str]]:
    sums = counts.groupby(["is_first", "name"])["count"].sum()
    rows = [(bool(is_first), str(name), int(count)) for (is_first, name), count in sums.items()]
    rows.sort(key=lambda row: (not row[0], row[1] == OTHER, -row[2], row[1]))
    return [(is_first, name) for is_first, name, _count in rows]


def _local(at: datetime, zone: str) -> datetime:
    return formats.local(at, zone).replace(tzinfo=None)
