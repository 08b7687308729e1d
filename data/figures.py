"""The figures of the whole desk and of each lifecycle in one document, as `metrics --json` prints them.

docs/metrics.md describes every key. Puts together what `Metrics` answers; computes nothing of its own but sums.
"""

import math
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from data.durations import Durations, figures, spread
from data.metrics import Metrics
from data.selection import Figure, Selection

EDGES_COUNT = 10
_STATE_COLUMNS = (
    "category",
    "state",
    "kind",
    "visits_count",
    "finished_count",
    "running_count",
    "mean_seconds",
    "median_seconds",
)
_EDGE_COLUMNS = (
    "from_category",
    "from_state",
    "to_category",
    "to_state",
    "steps_count",
    "mean_seconds",
    "median_seconds",
)


def desk_figures(metrics: Metrics, *, now: datetime, as_of: datetime | None = None) -> dict[str, Any]:
    """All published figures at full precision, as of `as_of` (events before it count), else as of `now`."""
    everything = Selection(horizon_at=as_of or now)
    tickets = metrics.durations(everything)
    lifecycles = {
        str(category): _section(metrics, replace(everything, categories=(str(category),)), group)
        for category, group in tickets.groupby("category", sort=True)
    }
    return {
        "as_of": _written(as_of) if as_of else None,
        "horizon_at": _written(everything.horizon_at),
        "desk": _section(metrics, everything, tickets),
        "lifecycles": lifecycles,
    }


def _section(metrics: Metrics, selection: Selection, tickets: pd.DataFrame) -> dict[str, Any]:
    durations = {figure.value: Durations.of(tickets, f"{figure.value}_microseconds") for figure in Figure}
    reopened = tickets["reopened_steps_count"].tolist()
    case_durations = Durations.of(tickets, "case_microseconds").reached
    return {
        "tickets_count": len(tickets),
        "events_count": sum(tickets["events_count"].tolist()),
        "open_tickets_count": tickets["is_open"].tolist().count(True),
        "variants_count": sum(metrics.journeys_count(selection)["journeys_count"].tolist()),
        **{name: figures(durations_of_one) for name, durations_of_one in durations.items()},
        "case_duration": {"tickets_count": len(case_durations), **spread(case_durations)},
        "time_in_state": _records(metrics.time_in_state(selection), _STATE_COLUMNS),
        "reopened_tickets_count": sum(count > 0 for count in reopened),
        "reopened_steps_count": sum(reopened),
        "directly_follows_edges": _records(metrics.directly_follows(selection, EDGES_COUNT), _EDGE_COLUMNS),
    }


def _records(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = zip(*(frame[name].tolist() for name in columns), strict=True)
    return [{name: _known(value) for name, value in zip(columns, row, strict=True)} for row in rows]


def _known(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def _written(moment: datetime) -> str:
    return f"{moment.isoformat()}Z"
