"""What an agent takes, who stands in for one who is away, and what automatic choices make of it."""

from dataclasses import replace

import pytest

from tests.workflow.builders import AGENT, DAY, HOUR, NOW, OTHER_AGENT, world
from workflow import bulk
from workflow.assignment import Load, NothingToTakeError, shares, take_next
from workflow.bulk import Chosen, NobodyFitsError, ShareOut, carry_out
from workflow.staff import (
    LEFT,
    AgentLeftError,
    Needs,
    NobodyStandsInError,
    NotOurAgentError,
    Profile,
    ProfileInvalidError,
    needs_of,
    refuse_profile,
    stand_in,
)
from workflow.steps import Assign
from workflow.vocabulary import Language, Scheme

RETURN = Needs(category="after_sales", language=Language.RU, scheme=Scheme.FBS)
AWAY = {"absent_from_at": NOW - DAY, "absent_until_at": NOW + DAY}
UNTIL = f"{NOW + DAY:%Y-%m-%d %H:%M} UTC"


def seen(ticket):
    return Chosen(id=ticket.id, number=ticket.number, version=ticket.version)


@pytest.mark.parametrize(
    ("skills", "is_known"),
    [
        ({}, True),
        ({"categories": ("after_sales",), "languages": (Language.RU,), "schemes": (Scheme.FBS,)}, True),
        ({"categories": ("product_quality",)}, False),
        ({"languages": (Language.ZH,)}, False),
        ({"schemes": (Scheme.FBO,)}, False),
    ],
)
def test_a_ticket_fits_who_knows_its_category_language_and_scheme(skills, is_known):
    profile = Profile(agent_id="a", **skills)
    assert profile.knows(RETURN) is is_known
    assert profile.has_skills is bool(skills)


def test_a_parcel_that_is_not_known_asks_for_no_scheme():
    assert Profile(agent_id="a", schemes=(Scheme.FBO,)).knows(replace(RETURN, scheme=None))


def test_an_absence_holds_from_its_beginning_until_before_its_end():
    profile = Profile(agent_id="a", **AWAY)
    instants = (NOW - DAY, NOW + DAY - HOUR, NOW - DAY - HOUR, NOW + DAY)
    assert [profile.is_absent_at(at) for at in instants] == [True, True, False, False]
    assert not Profile(agent_id="a").is_absent_at(NOW)


