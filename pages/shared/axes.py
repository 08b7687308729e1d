"""Axes of durations and shares: ticks at durations that people use, whatever the range."""

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pages.shared import dates, formats
from pages.shared.colours import Palette, chart_layout
from pages.shared.texts import _

MINUTE, HOUR, DAY = 60, 3_600, 86_400
YEAR = 365 * DAY
# Round durations, those that say most first: where there is no room for all, the later ones are left out.
ROUND_DURATIONS = (
    HOUR,
    DAY,
    MINUTE,
    30 * DAY,
    1,
    YEAR,
    15 * MINUTE,
    4 * HOUR,
    7 * DAY,
    10,
    10 * YEAR,
    90 * DAY,
    5 * MINUTE,
    2 * DAY,
    12 * HOUR,
    14 * DAY,
    30 * MINUTE,
    2 * HOUR,
    30,
    2 * MINUTE,
)


def layout(colours: Palette, over: Mapping[str, Any]) -> dict[str, Any]:
    """What every figure has in common, with `over` laid on it. The legend above the plot makes itself room."""
    legend = {"x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
    common = {"legend": legend, "showlegend": True, "margin": {"t": 4, "r": 12}, "xaxis": {"tickangle": 0}}
    return merged(merged(chart_layout(colours), common), over)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with `over` laid on it, nested mappings merged."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return result


def reached(values: Iterable[float | None]) -> list[float]:
    """The durations of `values` that are there and above 0, which is all a log axis can show."""
    return [value for value in values if value is not None and math.isfinite(value) and value > 0]


def duration_ticks(low: float, high: float, most: int = 7) -> list[int]:
    """About `most` round durations, in seconds, between `low` and `high`, none too near another on a log scale."""
    gap = math.log(high / low) / (most + 1)
    ticks: list[int] = []
    for tick in ROUND_DURATIONS:
        if low <= tick <= high and all(abs(math.log(tick / other)) >= gap for other in ticks):
            ticks.append(tick)
    return sorted(ticks)


def duration_axis(seconds: Iterable[float | None], most: int = 7) -> dict[str, Any]:
    """A log axis that holds every duration of `seconds`, ticks at round durations."""
    low, high, ticks = _span(seconds, most)
    return {
        "type": "log",
        "range": [math.log10(low), math.log10(high)],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": _names(ticks),
    }


def decade_axis(seconds: Iterable[float | None], most: int = 7) -> dict[str, Any]:
    """The same for bars: a linear axis of log10 seconds, on which a bar has the width that its bin has."""
    low, high, ticks = _span(seconds, most)
    return {
        "type": "linear",
        "range": [math.log10(low), math.log10(high)],
        "tickmode": "array",
        "tickvals": [math.log10(tick) for tick in ticks],
        "ticktext": _names(ticks),
    }


def date_axis(days: Iterable[date]) -> dict[str, Any]:
    """An axis that holds every day of `days`, ticks at Mondays or at the first of months, as `dates.ticks` has it."""
    ticks = dates.ticks(list(days))
    named = {"tickmode": "array", "tickvals": list(ticks), "ticktext": list(ticks.values())}
    return {"type": "date", "hoverformat": "%-d %b %Y", **named}


def share_axis() -> dict[str, Any]:
    """From none to all, in percent."""
    return {"range": [0, 1.02], "tickvals": [0, 0.25, 0.5, 0.75, 1], "tickformat": ".0%"}


def _span(seconds: Iterable[float | None], most: int) -> tuple[float, float, list[int]]:
    values = reached(seconds) or [HOUR, DAY]
    low, high = max(min(values) * 0.7, 0.5), max(max(values) * 1.4, 10)
    return low, high, duration_ticks(low, high, most) or [round(math.sqrt(min(values) * max(values)))]


def _names(ticks: Iterable[int]) -> list[str]:
    return [
        _("{count} y").format(count=tick // YEAR) if tick >= YEAR else formats.duration(tick, parts=1) for tick in ticks
    ]
