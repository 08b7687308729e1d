"""Who and what the demo's desk knows: teams, agents, sellers, carriers, products. As `catalogue.toml` says."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from workflow.records import Money, Product
from workflow.vocabulary import Language, Role, Scheme

_CATALOGUE = Path(__file__).with_name("catalogue.toml")
_STOCK = (0, 3, 12, 40, 120)


@dataclass(frozen=True, kw_only=True, slots=True)
class Agent:
    """Somebody who works at the desk. `pace` is how long they take; 1 is usual."""

    id: str
    name: str
    role: Role
    team_id: str
    pace: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Seller:
    """A shop, how it delivers, how long it takes to answer (`pace`) and how many contacts are about it (`share`)."""

    id: str
    name: str
    contract: str
    currency: str
    team_id: str
    pace: float
    share: float
    schemes: tuple[Scheme, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """Who brings parcels. `lateness` is how often a late parcel is theirs; 1 is usual."""

    name: str
    schemes: tuple[Scheme, ...]
    is_cross_border: bool
    share: float
    lateness: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Goods:
    """A product with its seller and its names; `flaw` is how often it turns out defective, 1 is usual."""

    product: Product
    seller: Seller
    names: Mapping[Language, str]
    share: float
    flaw: float


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Everybody and everything that does not change during the demo."""

    teams: Mapping[str, str]
    agents: tuple[Agent, ...]
    sellers: tuple[Seller, ...]
    carriers: tuple[Carrier, ...]
    warehouses: tuple[str, ...]
    goods: tuple[Goods, ...]
    buyer_names: Mapping[Language, tuple[tuple[str, ...], tuple[str, ...]]]

    def agents_of(self, team_id: str) -> tuple[Agent, ...]:
        """Those of a team who answer for sellers."""
        return tuple(agent for agent in self.agents if agent.team_id == team_id)

    @property
    def mediators(self) -> tuple[Agent, ...]:
        """Those who act for the platform."""
        return tuple(agent for agent in self.agents if agent.role is Role.PLATFORM_AGENT)

    def buyer_name(self, language: Language, random: Random) -> str:
        """An invented name."""
        first, second = self.buyer_names[language]
        joint = "" if language is Language.ZH else " "
        return f"{random.choice(first)}{joint}{random.choice(second)}"


def pick(random: Random, weights: Mapping[Any, float]) -> Any:  # noqa: ANN401 - whatever the keys are
    """One key of `weights`, as often as its weight says."""
    return random.choices(list(weights), weights=list(weights.values()))[0]


@cache
def catalogue() -> World:
    """The world as its file has it."""
    with _CATALOGUE.open("rb") as file:
        table = tomllib.load(file)
    sellers = tuple(_seller(row) for row in table["sellers"])
    by_id = {seller.id: seller for seller in sellers}
    return World(
        teams={row["id"]: row["name"] for row in table["teams"]},
        agents=tuple(Agent(**{**row, "role": Role(row["role"])}) for row in table["agents"]),
        sellers=sellers,
        carriers=tuple(Carrier(**{**row, "schemes": _schemes(row["schemes"])}) for row in table["carriers"]),
        warehouses=tuple(table["warehouses"]),
        goods=tuple(_goods(row, by_id[row["seller_id"]], index) for index, row in enumerate(table["products"])),
        buyer_names={
            Language(name): (tuple(row["first"]), tuple(row["second"])) for name, row in table["buyer_names"].items()
        },
    )


def _schemes(names: Sequence[str]) -> tuple[Scheme, ...]:
    return tuple(Scheme(name) for name in names)


def _seller(row: Mapping[str, Any]) -> Seller:
    return Seller(**{**row, "schemes": _schemes(row["schemes"])})


def _goods(row: Mapping[str, Any], seller: Seller, index: int) -> Goods:
    product = Product(
        id=row["id"],
        name=row["en"],
        product_category=row["category"],
        price=Money(amount=Decimal(row["price"]).quantize(Decimal("0.01")), currency=seller.currency),
        warranty_days=row.get("warranty_days"),
        is_technically_complex=row.get("is_technically_complex", False),
        is_remote_diagnosable=row.get("is_remote_diagnosable", False),
        stock_count=_STOCK[index % len(_STOCK)],
    )
    return Goods(
        product=product,
        seller=seller,
        names={language: row[language.value] for language in Language},
        share=row.get("share", 1),
        flaw=row.get("flaw", 1),
    )
