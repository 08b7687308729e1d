"""An act on many tickets that is undone: each is as it was before it, clocks, ball and flags, and the log says so."""

from datetime import timedelta
from random import Random

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PHOTO, World, world
from workflow.bulk import Chosen, Take, carry_out, undo
from workflow.desk import Desk
from workflow.errors import RoleNotAllowedError
from workflow.ids import new_ids
from workflow.lifecycle import Lifecycles
from workflow.loading import load_lifecycle
from workflow.memory import MemoryTicketStore
from workflow.owed import unanswered
from workflow.policies import PolicyBook
from workflow.replay import replay
from workflow.rules import Rules
from workflow.taking_back import WayBack, take_back
from workflow.tickets import SYNC
from workflow.vocabulary import Ball
from workflow.workbench import Workbench

MINUTE = timedelta(minutes=1)
RESOLVE = Take(trigger="resolve", inputs={"resolution_reason": "explained"})


@pytest.fixture
def it():
    return world()


def at(hours):
    return NOW + hours * HOUR


@pytest.fixture
def asked(it):
    """Asked at 0 in a chat, registered at once: our turn."""
    return it.act(it.open(at=at(0)), "register", at(0))


def done_and_undone(it, ticket, done_at, act=RESOLVE, after=9 * MINUTE):
    """The ticket before, and after `act` was done at `done_at` and undone nine minutes later."""
    before = it.now(ticket)
    chosen = [Chosen(id=before.id, number=before.number, version=before.version)]
    outcomes = carry_out(it.desk, chosen, act, actor=AGENT, now=done_at)
    assert outcomes[0].is_done
    (back,) = undo(it.desk, outcomes, act, actor=AGENT, done_at=done_at, now=done_at + after)
    assert back.is_done
    assert replay(it.store.events_of(ticket.id)) == it.now(ticket)
    return before, it.now(ticket)


def due(ticket):
    return {timer.trigger: timer.due_at for timer in ticket.timers if timer.clock != "state"}


def flags_by(it, ticket, *hours):
    found = []
    for hour in hours:
        it.desk.tick(at(hour))
        found.append(set(it.now(ticket).flags))
    return found


def test_a_resolution_that_is_undone_leaves_the_clocks_that_the_buyer_started(it, asked):
    """Asked at 0, resolved at 20, undone at 20:09: the first reply is late at 24 and the chat is locked at 48."""
    before, after = done_and_undone(it, asked, at(20))
    assert (after.state, after.ball, after.flags, after.resolution_reason) == (before.state, before.ball, set(), "")
    assert after.clocks == before.clocks
    assert due(after) == due(before)
    assert due(after)["first_reply_breached"] == at(24)
    assert "resolved" not in after.clocks
    found = flags_by(it, asked, 23.9, 24, 47.9, 48)
    assert ["first_reply_breached" in flags for flags in found] == [False, True, True, True]
    assert ["chat_locked" in flags for flags in found] == [False, False, False, True]


def test_what_begins_anew_and_what_is_counted_is_what_the_log_tells(it, asked):
    """The clock of the state counts from the undo, the reopening is one, and both acts stay in the log."""
    before, after = done_and_undone(it, asked, at(20))
    assert (after.state_entered_at, after.counts["reopen_count"]) == (at(20) + 9 * MINUTE, 1)
    resolved, reopened = it.store.events_of(asked.id)[-2:]
    assert (resolved.name, reopened.name, reopened.payload["takes_back"]) == ("resolve", "reopen", resolved.seq)
    assert reopened.payload["inputs"] == {"reopen_reason": "closed_by_mistake"}
    assert after.version == before.version + 2


