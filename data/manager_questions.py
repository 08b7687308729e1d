"""Questions that the manager's pages ask: what is decided by neglect, and replies as the marketplace counts them."""

import pandas as pd

from data.page_questions import PageQuestions
from data.selection import Selection, Step


class ManagerQuestions(PageQuestions):
    """What `PageQuestions` answers, and what the pages for managers ask besides."""

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
