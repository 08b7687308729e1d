"""What a buyer writes in a ticket that was merged is said, once, in the ticket that stays."""

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PHOTO, world
from workflow.deeds import Deed
from workflow.errors import ActionNotAllowedError, TicketChangedError, TicketNotFoundError
from workflow.replay import replay
from workflow.tickets import SYNC, Actor, Scope
from workflow.vocabulary import Ball, Channel, EventKind, Role


@pytest.fixture
def it():
    return world()


def at(hours):
    return NOW + hours * HOUR


def merged(it, **changes):
    """A ticket answered at 1 and, merged into it at 3, one that was answered itself at 2: nothing is owed."""
    kept, duplicate = it.open(at=at(0)), it.open(at=at(0), **changes)
    for ticket, hour in ((kept, 1), (duplicate, 2)):
        it.act(ticket, "register", at(0))
        it.act(ticket, "seller_reply", at(hour), reply_text="It is on its way.")
    it.desk.pairs.merge(duplicate.id, kept.id, actor=AGENT, now=at(3))
    return it.now(kept), it.now(duplicate)


def write(it, ticket, hours, **changes):
    given = {"actor": SYNC, "now": at(hours), "inputs": {"message_text": "Is anybody there?"}}
    return it.desk.act(ticket.id, "buyer_message", **given | changes)


def test_it_is_our_turn_in_the_ticket_that_stays_and_the_message_is_there_once(it):
    kept, duplicate = merged(it)
    said_count = len(it.store.load_case(duplicate.id).messages)
    given = write(it, duplicate, 5)
    after = it.now(kept)
    assert (after.state, after.ball, after.clocks["reply"]) == ("awaiting_seller", Ball.SELLER, at(5))
    assert it.store.load_case(kept.id).messages[-1].text == "Is anybody there?"
    assert len(it.store.load_case(duplicate.id).messages) == said_count
    log = it.store.events_of(kept.id)
    assert (log[-1].name, log[-1].is_buyer_message) == ("buyer_message", True)
    assert (log[-1].payload["from_ticket_id"], log[-1].payload["from_number"]) == (duplicate.id, duplicate.number)
    assert replay(log) == after
    told = it.store.events_of(duplicate.id)[-1]
    assert (told.kind, told.name, told.is_buyer_message) == (EventKind.TRANSITION, "buyer_message", False)
    assert (told.is_visit, told.payload["other_number"]) == (False, kept.number)
    assert (given, given.flags, given.state) == (it.now(duplicate), frozenset(), "closed")
    it.desk.tick(NOW + 20 * DAY)
    assert it.now(kept).resolution_reason == ""


def test_of_tickets_merged_one_into_the_other_the_last_one_hears_it(it):
    middle, first = merged(it)
    last = it.open(at=at(4))
    it.desk.pairs.merge(middle.id, last.id, actor=AGENT, now=at(5))
    write(it, first, 6)
    assert it.store.load_case(last.id).messages[-1].sent_at == at(6)
    assert it.store.events_of(first.id)[-1].payload["other_number"] == last.number
    assert it.now(middle).version == it.store.events_of(middle.id)[-1].seq


def test_by_another_channel_it_is_owed_a_reply_and_opens_no_chat(it):
    kept, duplicate = merged(it, channel=Channel.EMAIL)
    write(it, duplicate, 60)
    after = it.now(kept)
    assert (after.state, after.clocks["reply"], after.clocks["buyer_message"]) == ("awaiting_seller", at(60), at(0))
    assert it.store.load_case(kept.id).messages[-1].channel is Channel.EMAIL
    assert "reply_window_expired" not in {timer.trigger for timer in after.timers}


