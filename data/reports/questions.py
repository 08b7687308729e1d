"""Questions that only the weekly report asks, beside those of `PageQuestions`. The SQL is in `sql/queries`."""

from data.page_questions import PageQuestions
from data.reports.values import Flow, Share
from data.selection import Selection

HOURS = 24


class ReportQuestions(PageQuestions):
    """What `PageQuestions` answers, and what the weekly report asks besides."""

    def week_flow(self, selection: Selection) -> Flow:
        """What came and went in the selection's period, and the backlog at its horizon."""
        (counts,) = self._frame("week_flow", selection.parameters).to_dict("records")
        backlog = self.backlog(selection)["tickets_count"].tolist()
        return Flow(**{str(name): int(count) for name, count in counts.items()}, backlog_count=sum(backlog))

    def claims_decided(self, selection: Selection) -> Share:
        """Of the claims decided in the period, those that were approved because nobody decided in time."""
        row = self._frame("claims_decided", selection.parameters).iloc[0]
        return Share(part_count=int(row["auto_decisions_count"]), whole_count=int(row["decisions_count"]))

    def opened_by_hour(self, selection: Selection) -> tuple[int, ...]:
        """How many tickets of the selection were opened in each hour of the day, in its zone."""
        rows = self._frame("opened_by_hour", selection.parameters)
        counts = dict(zip(rows["hour_of_day"].tolist(), rows["tickets_count"].tolist(), strict=True))
        return tuple(counts.get(hour, 0) for hour in range(HOURS))
