"""What goes on right now: the flow of tickets by the hour and who works. Reads recent rows only; SQL in `sql/live`."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from data.database import Database
from data.selection import Selection
from data.statements import asked_of

AT_WORK = timedelta(minutes=60)
RECENTLY = timedelta(minutes=15)


class LiveQuestions:
    """Answers questions about the last hours of the desk in `database`. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def flow_by_hour(self, selection: Selection, *, since: datetime) -> pd.DataFrame:
        """One row per hour from `since` on, the last one up to the horizon, which is now: the log ends there.

        hour_at, opened_count, resolved_count (each resolution, see DECISIONS: First resolution), open_count (at the
        hour's end; of the last one, at the horizon). Categories and period of the selection do not count.
        """
        return self._frame("flow_by_hour", selection, since=since)

    def people_at_work(self, selection: Selection) -> pd.DataFrame:
        """Who did or recorded something in the hour before the horizon, the last one to act first.

        agent_id, name, acts_count (in 60 minutes), recent_acts_count (in 15), last_act_at, last_act (a trigger
        or kind), last_act_kind, last_number (of its ticket), open_count (open tickets assigned). Imported steps do
        not count.
        """
        times = {"since": selection.horizon_at - AT_WORK, "recent_since": selection.horizon_at - RECENTLY}
        return self._frame("people_at_work", selection, **times)

    def _frame(self, name: str, selection: Selection, **more: Any) -> pd.DataFrame:  # noqa: ANN401 - parameters of SQL
        query = f"live/{name}"
        return self._database.frame(query, asked_of(query, selection.parameters | more))
