"""Tickets merged one into the other: whoever is taken out, or reopened, owes its own words, and nobody else does."""

import pytest

from tests.workflow.builders import AGENT, BUYER, world
from tests.workflow.merge_builders import answered, at, merge, undo
from workflow.bulk import Chosen, Take, carry_out
from workflow.bulk import undo as taken_back
from workflow.owed import unanswered
from workflow.replay import replay
from workflow.tickets import SYNC
from workflow.vocabulary import Ball, EventKind


@pytest.fixture
def it():
    return world()


def reopen(it, ticket, hours):
    return it.act(ticket, "reopen", at(hours), actor=BUYER, reopen_reason="not_solved", reference="CALL-1")


def write(it, ticket, hours):
    return it.act(ticket, "buyer_message", at(hours), actor=SYNC, message_text="Hello?")


def place(ticket):
    return (ticket.state, ticket.ball, ticket.clocks, ticket.flags)


def owed(it, ticket):
    return unanswered(it.store.events_of(ticket.id))


@pytest.fixture
def chain(it):
    """A, asked at 2, merged at 3 into B, which is merged at 4 into C; B and C were answered at 1."""
    last, middle, first = answered(it), answered(it), it.open(at=at(2))
    merge(it, first, middle, 3)
    after = merge(it, middle, last, 4)
    assert (after.state, after.clocks["reply"]) == ("awaiting_seller", at(2))
    return first, middle, last


def test_who_is_taken_out_of_the_middle_is_owed_by_the_last_no_more(it, chain):
    first, middle, last = chain
    undo(it, first, middle, 5)
    assert [place(it.now(ticket)) for ticket in (first, last)] == [place(first), place(last)]
    assert [owed(it, ticket) for ticket in (first, last)] == [(at(2),), ()]
    told = it.store.events_of(last.id)[-1]
    assert (told.kind, told.name, told.actor_id, told.occurred_at) == (EventKind.UNMERGED, "let_go", AGENT.id, at(5))
    named = {name: told.payload[name] for name in ("other_ticket_id", "other_number", "through")}
    assert named == {"other_ticket_id": first.id, "other_number": first.number, "through": middle.id}
    assert all(replay(it.store.events_of(ticket.id)) == it.now(ticket) for ticket in chain)
    it.desk.tick(at(40))
    assert "reply_overdue" not in it.now(last).flags


def test_the_middle_taken_out_afterwards_is_where_it_would_be_without_the_first(it, chain):
    first, middle, last = chain
    undo(it, first, middle, 5)
    assert place(undo(it, middle, last, 6)) == place(last)
    assert place(it.now(middle)) == place(middle)


def test_the_first_taken_out_after_the_middle_is_as_if_it_had_been_the_other_way_round(it, chain):
    first, middle, last = chain
    assert place(undo(it, middle, last, 5)) == place(last)
    assert (it.now(middle).state, it.now(middle).clocks["reply"]) == ("awaiting_seller", at(2))
    assert place(undo(it, first, middle, 6)) == place(middle)
    assert place(it.now(last)) == place(last)


def test_through_four_tickets_all_that_follow_are_corrected_in_one_commit(it, chain):
    first, middle, last = chain
    end = answered(it)
    merge(it, last, end, 5)
    commits = []
    commit = it.store.commit
    it.store.commit = lambda changes: (commits.append([change.ticket.id for change in changes]), commit(changes))
    undo(it, first, middle, 6)
    assert commits == [[first.id, middle.id, last.id, end.id]]
    assert place(it.now(end)) == place(end)
    assert owed(it, end) == ()


def test_what_the_middle_was_asked_itself_is_owed_still_and_since_then(it):
    """A asked at 2, B at 3, C answered at 1: without A C owes since 3, late at 27 and no more since 26."""
    last, middle, first = answered(it), answered(it), it.open(at=at(2))
    merge(it, first, middle, 4)
    write(it, middle, 3.5)
    merge(it, middle, last, 5)
    it.desk.tick(at(26))
    assert "reply_overdue" in it.now(last).flags
    after = undo(it, first, middle, 26.5)
    kept = it.now(last)
    assert after.state == "closed"
    assert (kept.state, kept.ball, kept.state_entered_at) == ("awaiting_seller", Ball.SELLER, at(5))
    clocks = [kept.clocks[name] for name in ("reply", "window", "buyer_message")]
    assert clocks == [at(3.5)] * 3
    assert "reply_overdue" not in kept.flags
    it.desk.tick(at(27.5))
    assert "reply_overdue" in it.now(last).flags
    undo(it, middle, last, 28)
    assert place(it.now(last))[:3] == place(last)[:3]
    assert "reply_overdue" not in it.now(last).flags
    assert (it.now(middle).state, it.now(middle).clocks["reply"]) == ("awaiting_seller", at(3.5))


