"""The questions of issue categories with their answers kept: the look is the key, and answers are shared."""

import pandas as pd
import plotly.graph_objects as go
from pandas.io.formats.style import Styler

from data.selection import Figure
from pages.issue_categories import charts, tables
from pages.issue_categories.tables import StateName, StateNames
from pages.shared import dates, session
from pages.shared.frames import rows, where
from pages.shared.look import Look, questions
from pages.shared.names import labels
from workflow.vocabulary import StateKind

JOURNEYS = 10
OPEN_TICKETS = 10
STEPS = 10
MEDIAN = "kaplan_meier_median_seconds"


@session.cached
def overview(look: Look) -> pd.DataFrame:
    """One row per category, most tickets first: what `overview` shows. Its medians are those of all tickets."""
    every = look.selection
    counts = questions().category_counts(every)
    counts = counts.assign(label=look.called(counts["category"])).set_index("category")
    figures = questions().response_times_by_category(every)
    figures = figures.astype({MEDIAN: float})
    medians = figures.pivot_table(index="category", columns="figure", values=MEDIAN, dropna=False)
    for figure in (Figure.FIRST_REPLY, Figure.FIRST_RESOLUTION):
        counts[f"{figure.value}_seconds"] = medians.get(figure.value)
    before = every.before()
    earlier = questions().tickets_count_by_category(before) if before else None
    counts["before_count"] = None if earlier is None else [earlier.get(category, 0) for category in counts.index]
    counts["course"] = _volume(look).groupby("category")["tickets_count"].agg(list)
    return counts.reset_index()


@session.cached
def volume(look: Look) -> go.Figure:
    """New tickets over time."""
    counts = _volume(look)
    named = counts.assign(
        label=look.called(counts["category"]),
        period_label=[dates.cohort(day.date(), look.step) for day in counts["period_on"]],
    )
    return charts.volume(named, look.series, look.palette)


@session.cached
def waits(look: Look) -> Styler | None:
    """Time in each state; None where no ticket has left a state yet."""
    frame = questions().time_in_state(look.selection)
    frame = where(frame, (frame["finished_count"] > 0) & (frame["kind"] != StateKind.FINAL))
    if frame.empty:
        return None
    frame = frame.assign(label=labels(frame, "state"), category_label=look.called(frame["category"]))
    if look.category or len(look.names) == 1:
        own = where(frame, frame["category"] == (look.category or next(iter(look.names))))
        return None if own.empty else tables.waits(own, look.palette)
    return tables.waits_by_category(frame, look.palette)


@session.cached
def open_states(look: Look) -> pd.DataFrame:
    """The states that hold open tickets now, with `label` and `tickets_count`, most first."""
    states = questions().backlog(look.selection)
    return states.assign(label=labels(states, "state"))


@session.cached
def open_tickets(look: Look, state: str) -> Styler:
    """The tickets that have been open longest of those in a state."""
    return tables.open_tickets(questions().oldest_open(look.selection, OPEN_TICKETS, state))


@session.cached
def journeys(look: Look) -> tuple[Styler, int, int]:
    """The most common journeys, how many different ones there are, and of how many tickets."""
    frame = questions().journeys(look.selection, JOURNEYS)
    frame = frame.assign(category_label=look.called(frame["category"]))
    styler = tables.journeys(frame, _states(look))
    return styler, int(frame["journeys_count"].iloc[0]), int(frame["all_tickets_count"].iloc[0])


@session.cached
def steps(look: Look, *, is_all: bool) -> tuple[Styler, int]:
    """The directly-follows edges, the most frequent or all of them, and how many there are."""
    frame = questions().directly_follows(look.selection)
    frame = frame.assign(category_label=look.called(frame["from_category"]))
    return tables.steps(frame if is_all else frame.head(STEPS), _states(look)), len(frame)


@session.cached
def _volume(look: Look) -> pd.DataFrame:
    """New tickets by period and category."""
    return questions().volume(look.span, look.step)


@session.cached
def _states(look: Look) -> StateNames:
    """The names of the states; where categories disagree, any of those that have tickets."""
    states = questions().states()
    states = states.assign(label=labels(states, "state"), is_used=states["category"].isin(look.names))
    names = {
        (row["category"], row["state"]): StateName(label=row["label"], kind=row["kind"])
        for row in rows(states.sort_values("is_used"))
    }
    return StateNames(of_category=names, of_any={state: name for (_category, state), name in names.items()})
