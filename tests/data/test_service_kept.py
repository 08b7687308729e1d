"""What is kept of targets is what judging everything anew gives, in however many parts it was kept."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.business_time import BusinessColumns
from data.service.kept import keep_up
from data.service.shelf import Rulebook
from tests.data.service_logs import forget, write
from tests.new_desks import new_database
from tests.workflow.calendar_builders import at, hours, version
from tests.workflow.service_builders import BEGIN, CLOCKS, Log, policy, target
from tests.workflow.service_strategies import policies, random_logs
from workflow.business_time import BusinessTime
from workflow.calendars import week
from workflow.service.policies import MARKETPLACE, PolicyVersion, ServiceBook, TargetKind
from workflow.vocabulary import Priority

ONE_DAY = PolicyVersion(
    version=1,
    valid_from=at("2026-01-01"),
    policies=(policy(target(budget=hours(24), calendar_id=MARKETPLACE), target(TargetKind.NEXT_REPLY, hours(8))),),
)
TWO_HOURS = replace(ONE_DAY.policies[0].targets[0], budget=hours(2))


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("kept") / "desk.duckdb") as database:
        yield database


@pytest.fixture
def database(opened):
    forget(opened)
    return opened


def rules_of(*versions: PolicyVersion, clocks: dict[str, BusinessTime] | None = None) -> Rulebook:
    clocks = clocks or {"office": BusinessTime([version(1, at("2020-01-01"))])}
    columns = {name: BusinessColumns(clock.versions) for name, clock in clocks.items()}
    return Rulebook(book=ServiceBook(versions), clocks=clocks, columns=columns)


def kept(database) -> list[tuple]:
    return [
        *database.read("select * from kept_targets order by all"),
        *database.read("select * from kept_warnings order by all"),
    ]


def anew(database, rules) -> list[tuple]:
    """What is kept once everything was forgotten and judged at once."""
    forget(database)
    keep_up(database, rules)
    return kept(database)


def test_nothing_to_do_is_nothing_done(database):
    write(database, [Log().events, Log(number=2).events])
    told = []
    assert keep_up(database, rules_of(ONE_DAY), told.append) == 2
    assert told == [1.0]
    before = kept(database)
    assert keep_up(database, rules_of(ONE_DAY), told.append) == 0
    assert (kept(database), told) == (before, [1.0])


def test_a_desk_without_tickets_keeps_nothing(database):
    write(database, [])
    assert keep_up(database, rules_of(ONE_DAY)) == 0
    assert kept(database) == []


def test_only_tickets_to_which_something_happened_are_judged(database):
    first, second = Log(), Log(number=2)
    write(database, [first.events, second.events])
    keep_up(database, rules_of(ONE_DAY))
    write(database, [first.events, second.reply("2026-01-05 10:00").events], known=[1, 1])
    assert keep_up(database, rules_of(ONE_DAY)) == 1
    assert database.read("select number, ended_at from kept_targets order by number") == [
        (1, None),
        (2, at("2026-01-05 10:00")),
    ]


def test_more_tickets_than_a_batch_holds_are_judged_in_several(database, monkeypatch):
    monkeypatch.setattr("data.service.kept.BATCH", 2)
    write(database, [Log(number=number).events for number in range(1, 6)])
    told = []
    assert keep_up(database, rules_of(ONE_DAY), told.append) == 5
    assert told == [2 / 5, 4 / 5, 1.0]
    assert database.read("select number from kept_targets order by number") == [(n,) for n in range(1, 6)]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs=random_logs(), promised=policies(), data=st.data())
def test_kept_in_two_parts_is_kept_at_once(opened, logs, promised, data):
    rules = rules_of(PolicyVersion(version=1, valid_from=BEGIN, policies=promised), clocks=CLOCKS)
    known = [data.draw(st.integers(0, len(log))) for log in logs]
    # A link comes with an event of the duplicate: one that is not there from the beginning needs a later event.
    is_linkable = len(logs) > 1 and (all(known[:2]) or known[1] < len(logs[1]))
    links = [(2, 1, logs[1][0].occurred_at)] if is_linkable and data.draw(st.booleans()) else []
    forget(opened)
    write(opened, [log[:count] for log, count in zip(logs, known, strict=True)], links if all(known[:2]) else [])
    keep_up(opened, rules)
    write(opened, logs, links, known=known)
    keep_up(opened, rules)
    found = kept(opened)
    assert found == anew(opened, rules)
    assert keep_up(opened, rules) == 0


def test_a_duplicate_that_is_linked_later_moves_the_start_of_the_ticket_that_stays(database):
    parent, child = Log("2026-01-05 09:00"), Log("2026-01-04 18:00", number=2)
    write(database, [parent.events])
    keep_up(database, rules_of(ONE_DAY))
    write(database, [parent.events, child.events], [(2, 1, at("2026-01-04 18:00"))], known=[1, 0])
    assert keep_up(database, rules_of(ONE_DAY)) == 2
    assert database.read("select number, started_at from kept_targets order by number") == [
        (1, at("2026-01-04 18:00")),
        (2, at("2026-01-04 18:00")),
    ]


def test_a_new_version_of_a_calendar_judges_what_runs_anew(database):
    promised = rules_of(PolicyVersion(version=1, valid_from=BEGIN, policies=(policy(target(budget=hours(8))),)))
    done = Log("2026-01-05 09:00").reply("2026-01-05 10:00").events
    write(database, [done, Log("2026-01-06 13:00", number=2).events])
    keep_up(database, promised)
    due = "select number, due_at from kept_targets order by number"
    assert database.read(due) == [(1, at("2026-01-05 17:00")), (2, at("2026-01-07 13:00"))]
    # From Wednesday on the office closes at noon: ticket 2 has four hours of Tuesday, three of Wednesday, one more.
    short = {day: [("09:00", "12:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
    clock = BusinessTime([version(1, at("2020-01-01")), version(2, at("2026-01-07"), weekly=week(**short))])
    changed = rules_of(*promised.book.versions, clocks={"office": clock})
    assert keep_up(database, changed) == 1
    assert database.read(due) == [(1, at("2026-01-05 17:00")), (2, at("2026-01-08 10:00"))]
    assert kept(database) == anew(database, changed)


def test_a_calendar_that_is_new_to_the_desk_judges_nothing_anew(database):
    write(database, [Log().events])
    keep_up(database, rules_of(ONE_DAY))
    clocks = {name: BusinessTime([version(1, at("2020-01-01"))]) for name in ("office", "night")}
    assert keep_up(database, rules_of(ONE_DAY, clocks=clocks)) == 0


def test_the_first_policies_of_a_desk_judge_every_ticket(database):
    write(database, [Log().events])
    assert keep_up(database, rules_of()) == 1
    assert kept(database) == []
    assert keep_up(database, rules_of(ONE_DAY)) == 1
    assert len(kept(database)) == 1


def test_new_policies_judge_what_happened_since_they_hold(database):
    log = Log("2026-01-05 09:00").reply("2026-01-05 10:00").writes("2026-01-06 09:00")
    write(database, [log.events, Log("2026-01-05 09:00", number=2).events])
    keep_up(database, rules_of(ONE_DAY))
    later = PolicyVersion(
        version=2,
        valid_from=at("2026-01-06 09:00"),
        policies=(policy(TWO_HOURS, replace(TWO_HOURS, kind=TargetKind.NEXT_REPLY)),),
    )
    rules = rules_of(ONE_DAY, later)
    assert keep_up(database, rules) == 1
    told = "select number, target_kind, policy_version, due_at from kept_targets order by number, turn"
    assert database.read(told) == [
        (1, "first_reply", 1, at("2026-01-06 09:00")),
        (1, "next_reply", 2, at("2026-01-06 11:00")),
        (2, "first_reply", 1, at("2026-01-06 09:00")),
    ]
    assert kept(database) == anew(database, rules)


def test_a_crash_leaves_what_is_not_kept_to_be_judged_again(database, monkeypatch):
    monkeypatch.setattr("data.service.kept.BATCH", 1)
    write(database, [Log(number=number).events for number in (1, 2)])

    def crash(share: float) -> None:
        raise KeyboardInterrupt(share)

    with pytest.raises(KeyboardInterrupt):
        keep_up(database, rules_of(ONE_DAY), crash)
    assert database.read("select count(*) from kept_targets") == [(1,)]
    assert keep_up(database, rules_of(ONE_DAY)) == 2
    assert kept(database) == anew(database, rules_of(ONE_DAY))


def test_the_holder_of_a_kept_target_is_who_held_it_when_it_ended(database):
    log = Log("2026-01-05 09:00").assigns("2026-01-05 09:30", "ben").reply("2026-01-05 10:00")
    log.assigns("2026-01-05 11:00", "carla")
    write(database, [log.priority("2026-01-05 12:00", Priority.HIGH).events])
    keep_up(database, rules_of(ONE_DAY))
    assert database.read("select assignee_id, priority from kept_targets") == [("ben", "normal")]
