"""The lifecycle's own deadlines: what runs out when, with which consequence. The SQL is in `sql/deadlines`.

The clocks are those of the present: a settled question has none left. Service targets are `data.service.questions`'.
"""

from datetime import datetime
from typing import Any

import pandas as pd

from data.database import Database
from data.selection import EARLIEST, Selection
from data.statements import asked_of

_NO_LIMIT = 2**31


class DeadlineQuestions:
    """Answers questions about the clocks of the desk in `database`. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due_timers(  # noqa: PLR0913 - what narrows the list is told apart by name
        self,
        selection: Selection,
        *,
        until: datetime,
        since: datetime | None = None,
        trigger: str = "",
        assignee_id: str | None = None,
        limit: int | None = None,
        is_by_instant: bool = False,
    ) -> pd.DataFrame:
        """What runs out in `[since, until)` of open and settled tickets; the period of the selection does not count.

        number, ticket_id, trigger, is_decided_for_us (the marketplace approves what we left undecided: these come
        first, then the nearest; `is_by_instant` orders by the instant alone), anchor_at, due_at, policy_id, source (of
        the policy), category, state, label_en, label_ru, label_zh, kind, ball, priority, assignee_id, seller_id,
        product_name. Without `since` what should have run out already is there, too. `assignee_id` empty: of nobody;
        None: whoever has it.
        """
        more: dict[str, Any] = {
            "from_at": since or EARLIEST,
            "until": until,
            "trigger": trigger,
            "assignee_id": assignee_id,
        }
        more |= {"is_by_instant": is_by_instant, "row_limit": _NO_LIMIT if limit is None else limit}
        return self._frame("due_timers", selection, **more)

    def approvals(self, selection: Selection, *, assignee_id: str | None = None) -> pd.DataFrame:
        """What the marketplace approved by itself in the selection's period, because nobody had decided in time.

        number, ticket_id, fired (the trigger), occurred_at, category, assignee_id, seller_id; the newest first.
        """
        return self._frame("approvals", selection, assignee_id=assignee_id)

    def _frame(self, name: str, selection: Selection, **more: Any) -> pd.DataFrame:  # noqa: ANN401 - parameters of SQL
        query = f"deadlines/{name}"
        return self._database.frame(query, asked_of(query, selection.parameters | more))