def test_of_two_words_of_one_instant_the_other_one_waits_on(it):
    """A and B are both asked at 2: with A taken out of the middle, C owes what B was asked, since 2."""
    last, middle, first = answered(it), answered(it), it.open(at=at(2))
    write(it, middle, 2)
    merge(it, first, middle, 3)
    merge(it, middle, last, 4)
    undo(it, first, middle, 5)
    assert (it.now(last).state, it.now(last).clocks["reply"], owed(it, last)) == ("awaiting_seller", at(2), (at(2),))


def test_what_the_last_has_answered_is_left_as_it_is(it, chain):
    first, middle, last = chain
    it.act(last, "seller_reply", at(5), reply_text="It is on its way.")
    before = it.now(last)
    undo(it, first, middle, 6)
    after = it.now(last)
    assert (after.state, after.ball, after.state_entered_at) == (before.state, before.ball, at(5))
    assert after.clocks == {**before.clocks, "buyer_message": at(0)}


def test_a_flag_that_the_middles_own_word_raised_stays(it):
    """A asked at 2, B at 3.5, C locked at 51.5, for the chat is open since the newer word: without A it is so, too."""
    last, middle, first = answered(it), answered(it), it.open(at=at(2))
    merge(it, first, middle, 3)
    write(it, middle, 3.5)
    merge(it, middle, last, 5)
    it.desk.tick(at(52))
    assert {"chat_locked", "reply_overdue"} <= it.now(last).flags
    undo(it, first, middle, 53)
    assert "chat_locked" in it.now(last).flags


def test_a_flag_that_the_first_raised_in_the_middle_falls_while_that_one_is_merged(it):
    """B our turn since 3 for the word of A, idle at 75, merged at 90: without A it never was, merged or not."""
    last, middle, first = answered(it), answered(it), it.open(at=at(2))
    merge(it, first, middle, 3)
    it.desk.tick(at(89))
    assert {"seller_idle", "reply_overdue"} <= it.now(middle).flags
    merge(it, middle, last, 90)
    undo(it, first, middle, 91)
    assert not {"seller_idle", "reply_overdue"} & it.now(middle).flags
    assert it.now(middle).state == "closed"
    undo(it, middle, last, 92)
    assert (it.now(middle).state, it.now(middle).ball) == (middle.state, middle.ball)


def test_what_was_let_go_before_the_merging_moves_nothing_at_its_undo(it):
    """B stays our turn without A, for D was asked, too; all answered without a move, merged and undone: our turn."""
    last, middle, first, other = answered(it), answered(it), it.open(at=at(2)), it.open(at=at(3))
    merge(it, first, middle, 4)
    merge(it, other, middle, 5)
    assert undo(it, first, middle, 6).state == "awaiting_seller"
    before = it.act(middle, "post_message", at(7), reply_text="It was sent today.")
    merge(it, middle, last, 8)
    undo(it, middle, last, 9)
    assert (it.now(middle).state, it.now(middle).ball) == (before.state, before.ball)


def test_what_was_answered_before_the_middle_went_on_is_not_the_last_ones_to_let_go(it):
    last, middle, first = answered(it), answered(it), it.open(at=at(2))
    merge(it, first, middle, 3)
    it.act(middle, "seller_reply", at(4), reply_text="It is on its way.")
    merge(it, middle, last, 5)
    count = len(it.store.events_of(last.id))
    undo(it, first, middle, 6)
    assert len(it.store.events_of(last.id)) == count


def test_a_lock_that_only_the_first_had_opened_is_back_in_the_last(it):
    last = it.open(at=at(0))
    it.act(last, "register", at(0))
    it.desk.tick(at(49))
    locked = it.act(last, "open_trace", at(50))
    middle, first = answered(it), it.open(at=at(51))
    merge(it, first, middle, 52)
    write(it, middle, 53)
    assert "chat_locked" not in merge(it, middle, last, 54).flags
    undo(it, first, middle, 55)
    assert "chat_locked" not in it.now(last).flags  # what the middle was asked itself opens the chat as well
    undo(it, middle, last, 56)
    assert "chat_locked" in locked.flags & it.now(last).flags


def test_a_merged_ticket_that_is_reopened_owes_its_words_itself(it):
    """Asked at 2, merged at 3, reopened at 4 and answered at 5: nobody is late."""
    kept, duplicate = answered(it), it.act(it.open(at=at(2)), "register", at(2))
    merge(it, duplicate, kept, 3)
    after = reopen(it, duplicate, 4)
    assert (after.state, after.clocks["reply"], owed(it, duplicate)) == ("awaiting_seller", at(2), (at(2),))
    assert place(it.now(kept)) == place(kept)
    told = it.store.events_of(kept.id)[-1]
    assert (told.name, told.actor_role, told.actor_id, told.recorded_by) == ("let_go", BUYER.role, BUYER.id, AGENT.id)
    it.act(duplicate, "seller_reply", at(5), reply_text="It is on its way.")
    it.desk.tick(at(40))
    assert all("reply_overdue" not in it.now(ticket).flags for ticket in (kept, duplicate))


