"""The tickets behind a mark of a figure, page by page: what a click leads to. The SQL is in `sql/queries`."""

from dataclasses import dataclass
from math import inf

import pandas as pd

from data.durations import Durations
from data.ends import Competing, competing
from data.manager_questions import ManagerQuestions
from data.selection import Figure, Selection
from data.statistics.log_rank import LogRank, log_rank
from data.statistics.survival import KaplanMeier

ANY = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """Which of the selected tickets stand behind a mark: those opened in a cell of the heat map, or that took so long.

    `figure` is the duration that is listed, up to the horizon where it is not reached; None is the ticket's age.
    """

    figure: Figure | None = None
    from_seconds: float = 0
    to_seconds: float = inf
    day_of_week: int = ANY  # Monday is 0
    hour_of_day: int = ANY
    is_open_only: bool = False
    state: str = ""


class BehindQuestions(ManagerQuestions):
    """What `ManagerQuestions` answers, the tickets behind it, and what compares curves."""

    def tickets_listed(
        self, selection: Selection, narrowing: Narrowing, *, limit: int, offset: int = 0
    ) -> pd.DataFrame:
        """The tickets behind a mark, the newest first.

        number, category, state, kind, label_en, label_ru, label_zh, opened_at, figure_seconds, is_reached, all_count
        (how many there are on all pages).
        """
        more = {
            "figure": narrowing.figure.value if narrowing.figure else "",
            "from_seconds": narrowing.from_seconds,
            "to_seconds": narrowing.to_seconds,
            "day_of_week": narrowing.day_of_week,
            "hour_of_day": narrowing.hour_of_day,
            "is_open_only": narrowing.is_open_only,
            "state": narrowing.state,
        }
        return self._frame("tickets_listed", {**selection.parameters, **more, "row_limit": limit, "row_offset": offset})

    def decisions_listed(self, selection: Selection, *, limit: int, offset: int = 0) -> pd.DataFrame:
        """The claims that the marketplace approved in the period because nobody decided: as `tickets_listed`.

        `figure_seconds` is from the opening to the decision.
        """
        return self._frame("decisions_listed", {**selection.parameters, "row_limit": limit, "row_offset": offset})

    def kaplan_meier(self, selection: Selection, figure: Figure) -> KaplanMeier:
        """The curve of all tickets of the selection, in microseconds."""
        return Durations.of(self.durations(selection), f"{figure.value}_microseconds").curve

    def kaplan_meier_by_category(self, selection: Selection, figure: Figure) -> dict[str, KaplanMeier]:
        """The curve of each category, in microseconds, from one reading of the tickets."""
        tickets = self.durations(selection)
        column = f"{figure.value}_microseconds"
        return {str(name): Durations.of(group, column).curve for name, group in tickets.groupby("category", sort=True)}

    def log_rank_of_categories(self, selection: Selection, figure: Figure) -> LogRank:
        """Whether the categories of the selection reach `figure` at one pace."""
        tickets = self.durations(selection)
        durations = Durations.of(tickets, f"{figure.value}_microseconds")
        return log_rank(durations.microseconds, durations.is_reached, tickets["category"].to_numpy(dtype=str))

    def competing_ends(self, selection: Selection, figure: Figure) -> Competing:
        """How the tickets ended: resolved, or settled without ever having been (DECISIONS: Competing ends)."""
        tickets = self._frame("ticket_ends", {**selection.parameters, "figure": figure.value})
        return competing(tickets, microseconds="end_microseconds", end="end_code")
