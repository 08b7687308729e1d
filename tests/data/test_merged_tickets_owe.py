"""A real desk on which a merged ticket leaves a reply to be owed: lifecycle, service levels and check agree."""

import pytest

from data.check import check
from data.metrics import Metrics
from data.selection import QueueFilter, QueueSort, QueueView
from data.service.kept import keep_up
from data.service.shelf import publish_policies, rulebook
from data.service.tickets import judged_ticket
from tests.data.checked_desks import AGENT, HOUR, T0, contact_of, ticket_of
from tests.new_desks import new_desk
from tests.workflow.calendar_builders import hours
from tests.workflow.service_builders import policy, target
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.tickets import SYNC
from workflow.vocabulary import Ball

NEXT = target(TargetKind.NEXT_REPLY, hours(8), calendar_id=MARKETPLACE)
WAIT = target(TargetKind.REQUESTER_WAIT, hours(48), calendar_id=MARKETPLACE, pause_balls=frozenset({Ball.BUYER}))


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        with desk.database.writing() as cursor:
            cursor.execute("delete from service_policy_versions")
        publish_policies(desk.database, [policy(NEXT, WAIT)], valid_from=T0, by="anna", note="", now=T0)
        yield desk


def judged(opened, ticket, at):
    """Since when each target runs, as the page judges it; what is kept says the same."""
    rules = rulebook(opened.database)
    found = judged_ticket(opened.store, rules, ticket.id, at).targets
    keep_up(opened.database, rules)
    kept = opened.database.read(
        "select target_kind, turn, started_at, ended_at from kept_targets where ticket_id = ? order by all", [ticket.id]
    )
    assert kept == sorted((it.promise.target.kind.value, it.span.turn, it.started_at, it.ended_at) for it in found)
    return {it.promise.target.kind: (it.started_at, it.due_at, it.counted) for it in found if it.ended_at is None}


def view(opened, which, at):
    asked = QueueFilter(now=at, view=which)
    frame = Metrics(opened.database).open_queue(asked, QueueSort.NEAREST_CLOCK, limit=9, offset=0)
    return list(frame["number"])


def test_lifecycle_and_service_levels_say_the_same_of_what_a_merged_ticket_left(opened):
    """Answered at 2, asked elsewhere at 3, merged at 4: the next reply is due at 11; undone at 6 nothing is."""
    kept = ticket_of(opened)
    other = opened.desk.open_ticket(contact_of(files=()), actor=AGENT, now=T0 + 3 * HOUR)
    opened.desk.pairs.merge(other.id, kept.id, actor=AGENT, now=T0 + 4 * HOUR)
    ticket = opened.desk.case(kept.id).ticket
    assert (ticket.state, ticket.ball, ticket.clocks["reply"]) == ("awaiting_seller", Ball.SELLER, T0 + 3 * HOUR)
    running = judged(opened, kept, T0 + 5 * HOUR)
    assert running[TargetKind.NEXT_REPLY][:2] == (T0 + 3 * HOUR, T0 + 11 * HOUR)
    assert running[TargetKind.REQUESTER_WAIT][2] == hours(4)  # 0 to 2, and 3 to 5: the buyer had written
    assert view(opened, QueueView.OURS, T0 + 5 * HOUR) == [kept.number]
    assert check(opened.database) == []
    opened.desk.pairs.undo_merge(other.id, kept.id, actor=AGENT, now=T0 + 6 * HOUR)
    running = judged(opened, kept, T0 + 7 * HOUR)
    assert TargetKind.NEXT_REPLY not in running
    assert running[TargetKind.REQUESTER_WAIT][2] == hours(2)
    assert view(opened, QueueView.BUYER, T0 + 7 * HOUR) == [kept.number]
    assert opened.database.read("select count(*) from undone_merges") == [(1,)]
    assert check(opened.database) == []


def test_the_reply_here_after_a_question_elsewhere_leaves_the_later_question_to_both(opened):
    """Asked elsewhere at 3 and 5, answered here at 4, merged at 6: both say that a reply is owed since 5."""
    kept = ticket_of(opened)
    other = opened.desk.open_ticket(contact_of(files=()), actor=AGENT, now=T0 + 3 * HOUR)
    said = {"actor": AGENT, "now": T0 + 4 * HOUR, "inputs": {"reply_text": "It is on its way."}}
    opened.desk.act(kept.id, "post_message", **said)
    asked = {"actor": SYNC, "now": T0 + 5 * HOUR, "inputs": {"message_text": "When will it come?"}}
    opened.desk.act(other.id, "buyer_message", **asked)
    opened.desk.pairs.merge(other.id, kept.id, actor=AGENT, now=T0 + 6 * HOUR)
    assert opened.desk.case(kept.id).ticket.clocks["reply"] == T0 + 5 * HOUR
    assert judged(opened, kept, T0 + 7 * HOUR)[TargetKind.NEXT_REPLY][0] == T0 + 5 * HOUR
    assert check(opened.database) == []
