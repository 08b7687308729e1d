"""The questions of service levels with their answers kept: the look is the key, and answers are shared."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from data.service.listed import Outcome
from data.service.questions import Grouping, Lateness, added_up
from data.statistics.control_charts import individuals_chart, p_chart
from data.statistics.proportions import wilson_interval
from pages.response_times import asked, charts, lists, promises, trends
from pages.response_times.answers_times import times
from pages.response_times.words import OUTCOMES
from pages.shared import behind, dates, session
from pages.shared.frames import where
from pages.shared.look import Look
from pages.shared.texts import _
from workflow.service.policies import TargetKind


@session.cached
def _attainment(look: Look, grouping: Grouping) -> pd.DataFrame:
    return asked.targets().attainment(look.selection, grouping)


@session.cached
def attained_by_kind(look: Look) -> pd.DataFrame:
    """Attainment by kind of target with its Wilson interval."""
    return with_interval(added_up(_attainment(look, Grouping.CATEGORY)))


@session.cached
def attained_by(look: Look, grouping: Grouping, kind: str) -> pd.DataFrame:
    """Attainment by group of one kind of target (empty: of all), most due first, with the group's `label`."""
    table = _attainment(look, grouping)
    table = where(table, table["target_kind"] == kind) if kind else table
    counts = [name for name in table.columns if name not in {"group_key", "target_kind"}]
    groups = with_interval(pd.DataFrame(table.groupby("group_key", sort=True)[counts].sum()).reset_index())
    groups = groups.sort_values("due_count", ascending=False, kind="stable", ignore_index=True)
    return groups.assign(label=[lists.group_name(look, grouping, key) for key in groups["group_key"]])


def with_interval(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with `due_count`, `share`, and its 95 % interval `low` and `high` (NaN where nothing was due)."""
    due = table["met_count"] + table["missed_count"]
    low, high = wilson_interval(table["met_count"], due)
    share = table["met_count"].to_numpy(float) / np.where(due > 0, due, np.nan)
    lenient_due = table["lenient_met_count"] + table["lenient_missed_count"]
    lenient = table["lenient_met_count"].to_numpy(float) / np.where(lenient_due > 0, lenient_due, np.nan)
    return table.assign(due_count=due, share=share, low=low, high=high, lenient_share=lenient)


@session.cached
def kinds_figure(look: Look) -> go.Figure:
    """Attainment by kind, drawn."""
    return promises.by_kind(attained_by_kind(look), look.palette)


@session.cached
def attained_over_time(look: Look) -> pd.DataFrame:
    """Met and missed by period of the deadline and kind of target."""
    return asked.targets().attainment_over_time(look.span, look.step)


@session.cached
def over_time(look: Look, kind: str) -> pd.DataFrame:
    """The share met by period of the deadline as a p-chart, of one kind of target or of all."""
    found = attained_over_time(look)
    found = where(found, found["target_kind"] == kind) if kind else found
    periods = pd.DataFrame(found.groupby("period_on", sort=True)[["met_count", "missed_count"]].sum()).reset_index()
    periods = periods.assign(due_count=periods["met_count"] + periods["missed_count"])
    slugs = [behind.name("due_in", day.date().isoformat(), kind) for day in pd.to_datetime(periods["period_on"])]
    return p_chart(_labelled(periods, look), hits="met_count", counts="due_count").assign(slug=slugs)


@session.cached
def attainment_trend(look: Look, kind: str) -> go.Figure:
    """The same, drawn."""
    return trends.attainment(over_time(look, kind), look.palette)


@session.cached
def medians(look: Look, figure: str) -> pd.DataFrame:
    """The Kaplan-Meier median of those opened in each period as an individuals chart."""
    found = times(look).over_time
    found = where(found, found["figure"] == figure).reset_index(drop=True)
    slugs = [behind.name("opened", figure, day.date().isoformat()) for day in pd.to_datetime(found["period_on"])]
    return individuals_chart(_labelled(found, look), value="kaplan_meier_median_seconds").assign(slug=slugs)


@session.cached
def median_trend(look: Look, figure: str) -> go.Figure:
    """The same, drawn; a limit below 0 says nothing of a wait."""
    frame = medians(look, figure)
    return trends.median(frame.assign(low=frame["low"].clip(lower=0)), look.palette)


@session.cached
def lateness(look: Look, kind: str) -> Lateness:
    """By how much targets were late, in their own clocks."""
    return asked.targets().lateness(look.selection, TargetKind(kind) if kind else None)


@session.cached
def late_figure(look: Look, kind: str) -> go.Figure:
    """The same, drawn."""
    late, colours = lateness(look, kind), look.palette
    parts = [
        charts.Part(column="ended_count", name=_("Ended late"), colour=colours.series[1], behind="late"),
        charts.Part(column="running_count", name=_("Overdue, goes on"), colour=colours.alarm, behind="late"),
    ]
    marks = {_("Median"): late.median_seconds, _("90 %"): late.p90_seconds}
    return charts.distribution(late.bins, parts, marks, colours, after=kind)


@session.cached
def late_count(look: Look, kind: str) -> int:
    """How many targets were missed."""
    return lateness(look, kind).missed_count


@session.cached
def waits_by_outcome(look: Look, kind: TargetKind) -> go.Figure:
    """How long targets of a kind took, by what became of them."""
    bins, colours = asked.targets().waits_by_outcome(look.selection, kind), look.palette
    hues = {
        "met": colours.series[0],
        "missed": colours.series[1],
        "overdue": colours.alarm,
        "running": colours.series[2],
        "ended_otherwise": colours.series[7],
    }
    parts = [
        charts.Part(
            column=f"{outcome}_count",
            name=OUTCOMES[Outcome(outcome)],
            colour=hue,
            behind=behind.name("wait", kind, outcome),
        )
        for outcome, hue in hues.items()
    ]
    return charts.distribution(bins, parts, {}, colours)


@session.cached
def pauses(look: Look, grouping: Grouping) -> pd.DataFrame:
    """Whose pauses went on after the buyer had written, with the `label` of each."""
    found = asked.targets().pause_audit(look.selection, grouping)
    return found.assign(label=[lists.group_name(look, grouping, key) for key in found["group_key"]])


def _labelled(periods: pd.DataFrame, look: Look) -> pd.DataFrame:
    days = pd.to_datetime(periods["period_on"])
    return periods.assign(period_on=days, period_label=[dates.cohort(day.date(), look.step) for day in days])
