"""Pauses: when the clock stands still, when it runs again, and what the pause audit says beside it."""

import pytest

from tests.workflow.calendar_builders import at, hours
from tests.workflow.service_builders import Log, judged, only, target
from workflow.service.judging import Status
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.service.spans import Ending
from workflow.vocabulary import Ball

PAUSE = {"pause_balls": frozenset({Ball.BUYER, Ball.CARRIER})}
FULL = target(TargetKind.FULL_RESOLUTION, hours(8), **PAUSE)
FULL_EVERY_HOUR = target(TargetKind.FULL_RESOLUTION, hours(8), calendar_id=MARKETPLACE, **PAUSE)
FIRST = target(pause_states=frozenset({"carrier"}))
WAIT = target(TargetKind.REQUESTER_WAIT, hours(8), calendar_id=MARKETPLACE)


def test_a_pause_before_the_first_reply_moves_the_deadline_by_its_length():
    # With the carrier from 10:00 to 12:00: two of the eight hours are owed to nobody.
    log = Log("2026-01-05 09:00").step("2026-01-05 10:00", "carrier").step("2026-01-05 12:00", "new")
    found = only(log.reply("2026-01-06 10:59:59"), FIRST)
    assert (found.due_at, found.status, found.paused) == (at("2026-01-06 11:00"), Status.MET, hours(2))
    assert found.counted == hours(8) - (at("2026-01-06 11:00") - at("2026-01-06 10:59:59"))


def test_a_pause_across_closing_time_takes_only_open_hours():
    # Asked Monday 16:00, answered Tuesday 10:00: 18 hours by the wall clock, two of the office.
    log = Log("2026-01-05 09:00").asks("2026-01-05 16:00").writes("2026-01-06 10:00", "new")
    found = only(log, FULL, now="2026-01-06 10:30")
    assert (found.paused, found.counted, found.due_at) == (hours(2), hours(7.5), at("2026-01-06 11:00"))


def test_two_pauses_within_a_minute_are_both_taken_off():
    log = Log("2026-01-05 09:00").asks("2026-01-05 10:00:10").writes("2026-01-05 10:00:25", "new")
    log.asks("2026-01-05 10:00:40").writes("2026-01-05 10:00:50", "new")
    found = only(log, FULL, now="2026-01-05 12:00")
    assert (found.paused.total_seconds(), found.due_at) == (25, at("2026-01-06 09:00:25"))


def test_while_a_pause_runs_there_is_no_deadline():
    found = only(Log("2026-01-05 09:00").asks("2026-01-05 10:00"), FULL, now="2026-02-01 00:00")
    assert (found.status, found.due_at, found.is_paused) == (Status.PAUSED, None, True)
    assert found.counted == hours(1)


def test_a_pause_that_begins_with_the_budget_used_up_comes_too_late():
    found = only(Log("2026-01-05 09:00").asks("2026-01-05 17:00"), FULL, now="2026-02-01 00:00")
    assert (found.status, found.due_at, found.is_paused) == (Status.MISSED, at("2026-01-05 17:00"), True)


def test_an_end_within_a_pause_is_judged_as_if_the_clock_ran_on_from_there():
    found = only(Log("2026-01-05 09:00").asks("2026-01-05 10:00").resolves("2026-01-20 10:00"), FULL)
    assert (found.status, found.ending, found.counted) == (Status.MET, Ending.REACHED, hours(1))
    assert found.due_at == at("2026-01-20 17:00")  # the seven hours that were left, after the end


def test_the_clock_runs_again_from_the_message_of_the_buyer_on():
    # Asked 10:00; the buyer writes at 13:00, but the ticket stays "asked" until 15:00.
    log = Log("2026-01-05 09:00").asks("2026-01-05 10:00").writes("2026-01-05 13:00").step("2026-01-05 15:00", "new")
    found = only(log, FULL_EVERY_HOUR, now="2026-01-05 15:30")
    assert (found.counted, found.due_at) == (hours(3.5), at("2026-01-05 20:00"))
    # The pause audit: five hours in the state, two of them after the buyer had written.
    assert (found.paused, found.excess, found.lenient_due_at) == (hours(5), hours(2), at("2026-01-05 22:00"))