def test_a_message_that_reaches_the_desk_late_is_said_at_its_own_time(it):
    """Written at 4, the ticket that stays resolved itself at 1 + 168, told at 200: owed since 4."""
    kept, duplicate = merged(it)
    it.desk.tick(at(199))
    assert it.now(kept).state == "resolved"
    write(it, duplicate, 200, occurred_at=at(4))
    after = it.now(kept)
    assert (after.state, after.clocks["reply"]) == ("awaiting_seller", at(4))
    assert it.store.events_of(duplicate.id)[-1].occurred_at == at(4)


def test_what_was_said_before_the_ticket_that_stays_was_opened_is_said_at_its_opening(it):
    duplicate, kept = it.open(at=at(0)), it.open(at=at(4))
    it.desk.pairs.merge(duplicate.id, kept.id, actor=AGENT, now=at(5))
    write(it, duplicate, 6, occurred_at=at(2))
    assert it.store.load_case(kept.id).messages[-1].sent_at == at(4)
    with pytest.raises(ActionNotAllowedError):
        write(it, duplicate, 7, occurred_at=at(-1))


def test_its_photos_go_with_it(it):
    kept, duplicate = merged(it)
    write(it, duplicate, 5, files=(PHOTO,))
    assert [len(it.store.load_case(ticket.id).evidence) for ticket in (kept, duplicate)] == [1, 0]


def test_a_settled_ticket_that_stays_is_marked_and_stays_settled(it):
    kept, duplicate = merged(it)
    it.act(kept, "resolve", at(4), resolution_reason="explained")
    write(it, duplicate, 5)
    assert (it.now(kept).state, it.now(kept).flags) == ("resolved", {"buyer_wrote_again"})


def test_who_may_see_the_merged_ticket_may_record_what_its_buyer_wrote(it):
    kept, duplicate = merged(it, team_id="home")
    given = {"actor": BUYER, "scope": Scope(team_ids=("home",))}
    with pytest.raises(TicketNotFoundError):
        write(it, kept, 5, **given)
    write(it, duplicate, 5, **given)
    assert it.now(kept).state == "awaiting_seller"
    with pytest.raises(TicketNotFoundError):
        write(it, duplicate, 6, actor=BUYER, scope=Scope(team_ids=("garden",)))


def test_another_buyer_and_a_screen_that_is_out_of_date_are_refused_as_ever(it):
    kept, duplicate = merged(it)
    with pytest.raises(ActionNotAllowedError):
        write(it, duplicate, 5, actor=Actor(role=Role.BUYER, id="buyer-2", recorded_by="anna"))
    write(it, duplicate, 5, expected_version=duplicate.version)
    with pytest.raises(TicketChangedError):
        write(it, duplicate, 5, expected_version=duplicate.version)
    said = [message for message in it.store.load_case(kept.id).messages if message.text == "Is anybody there?"]
    assert len(said) == 1


def test_only_the_buyers_words_go_on(it):
    kept, duplicate = merged(it)
    it.act(duplicate, "add_note", at(4), note_text="Seen.")
    assert it.store.load_case(duplicate.id).messages[-1].text == "Seen."
    assert it.now(kept).version == kept.version


def test_once_it_is_its_own_again_the_message_is_said_where_it_was_written(it):
    kept, duplicate = merged(it)
    it.desk.pairs.undo_merge(duplicate.id, kept.id, actor=AGENT, now=at(4))
    write(it, duplicate, 5)
    assert (it.now(duplicate).state, it.now(kept).state) == ("awaiting_seller", "awaiting_buyer")


def test_a_merge_that_was_undone_in_the_same_moment_counts(it, monkeypatch):
    """Where the message goes is looked up first; the merge is undone before the act begins."""
    kept, duplicate = merged(it)
    it.desk.pairs.undo_merge(duplicate.id, kept.id, actor=AGENT, now=at(4))
    monkeypatch.setattr(Deed, "stays", lambda *_: kept.id)
    write(it, duplicate, 5)
    assert (it.now(duplicate).state, it.now(kept).state) == ("awaiting_seller", "awaiting_buyer")
