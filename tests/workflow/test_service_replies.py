"""First and next replies: what begins a turn, what ends it, and on which side of the deadline it falls."""

import pytest

from tests.workflow.calendar_builders import at, hours
from tests.workflow.service_builders import Log, event, judged, only, target
from workflow.service.judging import Status
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.service.spans import Ending
from workflow.vocabulary import EventKind, Role

EIGHT_HOURS = target()
ONE_DAY = target(budget=hours(24), calendar_id=MARKETPLACE)
NEXT = target(TargetKind.NEXT_REPLY, hours(24), calendar_id=MARKETPLACE)


@pytest.mark.parametrize(
    ("replied", "status"),
    [
        ("2026-01-06 08:59:59", Status.MET),
        ("2026-01-06 08:59:59.999999", Status.MET),
        ("2026-01-06 09:00:00", Status.MISSED),
        ("2026-01-06 09:00:00.000001", Status.MISSED),
        ("2026-01-06 09:00:01", Status.MISSED),
    ],
)
def test_due_is_a_miss_and_just_before_is_met(replied, status):
    found = only(Log("2026-01-05 09:00").reply(replied), ONE_DAY)
    assert (found.status, found.due_at, found.ended_at) == (status, at("2026-01-06 09:00"), at(replied))


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-01-06 08:59:59.999999", Status.RUNNING),
        ("2026-01-06 09:00", Status.MISSED),
        ("2026-03-06 09:00", Status.MISSED),
    ],
)
def test_what_is_open_past_its_deadline_is_missed(now, status):
    found = only(Log("2026-01-05 09:00"), ONE_DAY, now=now)
    assert (found.status, found.ended_at, found.ending) == (status, None, Ending.RUNNING)


def test_the_horizon_does_not_see_what_happens_at_it():
    log = Log("2026-01-05 09:00").reply("2026-01-05 10:00")
    assert only(log, ONE_DAY, now="2026-01-05 10:00").status is Status.RUNNING
    assert only(log, ONE_DAY, now="2026-01-05 10:00:00.000001").status is Status.MET
    assert judged(log, ONE_DAY, now="2026-01-05 09:00") == ()


def test_a_breach_is_measured_in_the_targets_own_clock():
    # Due Monday 17:00. Replied Tuesday 10:30: 17.5 hours by the wall clock, an hour and a half of office time.
    found = only(Log("2026-01-05 09:00").reply("2026-01-06 10:30"), EIGHT_HOURS)
    assert (found.due_at, found.counted, found.late) == (at("2026-01-05 17:00"), hours(9.5), hours(1.5))
    assert only(Log().reply("2026-01-05 10:00"), EIGHT_HOURS).late == hours(0)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "auto_reply", "actor_role": Role.SYSTEM_TIMER},
        {"name": "add_note"},
        {"state": "carrier"},
        {"kind": EventKind.ASSIGNED, "payload": {"set": {"assignee_id": "ben"}}},
        {"kind": EventKind.TAGGED},
        {"kind": EventKind.TIMER_SPENT, "actor_role": Role.SYSTEM_TIMER},
        {"is_buyer_message": True, "actor_role": Role.BUYER},
    ],
    ids=["auto-reply", "internal note", "change of state alone", "assignment", "tag", "clock", "the buyer again"],
)
def test_what_says_nothing_to_the_buyer_is_no_reply(changes):
    log = Log("2026-01-05 09:00").step("2026-01-05 10:00", **changes)
    assert only(log, ONE_DAY, now="2026-01-05 12:00").status is Status.RUNNING
    assert only(log.reply("2026-01-05 13:00"), ONE_DAY).counted == hours(4)


def test_a_ticket_opened_by_an_agent_counts_from_the_buyers_first_message():
    log = Log("2026-01-05 09:00", is_buyer_message=False).reply("2026-01-05 09:30")
    assert judged(log, ONE_DAY) == ()
    found = only(log.writes("2026-01-07 12:00").reply("2026-01-07 14:00"), ONE_DAY)
    assert (found.started_at, found.counted, found.span.turn) == (at("2026-01-07 12:00"), hours(2), 1)


def test_a_contact_whose_message_follows_at_the_same_instant_counts_from_its_opening():
    log = Log("2026-01-05 09:00", is_buyer_message=False).writes("2026-01-05 09:00").reply("2026-01-05 11:00")
    found = only(log, ONE_DAY)
    assert (found.span.start, found.started_at, found.counted) == (0, at("2026-01-05 09:00"), hours(2))


