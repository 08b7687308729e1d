"""Names to choose from and to call people by, and the ticket behind a number. Figures and lists are `metrics`."""

from data.database import Database
from workflow.tickets import EVERYTHING, Scope


class Directory:
    """Answers one question per method; a read that shows tickets or sellers takes a `Scope`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def ticket_id(self, number: int, scope: Scope = EVERYTHING) -> str | None:
        """The id behind a ticket's human number."""
        limits = {"seller_ids": list(scope.seller_ids), "team_ids": list(scope.team_ids)}
        rows = self.database.read("directory/ticket_id_of_number", {"number": number} | limits)
        return rows[0][0] if rows else None

    def names(self, buyer_key: str = "") -> dict[str, str]:
        """The names of agents and sellers, and of one buyer, by id."""
        return dict(self.database.read("directory/names", {"buyer_key": buyer_key}))

    def agents(self) -> dict[str, str]:
        """Names of the agents who work on tickets, by id."""
        return dict(self.database.read("directory/agents"))

    def sellers(self, scope: Scope = EVERYTHING) -> dict[str, str]:
        """Names of sellers by id."""
        return dict(self.database.read("directory/sellers", {"seller_ids": list(scope.seller_ids)}))

    def products(self, seller_id: str) -> dict[str, str]:
        """Names of a seller's products by id."""
        return dict(self.database.read("directory/products", {"seller_id": seller_id}))

    def parcels(self, order_id: str) -> tuple[str, ...]:
        """The numbers of an order's parcels."""
        return tuple(number for (number,) in self.database.read("directory/parcels", {"order_id": order_id}))
