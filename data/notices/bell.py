"""A person's own notices: how many are unread, which there are, and that they were read."""

from datetime import datetime
from typing import Any

import pandas as pd

from data.case_files import scope_parameters
from data.commits import run
from data.database import Database
from data.notices.choices import choices_of
from workflow.tickets import EVERYTHING, Scope

PAGE_ROWS = 25


class Bell:
    """The notices of one person, of the kinds that they want at the bell, about tickets within their scope.

    Nobody else's are read or changed by it. A scope holds from now on: what was told before it narrowed is hidden, too.
    """

    def __init__(self, database: Database, person_id: str, scope: Scope = EVERYTHING) -> None:
        self._database, self._person_id, self._within = database, person_id, scope_parameters(scope)

    def unread_count(self) -> int:
        """How many are unread."""
        asked = self._asked()
        key = ("unread_count", *map(str, asked.values()))
        return self._database.recall(
            key, lambda: self._database.read("notices/unread_count", asked)[0][0], ("notices", "tickets")
        )

    def notices(self, *, is_unread_only: bool = False, limit: int = PAGE_ROWS, offset: int = 0) -> pd.DataFrame:
        """The newest first: id, kind, what, by_id, percent, due_at, made_at, is_unread, number, by_name, product_name.

        `number` is the ticket's, and so is the product, empty where none is known. Instants are naive UTC; due_at and
        percent may be missing.
        """
        paged = {"is_unread_only": is_unread_only, "row_limit": limit, "row_offset": offset}
        return self._database.frame("notices/listed", self._asked() | paged)

    def count(self, *, is_unread_only: bool = False) -> int:
        """How many there are."""
        return self._database.read("notices/listed_count", self._asked() | {"is_unread_only": is_unread_only})[0][0]

    def read(self, notice_id: str, *, now: datetime) -> None:
        """Note that the person has read one."""
        self._write("notices/mark_read", {"notice_id": notice_id, "now": now})

    def read_all(self, *, told_by: datetime, now: datetime) -> None:
        """Note that they have read everything made until `told_by`: what came after they looked stays unread."""
        self._write("notices/mark_all_read", {"told_by": told_by, "now": now, **self._within})

    def _asked(self) -> dict[str, Any]:
        kinds = choices_of(self._database, self._person_id).at_the_bell
        return {"person_id": self._person_id, "kinds": [kind.value for kind in kinds], **self._within}

    def _write(self, query: str, values: dict[str, Any]) -> None:
        with self._database.writing() as cursor:
            run(cursor, query, {"person_id": self._person_id} | values)
