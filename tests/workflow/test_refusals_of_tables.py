"""Every refusal of the three tables and its sentence: each guard of each row, each foreign state, each foreign role."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from tests.workflow.builders import CATEGORIES, NOW, rules
from tests.workflow.test_properties import ACTORS, Walk
from workflow.errors import ActionNotAllowedError
from workflow.guards import first_failure, parse
from workflow.reasons import sentence
from workflow.tickets import Actor
from workflow.vocabulary import Channel, Role, Scheme

pytestmark = pytest.mark.no_cover  # chance goes where other tests go on purpose: traced, it takes twice as long
RULES = rules()
TABLES = {category: RULES.lifecycles.newest(category) for category in CATEGORIES}
ROWS = [
    pytest.param(category, row, id=f"{category}-{row.from_state}-{row.trigger}-{row.to_state}-{index}")
    for category, table in TABLES.items()
    for index, row in enumerate(table.transitions)
    if row.facts and set(row.by) - {Role.SYSTEM_TIMER}
]
TRIES = 4_000
SENTENCE = re.compile(r"[a-z“0-9][^_{}]*\.")


def ticket_in(walk, category, state, random):
    """A ticket of `walk` in `state`, with flags, counts and clocks that chance chooses among those that rows name."""
    table = TABLES[category]
    named = [atom for row in table.transitions for fact in row.facts for atom in parse(fact)]
    flags = {atom.args[0] for atom in named if atom.name == "flag"}
    flags |= {flag for row in table.transitions for flag in row.raises}
    counts = {atom.args[0] for atom in named if atom.name.startswith("count_")}
    clocks = {start.clock for row in table.transitions for start in row.starts}
    kind = table.states[state].kind
    return replace(
        walk.ticket,
        state=state,
        state_kind=kind,
        state_entered_at=NOW - timedelta(hours=random.choice([0, 30, 400, 2000])),
        channel=random.choice([Channel.CHAT_APP, Channel.EMAIL, Channel.PHONE]),
        flags=frozenset(flag for flag in flags if random.random() < 0.4),
        counts={name: random.randrange(5) for name in sorted(counts)},
        clocks={
            name: NOW - timedelta(hours=random.choice([0, 30, 400, 2000]))
            for name in sorted(clocks)
            if random.random() < 0.6
        },
    )


def moments(category, state, actor, seed) -> Iterator[tuple]:
    random = Random(seed)
    walk = Walk(RULES, category, random)
    for _ in range(TRIES):
        ticket = ticket_in(walk, category, state, random)
        facts = walk.facts()
        if facts.links:  # a ticket may have several cases, each in a state of its own
            facts = replace(facts, links=(*facts.links, *walk.facts().links))
        if random.random() < 0.3:
            facts = replace(
                facts,
                is_posting_known=False,
                posting_status="",
                scheme=random.choice([None, *Scheme]),
                price=None,
                message_count=0,
                last_buyer_message_at=None,
                evidence=(),
                links=(),
            )
        yield ticket, facts, RULES.moment(ticket, facts, actor, NOW)


def test_an_escalation_that_nothing_opens_yet_says_what_would():
    table = TABLES["logistics_delay"]
    ways = table.rows_from("awaiting_seller")["escalate"]
    (row,) = [way for way in ways if Role.SELLER_AGENT in way.by]
    ticket, facts, _ = next(moments("logistics_delay", "awaiting_seller", actor_of(row), seed=1))
    ticket, facts = replace(ticket, flags=frozenset(), counts={}), replace(facts, scheme=Scheme.FBS)
    failure = first_failure(row.facts, RULES.moment(ticket, facts, actor_of(row), NOW))
    assert sentence(failure) == (
        "one of these must hold first: "
        "the ticket is marked “first reply breached”, “reply overdue”, “seller idle” or “trace overdue”; "
        "the ticket has 1 or more missed promises; or the order is delivered under FBO."
    )


def actor_of(row) -> Actor:
    return next(actor for actor in ACTORS if actor.role in row.by)


@pytest.mark.parametrize(("category", "row"), ROWS)
def test_each_guard_of_a_row_refuses_with_its_sentence(category, row):
    """The row is the only way of its action for that actor, or the refusal is that of the first way."""
    actor = actor_of(row)
    ways = TABLES[category].rows_from(row.from_state)[row.trigger]
    first = next(way for way in ways if actor.role in way.by)
    missing = set(row.facts)
    for ticket, facts, moment in moments(category, row.from_state, actor, seed=f"{category}{row.trigger}"):
        failure = first_failure(row.facts, moment)
        if failure is None:
            continue
        failed = next(fact for fact in row.facts if first_failure((fact,), moment) is not None)
        if failed not in missing:
            continue
        if any(first_failure(way.facts, moment) is None for way in ways if actor.role in way.by):
            missing.discard(failed)  # another way is open, so nothing is refused
            continue
        with pytest.raises(ActionNotAllowedError) as refusal:
            RULES.apply(ticket, facts, actor, row.trigger, {}, NOW)
        expected = first_failure(first.facts, moment)
        assert refusal.value.reason == sentence(expected)
        assert refusal.value.reason_code == expected.code
        assert SENTENCE.fullmatch(sentence(failure)), sentence(failure)
        label = TABLES[category].label_of(row.trigger)
        assert str(refusal.value) == f"“{label}” is not possible on ticket 1: {refusal.value.reason}"
        missing.discard(failed)
        if not missing:
            return
    assert not missing, f"never refused by {missing}"


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_action_of_another_state_is_refused_with_the_name_of_this_one(category):
    table = TABLES[category]
    triggers = {row.trigger for row in table.transitions}
    for state in table.states:
        ticket, facts, _ = next(moments(category, state, ACTORS[0], seed=1))
        for trigger in sorted(triggers - set(table.rows_from(state))):
            with pytest.raises(ActionNotAllowedError) as refusal:
                RULES.apply(ticket, facts, ACTORS[0], trigger, {}, NOW)
            name = next(iter(table.states[state].labels.values()))
            assert refusal.value.reason == f"that is not possible while the ticket is in “{name}”."


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_act_of_another_role_is_refused_with_the_roles_that_may(category):
    table = TABLES[category]
    refused_count = 0
    for state in table.states:
        ticket, facts, _ = next(moments(category, state, ACTORS[0], seed=2))
        for trigger, ways in table.rows_from(state).items():
            allowed = {role for way in ways for role in way.by}
            for actor in ACTORS:
                if actor.role in allowed:
                    continue
                with pytest.raises(ActionNotAllowedError) as refusal:
                    RULES.apply(ticket, facts, actor, trigger, {}, NOW)
                names = ", ".join(sorted(role.value.replace("_", " ") for role in allowed))
                wanted = f"only {names} may do this, and this would be an act of {actor.role.value.replace('_', ' ')}."
                by_itself = "the desk does this by itself when it is due."
                assert refusal.value.reason == (by_itself if allowed == {Role.SYSTEM_TIMER} else wanted)
                refused_count += 1
    assert refused_count > 50


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_action_that_no_row_knows_is_refused(category):
    ticket, facts, _ = next(moments(category, TABLES[category].initial, ACTORS[0], seed=3))
    with pytest.raises(ActionNotAllowedError, match="this category has no such action"):
        RULES.apply(ticket, facts, ACTORS[0], "fly_to_the_moon", {}, NOW)