def test_a_promised_date_is_promised_still(it, asked):
    """Promised at 1 for 48, resolved at 3: undone, the promise passes at 48."""
    it.act(asked, "share_tracking", at(1), eta=NOW + 2 * DAY, reply_text="It comes on Wednesday.")
    it.act(asked, "buyer_message", at(2), actor=BUYER, message_text="Good. Which hour?")
    before, after = done_and_undone(it, asked, at(3))
    assert (after.clocks["promise"], after.clocks["reply"]) == (NOW + 2 * DAY, at(2))
    assert after.clocks == before.clocks
    assert due(after) == due(before)
    assert due(after)["promise_passed"] == NOW + 2 * DAY


def test_a_flag_that_the_resolution_cleared_is_back(it, asked):
    it.act(asked, "seller_reply", at(1), reply_text="Is it the blue one?")
    it.act(asked, "buyer_message", at(2), actor=BUYER, message_text="Yes.")
    it.desk.tick(at(27))
    before, after = done_and_undone(it, asked, at(28))
    assert "reply_overdue" in before.flags
    assert after.flags == before.flags
    assert due(after) == due(before)


def test_a_clock_that_is_due_when_it_is_put_back_fires(it, asked):
    """Resolved a minute before the first reply was late, undone eight minutes after it."""
    _, after = done_and_undone(it, asked, at(24) - MINUTE)
    assert "first_reply_breached" in after.flags
    fired = {event.name: event.occurred_at for event in it.store.events_of(asked.id)}
    assert fired["first_reply_breached"] == at(24) + 8 * MINUTE


def test_a_clock_that_fired_before_the_act_of_a_stale_screen_keeps_what_it_raised(it, asked):
    """Due at 24, never ticked: the act at 25 fires it first, and the undo does not take that back."""
    before, after = done_and_undone(it, asked, at(25))
    assert "first_reply_breached" not in before.flags
    assert "first_reply_breached" in after.flags


def test_what_the_buyer_asked_is_owed_again_also_by_the_ticket_that_it_is_merged_into(it):
    """Asked at 2, resolved at 3 and taken back, merged at 4 into one where it is the buyer's turn: owed since 2."""
    kept = it.act(it.open(at=at(0)), "register", at(0))
    it.act(kept, "seller_reply", at(1), reply_text="Is it the blue one?")
    duplicate = it.act(it.open(at=at(2)), "register", at(2))
    _, after = done_and_undone(it, duplicate, at(3))
    assert after.ball is Ball.SELLER
    assert unanswered(it.store.events_of(duplicate.id)) == (at(2),)
    it.desk.pairs.merge(duplicate.id, kept.id, actor=AGENT, now=at(4))
    assert (it.now(kept).state, it.now(kept).clocks["reply"]) == ("awaiting_seller", at(2))


def test_a_buyer_takes_nothing_back(it, asked):
    resolved = it.act(asked, "resolve", at(2), resolution_reason="explained")
    given = {"reopen_reason": "closed_by_mistake"}
    way = WayBack(trigger="reopen", inputs=given, taken="resolve", since_version=asked.version)
    bench = Workbench(it.store, it.desk.rules)
    with pytest.raises(RoleNotAllowedError):
        take_back(bench, asked.id, way, actor=BUYER, now=at(3), expected_version=resolved.version)


def test_the_same_ticket_is_resolved_and_taken_back_twice(it, asked):
    before, _ = done_and_undone(it, asked, at(2))
    _, after = done_and_undone(it, asked, at(3))
    assert (after.clocks, due(after)) == (before.clocks, due(before))
    assert unanswered(it.store.events_of(asked.id)) == (at(0),)


def test_a_later_message_begins_where_it_would_have(it, asked):
    done_and_undone(it, asked, at(2))
    it.act(asked, "seller_reply", at(3), reply_text="Is it the blue one?")
    it.act(asked, "buyer_message", at(4), actor=SYNC, message_text="Yes.")
    assert (it.now(asked).clocks["reply"], it.now(asked).clocks["window"]) == (at(4), at(4))


