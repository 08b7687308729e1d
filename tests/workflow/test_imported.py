"""Histories from elsewhere: replayed as they happened, without timers until an agent takes them over."""

from datetime import datetime

from tests.workflow.builders import AGENT, DAY, HOUR, NOW, rules, world
from workflow.desk import Desk
from workflow.lifecycle import Lifecycle, Lifecycles, State
from workflow.replay import replay
from workflow.rules import Rules
from workflow.tickets import SYNC, Event
from workflow.vocabulary import Ball, EventKind, Language, Role, StateKind

LABELS = dict.fromkeys(Language, "A")
FOREIGN = Lifecycle(
    category="helpdesk",
    version=1,
    labels=LABELS,
    initial="Opened",
    states={
        "Opened": State(name="Opened", kind=StateKind.OPEN, ball=Ball.SELLER, labels=LABELS),
        "Solved": State(name="Solved", kind=StateKind.DONE, ball=Ball.NOBODY, labels=LABELS),
    },
    is_observed=True,
)
ATTRIBUTES = {"number": 7, "channel": "import", "language": "en", "priority": "normal", "seller_id": "seller-1"}


def step(seq: int, state: str, at: datetime, **changes: object) -> Event:
    values = {
        "ticket_id": "t-7",
        "seq": seq,
        "kind": EventKind.OBSERVED,
        "name": state,
        "category": "helpdesk",
        "lifecycle_version": 1,
        "from_state": "",
        "from_kind": None,
        "to_state": state,
        "to_kind": StateKind.DONE if state == "Solved" else StateKind.OPEN,
        "to_ball": Ball.SELLER,
        "actor_role": Role.SELLER_AGENT,
        "actor_id": "Pete",
        "recorded_by": "import:helpdesk",
        "occurred_at": at,
        "recorded_at": NOW,
        "is_visit": True,
    }
    return Event(**(values | changes))


def history() -> list[Event]:
    """Opened, solved; then a longer export brought a step from between."""
    ticket = {**ATTRIBUTES, "source": "helpdesk", "external_ref": "Case 7"}
    return [
        step(1, "Opened", NOW, payload={"ticket": ticket}),
        step(2, "Solved", NOW + 2 * DAY),
        step(3, "Opened", NOW + DAY),
    ]


def test_a_history_is_replayed_in_the_order_in_which_it_happened():
    ticket = replay(history())
    assert (ticket.state, ticket.state_entered_at, ticket.version) == ("Solved", NOW + 2 * DAY, 3)


def imported_world():
    it = world()
    shipped = rules()
    lifecycles = Lifecycles((*shipped.lifecycles.declared, FOREIGN))
    it.desk = Desk(it.store, Rules(lifecycles, shipped.policies, shipped.new_id))
    events = history()
    it.store.events["t-7"] = events
    it.store.tickets["t-7"] = replay(events)
    return it


def test_a_foreign_ticket_offers_nothing_and_has_no_timer():
    it = imported_world()
    assert it.desk.offers("t-7", actor=AGENT, now=NOW + 3 * DAY) == ()
    assert it.desk.tick(NOW + 90 * DAY) == ()


def test_an_agent_takes_a_foreign_ticket_over_by_giving_it_a_category():
    it = imported_world()
    after = it.desk.recategorise("t-7", "logistics_delay", actor=AGENT, now=NOW + 3 * DAY)
    assert (after.category, after.state, after.flags) == ("logistics_delay", "awaiting_seller", {"taken_over"})
    assert after.timers
    assert replay(it.store.events_of("t-7")) == after
    offers = {offer.trigger for offer in it.desk.offers("t-7", actor=AGENT, now=NOW + 3 * DAY) if offer.is_allowed}
    assert "resolve" in offers


def declared_import():
    """A history that was sent onto a declared lifecycle."""
    it = world()
    ticket = {**ATTRIBUTES, "source": "old-desk", "external_ref": "Case 8", "channel": "email"}
    first = step(1, "awaiting_seller", NOW, payload={"ticket": ticket}, to_kind=StateKind.WAITING)
    events = [Event(**{**dict_of(first), "kind": EventKind.TRANSITION, "category": "logistics_delay"})]
    it.store.events["t-7"] = events
    it.store.tickets["t-7"] = replay(events)
    return it


def dict_of(event: Event) -> dict:
    return {name: getattr(event, name) for name in Event.__dataclass_fields__}


def test_an_imported_ticket_has_no_timers_until_an_agent_acts():
    it = declared_import()
    assert it.desk.tick(NOW + 90 * DAY) == ()
    by_sync = it.desk.act("t-7", "buyer_message", actor=SYNC, now=NOW + HOUR, inputs={"message_text": "Where is it?"})
    assert by_sync.timers == ()
    after = it.desk.act("t-7", "add_note", actor=AGENT, now=NOW + 2 * HOUR, inputs={"note_text": "Mine now."})
    assert "taken_over" in after.flags
    assert after.timers


def test_taking_an_old_ticket_over_starts_its_clocks_and_ends_nothing():
    it = declared_import()
    later = NOW + 800 * DAY
    after = it.desk.act("t-7", "add_note", actor=AGENT, now=later, inputs={"note_text": "Mine now."})
    assert after.state == "awaiting_seller"
    assert min(timer.due_at for timer in after.timers) > later
    assert {event.actor_role for event in it.store.events_of("t-7")} == {Role.SELLER_AGENT}
