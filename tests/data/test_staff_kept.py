"""What agents take and when they are away, in the desk's file; what tickets ask for; what `check` says of it."""

import json
from datetime import datetime, timedelta

import pytest

from data.check import check
from data.directory import Directory
from data.errors import EditedMeanwhileError
from data.people import Agent, People, save_people
from data.staff import Staff
from tests.new_desks import new_desk
from workflow.contacts import Contact
from workflow.records import Order, Posting
from workflow.staff import Needs, NotOurAgentError, Profile, ProfileInvalidError
from workflow.tickets import Actor, Scope
from workflow.vocabulary import Channel, Language, Role, Scheme

NOW = datetime(2026, 3, 9, 12)
ANNA = Actor(role=Role.SELLER_AGENT, id="anna")
WHOLE = Profile(
    agent_id="li",
    most_open_count=12,
    categories=("after_sales",),
    languages=(Language.ZH, Language.EN),
    schemes=(Scheme.RFBS,),
    absent_from_at=NOW,
    absent_until_at=NOW + timedelta(days=2),
    stand_in_id="anna",
)


@pytest.fixture
def desk(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as opened:
        agents = (
            Agent(id="anna", name="Anna"),
            Agent(id="li", name="Li", role="manager"),
            Agent(id="old", name="O", is_active=False),
            Agent(id="mediator", name="M", role="platform_agent"),
            Agent(id="sync", name="S", role="system_sync"),
        )
        save_people(opened.database, People(agents=agents), NOW)
        yield opened


def opened_ticket(desk, posting_number=""):
    contact = Contact(
        category="logistics_delay",
        channel=Channel.EMAIL,
        text="Where?",
        seller_id="s1",
        buyer_key="b1",
        language=Language.RU,
        order_id="o1" if posting_number else "",
        posting_number=posting_number,
    )
    return desk.desk.open_ticket(contact, actor=ANNA, now=NOW)


def test_a_profile_comes_back_as_it_was_saved_and_is_replaced(desk):
    staff = Staff(desk.database)
    assert staff.profiles() == ()
    staff.save(WHOLE, by="olga", now=NOW)
    assert staff.profiles() == desk.store.profiles() == (WHOLE,)
    staff.save(Profile(agent_id="li"), by="olga", now=NOW)
    assert staff.profiles() == (Profile(agent_id="li"),)
    entries = desk.database.read("select by_id, subject, detail from audit_entries where action = 'save_profile'")
    assert [(by, subject) for by, subject, _detail in entries] == [("olga", "li"), ("olga", "li")]
    assert {json.loads(detail)["most_open_count"] for *_rest, detail in entries} == {12, None}


def test_of_two_who_edit_one_profile_the_later_is_refused_and_nothing_of_the_other_s_is_lost(desk):
    staff, fresh = Staff(desk.database), Profile(agent_id="li")
    staff.save(WHOLE, by="olga", now=NOW, seen=fresh)
    with pytest.raises(EditedMeanwhileError, match="What Li takes was saved by somebody else meanwhile"):
        staff.save(Profile(agent_id="li", most_open_count=3), by="boris", now=NOW, seen=fresh)
    assert staff.profiles() == (WHOLE,)
    assert desk.database.read("select by_id from audit_entries where action = 'save_profile'") == [("olga",)]
    staff.save(Profile(agent_id="li", most_open_count=3), by="boris", now=NOW, seen=WHOLE)
    assert staff.profiles() == (Profile(agent_id="li", most_open_count=3),)


@pytest.mark.parametrize("agent_id", ["old", "mediator", "sync"])
def test_an_agent_who_does_not_work_for_the_seller_gets_no_profile(agent_id, desk):
    staff = Staff(desk.database)
    with pytest.raises(ProfileInvalidError, match="no such agent"):
        staff.save(Profile(agent_id=agent_id), by="olga", now=NOW)
    with pytest.raises(ProfileInvalidError, match="whoever stands in works on no tickets"):
        staff.save(Profile(agent_id="li", stand_in_id=agent_id), by="olga", now=NOW)
    assert staff.profiles() == ()
    assert not desk.database.read("select 1 from audit_entries where action = 'save_profile'")


def test_whoever_has_a_ticket_is_named_among_those_who_may_get_one_within_the_scope(desk):
    for agent_id, seller_id in (("old", "s1"), ("mediator", "s2"), ("nobody's", "s1"), ("", "s1")):
        ticket = opened_ticket(desk)
        with desk.database.writing() as cursor:
            told = [agent_id, seller_id, ticket.id]
            cursor.execute("update tickets set assignee_id = $1, seller_id = $2 where id = $3", told)
    working = {"anna": "Anna", "li": "Li"}
    directory = Directory(desk.database)
    assert directory.holders() == working | {"old": "O", "mediator": "M", "nobody's": "nobody's"}
    assert directory.holders(Scope(seller_ids=("s1",))) == working | {"old": "O", "nobody's": "nobody's"}
    assert directory.holders(Scope(team_ids=("t9",))) == {}


def test_the_loads_have_the_profiles(desk):
    Staff(desk.database).save(WHOLE, by="olga", now=NOW)
    assert [(load.agent_id, load.profile) for load in Directory(desk.database).loads()] == [
        ("anna", None),
        ("li", WHOLE),
    ]


def test_only_the_sellers_agents_are_offered_and_everybody_keeps_their_name(desk):
    directory = Directory(desk.database)
    assert directory.agents() == {"anna": "Anna", "li": "Li"}
    assert directory.names() == {"anna": "Anna", "li": "Li", "old": "O", "mediator": "M", "sync": "S"}


def test_a_ticket_is_not_given_to_the_marketplaces_mediator(desk):
    ticket = opened_ticket(desk)
    with pytest.raises(NotOurAgentError, match="not given to M, who is no agent of the seller"):
        desk.desk.assign(ticket.id, "mediator", actor=ANNA, now=NOW)
    assert desk.store.load_case(ticket.id).ticket.assignee_id == ticket.assignee_id


def test_what_tickets_ask_for_is_read_at_once_and_within_the_scope(desk):
    order = Order(id="o1", number="1", seller_id="s1", buyer_key="b1", ordered_at=NOW)
    parcel = Posting(number="1-1", order_id="o1", scheme=Scheme.FBS, status="delivering", status_changed_at=NOW)
    desk.store.save_order(order, [parcel], [])
    one, two = opened_ticket(desk, "1-1"), opened_ticket(desk)
    plain = Needs(category="logistics_delay", language=Language.RU)
    staff = Staff(desk.database)
    assert staff.needs([one.id, two.id]) == {
        one.id: Needs(category="logistics_delay", language=Language.RU, scheme=Scheme.FBS),
        two.id: plain,
    }
    assert staff.needs([two.id]) == {two.id: plain}
    assert staff.needs([one.id], Scope(seller_ids=("s2",))) == {}
    assert staff.needs([]) == {}


def test_whoever_stands_in_gets_the_ticket_and_the_stored_log_says_why(desk):
    Staff(desk.database).save(WHOLE, by="olga", now=NOW)
    ticket = opened_ticket(desk)
    after = desk.desk.assign(ticket.id, "li", actor=Actor(role=Role.SELLER_AGENT, id="boss"), now=NOW)
    assert after.assignee_id == "anna"
    assert desk.store.events_of(ticket.id)[-1].payload["why"] == "Li is away until 2026-03-11 12:00 UTC, Anna stands in"
    assert not [item for item in check(desk.database) if not item.is_note]


def test_a_profile_of_nobody_is_found_by_check(desk):
    Staff(desk.database).save(WHOLE, by="olga", now=NOW)
    with desk.database.writing() as cursor:
        cursor.execute("delete from agents where id = 'anna'").fetchall()
    found = [item for item in check(desk.database) if item.place == "agent_profiles"]
    assert [(item.stored, item.expected) for item in found] == [("anna", "an agent")]