def test_what_was_said_to_the_buyer_is_said_and_owed_no_more(it):
    """Asked at 0, asked back for a photo at 5 and taken back: the state is as it was, the reply is not owed."""
    ticket = it.open("product_quality", at=at(0))
    it.act(ticket, "register", at(0))
    it.desk.attach_evidence(ticket.id, [PHOTO], actor=BUYER, now=at(1))
    assert it.now(ticket).state == "evidence_review"
    ask = Take(trigger="request_more_evidence", inputs={"reply_text": "Please send a photo."})
    before, after = done_and_undone(it, ticket, at(5), ask)
    assert (after.state, "reply" in before.clocks, "reply" in after.clocks) == ("evidence_review", True, False)


PARKING = """
category = "lost_key"
version = 1
initial = "new"
name = { en = "Lost key", ru = "Ключ", zh = "钥匙" }
policies = [{ key = "rusting", hours = 1, valid_from = 2026-01-01, source = "Us" }]
timers = [
  { trigger = "rust", clock = "buyer_message", budget = "rusting" },
  { trigger = "rust", clock = "state", budget = "rusting" },
]
transitions = [
  { do = "buyer_message", from = "*", to = "=", by = ["buyer"], inputs = ["message_text"], effect = "contact", starts = ["buyer_message", "reply?"] },
  { do = "hand_to", from = "new", to = "=", by = ["seller_agent"], inputs = ["asked_party"], effect = "internal", ball_from = "asked_party" },
  { do = "park", from = "new", to = "parked", by = ["seller_agent"], effect = "internal", raises = ["was_parked"] },
  { do = "rust", from = "parked", to = "=", by = ["system_timer"], effect = "internal", raises = ["rusty"] },
  { do = "unpark", from = "parked", to = "new", by = ["seller_agent"], inputs = ["note_text?"], effect = "internal" },
  { do = "finish", from = ["new", "parked"], to = "over", by = ["seller_agent"], effect = "internal" },
]

[states]
new = { kind = "open", ball = "seller", en = "New", ru = "Новое", zh = "新建" }
parked = { kind = "waiting", ball = "seller", en = "Parked", ru = "Отложено", zh = "搁置" }
over = { kind = "final", ball = "nobody", en = "Over", ru = "Конец", zh = "结束" }

[actions]
buyer_message = "Record the buyer's message"
hand_to = "Hand to"
park = "Park"
rust = "Rust"
unpark = "Take out"
finish = "Finish"
"""  # noqa: E501 - a row of a table is one line


@pytest.fixture
def parking():
    """A desk whose own table has a ball that a person chose, and flags that an action and a clock raise."""
    lifecycle, policies = load_lifecycle(PARKING, "lost_key.toml", frozenset())
    store = MemoryTicketStore(policies=policies)
    made = Rules(Lifecycles((lifecycle,)), PolicyBook(policies), new_ids(Random(1)))
    return World(desk=Desk(store, made), store=store)


def test_by_a_table_of_ones_own_the_chosen_ball_and_the_flags_are_put_back(parking):
    """With the buyer by a person's choice, parked and taken out: with the buyer, and no longer marked."""
    ticket = parking.open("lost_key", at=at(0))
    parking.act(ticket, "hand_to", at(0.5), asked_party="buyer")
    before, after = done_and_undone(parking, ticket, at(0.6), Take(trigger="park"))
    assert (before.state, before.ball, before.flags) == ("new", Ball.BUYER, set())
    assert (after.state, after.ball, after.flags, after.clocks) == (before.state, before.ball, set(), before.clocks)
    assert "inputs" not in parking.store.events_of(ticket.id)[-1].payload


def test_by_a_table_of_ones_own_what_a_clock_raised_in_between_stays(parking):
    """Parked at 0:55, rusty at 1:00, taken out at 1:04: rusty, and no longer marked as parked."""
    ticket = parking.open("lost_key", at=at(0))
    before, after = done_and_undone(parking, ticket, at(1) - 5 * MINUTE, Take(trigger="park"))
    assert (before.flags, after.state, after.flags) == (set(), "new", {"rusty"})
