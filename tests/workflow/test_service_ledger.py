"""The ledger of a target: lines that explain its number, without gap or overlap."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.calendar_builders import at, business, hours, version
from tests.workflow.service_builders import BEGIN, CLOCKS, HOUR, Log, lines, only, subject_of, target
from tests.workflow.service_strategies import policies, random_log
from workflow.business_time import BusinessTime
from workflow.calendars import Break, Holiday, Window, week
from workflow.service.history import steps_of
from workflow.service.judging import judge
from workflow.service.ledger import Why, ledger
from workflow.service.policies import MARKETPLACE, PolicyVersion, Reopening, ServiceBook, TargetKind
from workflow.service.spans import Ending
from workflow.vocabulary import Ball, EventKind

FULL = target(TargetKind.FULL_RESOLUTION, hours(40), pause_balls=frozenset({Ball.BUYER}))


def told(found) -> list[tuple]:
    """Lines as a table: from, to, why, name, hours that counted."""
    return [
        (f"{one.from_at:%d %H:%M}", f"{one.to_at:%d %H:%M}", one.why.value, one.name, one.counted / HOUR)
        for one in found
    ]


def test_closed_hours_a_holiday_and_a_break_are_told_by_name():
    clock = business(
        weekly=week(mon=[("09:00", "17:00")], tue=[("09:00", "17:00")], wed=[("09:00", "17:00")]),
        holidays=(Holiday(on=date(2026, 1, 6), name="Epiphany"),),
        breaks=(Break(on=date(2026, 1, 5), window=Window.between("12:00", "12:30"), name="Drill"),),
    )
    assert told(lines(Log("2026-01-05 10:00").resolves("2026-01-07 10:00"), FULL, clock=clock)) == [
        ("05 10:00", "05 12:00", "counted", "", 2),
        ("05 12:00", "05 12:30", "break", "Drill", 0),
        ("05 12:30", "05 17:00", "counted", "", 4.5),
        ("05 17:00", "06 00:00", "closed_hours", "", 0),
        ("06 00:00", "07 00:00", "holiday", "Epiphany", 0),
        ("07 00:00", "07 09:00", "closed_hours", "", 0),
        ("07 09:00", "07 10:00", "counted", "", 1),
    ]


def test_pauses_are_told_by_who_must_act_and_end_with_the_buyers_word():
    paused = target(
        TargetKind.FULL_RESOLUTION,
        hours(40),
        calendar_id=MARKETPLACE,
        pause_balls=frozenset({Ball.BUYER}),
        pause_states=frozenset({"carrier"}),
    )
    log = Log("2026-01-05 10:00").asks("2026-01-05 11:00").writes("2026-01-05 13:00").reply("2026-01-05 14:00")
    log.step("2026-01-05 15:00", "carrier").step("2026-01-05 16:00", "new")
    assert told(lines(log, paused, now="2026-01-05 18:00")) == [
        ("05 10:00", "05 11:00", "counted", "", 1),
        ("05 11:00", "05 13:00", "other_party", "", 0),
        ("05 13:00", "05 14:00", "buyer_wrote", "", 1),
        ("05 14:00", "05 15:00", "other_party", "", 0),
        ("05 15:00", "05 16:00", "paused", "", 0),
        ("05 16:00", "05 18:00", "counted", "", 2),
    ]


def test_the_settled_time_of_a_clock_that_goes_on_is_told():
    goes_on = target(TargetKind.FULL_RESOLUTION, hours(40), calendar_id=MARKETPLACE, on_reopen=Reopening.CONTINUE)
    log = Log("2026-01-05 10:00").resolves("2026-01-05 11:00").step("2026-01-07 11:00", "new")
    assert told(lines(log.resolves("2026-01-07 12:00"), goes_on)) == [
        ("05 10:00", "05 11:00", "counted", "", 1),
        ("05 11:00", "07 11:00", "settled", "", 0),
        ("07 11:00", "07 12:00", "counted", "", 1),
    ]


def test_steps_that_change_nothing_of_it_make_no_line_of_their_own():
    log = Log("2026-01-05 10:00").note("2026-01-05 11:00").note("2026-01-05 11:00").priority("2026-01-05 12:00", "high")
    (line,) = lines(log, FULL, now="2026-01-05 13:00")
    assert (line.elapsed, line.counted, line.state, line.ball) == (hours(3), hours(3), "new", Ball.SELLER)


def test_lines_name_the_versions_that_they_were_counted_by():
    changed = BusinessTime((version(1, at("2020-01-01")), version(2, at("2026-01-05 12:00"))))
    found = lines(Log("2026-01-05 10:00"), FULL, clock=changed, now="2026-01-05 13:00")
    assert [(one.calendar_version, one.policy_version, one.counted) for one in found] == [
        (1, 1, hours(2)),
        (2, 1, hours(1)),
    ]
    (plain,) = lines(Log(), target(calendar_id=MARKETPLACE), now="2026-01-05 13:00")
    assert plain.calendar_version == 0


def test_a_target_of_no_length_has_no_line():
    log = Log("2026-01-05 10:00").reply("2026-01-05 10:00")
    assert lines(log, target()) == ()
    assert only(log, target()).counted == hours(0)


@settings(deadline=None, max_examples=200)
@given(log=random_log(1), promised=policies(), horizon=st.sampled_from([1, 7, 30, 100, 1_000]), data=st.data())
def test_the_lines_cover_every_target_and_add_up_to_it(log, promised, horizon, data):
    horizon_at = BEGIN + horizon * HOUR + timedelta(microseconds=3)
    merged_at = data.draw(st.sampled_from([None, BEGIN + 20 * HOUR]))
    made = Log()
    made.events = log
    subject = subject_of(made, merged_at=merged_at, starts_at=data.draw(st.sampled_from([None, BEGIN - 9 * HOUR])))
    steps = steps_of(log, subject, horizon_at)
    rules = ServiceBook([PolicyVersion(version=1, valid_from=BEGIN, policies=promised)])
    for found in judge(steps, subject, rules, CLOCKS, horizon_at):
        ended_by = steps[found.span.end] if found.span.end is not None else None
        # What is taken in has the kind, too, and moves the ticket that stays: only a ticket that is gone was merged.
        if ended_by and ended_by.kind is EventKind.MERGED:
            assert (found.ending is Ending.MERGED) is ended_by.is_settled
        told = ledger(found, steps, CLOCKS)
        end = found.ended_at or horizon_at
        assert sum((one.counted for one in told), timedelta()) == found.counted
        assert all(before.to_at == after.from_at for before, after in pairwise(told))
        assert all(one.from_at < one.to_at for one in told)
        assert (told[0].from_at, told[-1].to_at) == (found.started_at, end) if told else found.started_at == end
        target = found.promise.target
        clock = CLOCKS["office"] if target.calendar_id else None
        wrote = [one for one in told if one.why is Why.BUYER_WROTE]
        assert sum((one.counted for one in wrote), timedelta()) == found.excess
        paused = [one for one in told if one.why in {Why.PAUSED, Why.OTHER_PARTY, Why.SETTLED}]
        lengths = (clock.elapsed(one.from_at, one.to_at) if clock else one.elapsed for one in paused)
        assert sum(lengths, timedelta()) == found.paused - found.excess
