"""Response times of tickets that were fetched once: one frame gives every figure, curve and cell of a page."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.durations import FIGURE_NAMES, SECOND, Durations, figures
from data.selection import Figure, Step
from data.statistics.log_rank import LogRank, log_rank
from data.statistics.survival import KaplanMeier

Groups = Iterable[tuple[Hashable, pd.DataFrame]]
_PERIOD_UNITS = {Step.DAY: "datetime64[D]", Step.MONTH: "datetime64[M]"}
_CELL_NAMES = ("tickets_count", "reached_count", "median_first_reply_seconds")
_CELL_FIGURES = ("tickets_count", "reached_count", "kaplan_meier_median_seconds")
_MONDAY = np.datetime64("1970-01-05", "D")


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketTimes:
    """The waits of selected tickets, all in microseconds.

    One row per ticket: category, opened_at, is_open, age_microseconds, first_reply_age_microseconds (since the buyer
    first wrote), and first_reply_, first_resolution_ and full_resolution_microseconds, null where not reached. Days,
    weeks and hours are those of `time_zone`.
    """

    tickets: pd.DataFrame
    time_zone: str = "UTC"

    def since(self, since: datetime | None) -> "TicketTimes":
        """Those opened since then; None leaves all."""
        if since is None:
            return self
        return TicketTimes(tickets=self.tickets.loc[self.tickets["opened_at"] >= since], time_zone=self.time_zone)

    def figures(self) -> pd.DataFrame:
        """A row for each `Figure`: figure, then `FIGURE_NAMES`."""
        return self._figures([("", self.tickets)], "").drop(columns="")

    def figures_by_category(self) -> pd.DataFrame:
        """A row for each category and `Figure`: category, figure, then `FIGURE_NAMES`."""
        return self._figures(self.tickets.groupby("category", sort=True, observed=True), "category")

    def figures_over_time(self, step: Step) -> pd.DataFrame:
        """A row for each day, week or month in which a ticket was opened and `Figure`: period_on, figure, ..."""
        return self._figures(self.tickets.groupby(self._periods(step), sort=True), "period_on")

    def durations(self, figure: Figure) -> Durations:
        """Those of a figure; running ones lasted until the horizon."""
        return _durations(self.tickets, figure)

    def curve(self, figure: Figure) -> KaplanMeier:
        """The Kaplan-Meier curve of all tickets, in microseconds."""
        return self.durations(figure).curve

    def curve_by_category(self, figure: Figure) -> dict[str, KaplanMeier]:
        """The curve of each category, in microseconds."""
        groups = self.tickets.groupby("category", sort=True, observed=True)
        return {str(name): _durations(group, figure).curve for name, group in groups}

    def log_rank_of_categories(self, figure: Figure) -> LogRank:
        """Whether the categories reach `figure` at one pace."""
        durations = self.durations(figure)
        return log_rank(durations.microseconds, durations.is_reached, self.tickets["category"].to_numpy(dtype=str))

    def unanswered(self) -> tuple[int, int]:
        """How many tickets without a first reply are open, so that they still wait, and how many are not."""
        open_or_not = self.tickets.loc[self.tickets["first_reply_microseconds"].isna(), "is_open"]
        waiting = int(open_or_not.sum())
        return waiting, len(open_or_not) - waiting

    def replied_within(self, seconds: int) -> tuple[int, int]:
        """Of how many tickets that were asked so long before the horizon the first reply came in time, and of how many.

        Younger ones are left out, replied to or not: those replied to alone would flatter the share.
        """
        durations, limit = self.durations(Figure.FIRST_REPLY), seconds * SECOND
        is_old = self.tickets["first_reply_age_microseconds"].to_numpy(dtype=np.int64) >= limit
        is_in_time = is_old & durations.is_reached & (durations.microseconds <= limit)
        return int(is_in_time.sum()), int(is_old.sum())

    def heat_map(self) -> pd.DataFrame:
        """When tickets were opened; an hour without a ticket has no row.

        day_of_week (Monday is 0), hour_of_day, tickets_count, reached_count (with a first reply),
        median_first_reply_seconds (Kaplan-Meier's, of all of them; NaN where it is not reached).
        """
        hours = self._local().astype("datetime64[h]")
        days = hours.astype("datetime64[D]")
        durations = self.durations(Figure.FIRST_REPLY)
        waits = pd.DataFrame(
            {
                "day_of_week": _weekday(days),
                "hour_of_day": (hours - days).astype(np.int64),
                "microseconds": durations.microseconds,
                "is_reached": durations.is_reached,
            }
        )
        keys = ["day_of_week", "hour_of_day"]
        groups = waits.groupby(keys, sort=True)
        cells = [{**group.iloc[0][keys].to_dict(), **_cell(group)} for _key, group in groups]
        return pd.DataFrame(cells, columns=["day_of_week", "hour_of_day", *_CELL_NAMES])

    def waits_by_length(self, figure: Figure) -> pd.DataFrame:
        """How many tickets waited how long, in bins of equal width on a log scale, two to a doubling.

        from_seconds, to_seconds, reached_count, running_count (not reached at the horizon, by the wait so far). Empty
        bins in between have rows; what took less than a second is in the bin of one second.
        """
        durations = self.durations(figure)
        seconds = np.maximum(durations.microseconds / SECOND, 1)
        places = np.floor(2 * np.log2(seconds)).astype(np.int64)
        if not len(places):
            return pd.DataFrame(columns=["from_seconds", "to_seconds", "reached_count", "running_count"])
        first, count = int(places.min()), int(places.max() - places.min()) + 1
        bins = np.arange(first, first + count)
        return pd.DataFrame(
            {
                "from_seconds": np.exp2(bins / 2),
                "to_seconds": np.exp2((bins + 1) / 2),
                "reached_count": np.bincount(places[durations.is_reached] - first, minlength=count),
                "running_count": np.bincount(places[~durations.is_reached] - first, minlength=count),
            }
        )

    def _figures(self, groups: Groups, by: str) -> pd.DataFrame:
        rows = [
            {by: key, "figure": figure.value, **figures(_durations(group, figure))}
            for key, group in groups
            for figure in Figure
        ]
        return pd.DataFrame(rows, columns=[by, "figure", *FIGURE_NAMES])

    def _local(self) -> npt.NDArray[np.datetime64]:
        opened = self.tickets["opened_at"].dt.tz_localize("UTC").dt.tz_convert(self.time_zone)
        return opened.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")

    def _periods(self, step: Step) -> npt.NDArray[np.datetime64]:
        """The first day of each ticket's day, week or month."""
        local = self._local()
        if step is not Step.WEEK:
            return local.astype(_PERIOD_UNITS[step]).astype("datetime64[us]")
        days = local.astype("datetime64[D]")
        return (days - _weekday(days)).astype("datetime64[us]")


def _cell(waits: pd.DataFrame) -> dict[str, int | float | None]:
    found = figures(Durations(microseconds=waits["microseconds"].to_numpy(), is_reached=waits["is_reached"].to_numpy()))
    return dict(zip(_CELL_NAMES, (found[name] for name in _CELL_FIGURES), strict=True))


def _weekday(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    """Monday is 0."""
    return (days - _MONDAY).astype(np.int64) % 7


def _durations(tickets: pd.DataFrame, figure: Figure) -> Durations:
    return Durations.of(tickets, f"{figure.value}_microseconds")


def with_previous(now: pd.DataFrame, earlier: pd.DataFrame | None) -> pd.DataFrame:
    """The headline with the period before beside it, as `previous_...`: null where there is none."""
    before = now.iloc[:0] if earlier is None else earlier
    return now.merge(before.add_prefix("previous_").rename(columns={"previous_figure": "figure"}), "left", "figure")
