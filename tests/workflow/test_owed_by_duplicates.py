"""What a buyer wrote in a ticket that is merged away is owed by the ticket that stays; the undo takes that back."""

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, NOW, world
from tests.workflow.merge_builders import answered, at, merge, undo
from workflow.acts import said_elsewhere
from workflow.lifecycle import Lifecycle
from workflow.owed import unanswered
from workflow.replay import replay
from workflow.tickets import SYNC
from workflow.vocabulary import Ball, Channel, EventKind


@pytest.fixture
def it():
    return world()


def due(ticket):
    return {timer.trigger: timer.due_at for timer in ticket.timers}


@pytest.mark.parametrize("category", ["logistics_delay", "product_quality", "after_sales"])
def test_a_question_in_the_duplicate_makes_it_our_turn_since_it_was_asked(it, category):
    """Answered at 1, asked elsewhere at 2 and again at 3, merged at 5: owed since 2, and nothing resolves itself."""
    kept, duplicate = answered(it, category), it.open(category, at=at(2), text="Yes, the blue one. Please answer!")
    it.act(duplicate, "buyer_message", at(3), actor=SYNC, message_text="Hello?")
    after = merge(it, duplicate, kept, 5)
    assert (after.state, after.ball, after.state_entered_at) == ("awaiting_seller", Ball.SELLER, at(5))
    assert (after.clocks["reply"], after.clocks["window"], after.clocks["buyer_message"]) == (at(2), at(3), at(3))
    assert due(after)["reply_overdue"] == at(2 + 24)
    assert not {"remind_buyer", "auto_resolve_no_reply"} & set(due(after))
    log = it.store.events_of(kept.id)
    assert (log[-1].kind, log[-1].name, log[-1].is_visit) == (EventKind.MERGED, "take_in", True)
    assert (log[-1].is_conforming, log[-1].is_buyer_message) == (True, False)
    assert log[-1].payload["other_number"] == duplicate.number
    assert replay(log) == after
    it.desk.tick(NOW + 20 * DAY)
    assert it.now(kept).state == "awaiting_seller"
    assert "reply_overdue" in it.now(kept).flags


def test_what_the_ticket_that_stays_has_answered_since_is_owed_no_more(it):
    """Asked elsewhere at 2, answered here at 3, merged at 5: it stays the buyer's turn."""
    kept, duplicate = answered(it), it.open(at=at(2))
    it.act(kept, "post_message", at(3), reply_text="It was sent today.")
    before = it.now(kept)
    after = merge(it, duplicate, kept, 5)
    assert (after.state, after.clocks, after.timers) == (before.state, before.clocks, before.timers)
    assert "owed" not in it.store.events_of(kept.id)[-1].payload


def test_only_what_came_after_the_last_word_here_is_owed(it):
    """Asked elsewhere at 2 and at 4, answered here at 3, merged at 5: owed since 4."""
    kept, duplicate = answered(it), it.open(at=at(2))
    it.act(kept, "post_message", at(3), reply_text="It was sent today.")
    it.act(duplicate, "buyer_message", at(4), actor=SYNC, message_text="When will it come?")
    after = merge(it, duplicate, kept, 5)
    assert (after.state, after.clocks["reply"]) == ("awaiting_seller", at(4))


def test_what_the_duplicate_has_answered_itself_is_not_owed(it):
    """The reverse: the duplicate was answered at 1, the ticket that stays, asked at 2, owes its own reply only."""
    duplicate, kept = answered(it), it.open(at=at(2))
    before = it.now(kept)
    after = merge(it, duplicate, kept, 5)
    assert (after.state, after.clocks, after.timers) == (before.state, before.clocks, before.timers)


def test_an_older_question_of_the_duplicate_makes_the_reply_due_earlier(it):
    """Asked elsewhere at 0, here at 2: the reply is due at 24, not at 26, and the newest message stays that of 2."""
    duplicate, kept = it.open(at=at(0)), it.open(at=at(2))
    after = merge(it, duplicate, kept, 5)
    assert (after.state, after.clocks["reply"], after.clocks["window"]) == ("new", at(0), at(2))
    assert due(after)["first_reply_breached"] == at(24)
    assert undo(it, duplicate, kept, 6).clocks == kept.clocks


def test_where_a_message_moves_nothing_the_reply_is_owed_in_the_state_that_it_is_in(it):
    kept = answered(it)
    it.act(kept, "open_trace", at(2))
    duplicate = it.open(at=at(3))
    after = merge(it, duplicate, kept, 5)
    assert (after.state, after.ball, after.clocks["reply"]) == ("tracing", it.now(kept).ball, at(3))
    assert due(after)["reply_overdue"] == at(27)
    back = undo(it, duplicate, kept, 6)
    assert (back.state, "reply" in back.clocks) == ("tracing", False)


