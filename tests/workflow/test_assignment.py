"""Who gets a ticket where nobody is named, and why."""

import pytest

from tests.workflow.builders import AGENT, HOUR, NOW, OTHER_AGENT, world
from workflow.assignment import NEAREST, Load, NobodyToAssignError, NothingToTakeError, Share, shares, take_next
from workflow.bulk import Chosen
from workflow.errors import TicketNotFoundError
from workflow.staff import Needs, Profile
from workflow.tickets import Scope
from workflow.vocabulary import Language

LATER = NOW + HOUR


def seen(ticket):
    return Chosen(id=ticket.id, number=ticket.number, version=ticket.version)


def test_the_next_ticket_is_the_first_that_no_colleague_took_meanwhile():
    it = world()
    waiting = [seen(it.open()) for _ in range(3)]
    it.desk.assign(waiting[0].id, "boris", actor=OTHER_AGENT, now=LATER)
    taken = take_next(it.desk, waiting, actor=AGENT, now=LATER)
    assert (taken.number, taken.assignee_id) == (2, "anna")
    assert it.now(waiting[0]).assignee_id == "boris"
    assert not it.now(waiting[2]).assignee_id
    assert it.store.events_of(taken.id)[-1].payload["why"] == NEAREST


def test_where_none_is_left_it_is_said():
    it = world()
    ticket = it.open()
    it.desk.assign(ticket.id, "boris", actor=OTHER_AGENT, now=LATER)
    for waiting in ((), (seen(ticket),)):
        with pytest.raises(NothingToTakeError, match="There is no ticket to take"):
            take_next(it.desk, waiting, actor=AGENT, now=LATER)


def test_a_ticket_outside_the_scope_is_not_taken():
    it = world()
    waiting = [seen(it.open())]
    with pytest.raises(TicketNotFoundError):
        take_next(it.desk, waiting, actor=AGENT, now=LATER, scope=Scope(team_ids=("other",)))
    assert not it.now(waiting[0]).assignee_id


def test_tickets_go_to_whoever_has_the_fewest_at_each_turn():
    loads = [
        Load(agent_id="b", name="Boris", open_count=2),
        Load(agent_id="a", name="Anna", open_count=3),
        Load(agent_id="c", name="Clara", open_count=9),
    ]
    tickets = [Chosen(id=f"t{number}", number=number, version=1) for number in range(1, 5)]
    shared = shares(tickets, loads, {}, NOW)
    # 2-3-9: Boris; 3-3-9: Anna by name; 3-4-9: Boris; 4-4-9: Anna.
    assert [shared[ticket.id].agent_id for ticket in tickets] == ["b", "a", "b", "a"]
    assert shared["t1"].why == "Boris has the fewest open tickets (2) of 3 active agents"
    assert shared["t3"].why == "Boris has the fewest open tickets (3) of 3 active agents"


def chosen(count):
    return [Chosen(id=f"t{number}", number=number, version=1) for number in range(1, count + 1)]


def test_the_tickets_of_the_selection_do_not_count_for_whoever_has_them_now():
    full = Load(agent_id="a", name="Anna", open_count=5, profile=Profile(agent_id="a", most_open_count=5))
    tickets = chosen(5)
    shared = shares(tickets, [full], {}, NOW, held=dict.fromkeys((ticket.id for ticket in tickets), "a"))
    assert {share.agent_id for share in shared.values()} == {"a"}
    assert shared["t1"].why == "Anna has the fewest open tickets (0) of 1 active agents"
    assert shared["t5"].why == "Anna has the fewest open tickets (4) of 1 active agents"


def test_the_fewest_are_counted_without_the_selection():
    loads = [Load(agent_id="a", name="Anna", open_count=4), Load(agent_id="b", name="Boris", open_count=2)]
    held = {"t1": "a", "t2": "a", "t3": "a", "t4": "gone"}
    shared = shares(chosen(4), loads, {}, NOW, held=held)
    # Without them Anna has 1, Boris 2: Anna; 2-2: Anna by name; 3-2: Boris; 3-3: Anna.
    assert [shared[f"t{number}"].agent_id for number in (1, 2, 3, 4)] == ["a", "a", "b", "a"]
    assert shared["t3"].why == "Boris has the fewest open tickets (2) of 2 active agents"


def test_a_ticket_that_nobody_can_take_stays_and_counts_for_whoever_has_it():
    speaks = {"a": Language.RU, "b": Language.RU}
    loads = [
        Load(agent_id=agent_id, name=agent_id, open_count=1, profile=Profile(agent_id=agent_id, languages=(language,)))
        for agent_id, language in speaks.items()
    ]
    needs = {"t1": Needs(category="x", language=Language.ZH), "t2": Needs(category="x", language=Language.RU)}
    shared = shares(chosen(2), loads, needs, NOW, held={"t1": "a"})
    assert not shared["t1"].agent_id
    assert shared["t2"] == Share(agent_id="a", why="a has the fewest open tickets (1) of 2 active agents")


def test_without_agents_nothing_is_shared_out():
    with pytest.raises(NobodyToAssignError, match="no agent is active"):
        shares([], [], {}, NOW)
