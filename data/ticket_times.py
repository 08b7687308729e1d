"""Response times of tickets that were fetched once: one frame gives the headline, the cohorts and the curves."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from data.durations import FIGURE_NAMES, SECOND, Durations, figures
from data.selection import Figure


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketTimes:
    """One row per ticket, as `Metrics.durations` gives them; every answer has the columns of its namesake there."""

    tickets: pd.DataFrame

    def since(self, since: datetime | None) -> "TicketTimes":
        """Those opened since then; None leaves all."""
        if since is None:
            return self
        return TicketTimes(tickets=self.tickets.loc[self.tickets["opened_at"] >= since])

    def figures(self, by: str = "") -> pd.DataFrame:
        """A row for each `Figure`, or for each of each value of the column `by` (category, period_on)."""
        groups = self.tickets.groupby(by, sort=True) if by else [("", self.tickets)]
        rows = [
            {by: key, "figure": figure.value, **figures(durations_of(group, figure))}
            for key, group in groups
            for figure in Figure
        ]
        return pd.DataFrame(rows, columns=[*([by] if by else []), "figure", *FIGURE_NAMES])

    def curve(self, figure: Figure, category: str = "") -> pd.DataFrame:
        """The Kaplan-Meier curve of all, or of one category."""
        tickets = self.tickets.loc[self.tickets["category"] == category] if category else self.tickets
        curve = durations_of(tickets, figure).curve
        return pd.DataFrame(
            {
                "seconds": curve.times / SECOND,
                "survival": curve.survival,
                "low": curve.low,
                "high": curve.high,
                "at_risk_count": curve.at_risk,
                "ended_count": curve.ended,
            }
        )


def durations_of(tickets: pd.DataFrame, figure: Figure) -> Durations:
    """The durations of a figure; running ones lasted until the horizon."""
    return Durations.of(tickets, f"{figure.value}_microseconds")


def with_previous(now: pd.DataFrame, earlier: pd.DataFrame | None) -> pd.DataFrame:
    """The headline with the period before beside it, as `previous_...`: null where there is none."""
    before = now.iloc[:0] if earlier is None else earlier
    return now.merge(before.add_prefix("previous_").rename(columns={"previous_figure": "figure"}), "left", "figure")
