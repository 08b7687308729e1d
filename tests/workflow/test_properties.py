"""Properties that hold for every lifecycle on any path: offers, random walks, replay."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.builders import CATEGORIES, NOW, rules
from workflow import inputs
from workflow.acts import Act, event_of, with_timers
from workflow.errors import ActionNotAllowedError, InputInvalidError
from workflow.facts import Facts, Shown
from workflow.lifecycle import InputUse
from workflow.records import LinkedTicket, Money
from workflow.replay import replay
from workflow.rules import Rules
from workflow.tickets import SYNC, Actor, Event, Ticket
from workflow.vocabulary import Channel, EventKind, EvidenceKind, LinkKind, Role, Scheme, StateKind

STEPS = 100_000
SHOWING = (Role.BUYER, Role.SELLER_AGENT)
ACTORS = (
    Actor(role=Role.SELLER_AGENT, id="anna"),
    Actor(role=Role.BUYER, id="buyer-1", recorded_by="anna"),
    Actor(role=Role.PLATFORM_AGENT, id="mediator"),
    Actor(role=Role.PLATFORM_AGENT, id="platform", recorded_by="anna"),
    SYNC,
)


@dataclass
class Walk:
    """A ticket that chance moves through its lifecycle, with facts that chance chooses at every step."""

    rules: Rules
    category: str
    random: Random
    events: list[Event] = field(default_factory=list[Event])

    def __post_init__(self) -> None:
        """Open the ticket."""
        lifecycle = self.rules.lifecycles.newest(self.category)
        ticket = {
            "number": 1,
            "channel": self.random.choice([Channel.CHAT_APP, Channel.EMAIL]).value,
            "language": "ru",
            "priority": "normal",
            "seller_id": "seller-1",
        }
        act = Act(
            ticket_id="t",
            kind=EventKind.OPENED,
            name="open",
            actor=SYNC,
            occurred_at=NOW,
            recorded_at=NOW,
            to_state=lifecycle.initial,
            payload={"ticket": ticket},
        )
        event = event_of(None, act, lifecycle, None)
        outcome = with_timers(None, event, lifecycle, Facts(at=NOW), self.rules.policies)
        self.now = NOW
        self.ticket: Ticket = outcome.ticket
        self.events.append(outcome.event)

    @property
    def is_over(self) -> bool:
        """Whether the ticket has come to an end, or has been walked long enough."""
        return self.ticket.state_kind is StateKind.FINAL or len(self.events) > 60

    def facts(self) -> Facts:
        """Facts of every colour."""
        chance = self.random.random
        at = self.now
        linked = LinkedTicket(
            id="l",
            number=2,
            kind=LinkKind.AFTER_SALES_OF,
            is_child=True,
            category="after_sales",
            state=self.random.choice(["new", "resolved", "dispute_open"]),
            state_kind=self.random.choice(list(StateKind)),
            linked_at=NOW,
        )
        return Facts(
            at=at,
            message_count=1,
            last_buyer_message_at=NOW if chance() < 0.9 else None,
            is_answered=chance() < 0.5,
            scheme=self.random.choice(list(Scheme)),
            is_posting_known=True,
            posting_status=self.random.choice(["delivering", "delivered", "cancelled", "lost"]),
            status_changed_at=at - timedelta(days=self.random.randrange(1, 12)),
            delivered_at=at - timedelta(days=1) if chance() < 0.5 else None,
            has_tracking_number=chance() < 0.7,
            promised_at=at + timedelta(days=self.random.randrange(-5, 5)),
            return_window_ends_at=at + timedelta(days=self.random.randrange(-2, 9)),
            warranty_ends_at=at + timedelta(days=self.random.randrange(-2, 9)),
            is_exchange_delivered=chance() < 0.5,
            price=Money(amount=Decimal("1990.00"), currency="RUB"),
            stock_count=self.random.randrange(2),
            is_remote_diagnosable=chance() < 0.5,
            evidence=tuple(
                Shown(kind=kind, by_role=self.random.choice(SHOWING), added_at=at)
                for kind in EvidenceKind
                if chance() < 0.4
            ),
            links=(linked,) if chance() < 0.7 else (),
        )

    def step(self) -> Event | None:
        """One random act, or the next timer; None where the act was refused."""
        self.now += timedelta(minutes=self.random.choice([1, 30, 600, 3000]))
        timer = self.ticket.next_timer
        if timer and timer.due_at <= self.now:
            return self._take(self.rules.fire(self.ticket, timer, self.facts(), self.now))
        actor = self.random.choice(ACTORS)
        rows = self.rules.lifecycle_of(self.ticket).rows_from(self.ticket.state)
        moving = [name for name, options in rows.items() if not options[0].is_stay and actor.role in options[0].by]
        trigger = self.random.choice(moving if moving and self.random.random() < 0.8 else list(rows))
        facts = self.facts()
        offers = self.rules.allowed_actions(self.ticket, facts, actor, self.now)
        offer = next((offer for offer in offers if offer.trigger == trigger), None)
        uses = offer.inputs if offer else (InputUse(name="note_text"),)
        try:
            values = valid_inputs(self.rules, self.ticket, facts, actor, uses, self.now)
            outcome = self.rules.apply(self.ticket, facts, actor, trigger, values, self.now)
        except ActionNotAllowedError:
            assert offer is None or not offer.is_allowed
            return None
        assert offer is not None
        assert offer.is_allowed
        assert outcome.ticket.state in offer.to_states
        return self._take(outcome)

    def _take(self, outcome: object) -> Event:
        self.ticket = outcome.ticket
        self.events.append(outcome.event)
        return outcome.event


def valid_inputs(rules, ticket, facts, actor, uses, now):  # noqa: PLR0917 - as `apply` takes them
    """An example for each input; those that must stay empty are left out."""
    moment = rules.moment(ticket, facts, actor, now)
    examples = {use.name: inputs.example(use, moment) for use in uses}
    return {name: value for name, value in examples.items() if value is not None}


@pytest.mark.no_cover  # it goes where every test goes: traced, it would take three times as long
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_hundred_thousand_random_steps_stay_in_the_table_and_replay_to_the_same_ticket(category):
    shared, random = rules(), Random(20260302)
    lifecycle = shared.lifecycles.newest(category)
    table = {(row.trigger, row.from_state, row.to_state) for row in lifecycle.transitions}
    walk, steps, visited = Walk(shared, category, random), 0, set()
    while steps < STEPS:
        event = walk.step()
        steps += 1
        if event is not None:
            visited.add(event.to_state)
            is_row = (event.name, event.from_state, event.to_state) in table
            assert is_row or event.kind is EventKind.TIMER_SPENT, event
        if walk.is_over:
            assert replay(walk.events) == walk.ticket
            walk = Walk(shared, category, random)
    assert visited == set(lifecycle.states) - {lifecycle.initial} | (visited & {lifecycle.initial})


@given(seed=st.integers(0, 2**32), length=st.integers(1, 25), category=st.sampled_from(CATEGORIES))
@settings(max_examples=150, deadline=None)
def test_an_action_is_offered_exactly_when_it_succeeds_with_valid_inputs(seed, length, category):
    shared = rules()
    walk = Walk(shared, category, Random(seed))
    for _ in range(length):
        walk.step()
    rows = shared.lifecycle_of(walk.ticket).rows_from(walk.ticket.state)
    facts = walk.facts()
    for actor in ACTORS:
        offers = {offer.trigger: offer for offer in shared.allowed_actions(walk.ticket, facts, actor, walk.now)}
        for trigger in {row.trigger for row in shared.lifecycle_of(walk.ticket).transitions}:
            offer = offers.get(trigger)
            uses = offer.inputs if offer else ()
            values = valid_inputs(shared, walk.ticket, facts, actor, uses, walk.now)
            if offer and offer.is_allowed:
                after = shared.apply(walk.ticket, facts, actor, trigger, values, walk.now).ticket
                assert after.state in offer.to_states
            else:
                with pytest.raises(ActionNotAllowedError):
                    shared.apply(walk.ticket, facts, actor, trigger, values, walk.now)
                assert offer is not None or trigger not in rows or actor.role not in rows[trigger][0].by


@given(seed=st.integers(0, 2**32), length=st.integers(1, 25), category=st.sampled_from(CATEGORIES))
@settings(max_examples=60, deadline=None)
def test_a_required_input_that_is_missing_is_named_and_changes_nothing(seed, length, category):
    shared = rules()
    walk = Walk(shared, category, Random(seed))
    for _ in range(length):
        walk.step()
    facts = walk.facts()
    for actor in ACTORS:
        for offer in shared.allowed_actions(walk.ticket, facts, actor, walk.now):
            required = {use.name for use in offer.inputs if use.is_required}
            if offer.is_allowed and required:
                with pytest.raises(InputInvalidError) as refused:
                    shared.apply(walk.ticket, facts, actor, offer.trigger, {}, walk.now)
                assert required <= set(refused.value.fields)


def test_a_walk_shares_one_machine_between_tickets():
    shared = rules()
    first, second = Walk(shared, "after_sales", Random(1)), Walk(shared, "after_sales", Random(1))
    for _ in range(30):
        first.step()
    assert second.ticket.state == "new"
    for _ in range(30):
        second.step()
    assert replace(first.ticket) == replace(second.ticket)
