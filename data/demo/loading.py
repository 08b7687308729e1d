"""Puts the simulated desk into the file: the people, everything that was simulated, and the word that it is made up."""

from data.bulk import load_desk
from data.demo.plots import Buyer
from data.demo.world import World
from data.opening import OpenDesk
from data.people import Agent, BuyerPerson, People, Seller, Team
from workflow.errors import DeskError
from workflow.memory import MemoryTicketStore


class DeskNotEmptyError(DeskError):
    """The demo is for an empty desk only."""

    def __init__(self) -> None:
        super().__init__("This desk has tickets already: the demo fills only an empty one, so name another file.")


def load(opened: OpenDesk, memory: MemoryTicketStore, world: World, buyers: list[Buyer]) -> None:
    """Load it all. The desk says that its data are synthetic before the first of them is there."""
    opened.settings.data_are_synthetic = True
    try:
        load_desk(opened.store, memory, _people(world, buyers))
    except BaseException:
        opened.settings.data_are_synthetic = False
        raise


def _people(world: World, buyers: list[Buyer]) -> People:
    return People(
        sellers=tuple(Seller(id=item.id, name=item.name, contract=item.contract) for item in world.sellers),
        teams=tuple(Team(id=team_id, name=name) for team_id, name in world.teams.items()),
        agents=tuple(
            Agent(id=item.id, name=item.name, role=item.role.value, team_id=item.team_id) for item in world.agents
        ),
        persons=tuple(
            BuyerPerson(buyer_key=buyer.key, name=buyer.name, marketplace_user_id=f"demo-{number:05d}")
            for number, buyer in enumerate(buyers, 1)
        ),
    )