def test_whoever_stands_in_may_be_away_as_well():
    profiles = {
        "a": Profile(agent_id="a", stand_in_id="b", **AWAY),
        "b": Profile(agent_id="b", stand_in_id="c", **AWAY),
        "x": Profile(agent_id="x", stand_in_id="y", **AWAY),
        "y": Profile(agent_id="y", stand_in_id="x", **AWAY),
        "z": Profile(agent_id="z", **AWAY),
    }
    assert [stand_in(agent_id, profiles, NOW) for agent_id in ("a", "c", "x", "z")] == ["c", "c", "", ""]
    assert stand_in("a", profiles, NOW + DAY) == "a"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agent_id": "gone"}, "no such agent"),
        ({"most_open_count": 0}, "less than one"),
        ({"absent_from_at": NOW}, "needs a beginning and a later end"),
        ({"absent_from_at": NOW, "absent_until_at": NOW}, "needs a beginning and a later end"),
        ({"stand_in_id": "a"}, "stands in for themselves"),
        ({"stand_in_id": "gone"}, "works on no tickets"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_sentence(changes, sentence):
    whole = Profile(agent_id="a", most_open_count=1, stand_in_id="b", **AWAY)
    refuse_profile(whole, {"a", "b"})
    with pytest.raises(ProfileInvalidError, match=sentence):
        refuse_profile(replace(Profile(agent_id="a"), **changes), {"a", "b"})


def test_tickets_are_shared_by_presence_skills_and_room():
    loads = [
        Load(agent_id="a", name="Anna", open_count=0, profile=Profile(agent_id="a", **AWAY)),
        Load(agent_id="b", name="Boris", open_count=1, profile=Profile(agent_id="b", languages=(Language.ZH,))),
        Load(agent_id="c", name="Clara", open_count=4, profile=Profile(agent_id="c", most_open_count=5)),
    ]
    tickets = [Chosen(id=f"t{number}", number=number, version=1) for number in (1, 2, 3)]
    needs = {"t1": RETURN, "t2": RETURN, "t3": replace(RETURN, language=Language.ZH)}
    shared = shares(tickets, loads, needs, NOW)
    # t1: only Clara is there, knows Russian and has room; then she is full. t3 is in Chinese: Boris.
    assert [shared[ticket.id].agent_id for ticket in tickets] == ["c", "", "b"]
    assert shared["t1"].why == (
        "Clara has the fewest open tickets (4) of 1 active agents who can take it (1 away, 1 without the skill)"
    )
    assert shared["t2"].why == "none of 3 active agents can take it (1 away, 1 full, 1 without the skill)"


def test_a_ticket_that_nobody_can_take_is_refused_and_the_others_are_shared_with_the_reason_in_the_log():
    it = world()
    one, two = seen(it.open()), seen(it.open())
    act = ShareOut(assignees={one.id: "boris"}, why={one.id: "he has the fewest", two.id: "all are away"})
    first, second = carry_out(it.desk, (one, two), act, actor=AGENT, now=NOW)
    assert it.store.events_of(one.id)[-1].payload["why"] == "he has the fewest"
    assert first.is_done
    assert second.refusal == str(NobodyFitsError(number=2, reason="all are away"))
    (bare,) = carry_out(it.desk, (two,), ShareOut(assignees={}), actor=AGENT, now=NOW)
    assert "nobody was chosen for it" in bare.refusal


def test_the_next_ticket_is_the_first_that_fits_the_skills():
    it = world()
    waiting = [seen(it.open()) for _ in range(2)]
    needs = {waiting[0].id: RETURN, waiting[1].id: needs_of(it.desk.case(waiting[1].id))}
    it.store.staff["anna"] = Profile(agent_id="anna", categories=("logistics_delay",))
    taken = take_next(it.desk, waiting, actor=AGENT, now=NOW, needs=needs)
    assert taken.number == 2
    assert it.store.events_of(taken.id)[-1].payload["why"].endswith("and that fit their skills")
    with pytest.raises(NothingToTakeError, match="1 that nobody has are not what you take"):
        take_next(it.desk, waiting[:1], actor=AGENT, now=NOW, needs=needs)


def test_what_a_ticket_asks_for_is_read_from_its_case():
    it = world()
    case = it.desk.case(it.open().id)
    assert needs_of(case).scheme is case.posting.scheme
    assert needs_of(replace(case, posting=None)).scheme is None


def test_by_hand_whoever_stands_in_for_an_absent_agent_gets_the_ticket_and_the_log_says_why():
    it = world()
    it.store.staff["boris"] = Profile(agent_id="boris", stand_in_id="anna", **AWAY)
    ticket = it.open()
    after = it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    event = it.store.events_of(ticket.id)[-1]
    assert after.assignee_id == "anna"
    assert event.payload == {
        "set": {"assignee_id": "anna"},
        "why": f"Boris is away until {UNTIL}, Anna stands in",
    }
    it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW, why="a choice")
    assert it.store.events_of(ticket.id)[-1].payload["why"].startswith("a choice; Boris is away")


def test_a_macro_gives_the_ticket_to_whoever_stands_in_as_well():
    it = world()
    it.store.staff["boris"] = Profile(agent_id="boris", stand_in_id="anna", **AWAY)
    ticket = it.open()
    after = it.desk.act_together(ticket.id, (Assign(assignee_id="boris"),), actor=AGENT, now=NOW)
    assert after.assignee_id == "anna"
    assert "Anna stands in" in it.store.events_of(ticket.id)[-1].payload["why"]


def test_whoever_takes_a_ticket_themselves_or_is_back_gets_it():
    it = world()
    it.store.staff["boris"] = Profile(agent_id="boris", stand_in_id="anna", **AWAY)
    ticket = it.open()
    assert it.desk.assign(ticket.id, "boris", actor=OTHER_AGENT, now=NOW).assignee_id == "boris"
    it.desk.assign(ticket.id, "", actor=AGENT, now=NOW)
    assert it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW + 2 * DAY).assignee_id == "boris"


def test_where_nobody_stands_in_nothing_is_written():
    it = world()
    it.store.staff["boris"] = Profile(agent_id="boris", **AWAY)
    ticket = it.open()
    with pytest.raises(NobodyStandsInError, match=f"not given to Boris, who is away until {UNTIL}"):
        it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    assert it.now(ticket) == ticket