def test_a_question_by_another_channel_is_owed_a_reply_and_opens_no_chat(it):
    """The chat of the ticket that stays closed at 48; asked by mail at 60, merged at 61."""
    kept = answered(it)
    duplicate = it.open(at=at(60), channel=Channel.EMAIL)
    after = merge(it, duplicate, kept, 61)
    assert (after.state, after.clocks["reply"], after.clocks["buyer_message"]) == ("awaiting_seller", at(60), at(0))
    assert "window" not in after.clocks
    offers = it.desk.offers(kept.id, actor=AGENT, now=at(61))
    assert not next(offer for offer in offers if offer.trigger == "seller_reply").is_allowed
    assert said_elsewhere({"clears": ["chat_locked", "asked_twice"]}) == {"clears": ["asked_twice"]}


def test_a_table_that_hears_no_message_leaves_the_ticket_where_it_is_and_says_what_waits(it, monkeypatch):
    kept, duplicate = answered(it), it.open(at=at(2))
    monkeypatch.setattr("workflow.casework.CaseWork.row_of", lambda *_: None)
    before = it.now(kept)
    after = merge(it, duplicate, kept, 5)
    assert (after.state, after.clocks) == (before.state, before.clocks)
    assert len(it.store.events_of(kept.id)[-1].payload["owed"]) == 1


def test_the_undo_puts_state_ball_and_clocks_back_as_they_were(it):
    kept, duplicate = answered(it), it.open(at=at(2))
    merge(it, duplicate, kept, 5)
    after = undo(it, duplicate, kept, 6)
    assert (after.state, after.ball, after.clocks, after.flags) == (kept.state, kept.ball, kept.clocks, kept.flags)
    assert due(after)["auto_resolve_no_reply"] == due(kept)["auto_resolve_no_reply"]
    assert replay(it.store.events_of(kept.id)) == after
    assert it.now(duplicate).clocks["reply"] == at(2)
    again = merge(it, duplicate, kept, 7)
    assert (again.state, again.clocks["reply"]) == ("awaiting_seller", at(2))


def test_the_undo_takes_back_what_the_clocks_raised_for_words_that_are_gone(it):
    """Owed since 2, late at 26, the chat locked at 50; undone at 60 none of it is so, though the lock was there."""
    kept, duplicate = answered(it), it.open(at=at(2))
    merge(it, duplicate, kept, 5)
    it.desk.tick(at(90))
    assert it.now(kept).flags == {"reply_overdue", "chat_locked", "seller_idle"}
    after = undo(it, duplicate, kept, 100)
    assert (after.state, after.flags) == ("awaiting_buyer", {"buyer_reminded"} & after.flags)


def test_a_flag_that_was_raised_rightly_as_well_stays(it):
    """Late at 26 for the duplicate's word, answered at 27; asked here at 28 and late at 52: it stays late."""
    kept, duplicate = answered(it), it.open(at=at(2))
    merge(it, duplicate, kept, 5)
    it.desk.tick(at(26))
    assert "reply_overdue" in it.now(kept).flags
    it.act(kept, "seller_reply", at(27), reply_text="The blue one is on its way.")
    it.act(kept, "buyer_message", at(28), actor=SYNC, message_text="Any news?")
    it.desk.tick(at(53))
    assert "reply_overdue" in it.now(kept).flags
    assert "reply_overdue" in undo(it, duplicate, kept, 54).flags


def test_a_lock_that_the_message_had_opened_is_back_after_the_undo(it):
    ticket = it.open(at=at(0))
    it.act(ticket, "register", at(0))
    it.desk.tick(at(49))
    locked = it.act(ticket, "open_trace", at(50))
    assert "chat_locked" in locked.flags
    duplicate = it.open(at=at(51))
    assert "chat_locked" not in merge(it, duplicate, ticket, 52).flags
    assert "chat_locked" in undo(it, duplicate, ticket, 53).flags


def test_what_was_answered_or_moved_meanwhile_stays_as_it_is(it):
    kept, duplicate = answered(it), it.open(at=at(2))
    merge(it, duplicate, kept, 5)
    it.act(kept, "seller_reply", at(6), reply_text="The blue one is on its way.")
    before = it.now(kept)
    after = undo(it, duplicate, kept, 7)
    assert (after.state, after.ball, after.state_entered_at) == (before.state, before.ball, at(6))
    assert after.clocks == {**before.clocks, "buyer_message": at(0)}


def test_what_the_buyer_wrote_in_the_ticket_itself_meanwhile_is_still_owed(it):
    """Brought in from 2, written here at 6: undone at 7 it stays our turn, and the reply counts from 6."""
    kept, duplicate = answered(it), it.open(at=at(2))
    merge(it, duplicate, kept, 5)
    it.act(kept, "buyer_message", at(6), actor=SYNC, message_text="Any news?")
    after = undo(it, duplicate, kept, 7)
    assert (after.state, after.clocks["reply"], after.clocks["window"]) == ("awaiting_seller", at(6), at(6))


