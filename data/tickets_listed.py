"""The tickets behind a mark of a figure, page by page: what a click leads to. The SQL is in `sql/queries`."""

from dataclasses import dataclass
from math import inf

import pandas as pd

from data.ends import Competing, competing
from data.manager_questions import ManagerQuestions
from data.selection import Figure, Selection

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
    """What `ManagerQuestions` answers, the tickets behind it, and how they ended."""

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

    def competing_ends(self, selection: Selection, figure: Figure) -> Competing:
        """How the tickets ended: resolved, or settled without ever having been (DECISIONS: Competing ends)."""
        tickets = self._frame("ticket_ends", {**selection.parameters, "figure": figure.value})
        return competing(tickets, microseconds="end_microseconds", end="end_code")
