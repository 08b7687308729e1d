"""The weeks up to the report's, and in words what of them is more than usual chance (DECISIONS: Control limits)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from data.metrics import Metrics
from data.reports.values import Share, WeekPoint
from data.reports.weeks import Week
from data.reports.words import kind_name, number, percent, share
from data.selection import Selection, Step
from data.service.questions import ServiceQuestions
from data.statistics.control_charts import RUN, individuals_chart, p_chart
from workflow.service.policies import TargetKind

WEEKS = 13
_Row = Mapping[Any, Any]


def weeks_until(metrics: Metrics, service: ServiceQuestions, selection: Selection, week: Week) -> tuple[WeekPoint, ...]:
    """The last 13 whole weeks: up to the report's, or to the one before where that still runs.

    None from before the desk's first ticket; the week in which that was opened is no whole one.
    """
    zone = selection.time_zone
    last = week if week.ends_at(zone) == selection.horizon_at else week.later(-1)
    first_at = metrics.desk_summary(selection.scope).iloc[0]["first_opened_at"]
    weeks = [last.later(place) for place in range(1 - WEEKS, 1)]
    weeks = [one for one in weeks if not pd.isna(first_at) and one.starts_at(zone) >= first_at]
    if not weeks:
        return ()
    span = replace(selection, since=weeks[0].starts_at(zone), until=last.ends_at(zone))
    opened = metrics.volume(span, Step.WEEK)
    counts = Counter[date]()
    for on, count in zip(opened["period_on"].tolist(), opened["tickets_count"].tolist(), strict=True):
        counts[on.date()] += count
    met = _met_by_week(service.attainment_over_time(span, Step.WEEK))
    return tuple(
        WeekPoint(week=one, opened_count=counts[one.monday], met=tuple(met.get(one, {}).items())) for one in weeks
    )


def signals_of(points: Sequence[WeekPoint]) -> tuple[str, ...]:
    """A sentence for every signal, those of the newest week first."""
    opened = pd.DataFrame({"week": [point.week for point in points], "counted": [p.opened_count for p in points]})
    found = list(_signals(individuals_chart(opened, value="counted"), "Tickets opened"))
    for kind in TargetKind:
        shares = [point.met_of(kind) for point in points]
        table = opened.assign(part=[one.part_count for one in shares], whole=[one.whole_count for one in shares])
        chart = p_chart(table, hits="part", counts="whole")
        found += _signals(chart, f"{kind_name(kind)} met")
    return tuple(sentence for _week, sentence in sorted(found, key=lambda signal: signal[0], reverse=True))


def _met_by_week(rows: pd.DataFrame) -> dict[Week, dict[TargetKind, Share]]:
    found: dict[Week, dict[TargetKind, Share]] = {}
    for row in rows.to_dict("records"):
        whole = int(row["met_count"] + row["missed_count"])
        share_met = Share(part_count=int(row["met_count"]), whole_count=whole)
        found.setdefault(Week(monday=row["period_on"].date()), {})[TargetKind(row["target_kind"])] = share_met
    return found


def _signals(chart: pd.DataFrame, name: str) -> Iterator[tuple[Week, str]]:
    rows = chart.dropna(subset=["value"]).to_dict("records")
    yield from ((row["week"], _beyond(row, name)) for row in rows if row["is_beyond"])
    for place, row in enumerate(rows):
        is_last = place + 1 == len(rows) or not rows[place + 1]["is_run"]
        if row["is_run"] and is_last:
            yield row["week"], _run(rows[: place + 1], name)


def _beyond(row: _Row, name: str) -> str:
    side = "above" if row["value"] > row["high"] else "below"
    found = share(Share(part_count=row["part"], whole_count=row["whole"])) if "part" in row else number(row["value"])
    limits = f"{_written(row, 'low')} to {_written(row, 'high')}"
    return f"{name}: {found} in {row['week']}, {side} its limits ({limits}; usual {_written(row, 'centre')})."


def _run(rows: Sequence[_Row], name: str) -> str:
    flagged = next((place for place, row in enumerate(reversed(rows)) if not row["is_run"]), len(rows))
    last = rows[-1]
    side = "above" if last["value"] > last["centre"] else "below"
    return (
        f"{name}: {flagged + RUN - 1} weeks in a row {side} the usual {_written(last, 'centre')}, up to {last['week']}."
    )


def _written(row: _Row, column: str) -> str:
    return percent(row[column]) if "part" in row else number(row[column])