def test_of_two_duplicates_each_undo_takes_back_its_own(it):
    """Asked at 2 and at 3 in two others. Without the first the reply is owed since 3; without both, not at all."""
    kept, first, second = answered(it), it.open(at=at(2)), it.open(at=at(3))
    merge(it, first, kept, 5)
    both = merge(it, second, kept, 6)
    assert (both.clocks["reply"], both.clocks["window"]) == (at(2), at(3))
    one = undo(it, first, kept, 7)
    assert (one.state, one.clocks["reply"], one.clocks["window"]) == ("awaiting_seller", at(3), at(3))
    none = undo(it, second, kept, 8)
    assert (none.state, none.ball, none.clocks) == (kept.state, kept.ball, kept.clocks)


def test_of_two_duplicates_the_older_word_waits_on_without_the_newer(it):
    kept, first, second = answered(it), it.open(at=at(2)), it.open(at=at(3))
    merge(it, first, kept, 5)
    merge(it, second, kept, 6)
    one = undo(it, second, kept, 7)
    assert [one.clocks[name] for name in ("reply", "window", "buyer_message")] == [at(2)] * 3
    assert one.state == "awaiting_seller"


def test_where_all_was_answered_the_state_goes_back_with_the_duplicate_that_led_to_it(it):
    """Moved by the first, both answered without a move: without the first it is the buyer's turn, the second stays."""
    kept, first, second = answered(it), it.open(at=at(2)), it.open(at=at(3))
    merge(it, first, kept, 5)
    merge(it, second, kept, 6)
    assert it.act(kept, "post_message", at(7), reply_text="It was sent today.").state == "awaiting_seller"
    assert undo(it, first, kept, 8).state == "awaiting_buyer"
    assert undo(it, second, kept, 9).state == "awaiting_buyer"


def test_a_word_of_the_ticket_itself_of_the_same_instant_waits_on(it):
    """Asked elsewhere at 2, and here at 2 as the desk learns at 4: undone at 5 it is owed since 2 all the same."""
    kept, duplicate = answered(it), it.open(at=at(2))
    merge(it, duplicate, kept, 3)
    said = {"actor": SYNC, "now": at(4), "occurred_at": at(2)}
    it.desk.act(kept.id, "buyer_message", **said, inputs={"message_text": "And here?"})
    after = undo(it, duplicate, kept, 5)
    assert (after.state, unanswered(it.store.events_of(kept.id))) == ("awaiting_seller", (at(2),))
    assert [after.clocks[name] for name in ("reply", "window", "buyer_message")] == [at(2)] * 3


def test_what_a_duplicate_had_taken_in_goes_on_with_it(it):
    """Asked at 2, merged into the second at 4, which is merged into the third, answered at 1, at 5."""
    kept, middle, first = answered(it), answered(it), it.open(at=at(2))
    assert merge(it, first, middle, 4).clocks["reply"] == at(2)
    after = merge(it, middle, kept, 5)
    assert (after.state, after.clocks["reply"]) == ("awaiting_seller", at(2))


def test_where_nothing_was_owed_the_undo_takes_nothing_back(it):
    kept, duplicate = answered(it), it.open(at=at(2))
    it.act(kept, "post_message", at(3), reply_text="It was sent today.")
    merge(it, duplicate, kept, 5)
    before = it.now(kept)
    after = undo(it, duplicate, kept, 6)
    assert (after.state, after.clocks, after.timers) == (before.state, before.clocks, before.timers)
    assert it.store.events_of(kept.id)[-1].payload == {"other_ticket_id": duplicate.id, "other_number": 2}


def test_what_was_written_while_a_ticket_was_settled_is_no_open_question(it):
    ticket = answered(it)
    it.act(ticket, "resolve", at(2), resolution_reason="explained")
    it.act(ticket, "buyer_message", at(3), actor=SYNC, message_text="Thank you.")
    assert unanswered(it.store.events_of(ticket.id)) == ()
    it.act(ticket, "reopen", at(4), actor=BUYER, reopen_reason="not_solved", reference="CALL-1")
    it.act(ticket, "buyer_message", at(5), actor=SYNC, message_text="It is broken again.")
    assert unanswered(it.store.events_of(ticket.id)) == (at(5),)


def test_the_tables_that_ship_all_hear_a_message_in_every_open_state(it):
    for table in it.desk.rules.lifecycles.declared:
        assert isinstance(table, Lifecycle)
        open_states = [state.name for state in table.states.values() if not state.kind.is_settled]
        assert all("buyer_message" in table.rows_from(name) for name in open_states)
