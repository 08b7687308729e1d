"""One ticket of a real desk: its targets and the ledger of each, from the same log as what is kept."""

from datetime import timedelta

import pytest

from data.service.kept import keep_up
from data.service.shelf import publish_policies, rulebook
from data.service.tickets import judged_ticket
from tests.data.checked_desks import AGENT, T0, contact_of, ticket_of
from tests.new_desks import new_desk
from tests.workflow.calendar_builders import hours
from tests.workflow.service_builders import policy, target
from workflow.errors import TicketNotFoundError
from workflow.service.judging import Status
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.service.spans import Ending
from workflow.tickets import Scope
from workflow.vocabulary import Ball

FIRST = target(budget=hours(24), calendar_id=MARKETPLACE)
FULL = target(TargetKind.FULL_RESOLUTION, hours(4), calendar_id=MARKETPLACE, pause_balls=frozenset({Ball.BUYER}))


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        with desk.database.writing() as cursor:
            cursor.execute("delete from service_policy_versions")
        publish_policies(desk.database, [policy(FIRST, FULL)], valid_from=T0, by="anna", note="", now=T0)
        yield desk


def test_a_ticket_is_judged_with_the_ledger_of_each_target(opened):
    # Opened 09:00, replied 11:00 so that the buyer must act: two hours count, the third stands still.
    ticket = ticket_of(opened)
    found = judged_ticket(opened.store, rulebook(opened.database), ticket.id, T0 + hours(3))
    first, full = found.targets
    assert (first.status, first.counted) == (Status.MET, hours(2))
    assert (full.status, full.counted, full.due_at) == (Status.PAUSED, hours(2), None)
    for judged in found.targets:
        assert sum((line.counted for line in found.ledger(judged)), timedelta()) == judged.counted
    assert found.ledger(full)[-1].why.value == "other_party"
    assert found.ledger(full)[-1].to_at == T0 + hours(3)


def test_merging_meets_no_time_in_state_neither_on_the_page_nor_in_what_is_kept(opened):
    stay = target(TargetKind.TIME_IN_STATE, hours(24), calendar_id=MARKETPLACE, states=("new",))
    publish_policies(opened.database, [policy(stay)], valid_from=T0, by="anna", note="", now=T0)
    first, second = (opened.desk.open_ticket(contact_of(files=()), actor=AGENT, now=T0) for _ in range(2))
    opened.desk.pairs.merge(first.id, second.id, actor=AGENT, now=T0 + hours(2))
    rules = rulebook(opened.database)
    (found,) = judged_ticket(opened.store, rules, first.id, T0 + hours(5)).targets
    assert (found.status, found.ending, found.counted) == (Status.ENDED_OTHERWISE, Ending.MERGED, hours(2))
    keep_up(opened.database, rules)
    kept = opened.database.read("select ending from kept_targets where ticket_id = ?", [first.id])
    assert kept == [("merged",)]


def test_before_it_was_opened_a_ticket_has_no_target(opened):
    ticket = ticket_of(opened)
    found = judged_ticket(opened.store, rulebook(opened.database), ticket.id, T0)
    assert (found.steps, found.targets) == ((), ())


def test_a_ticket_outside_of_the_scope_is_not_there(opened):
    ticket = ticket_of(opened)
    with pytest.raises(TicketNotFoundError):
        judged_ticket(
            opened.store, rulebook(opened.database), ticket.id, T0 + hours(3), Scope(seller_ids=("somebody_else",))
        )
