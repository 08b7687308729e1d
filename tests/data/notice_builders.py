"""A desk with three agents and short ways to cause notices."""

from datetime import datetime

from data.opening import OpenDesk
from data.people import Agent, People, Team, save_people
from tests.data.checked_desks import AGENT, T0, contact_of
from workflow.tickets import Ticket

ADDRESSES = """
desk = "https://desk.example/"

[people.ben]
webhook = "json://hooks.example/desk"
mail = "mailto://post.example?from=desk@example.com&to=ben@example.com"
"""
NOTICES = "select person_id, kind, what, by_id, percent, due_at from notices order by made_at, person_id, kind, what"


def hire(opened: OpenDesk) -> None:
    """Anna and Ben of team t-1, Cleo of none, Dora who has left, the marketplace's mediator Olga, and a process."""
    agents = (
        Agent(id="anna", name="Anna Petrova", team_id="t-1"),
        Agent(id="ben", name="Ben", team_id="t-1"),
        Agent(id="cleo", name="Cleo"),
        Agent(id="dora", name="Dora", is_active=False),
        Agent(id="olga", name="Olga", team_id="t-1", role="platform_agent"),
        Agent(id="sync", name="Sync", team_id="t-1", role="system_sync"),
    )
    save_people(opened.database, People(teams=(Team(id="t-1", name="First"),), agents=agents), T0)


def open_ticket(opened: OpenDesk, at: datetime = T0, **changes) -> Ticket:
    return opened.desk.open_ticket(contact_of(order_id="", files=(), **changes), actor=AGENT, now=at)


def told(opened: OpenDesk) -> list[tuple]:
    """Person, kind, what, by whom, percent and due instant of every notice, oldest first."""
    return opened.database.read(NOTICES)
