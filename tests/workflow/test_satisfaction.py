"""The buyer rates what was resolved; the newest rating counts, and rating is no contact."""

from dataclasses import replace

import pytest

from tests.workflow.builders import AGENT, BUYER, HOUR, NOW, world
from workflow.errors import ActionNotAllowedError, RoleNotAllowedError, TicketChangedError
from workflow.satisfaction import newest_rating
from workflow.tickets import SYNC


@pytest.fixture
def it():
    return world()


@pytest.fixture
def resolved(it):
    ticket = it.open()
    it.act(ticket, "register", NOW)
    it.act(ticket, "seller_reply", NOW, reply_text="It is on its way.")
    return it.act(ticket, "resolve", NOW, resolution_reason="explained")


def test_a_rating_stands_in_the_log_and_its_comment_beside_it(it, resolved):
    after = it.desk.rate(resolved.id, 4, " Quick! ", actor=BUYER, now=NOW + HOUR)
    again = it.desk.rate(resolved.id, 2, "", actor=SYNC, now=NOW + 2 * HOUR)
    events = it.store.events_of(resolved.id)
    assert newest_rating(events) == 2
    assert [event.payload.get("rating") for event in events[-2:]] == [4, 2]
    message = it.store.load_case(resolved.id).messages[-1]
    assert (message.text, message.is_public, message.author_id) == ("Quick!", False, "buyer-1")
    assert "Quick" not in repr(events)
    assert (after.state, again.state, again.timers, again.clocks) == (
        "resolved",
        "resolved",
        resolved.timers,
        resolved.clocks,
    )


def test_a_rating_that_the_desk_learns_late_does_not_outdo_a_newer_one(it, resolved):
    it.desk.rate(resolved.id, 4, "", actor=BUYER, now=NOW + HOUR)
    it.desk.rate(resolved.id, 2, "", actor=SYNC, now=NOW + 2 * HOUR)
    *earlier, last = it.store.events_of(resolved.id)
    assert newest_rating([*earlier, replace(last, occurred_at=NOW)]) == 4
    assert newest_rating([*earlier, replace(last, occurred_at=NOW + HOUR)]) == 2


def test_nobody_rated_is_no_rating(it, resolved):
    assert newest_rating(it.store.events_of(resolved.id)) is None


@pytest.mark.parametrize("rating", [0, 6, True])
def test_a_rating_is_a_whole_number_from_1_to_5(it, resolved, rating):
    with pytest.raises(ActionNotAllowedError, match="a rating is a whole number from 1 to 5"):
        it.desk.rate(resolved.id, rating, "", actor=BUYER, now=NOW)


def test_a_comment_that_is_longer_than_what_is_kept_is_refused_whole(it, resolved):
    with pytest.raises(ActionNotAllowedError, match="the comment has 2,001 characters, and at most 2,000 are kept"):
        it.desk.rate(resolved.id, 4, "z" * 2001, actor=BUYER, now=NOW)
    assert it.now(resolved) == resolved
    it.desk.rate(resolved.id, 4, f" {'z' * 2000} ", actor=BUYER, now=NOW)
    assert it.store.load_case(resolved.id).messages[-1].text == "z" * 2000


def test_what_is_not_resolved_is_not_rated_and_an_agent_does_not_rate(it, resolved):
    with pytest.raises(ActionNotAllowedError, match="it is not resolved yet"):
        it.desk.rate(it.open().id, 5, "", actor=BUYER, now=NOW)
    with pytest.raises(RoleNotAllowedError):
        it.desk.rate(resolved.id, 5, "", actor=AGENT, now=NOW)


def test_a_rating_from_a_screen_that_is_older_than_the_ticket_is_refused(it, resolved):
    after = it.desk.rate(resolved.id, 4, "", actor=BUYER, now=NOW + HOUR, expected_version=resolved.version)
    with pytest.raises(TicketChangedError):
        it.desk.rate(resolved.id, 1, "", actor=BUYER, now=NOW + HOUR, expected_version=resolved.version)
    assert it.now(resolved) == after