def test_a_history_that_begins_settled_promises_no_first_reply():
    assert judged(Log("2026-01-05 09:00", "done", kind=EventKind.OBSERVED), ONE_DAY) == ()
    begun = Log("2026-01-05 09:00", kind=EventKind.OBSERVED, is_buyer_message=False)
    assert only(begun, ONE_DAY, now="2026-01-05 10:00").started_at == at("2026-01-05 09:00")


def test_a_turn_begins_with_the_oldest_unanswered_message():
    log = Log("2026-01-05 09:00").reply("2026-01-05 10:00").writes("2026-01-06 10:00").writes("2026-01-06 20:00")
    found = only(log.reply("2026-01-07 09:00").writes("2026-01-07 10:00"), NEXT, now="2026-01-06 21:00")
    assert (found.span.turn, found.started_at, found.status) == (2, at("2026-01-06 10:00"), Status.RUNNING)
    second, third = judged(log, NEXT, now="2026-01-07 12:00")
    assert (second.counted, second.status) == (hours(23), Status.MET)
    assert (third.span.turn, third.started_at, third.status) == (3, at("2026-01-07 10:00"), Status.RUNNING)


def test_a_last_message_that_is_followed_by_resolving_is_settled_and_not_missed():
    log = Log("2026-01-05 09:00").reply("2026-01-05 10:00").writes("2026-01-05 11:00").resolves("2026-01-05 12:00")
    found = only(log, NEXT)
    assert (found.status, found.ending, found.ended_at) == (
        Status.ENDED_OTHERWISE,
        Ending.SETTLED,
        at("2026-01-05 12:00"),
    )


def test_a_turn_that_was_late_before_the_ticket_was_resolved_stays_missed():
    log = Log("2026-01-05 09:00").reply("2026-01-05 10:00").writes("2026-01-05 11:00").resolves("2026-01-06 11:00")
    found = only(log, NEXT)
    assert (found.status, found.ending) == (Status.MISSED, Ending.SETTLED)


def test_a_reply_that_resolves_meets_the_target():
    found = only(Log("2026-01-05 09:00").reply("2026-01-05 10:00", "done"), ONE_DAY)
    assert (found.status, found.ending) == (Status.MET, Ending.REACHED)


def test_thanks_on_a_resolved_ticket_begin_no_turn():
    log = Log("2026-01-05 09:00").reply("2026-01-05 10:00", "done").writes("2026-01-05 11:00")
    assert judged(log, NEXT) == ()


def test_what_the_system_resolved_and_the_buyer_reopened_is_a_turn_of_its_own():
    log = Log("2026-01-05 09:00").step("2026-01-05 12:00", "done", actor_role=Role.SYSTEM_TIMER, name="auto_resolve")
    log.writes("2026-01-20 12:00", "new").reply("2026-01-20 15:00")
    assert only(log, ONE_DAY).status is Status.ENDED_OTHERWISE
    again = only(log, NEXT)
    assert (again.started_at, again.counted, again.status) == (at("2026-01-20 12:00"), hours(3), Status.MET)


def test_events_of_one_instant_count_in_the_order_of_recording():
    # Our reply was recorded before the message of the same second: the message still waits for an answer.
    log = Log("2026-01-05 09:00").reply("2026-01-05 10:00").writes("2026-01-05 10:00")
    assert only(log, NEXT, now="2026-01-05 11:00").status is Status.RUNNING
    # The other way round it was answered at once.
    other = Log("2026-01-05 09:00").reply("2026-01-05 09:30").writes("2026-01-05 10:00").reply("2026-01-05 10:00")
    assert (only(other, NEXT).status, only(other, NEXT).counted) == (Status.MET, hours(0))


def test_events_that_were_recorded_late_count_when_they_happened():
    log = Log("2026-01-05 09:00").writes("2026-01-05 12:00").reply("2026-01-05 10:00")
    assert only(log, ONE_DAY).counted == hours(1)
    assert only(log, NEXT, now="2026-01-05 13:00").started_at == at("2026-01-05 12:00")


def test_the_role_of_the_time_counts_whatever_its_author_became():
    log = Log("2026-01-05 09:00").reply("2026-01-05 10:00")
    before = only(log, ONE_DAY)
    # Anna has left the sellers for the platform: what she does now carries her new role, the reply keeps its own.
    log.events.append(event(1, 3, at("2026-02-01 09:00"), "new", is_visit=False, actor_role=Role.PLATFORM_AGENT))
    after = only(log, ONE_DAY)
    assert (log.events[1].actor_role, log.events[2].actor_id) == (Role.SELLER_AGENT, log.events[1].actor_id)
    assert after == before
    assert after.status is Status.MET
