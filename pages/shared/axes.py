"""Axes of durations and shares: ticks at durations that people use, whatever the range."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from pages.shared import formats

MINUTE, HOUR, DAY = formats.MINUTE, formats.HOUR, formats.DAY
ROUND_DURATIONS = (
    1,
    10,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    4 * HOUR,
    12 * HOUR,
    DAY,
    3 * DAY,
    10 * DAY,
    30 * DAY,
    90 * DAY,
    365 * DAY,
    1_000 * DAY,
    3_650 * DAY,
)


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


def duration_ticks(low: float, high: float, most: int = 8) -> list[int]:
    """At most `most` round durations, in seconds, from below `low` to above `high`."""
    inside = [tick for tick in ROUND_DURATIONS if low <= tick <= high]
    step = max(1, math.ceil(len(inside) / most))
    return inside[::step]


def duration_axis(seconds: Iterable[float | None], most: int = 8) -> dict[str, Any]:
    """A log axis that holds every duration of `seconds`, ticks at round durations."""
    low, high, ticks = _span(seconds, most)
    return {
        "type": "log",
        "range": [math.log10(low), math.log10(high)],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": _names(ticks),
    }


def decade_axis(seconds: Iterable[float | None], most: int = 8) -> dict[str, Any]:
    """The same for bars: a linear axis of log10 seconds, on which a bar has the width that its bin has."""
    low, high, ticks = _span(seconds, most)
    return {
        "type": "linear",
        "range": [math.log10(low), math.log10(high)],
        "tickmode": "array",
        "tickvals": [math.log10(tick) for tick in ticks],
        "ticktext": _names(ticks),
    }


def share_axis() -> dict[str, Any]:
    """From none to all, in percent."""
    return {"range": [0, 1.02], "tickvals": [0, 0.25, 0.5, 0.75, 1], "tickformat": ".0%"}


def _span(seconds: Iterable[float | None], most: int) -> tuple[float, float, list[int]]:
    values = reached(seconds) or [HOUR, DAY]
    low, high = max(min(values) * 0.7, 0.5), max(max(values) * 1.4, 10)
    return low, high, duration_ticks(low, high, most) or [round(math.sqrt(min(values) * max(values)))]


def _names(ticks: Iterable[int]) -> list[str]:
    return [formats.duration(tick, parts=1) for tick in ticks]