@pytest.mark.parametrize(
    ("resolved", "status", "lenient"),
    [
        ("2026-01-05 19:59", Status.MET, Status.MET),
        ("2026-01-05 21:00", Status.MISSED, Status.MET),
        ("2026-01-05 22:00", Status.MISSED, Status.MISSED),
    ],
)
def test_the_lenient_answer_stands_beside_ours(resolved, status, lenient):
    log = Log("2026-01-05 09:00").asks("2026-01-05 10:00").writes("2026-01-05 13:00").step("2026-01-05 15:00", "new")
    found = only(log.resolves(resolved), FULL_EVERY_HOUR)
    assert (found.status, found.lenient_status) == (status, lenient)


def test_a_pause_that_the_buyer_ended_runs_and_leniently_stands_still():
    found = only(
        Log("2026-01-05 09:00").asks("2026-01-05 10:00").writes("2026-01-05 13:00"),
        FULL_EVERY_HOUR,
        now="2026-01-05 14:00",
    )
    assert (found.status, found.due_at, found.is_paused) == (Status.RUNNING, at("2026-01-05 20:00"), False)
    assert (found.lenient_status, found.lenient_due_at, found.excess) == (Status.PAUSED, None, hours(1))


def test_our_next_reply_hands_the_ball_back_to_the_buyer():
    # The buyer writes at 11:00 and we answer at 12:00, all within the state "asked": one hour of it was ours.
    log = Log("2026-01-05 09:00").asks("2026-01-05 10:00").writes("2026-01-05 11:00").reply("2026-01-05 12:00")
    found = only(log.note("2026-01-05 13:00"), FULL_EVERY_HOUR, now="2026-01-06 00:00")
    assert (found.counted, found.excess, found.is_paused) == (hours(2), hours(1), True)


def test_notes_of_ours_leave_the_buyers_word_unanswered():
    log = Log("2026-01-05 09:00").asks("2026-01-05 10:00").writes("2026-01-05 11:00").note("2026-01-05 12:00")
    assert only(log, FULL_EVERY_HOUR, now="2026-01-05 14:00").counted == hours(4)


def test_a_pause_for_somebody_else_is_not_ended_by_the_buyer():
    log = Log("2026-01-05 09:00").step("2026-01-05 10:00", "carrier").writes("2026-01-05 11:00")
    found = only(log, FULL_EVERY_HOUR, now="2026-01-05 14:00")
    assert (found.counted, found.excess, found.is_paused) == (hours(1), hours(0), True)


def test_a_requesters_wait_counts_what_is_not_the_buyers():
    # Ours 09:00 to 10:00, the buyer's until 12:00, the carrier's until 13:00: two hours of waiting.
    log = Log("2026-01-05 09:00").asks("2026-01-05 10:00").writes("2026-01-05 12:00", "carrier")
    found = only(log.resolves("2026-01-05 13:00"), WAIT)
    assert (found.counted, found.paused, found.status) == (hours(2), hours(2), Status.MET)


def test_time_in_a_state_is_per_visit_and_pauses_there_are_none_unless_the_policy_says_so():
    asked = target(TargetKind.TIME_IN_STATE, hours(4), calendar_id=MARKETPLACE, states=("asked", "disputed"))
    log = Log("2026-01-05 09:00").asks("2026-01-05 10:00").step("2026-01-05 12:00", "new").asks("2026-01-05 13:00")
    first, second = judged(log, asked, now="2026-01-05 18:00")
    assert (first.span.state, first.span.turn, first.counted, first.status) == ("asked", 2, hours(2), Status.MET)
    assert (second.span.turn, second.counted, second.status) == (4, hours(5), Status.MISSED)


def test_a_final_state_neither_ends_nor_runs():
    gone = target(TargetKind.TIME_IN_STATE, hours(4), calendar_id=MARKETPLACE, states=("gone", "done"))
    log = Log("2026-01-05 09:00").resolves("2026-01-05 10:00").step("2026-01-05 11:00", "gone")
    found = only(log, gone)
    assert (found.span.state, found.counted, found.ending) == ("done", hours(1), Ending.REACHED)
