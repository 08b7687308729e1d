"""Questions that the manager's pages ask: when tickets come, and what is decided by neglect."""

import pandas as pd

from data.page_questions import PageQuestions
from data.selection import Selection, Step


class ManagerQuestions(PageQuestions):
    """What `PageQuestions` answers, and what the pages for managers ask besides."""

    def heat_map(self, selection: Selection) -> pd.DataFrame:
        """When tickets were opened, in the desk's zone; an hour without a ticket has no row.

        day_of_week (Monday is 0), hour_of_day, tickets_count, reached_count (with a first reply),
        median_first_reply_seconds (of those; null where there is none).
        """
        return self._frame("heat_map", selection.parameters)

    def decisions(self, selection: Selection) -> pd.DataFrame:
        """The claims decided in the period, by category: category, decisions_count, auto_decisions_count.

        The share of those approved by the marketplace because nobody decided in time is the second of the first.
        """
        return self._frame("decisions", selection.parameters)

    def decisions_over_time(self, selection: Selection, step: Step = Step.WEEK) -> pd.DataFrame:
        """The same by day, week or month: period_on, decisions_count, auto_decisions_count; a gap has no row."""
        return self._frame("decisions_over_time", {**selection.parameters, "step": step.value})

    def marketplace_replies(self, selection: Selection) -> pd.DataFrame:
        """Replies as the marketplace counts them, every hour, of dialogs (chats, and imported tickets) in one row.

        dialogs_count, replied_within_24h_count, mean_first_reply_seconds (of those replied to, from creation),
        turns_count (runs of buyer's messages), replied_turns_count, mean_reply_seconds (from a run's first message to
        the next public reply). Means are null where nothing was replied to.
        """
        return self._frame("marketplace_replies", selection.parameters)
