"""Questions that only the pages of figures ask, beside those of `Metrics`. The SQL is in `sql/queries`."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data.metrics import Metrics
from data.selection import Selection


class PageQuestions(Metrics):
    """What `Metrics` answers, and what the pages of figures ask besides."""

    def range_of_tickets(self, selection: Selection) -> pd.DataFrame:
        """Between which instants the tickets of the categories lie, in one row; the period does not count.

        tickets_count, first_opened_at, last_opened_at, last_event_at (null where there is no ticket).
        """
        return self._frame("range_of_tickets", selection.parameters)

    def backlog_by_age(self, selection: Selection) -> pd.DataFrame:
        """Open tickets at the horizon by category and state, split by the time since they were opened.

        category, state, kind, ball, label_en, label_ru, label_zh, tickets_count, below_1_day_count, below_3_days_count
        (1 to 3), below_7_days_count, below_30_days_count, older_count.
        """
        return self._frame("backlog_by_age", selection.parameters)

    def backlog_count(self, selection: Selection) -> int:
        """How many tickets were open at the horizon, whenever they were opened."""
        return self.backlog_counts(selection, [selection.horizon_at])[0]

    def backlog_counts(self, selection: Selection, instants: Sequence[datetime]) -> list[int]:
        """How many tickets were open at each instant, the earliest first; none may lie beyond the horizon."""
        found = self._frame("backlog_count", {**selection.parameters, "instants": list(instants)})
        return found["tickets_count"].tolist()

    def category_counts(self, selection: Selection) -> pd.DataFrame:
        """The tickets of a selection by category.

        category, tickets_count, open_count, reopened_count, resolved_count, one_touch_count (resolved with exactly one
        public reply), escalated_count (the platform took part; null where the lifecycle has no state of the platform,
        so that nobody can know).
        """
        return self._frame("category_counts", selection.parameters)

    def tickets_count_by_category(self, selection: Selection) -> dict[str, int]:
        """The same with the count alone, which costs less where the selection lies in the past: by category."""
        counted = self._frame("tickets_count_by_category", selection.parameters)
        return dict(zip(counted["category"], counted["tickets_count"], strict=True))

    def oldest_open(self, selection: Selection, limit: int, state: str = "") -> pd.DataFrame:
        """The open tickets at the horizon that were opened first, whatever the period; `state` narrows them to it.

        number, category, state, kind, ball, label_en, label_ru, label_zh, opened_at, age_seconds, state_seconds (in the
        present state), is_replied.
        """
        return self._frame("oldest_open", {**selection.parameters, "row_limit": limit, "state": state})
