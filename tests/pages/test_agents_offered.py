"""Tickets are offered to agents of the seller; a mediator of the marketplace who has one keeps their name."""

from datetime import timedelta
from functools import partial

import pytest
from desk_builders import ANNA, numbered

from data.people import Agent, People, save_people
from pages.shared import access
from pages.shared.formats import instant, plain
from workflow.staff import Profile


@pytest.fixture
def with_mediator(desk, now):
    """Ticket 2 is in the hands of somebody who is a mediator now."""
    save = partial(save_people, desk.database, now=now)
    save(People(agents=(Agent(id="olga", name="Olga Arbiter"),)))
    desk.desk.assign(numbered(desk, 2).ticket.id, "olga", actor=ANNA, now=now)
    save(People(agents=(Agent(id="olga", name="Olga Arbiter", role="platform_agent"),)))
    return desk


def test_no_list_of_assignees_offers_a_mediator(with_mediator, visit):
    page = visit("queue", ticket="3")
    assert sorted(page.menu_button(key="queue_assignee_3").options) == ["Anna Petrova", "Li Wei", "Local agent"]
    page.session_state["queue_bulk_mode"] = True
    page.session_state["queue_bulk_marked"] = [3]
    offered = page.run().menu_button(key="queue_bulk_assign").options
    assert sorted(offered) == ["Anna Petrova", "Li Wei", "Local agent", "Nobody", "Whoever has the fewest"]
    assert visit("team").selectbox(key="team_agent").options == ["Anna Petrova", "Li Wei", "Local agent"]
    (assignee,) = [choice for choice in visit("replies").selectbox if choice.label == "Assignee"]
    assert "Olga Arbiter" not in assignee.options


def test_a_ticket_that_a_mediator_has_shows_their_name_and_can_be_found_by_it(with_mediator, visit):
    page = visit("queue", ticket="2", assignee="olga")
    page.session_state["queue_filter"] = True
    page.run()
    assert page.menu_button(key="queue_assignee_2").label == "Olga Arbiter"
    assert page.multiselect(key="queue_facet_assignee").value == ["olga"]
    assert "Olga Arbiter · 1" in page.multiselect(key="queue_facet_assignee").options


def test_the_least_loaded_are_counted_among_the_sellers_agents(with_mediator):
    assert [load.agent_id for load in access.directory().loads()] == ["anna", "li", "local"]


def test_who_is_away_is_said_beside_their_name_until_they_are_back(desk, visit, now):
    day = timedelta(days=1)
    away = Profile(agent_id="li", absent_from_at=now - day, absent_until_at=now + day)
    access.staff().save(away, by="olga", now=now)
    page = visit("queue", ticket="3")
    said = plain(f"Li Wei · away until {instant(now + day, access.zone())}")
    assert said in page.menu_button(key="queue_assignee_3").options
    page.session_state["queue_bulk_mode"] = True
    page.session_state["queue_bulk_marked"] = [3]
    assert said in page.run().menu_button(key="queue_bulk_assign").options
    page.menu_button(key="queue_bulk_assign").set_value("li")
    access.staff().save(Profile(agent_id="li"), by="olga", now=now)
    page.run()
    assert "Li Wei" in page.menu_button(key="queue_bulk_assign").options
    page.button(key="queue_bulk_do").click().run()
    assert numbered(desk, 3).ticket.assignee_id == "li"
