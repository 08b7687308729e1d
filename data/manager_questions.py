"""Questions that the manager's pages ask: when tickets come, what flows in and out, what is decided by neglect."""

import pandas as pd

from data.page_questions import PageQuestions
from data.selection import Selection, Step


class ManagerQuestions(PageQuestions):
    """What `PageQuestions` answers, and what the pages for managers ask besides."""

    def flow(self, selection: Selection, step: str) -> pd.DataFrame:
        """What came and went in each "hour", "day" or "week" of [since, until), which `selection` must have.

        starts_at (UTC), opened_count, reopened_count, settled_count (also closed without a resolution), backlog_count
        (open at the end of the period or at the horizon). A ticket that moves between the categories of the selection
        and others changes the backlog alone; one that was settled by its first event was never open.
        """
        return self._frame("flow", {**selection.parameters, "step": step})

    def decisions(self, selection: Selection) -> pd.DataFrame:
        """The claims decided in the period, by category: category, decisions_count, auto_decisions_count.

        The share of those approved by the marketplace because nobody decided in time is the second of the first.
        """
        return self._frame("decisions", selection.parameters)

    def decisions_over_time(self, selection: Selection, step: Step = Step.WEEK) -> pd.DataFrame:
        """The same by day, week or month: period_on, decisions_count, auto_decisions_count; a gap has no row."""
        return self._frame("decisions_over_time", {**selection.parameters, "step": step.value})

    def cohorts(self, selection: Selection, step: Step = Step.WEEK) -> pd.DataFrame:
        """Counts of the tickets opened in each day, week or month, for trends and their limits; a gap has no row.

        period_on, tickets_count, replied_count, replied_within_24h_count (of those decided), undecided_count (not 24 h
        old), resolved_count, one_touch_count (resolved with exactly one public reply), reopened_count.
        """
        return self._frame("cohorts", {**selection.parameters, "step": step.value})

    def marketplace_replies(self, selection: Selection) -> pd.DataFrame:
        """Replies as the marketplace counts them, every hour, of dialogs (chats, and imported tickets) in one row.

        dialogs_count, replied_within_24h_count, mean_first_reply_seconds (of those replied to, from creation),
        turns_count (runs of buyer's messages), replied_turns_count, mean_reply_seconds (from a run's first message to
        the next public reply). Means are null where nothing was replied to.
        """
        return self._frame("marketplace_replies", selection.parameters)
