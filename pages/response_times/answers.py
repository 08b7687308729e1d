"""The questions of response times with their answers kept: the look is the key, and answers are shared."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
from pandas.io.formats.style import Styler

from data.durations import SECOND
from data.ends import End
from data.selection import Figure
from pages.response_times import answers_targets, asked, backlog, charts, curves, tables
from pages.response_times.answers_times import shown, times
from pages.response_times.headline import Frames, Headline, headlines
from pages.response_times.words import FIGURES
from pages.shared import behind, formats, session
from pages.shared.frames import row_of, rows, where
from pages.shared.look import Look, questions
from pages.shared.names import labels
from pages.shared.texts import _

MOST_CURVES = 8
MOST_STATES = 10
OLDEST = 8
NINE_TENTHS = 0.9
SIGNIFICANT, SURE = 0.05, 0.001


@session.cached
def cards(look: Look) -> Sequence[Headline]:
    """The five cards."""
    ask, service = asked.tickets(), asked.targets()
    selection, before = look.selection, look.selection.before()
    quantile = shown(look).curve(Figure.FIRST_REPLY).quantile(NINE_TENTHS)
    instants = [before.horizon_at, selection.horizon_at] if before else [selection.horizon_at]
    *earlier, backlog_count = ask.backlog_counts(selection, instants)
    return headlines(
        Frames(
            figures=times(look).figures,
            over_time=times(look).over_time,
            p90_seconds=_seconds(quantile),
            unanswered=shown(look).unanswered(),
            attained=answers_targets.attained_by_kind(look),
            attained_before=service.attained_by_then(before) if before else None,
            attained_over_time=answers_targets.attained_over_time(look),
            decided=ask.decisions(selection),
            decided_before=ask.decisions(before) if before else None,
            decided_over_time=ask.decisions_over_time(look.span, look.step),
            backlog_count=backlog_count,
            backlog_before_count=earlier[0] if earlier else None,
            backlog_by_day=_backlog_days(look),
        )
    )


@session.cached
def _backlog_days(look: Look) -> pd.DataFrame:
    return questions().backlog_by_day(look.span)


@session.cached
def distribution(look: Look, figure: Figure) -> go.Figure:
    """How many waited how long, with the quantiles of all of them (Kaplan-Meier's): one not reached has no mark."""
    curve = shown(look).curve(figure)
    marks = {_("Median"): _seconds(curve.median), _("90 %"): _seconds(curve.quantile(NINE_TENTHS))}
    bins, words, colours = shown(look).waits_by_length(figure), FIGURES[figure], look.palette
    lasted = behind.name("lasted", figure)
    parts = [
        charts.Part(column="reached_count", name=words.ended, colour=colours.series[0], behind=lasted),
        charts.Part(column="running_count", name=words.running, colour=colours.alarm, behind=lasted),
    ]
    return charts.distribution(bins, parts, marks, colours)


@session.cached
def is_reached(look: Look, figure: Figure) -> bool:
    """Whether any ticket got there, so that there is something to draw over time."""
    return row_of(times(look).figures, "figure", figure.value)["reached_count"] > 0


@session.cached
def survival(look: Look, figure: Figure) -> go.Figure:
    """The Kaplan-Meier curve of each category, the first eight of them, with who is at risk below."""
    found = shown(look).curve_by_category(figure)
    drawn = {category: curve for category, curve in found.items() if category in look.names}
    drawn = dict(list(drawn.items())[:MOST_CURVES])
    lines = [
        curves.Line.waiting(curve, look.names[name], look.series[name], curves.longer(figure, name))
        for name, curve in drawn.items()
    ]
    at_risk = {look.names[name]: curve for name, curve in drawn.items()}
    counts = curves.at_risk_of(at_risk, curves.ticks_of([line for line in lines if len(line.seconds)]))
    return curves.figure_of(lines, _("still wait"), counts, look.palette)


@session.cached
def difference(look: Look, figure: Figure) -> str:
    """Whether the categories reach the figure at one pace, in words; empty where there is nothing to compare."""
    test = shown(look).log_rank_of_categories(figure)
    if test.p_value is None:
        return ""
    said = _("p < 0.001") if test.p_value < SURE else _("p = {p:.3f}").format(p=test.p_value)
    if test.p_value < SIGNIFICANT:
        return _("The categories differ: {said} (log-rank).").format(said=said)
    return _("No difference between the categories is shown: {said} (log-rank).").format(said=said)


@session.cached
def ends(look: Look, figure: Figure) -> go.Figure:
    """How many were resolved by when, and how many ended otherwise (Aalen-Johansen)."""
    competing, colours = asked.tickets().competing_ends(look.selection, figure), look.palette
    lines = [
        curves.Line.ended(competing.curve(End.RESOLVED), _("Resolved"), colours.series[0]),
        curves.Line.ended(competing.curve(End.OTHERWISE), _("Ended otherwise"), colours.series[1]),
    ]
    return curves.figure_of(lines, _("ended so"), {}, colours)


@session.cached
def ends_said(look: Look, figure: Figure) -> str:
    """The counts behind it, and the median of all."""
    found = asked.tickets().competing_ends(look.selection, figure).figures
    median = found["resolution_median_seconds"]
    words = {
        "resolved": formats.share(int(found["resolved_count"] or 0), int(found["tickets_count"] or 0)),
        "otherwise": f"{found['otherwise_count']:,}",
        "median": _("not reached") if median is None else formats.duration(median),
    }
    return _("Resolved {resolved}, ended otherwise {otherwise}. Half of all are resolved within: {median}.").format(
        **words
    )


@session.cached
def heat(look: Look) -> pd.DataFrame:
    """Openings and median first reply by weekday and hour."""
    return shown(look).heat_map()


@session.cached
def marketplace(look: Look) -> Mapping[str, float]:
    """The replies as the marketplace counts them."""
    return rows(asked.tickets().marketplace_replies(look.selection))[0]


@session.cached
def replied_within(look: Look, seconds: int) -> tuple[int, int]:
    """How many tickets of the period had their first reply in time, of those that are old enough to know."""
    return shown(look).replied_within(seconds)


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
    days = _backlog_days(look)
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
    groups = backlog_now(look).groupby("label", sort=False)
    bars = pd.DataFrame(groups[columns].sum()).assign(state=groups["state"].first())
    bars = bars.sort_values("tickets_count", ascending=False, kind="stable").head(MOST_STATES)
    return backlog.by_age(bars.reset_index(), tables.AGES, look.palette, tables.AGE_EDGES)


@session.cached
def oldest_open(look: Look) -> Styler:
    """The tickets that wait longest."""
    tickets = questions().oldest_open(look.selection, OLDEST)
    named = tickets.assign(label=labels(tickets, "state"), category_label=look.called(tickets["category"]))
    return tables.oldest_open(named)


def _seconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else microseconds / SECOND
