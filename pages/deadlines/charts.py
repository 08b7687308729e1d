"""The strip of what is due: a function from a data frame to a plotly figure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

import pandas as pd
import plotly.graph_objects as go

from pages.shared import axes, formats
from pages.shared.colours import Palette
from pages.shared.texts import _

HEIGHT = 230
MOST_NAMES = 6  # consequences with a colour of their own
OTHER = _("other")
Key: TypeAlias = tuple[bool, str, datetime]  # whether it is decided for us, the consequence, the slot


def strip(
    frame: pd.DataFrame, width: timedelta, span: tuple[datetime, datetime], zone: str, colours: Palette
) -> go.Figure:
    """How many deadlines fall into each slot of `width` of `span`, stacked by what happens then.

    One row per deadline: `due_at`, `name`, `is_first` (drawn at the bottom, in the alarm colour). Slots are cut on
    naive UTC and shown on the clock of `zone`; each bar carries its slot's first instant.
    """
    slots = [at.floor(width).to_pydatetime() for at in frame["due_at"]]
    counts = Counter(zip(frame["is_first"], _grouped(frame), slots, strict=True))
    figure = go.Figure()
    hues = iter([hue for place, hue in enumerate(colours.series) if place not in {1, len(colours.series) - 1}])
    for is_first, name in _order(counts):
        at = sorted(slot for first, called, slot in counts if (first, called) == (is_first, name))
        figure.add_trace(
            go.Bar(
                name=name,
                x=[_local(slot, zone) + width / 2 for slot in at],
                y=[counts[is_first, name, slot] for slot in at],
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
    pairs = list(zip(frame["is_first"], frame["name"], strict=True))
    frequent = Counter(name for is_first, name in pairs if not is_first).most_common(MOST_NAMES)
    kept = {name for name, _count in frequent}
    return [name if is_first or name in kept else OTHER for is_first, name in pairs]


def _order(counts: Mapping[Key, int]) -> list[tuple[bool, str]]:
    """What is decided for us, then the most frequent; the others together are last."""
    sums: Counter[tuple[bool, str]] = Counter()
    for (is_first, name, _slot), count in counts.items():
        sums[is_first, name] += count
    return sorted(sums, key=lambda key: (not key[0], key[1] == OTHER, -sums[key], key[1]))


def _local(at: datetime, zone: str) -> datetime:
    return formats.local(at, zone).replace(tzinfo=None)