def test_a_reopening_that_is_recorded_later_frees_when_the_desk_learns_of_it(it):
    kept, duplicate = answered(it), it.act(it.open(at=at(2)), "register", at(2))
    merge(it, duplicate, kept, 3)
    said = {"actor": BUYER, "now": at(6), "occurred_at": at(4)}
    given = {"reopen_reason": "not_solved", "reference": "CALL-1"}
    it.desk.act(duplicate.id, "reopen", **said, inputs=given)
    assert it.now(duplicate).state_entered_at == at(4)
    assert place(it.now(kept)) == place(kept)
    assert (it.now(kept).state_entered_at, it.store.events_of(kept.id)[-1].occurred_at) == (at(6), at(6))


@pytest.mark.parametrize("occurred", [None, 4])
def test_the_clocks_of_who_lets_go_fire_before_it_in_the_order_of_their_instants(it, occurred):
    """Answered again at 3: reminded, and resolved after seven days. The duplicate is reopened after nine."""
    kept, duplicate = answered(it), it.act(it.open(at=at(2)), "register", at(2))
    merge(it, duplicate, kept, 2)
    it.act(kept, "seller_reply", at(3), reply_text="Is it the green one?")
    said = {"actor": BUYER, "now": at(9 * 24), "occurred_at": at(occurred) if occurred else None}
    it.desk.act(duplicate.id, "reopen", **said, inputs={"reopen_reason": "not_solved", "reference": "CALL-1"})
    log = it.store.events_of(kept.id)
    instants = [event.occurred_at for event in log]
    assert [event.name for event in log[-3:]] == ["remind_buyer", "auto_resolve_no_reply", "let_go"]
    assert instants == sorted(instants)
    assert instants[-2:] == [at(7 * 24 + 3), at(9 * 24)]
    assert replay(log) == it.now(kept)


def test_a_reopened_ticket_frees_the_last_of_the_chain_as_well(it, chain):
    first, middle, last = chain
    reopen(it, first, 5)
    assert place(it.now(last)) == place(last)
    assert place(undo(it, middle, last, 6)) == place(last)
    assert place(it.now(middle)) == place(middle)
    assert owed(it, first) == (at(2),)


def test_a_resolution_that_was_taken_back_is_no_move_of_the_ticket(it):
    kept, duplicate = answered(it), it.open(at=at(2))
    before = merge(it, duplicate, kept, 3)
    chosen = [Chosen(id=kept.id, number=kept.number, version=before.version)]
    act = Take(trigger="resolve", inputs={"resolution_reason": "explained"})
    outcomes = carry_out(it.desk, chosen, act, actor=AGENT, now=at(4))
    (back,) = taken_back(it.desk, outcomes, act, actor=AGENT, done_at=at(4), now=at(4))
    assert back.is_done
    assert place(undo(it, duplicate, kept, 5)) == place(kept)


def test_the_middle_reopened_takes_what_it_had_taken_in_along(it, chain):
    first, middle, last = chain
    after = reopen(it, middle, 5)
    assert (after.clocks["reply"], owed(it, middle), owed(it, last)) == (at(2), (at(2),), ())
    assert place(undo(it, first, middle, 6))[2].keys() >= {"buyer_message", "asked"}
    assert owed(it, middle) == ()


def test_a_reopened_ticket_is_let_go_once_and_brings_its_words_along_when_it_is_merged_again(it):
    kept, other = answered(it), answered(it)
    duplicate = it.act(it.open(at=at(2)), "register", at(2))
    merge(it, duplicate, kept, 3)
    reopen(it, duplicate, 4)
    count = len(it.store.events_of(kept.id))
    after = merge(it, duplicate, other, 5)
    assert (after.state, after.clocks["reply"]) == ("awaiting_seller", at(2))
    reopen(it, duplicate, 6)
    assert len(it.store.events_of(kept.id)) == count
    assert place(it.now(other)) == place(other)


def test_a_state_that_the_marketplace_reports_frees_as_well(it):
    kept, duplicate = answered(it), it.act(it.open(at=at(2)), "register", at(2))
    merge(it, duplicate, kept, 3)
    it.desk.sync_state(duplicate.id, "awaiting_seller", "CASE-1", actor=SYNC, now=at(4))
    assert place(it.now(kept)) == place(kept)
    assert owed(it, duplicate) == (at(2),)