@pytest.mark.parametrize("role", ["platform_agent", "system_sync"])
def test_whoever_is_no_agent_of_the_seller_gets_no_ticket_by_any_way(role):
    it = world()
    it.store.names["olga"], it.store.roles["olga"] = "Olga", role
    ticket = it.open()
    refused = pytest.raises(NotOurAgentError, match="not given to Olga, who is no agent of the seller")
    with refused:
        it.desk.assign(ticket.id, "olga", actor=AGENT, now=NOW)
    with refused:
        it.desk.assign(ticket.id, "olga", actor=replace(AGENT, id="olga"), now=NOW)
    with refused:
        it.desk.act_together(ticket.id, (Assign(assignee_id="olga"),), actor=AGENT, now=NOW)
    it.store.staff["boris"] = Profile(agent_id="boris", stand_in_id="olga", **AWAY)
    with refused:
        it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    (outcome,) = carry_out(it.desk, [seen(ticket)], bulk.Assign(assignee_id="olga"), actor=AGENT, now=NOW)
    assert isinstance(outcome.error, NotOurAgentError)
    assert it.now(ticket) == ticket


def test_whoever_has_left_gets_no_ticket_by_any_way_but_back():
    it = world()
    it.store.names["olga"], it.store.roles["olga"] = "Olga", LEFT
    ticket = it.open()
    refused = pytest.raises(AgentLeftError, match="not given to Olga, who works here no more")
    with refused:
        it.desk.assign(ticket.id, "olga", actor=AGENT, now=NOW)
    with refused:
        it.desk.act_together(ticket.id, (Assign(assignee_id="olga"),), actor=AGENT, now=NOW)
    it.store.staff["boris"] = Profile(agent_id="boris", stand_in_id="olga", **AWAY)
    with refused:
        it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    assert it.now(ticket) == ticket
    given_back = it.desk.assign(ticket.id, "olga", actor=AGENT, now=NOW, is_given_back=True)
    assert given_back.assignee_id == "olga"


@pytest.mark.parametrize("role", ["", "agent", "manager", "seller_agent"])
def test_every_other_role_is_the_sellers(role):
    it = world()
    it.store.roles["boris"] = role
    ticket = it.open()
    assert it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW).assignee_id == "boris"


def test_what_is_undone_goes_back_even_to_the_marketplaces_people():
    it = world()
    ticket = it.open()
    it.desk.assign(ticket.id, "olga", actor=AGENT, now=NOW)
    it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    it.store.roles["olga"] = "platform_agent"
    assert it.desk.assign(ticket.id, "olga", actor=AGENT, now=NOW, is_given_back=True).assignee_id == "olga"


def test_an_act_on_many_says_before_and_after_why_somebody_else_gets_the_ticket():
    it = world()
    it.store.staff["boris"] = Profile(agent_id="boris", stand_in_id="anna", **AWAY)
    ticket = it.open()
    chosen = (Chosen(id=ticket.id, number=ticket.number, version=ticket.version),)
    away = f"Boris is away until {UNTIL}, Anna stands in"
    for act, why in (
        (bulk.Assign(assignee_id="boris"), away),
        (bulk.ShareOut(assignees={ticket.id: "boris"}, why={ticket.id: "the fewest"}), f"the fewest; {away}"),
        (bulk.Assign(assignee_id="li"), ""),
        (bulk.AddTags(tags=("rain",)), ""),
    ):
        (foreseen,) = bulk.preview(it.desk, chosen, act, actor=AGENT, now=NOW)
        assert foreseen.why == why
    (done,) = bulk.carry_out(it.desk, chosen, bulk.Assign(assignee_id="boris"), actor=AGENT, now=NOW)
    assert (done.why, it.store.events_of(ticket.id)[-1].payload["why"]) == (away, away)


@pytest.mark.parametrize("stand_in_id", ["anna", ""])
def test_taking_an_act_on_many_back_gives_the_ticket_to_whoever_had_it_away_or_not(stand_in_id):
    it = world()
    ticket = it.open(assignee_id="boris")
    it.store.staff["boris"] = Profile(agent_id="boris", stand_in_id=stand_in_id, **AWAY)
    chosen = (Chosen(id=ticket.id, number=ticket.number, version=ticket.version),)
    for act in (bulk.Assign(assignee_id="li"), bulk.ShareOut(assignees={ticket.id: "li"})):
        done = bulk.carry_out(it.desk, chosen, act, actor=AGENT, now=NOW)
        (undone,) = bulk.undo(it.desk, done, act, actor=AGENT, done_at=NOW, now=NOW)
        assert (undone.refusal, undone.why, it.now(ticket).assignee_id) == ("", "", "boris")
        assert it.store.events_of(ticket.id)[-1].payload == {"set": {"assignee_id": "boris"}}
        chosen = (Chosen(id=ticket.id, number=ticket.number, version=undone.after.version),)
