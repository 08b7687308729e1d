"""The questions of response times with their answers kept: the look is the key, and answers are shared."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from pandas.io.formats.style import Styler

from data.selection import Figure
from data.ticket_times import with_previous
from pages.response_times import backlog, charts, tables
from pages.response_times.headline import Frames, Headline, headlines
from pages.response_times.words import FIGURES
from pages.shared import dates, session
from pages.shared.frames import row_of, where
from pages.shared.look import Look, questions
from pages.shared.names import labels
from pages.shared.texts import _

MOST_CURVES = 8
MOST_STATES = 10
OLDEST = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """What one look at the tickets says of their response times."""

    figures: pd.DataFrame
    by_category: pd.DataFrame
    over_time: pd.DataFrame


@session.cached
def times(look: Look) -> Times:
    """The figures, by category and over time, from one fetch; the tickets themselves are not kept."""
    ask, before = questions(), look.selection.before()
    whole = ask.ticket_times(look.span, look.step)
    shown = whole.since(look.selection.since)
    earlier = ask.ticket_times(before).figures() if before else None
    return Times(
        figures=with_previous(shown.figures(), earlier),
        by_category=shown.figures("category"),
        over_time=whole.figures("period_on"),
    )


@session.cached
def cards(look: Look) -> Sequence[Headline]:
    """The five cards."""
    ask, before = questions(), look.selection.before()
    return headlines(
        Frames(
            figures=times(look).figures,
            over_time=times(look).over_time,
            backlog_count=ask.backlog_count(look.selection),
            backlog_before_count=ask.backlog_count(before) if before else None,
            backlog_by_day=ask.backlog_by_day(look.span),
        )
    )


@session.cached
def distribution(look: Look, figure: Figure) -> go.Figure:
    """How many waited how long."""
    row = row_of(times(look).figures, "figure", figure.value)
    marks = {_("Median"): row["median_seconds"], _("90 %"): row["p90_seconds"]}
    bins = questions().waits_by_length(look.selection, figure)
    return charts.distribution(bins, marks, FIGURES[figure], look.palette)


@session.cached
def is_reached(look: Look, figure: Figure) -> bool:
    """Whether any ticket got there, so that there is something to draw over time."""
    return row_of(times(look).figures, "figure", figure.value)["reached_count"] > 0


@session.cached
def over_time(look: Look, figure: Figure) -> go.Figure:
    """Median and 90th percentile by cohort."""
    cohorts = times(look).over_time
    cohorts = where(cohorts, cohorts["figure"] == figure.value)
    named = cohorts.assign(period_label=[dates.cohort(day.date(), look.step) for day in cohorts["period_on"]])
    return charts.over_time(named, look.palette)


@session.cached
def survival(look: Look, figure: Figure) -> go.Figure:
    """The Kaplan-Meier curve of each category."""
    wanted = look.selection.categories or tuple(look.names)[:MOST_CURVES]
    tickets = questions().ticket_times(look.selection)
    curves = {look.names[category]: tickets.curve(figure, category) for category in wanted}
    series = {look.names[category]: look.series[category] for category in wanted}
    return charts.survival(curves, series, look.palette)


@session.cached
def by_category(look: Look, figure: Figure) -> pd.DataFrame:
    """The figures of each category, with its `label`, the one with most tickets first."""
    rows = times(look).by_category
    rows = where(rows, rows["figure"] == figure.value)
    rows = rows.sort_values("tickets_count", ascending=False, kind="stable")
    return rows.assign(label=look.called(rows["category"]))


@session.cached
def category_figure(look: Look, figure: Figure) -> go.Figure:
    """The same, drawn."""
    return charts.by_category(by_category(look, figure), look.palette)


@session.cached
def category_table(look: Look, figure: Figure) -> Styler:
    """The same as a table."""
    return tables.by_category(by_category(look, figure), FIGURES[figure])


@session.cached
def backlog_by_day(look: Look) -> go.Figure:
    """Open tickets at each day's end."""
    days = questions().backlog_by_day(look.span)
    return backlog.by_day(days.assign(label=look.called(days["category"])), look.series, look.palette)


@session.cached
def backlog_now(look: Look) -> pd.DataFrame:
    """Open tickets by state and age, with the state's `label`, most first."""
    states = questions().backlog_by_age(look.selection)
    return states.assign(label=labels(states, "state"))


@session.cached
def backlog_figure(look: Look) -> go.Figure:
    """The same, drawn: states of one name in several categories are one bar."""
    columns = [*tables.AGES, "tickets_count"]
    bars = pd.DataFrame(backlog_now(look).groupby("label", sort=False)[columns].sum())
    bars = bars.sort_values("tickets_count", ascending=False, kind="stable").head(MOST_STATES)
    return backlog.by_age(bars.reset_index(), tables.AGES, look.palette)


@session.cached
def oldest_open(look: Look) -> Styler:
    """The tickets that wait longest."""
    tickets = questions().oldest_open(look.selection, OLDEST)
    named = tickets.assign(label=labels(tickets, "state"), category_label=look.called(tickets["category"]))
    return tables.oldest_open(named)
