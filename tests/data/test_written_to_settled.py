"""What a buyer writes on a settled ticket is told and due until somebody answers or reopens it."""

from datetime import timedelta

import pytest

from data.check import check
from data.metrics import Metrics
from data.notices.choices import choices_of
from data.selection import QueueFilter, QueueSort, QueueView
from tests.data.checked_desks import AGENT, HOUR, T0
from tests.data.notice_builders import hire, open_ticket, told
from tests.new_desks import new_desk
from workflow.notice_choices import Choices
from workflow.notices import OUTSIDE, NoticeKind
from workflow.tickets import SYNC, Actor, Scope
from workflow.vocabulary import Role


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        hire(desk)
        yield desk


def settled(opened, **changes):
    """A ticket that the seller answered and resolved at 1."""
    ticket = open_ticket(opened, **changes)
    acts = (
        ("register", {}),
        ("seller_reply", {"reply_text": "On its way."}),
        ("resolve", {"resolution_reason": "explained"}),
    )
    for trigger, inputs in acts:
        ticket = opened.desk.act(ticket.id, trigger, actor=AGENT, now=T0 + HOUR, inputs=inputs)
    return ticket


def write(opened, ticket, at):
    opened.desk.act(ticket.id, "buyer_message", actor=SYNC, now=at, inputs={"message_text": "It broke again."})


def due(opened, at, scope=Scope()):  # noqa: B008 - a value
    """The numbers in Due, which are as many as its counter says."""
    asked = QueueFilter(now=at, view=QueueView.DUE_SOON, scope=scope)
    metrics = Metrics(opened.database)
    frame = metrics.open_queue(asked, QueueSort.NEAREST_CLOCK, limit=9, offset=0)
    assert metrics.queue_counters(asked)["due_soon_count"].iloc[0] == metrics.open_queue_count(asked) == len(frame)
    return dict(zip(frame["number"], frame["overdue_trigger"], strict=True))


def test_it_is_due_until_it_is_answered_and_told_once(opened):
    ticket = settled(opened, assignee_id="ben")
    at = T0 + 2 * HOUR
    assert due(opened, at) == {}
    write(opened, ticket, at)
    write(opened, ticket, at + HOUR)
    assert due(opened, at + HOUR) == {ticket.number: "buyer_wrote_again"}
    assert due(opened, at + HOUR, Scope(seller_ids=("elsewhere",))) == {}
    news = [notice[:3] for notice in told(opened) if notice[1] == "wrote_again"]
    assert news == [("ben", "wrote_again", "buyer_wrote_again")]
    opened.desk.act(ticket.id, "post_message", actor=AGENT, now=at + 2 * HOUR, inputs={"reply_text": "Sorry to hear."})
    assert due(opened, at + 2 * HOUR) == {}
    assert check(opened.database) == []


def test_it_is_put_away_without_words_where_it_needs_no_answer(opened):
    ticket, at = settled(opened), T0 + 2 * HOUR
    write(opened, ticket, at)
    opened.desk.act(ticket.id, "no_answer_needed", actor=AGENT, now=at + HOUR)
    assert due(opened, at + HOUR) == {}
    write(opened, ticket, at + 2 * HOUR)
    assert due(opened, at + 2 * HOUR) == {ticket.number: "buyer_wrote_again"}
    assert check(opened.database) == []


def test_a_closed_ticket_is_due_for_two_weeks_or_until_it_is_reopened(opened):
    first, second = settled(opened), settled(opened)
    opened.desk.tick(T0 + timedelta(days=40))
    at = opened.desk.case(first.id).ticket.state_entered_at + HOUR
    for ticket in (first, second):
        assert opened.desk.case(ticket.id).ticket.state == "closed"
        write(opened, ticket, at)
    assert set(due(opened, at)) == {first.number, second.number}
    reopening = {"reopen_reason": "not_solved", "reference": "CALL-1"}
    platform = Actor(role=Role.PLATFORM_AGENT, id="mediator", recorded_by="anna")
    opened.desk.act(first.id, "reopen", actor=platform, now=at, inputs=reopening)
    assert due(opened, at)[second.number] == "buyer_wrote_again"
    assert due(opened, at).get(first.number, "") == ""
    assert second.number in due(opened, at + timedelta(days=14))
    assert second.number not in due(opened, at + timedelta(days=14, microseconds=1))


def test_it_stands_after_what_is_breached_and_before_what_is_only_due(opened):
    """Ticket 1 is late since 24, the buyer of 2 wrote after its end at 25, ticket 3 is late at 26."""
    late, closed = open_ticket(opened), settled(opened)
    soon = open_ticket(opened, at=T0 + 2 * HOUR)
    write(opened, closed, T0 + 25 * HOUR)
    opened.desk.tick(T0 + 25 * HOUR)
    assert list(due(opened, T0 + 25 * HOUR)) == [late.number, closed.number, soon.number]


def test_of_a_ticket_in_nobodys_hands_its_team_is_told(opened):
    ticket = settled(opened, team_id="t-1")
    write(opened, ticket, T0 + 2 * HOUR)
    assert [notice[:2] for notice in told(opened)] == [("anna", "wrote_again"), ("ben", "wrote_again")]


def test_who_chose_before_there_was_such_news_is_told_as_usual(opened):
    with opened.database.writing() as cursor:
        chosen = '{"assigned": ["mail"]}'
        cursor.execute("insert into notice_choices values (?, ?, ?, ?)", ["ben", chosen, "office", T0])
    choices = choices_of(opened.database, "ben")
    assert choices.outside(NoticeKind.WROTE_AGAIN) == OUTSIDE
    assert choices.outside(NoticeKind.ASSIGNED) != Choices().outside(NoticeKind.ASSIGNED)
