"""What an agent's screen lists: the tickets of a queue, how many each holds, and the names to choose from.

Reads only, straight from the present (the ticket rows). Figures about the past are `metrics`.
"""

from datetime import datetime, timedelta
from enum import StrEnum, auto

import pandas as pd

from data.database import Database
from workflow.tickets import EVERYTHING, Scope
from workflow.vocabulary import Language

SOON = timedelta(hours=24)


class View(StrEnum):
    """The queues that an agent switches between."""

    OPEN = auto()
    MINE = auto()
    UNASSIGNED = auto()
    DUE = auto()
    PLATFORM = auto()
    RESOLVED = auto()


class Queues:
    """Answers one question per method; every read takes a `Scope`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def tickets(  # noqa: PLR0913 - a list has this many filters
        self,
        view: View,
        *,
        person_id: str,
        now: datetime,
        language: Language,
        category: str = "",
        search: str = "",
        limit: int = 200,
        offset: int = 0,
        scope: Scope = EVERYTHING,
    ) -> pd.DataFrame:
        """The tickets of a queue, the nearest clock first; `matched_count` says how many there are in all."""
        parameters = {
            "view": view.value,
            "person_id": person_id,
            "soon": now + SOON,
            "language": language.value,
            "category": category,
            "search": search.strip().lower(),
            "limit": limit,
            "offset": offset,
        }
        return self.database.frame("queues/queue_tickets", parameters | _limits(scope))

    def counts(
        self, *, person_id: str, now: datetime, category: str = "", scope: Scope = EVERYTHING
    ) -> dict[View, int]:
        """How many tickets each queue holds."""
        parameters = {"person_id": person_id, "soon": now + SOON, "category": category}
        ((opened, mine, unassigned, due, platform, resolved),) = self.database.read(
            "queues/queue_counts", parameters | _limits(scope)
        )
        return dict(zip(View, (opened, mine, unassigned, due, platform, resolved), strict=True))

    def categories(self, language: Language) -> dict[str, str]:
        """Every category that has a ticket, with its name."""
        return dict(self.database.read("queues/queue_categories", {"language": language.value}))

    def id_of_number(self, number: int, scope: Scope = EVERYTHING) -> str | None:
        """The id behind a human number."""
        rows = self.database.read("queues/ticket_id_of_number", {"number": number} | _limits(scope))
        return rows[0][0] if rows else None

    def names(self, buyer_key: str = "") -> dict[str, str]:
        """The names of agents and sellers, and of one buyer, by id."""
        return dict(self.database.read("queues/names", {"buyer_key": buyer_key}))

    def sellers(self, scope: Scope = EVERYTHING) -> dict[str, str]:
        """Names of sellers by id."""
        return dict(self.database.read("queues/sellers", {"seller_ids": list(scope.seller_ids)}))

    def products(self, seller_id: str) -> dict[str, str]:
        """Names of a seller's products by id."""
        return dict(self.database.read("queues/products", {"seller_id": seller_id}))

    def agents(self) -> dict[str, str]:
        """Names of the agents who work on tickets, by id."""
        return dict(self.database.read("queues/agents"))

    def newest_position(self) -> int:
        """The position of the newest event: grows with every event, 0 on an empty desk."""
        return self.database.read("queues/newest_position")[0][0]

    def parcels(self, order_id: str) -> tuple[str, ...]:
        """The numbers of an order's parcels."""
        return tuple(number for (number,) in self.database.read("queues/parcels", {"order_id": order_id}))


def _limits(scope: Scope) -> dict[str, list[str]]:
    return {"seller_ids": list(scope.seller_ids), "team_ids": list(scope.team_ids)}
