"""Names to choose from and to call people by, and the ticket behind a number. Figures and lists are `metrics`."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from data.case_files import scope_parameters
from data.database import Database
from data.staff import Staff
from workflow.assignment import Load
from workflow.staff import ELSEWHERE
from workflow.tickets import EVERYTHING, Scope
from workflow.vocabulary import Language


class Directory:
    """Answers one question per method, within a `Scope`.

    Limited by seller: sellers, products, parcels and buyers. Agents have a team and no seller: a choice of agents is
    limited by team, while the name of whoever acted on a ticket is shown to everybody who may see the ticket.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def ticket_id(self, number: int, scope: Scope = EVERYTHING) -> str | None:
        """The id behind a ticket's human number."""
        rows = self.database.read("directory/ticket_id_of_number", {"number": number, **scope_parameters(scope)})
        return rows[0][0] if rows else None

    def tickets_chosen(self, numbers: Sequence[int], scope: Scope = EVERYTHING) -> pd.DataFrame:
        """The tickets of these numbers, the newest first: number, id, version, is_open, assignee_id."""
        return self.database.frame("directory/tickets_chosen", {"numbers": list(numbers), **scope_parameters(scope)})

    def names(self, buyer_key: str = "", scope: Scope = EVERYTHING) -> dict[str, str]:
        """The names of agents, of the sellers within the scope, and of one buyer with a ticket within it, by id."""
        names = self._recalled("directory/names", {"seller_ids": list(scope.seller_ids)}, ("agents", "sellers"))
        return names | self._buyer(buyer_key, scope) if buyer_key else names

    def agents(self, scope: Scope = EVERYTHING) -> dict[str, str]:
        """Names of the agents who may get tickets, by id; those of the scope's teams, where it names teams.

        Who works for the marketplace is none of them. To name whoever has a ticket already, ask `names` or `holders`.
        """
        return self._recalled("directory/agents", _working(scope), ("agents",))

    def holders(self, scope: Scope = EVERYTHING) -> dict[str, str]:
        """The `agents`, and whoever else has a ticket within the scope: who has left, or gets none any more."""
        parameters = _working(scope) | {"seller_ids": list(scope.seller_ids)}
        return self._recalled("directory/holders", parameters, ("agents", "tickets"))

    def slugs_known(self, facet: str, slugs: Collection[str]) -> frozenset[str]:
        """Which of `slugs` mean something: of the facet category, assignee or team, as a record or in some ticket."""
        asked = {"facet": facet, "slugs": sorted(slugs)}

        def ask() -> frozenset[str]:
            return frozenset(slug for (slug,) in self.database.read("directory/slugs_known", asked))

        return self.database.recall(("slugs_known", facet, *asked["slugs"]), ask)

    def loads(self, scope: Scope = EVERYTHING) -> tuple[Load, ...]:
        """How many open tickets each of the `agents` has, with their profile, by name."""
        rows = self.database.read("directory/loads", _working(scope))
        profiles = {profile.agent_id: profile for profile in Staff(self.database).profiles()}
        return tuple(
            Load(agent_id=agent_id, name=name, open_count=count, profile=profiles.get(agent_id))
            for agent_id, name, count in rows
        )

    def team_of(self, agent_id: str) -> str:
        """The id of an agent's team, empty where they have none."""

        def ask() -> str:
            rows = self.database.read("directory/team_of_agent", {"agent_id": agent_id})
            return rows[0][0] if rows else ""

        return self.database.recall(("team_of", agent_id), ask, ("agents",))

    def teams(self, scope: Scope = EVERYTHING) -> dict[str, str]:
        """Names of teams by id; those of the scope, where it names teams."""
        return dict(self.database.read("directory/teams", {"team_ids": list(scope.team_ids)}))

    def sellers(self, scope: Scope = EVERYTHING) -> dict[str, str]:
        """Names of sellers by id."""
        return dict(self.database.read("directory/sellers", {"seller_ids": list(scope.seller_ids)}))

    def products(self, seller_id: str, scope: Scope = EVERYTHING) -> dict[str, str]:
        """Names of a seller's products by id; none of a seller outside the scope."""
        parameters = {"seller_id": seller_id, "seller_ids": list(scope.seller_ids)}
        return dict(self.database.read("directory/products", parameters))

    def parcels(self, order_id: str, scope: Scope = EVERYTHING) -> tuple[str, ...]:
        """The numbers of an order's parcels; none where the order's seller is outside the scope, or not known."""
        parameters = {"order_id": order_id, "seller_ids": list(scope.seller_ids)}
        return tuple(number for (number,) in self.database.read("directory/parcels", parameters))

    def language_of(self, buyer_key: str, scope: Scope = EVERYTHING) -> Language | None:
        """The language of the buyer's newest ticket; None where none lies within the scope, or nobody is named."""
        asked = {"buyer_key": buyer_key, **scope_parameters(scope)}
        rows = self.database.read("directory/language_of_buyer", asked) if buyer_key else []
        return Language(rows[0][0]) if rows else None

    def _buyer(self, buyer_key: str, scope: Scope) -> dict[str, str]:
        """The buyer's name by their key; none where no ticket of theirs lies within the scope."""
        asked = {"buyer_key": buyer_key}
        if scope != EVERYTHING:
            (counted,) = self.database.read("directory/tickets_of_buyer_count", asked | scope_parameters(scope))
            if counted == (0,):
                return {}
        return dict(self.database.read("directory/buyer_name", asked))

    def _recalled(self, query: str, parameters: Mapping[str, Any], tables: tuple[str, ...]) -> dict[str, str]:
        """A name by id, of a statement that reads `tables` only; the caller's own to change."""
        key = (query, *map(str, parameters.values()))
        return dict(self.database.recall(key, lambda: dict(self.database.read(query, parameters)), tables))


def _working(scope: Scope) -> dict[str, list[str]]:
    return {"team_ids": list(scope.team_ids), "elsewhere": sorted(ELSEWHERE)}
