"""Who has a ticket that is opened out of another one: whoever has that one, while they work here."""

import pytest

from tests.workflow.builders import AGENT, HOUR, NOW, delivered, world
from workflow.tickets import SYNC

ROLES = [("agent", "olga"), ("", "olga"), ("left", ""), ("platform_agent", ""), ("system_sync", "")]
whatever_they_are = pytest.mark.parametrize(("role", "has_it"), ROLES)


@whatever_they_are
def test_a_split_goes_to_whoever_has_the_ticket_and_works_here(role, has_it):
    it = world()
    ticket = it.open(team_id="t-1", assignee_id="olga")
    it.store.roles["olga"] = role
    ids = [message.id for message in it.store.load_case(ticket.id).messages]
    said = {"actor": AGENT, "now": NOW + HOUR, "expected_version": ticket.version}
    child = it.desk.pairs.split(ticket.id, ids, "after_sales", **said)
    assert (child.assignee_id, child.team_id, it.now(ticket).assignee_id) == (has_it, "t-1", "olga")


@whatever_they_are
def test_an_after_sales_case_goes_to_whoever_has_its_ticket_and_works_here(role, has_it):
    it = world(parcel=delivered())
    ticket = it.open("product_quality", team_id="t-1", assignee_id="olga")
    it.act(ticket, "register", NOW)
    it.desk.sync_state(ticket.id, "evidence_review", "R-1", actor=SYNC, now=NOW)
    it.store.roles["olga"] = role
    it.act(ticket, "agree_return", NOW, override_reason="Goodwill for the buyer")
    child = it.store.tickets[it.store.load_case(ticket.id).links[0].id]
    assert (child.assignee_id, child.team_id) == (has_it, "t-1")
