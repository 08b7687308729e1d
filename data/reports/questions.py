"""Questions that only the weekly report asks, beside those of `ManagerQuestions`. The SQL is in `sql/queries`."""

from collections import Counter
from datetime import datetime

import pandas as pd

from data.manager_questions import ManagerQuestions
from data.reports.values import Flow, Share
from data.selection import Selection

HOURS = 24


class ReportQuestions(ManagerQuestions):
    """What `ManagerQuestions` answers, and what the weekly report asks besides."""

    def week_flow(self, selection: Selection) -> Flow:
        """What came and went in the selection's period, and the backlog at its horizon."""
        (counts,) = self._frame("week_flow", selection.parameters).to_dict("records")
        backlog = self.backlog(selection)["tickets_count"].tolist()
        return Flow(**{str(name): int(count) for name, count in counts.items()}, backlog_count=sum(backlog))

    def claims_decided(self, selection: Selection) -> Share:
        """Of the claims decided in the period, those that were approved because nobody decided in time."""
        found = self.decisions(selection)
        return Share(
            part_count=sum(found["auto_decisions_count"].tolist()), whole_count=sum(found["decisions_count"].tolist())
        )

    def ratings(self, selection: Selection, asked_since: datetime) -> pd.DataFrame:
        """By category: ones_count to fives_count of the tickets rated in the period, asked_count, answered_count.

        Asked is whoever's ticket was resolved from `asked_since` (naive UTC) until the period began; answered, if it
        was rated before the period's end.
        """
        return self._frame("week_ratings", {**selection.parameters, "asked_since": asked_since})

    def opened_by_hour(self, selection: Selection) -> tuple[int, ...]:
        """How many tickets of the selection were opened in each hour of the day, in its zone."""
        cells = self.ticket_times(selection).heat_map()
        counts = Counter[int]()
        for hour, count in zip(cells["hour_of_day"].tolist(), cells["tickets_count"].tolist(), strict=True):
            counts[hour] += count
        return tuple(counts[hour] for hour in range(HOURS))
