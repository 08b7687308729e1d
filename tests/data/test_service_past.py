"""As of a past instant a desk answers what a desk answers that holds only the events before it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data.business_time import BusinessColumns
from data.selection import Selection, Step
from data.service.kept import keep_up
from data.service.questions import Grouping, ServiceQuestions
from data.service.shelf import Rulebook
from tests.data.service_logs import forget, told, write
from tests.new_desks import new_database
from tests.workflow.calendar_builders import at
from tests.workflow.service_builders import BEGIN, CLOCKS, HOUR, Log, book, policy, target
from tests.workflow.service_strategies import policies, random_logs
from workflow.service.policies import MARKETPLACE, PolicyVersion, ServiceBook, TargetKind
from workflow.vocabulary import StateKind

COLUMNS = {name: BusinessColumns(clock.versions) for name, clock in CLOCKS.items()}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("past") / "desk.duckdb") as opened:
        yield opened


def answers(database, rules, logs, links, selection, *, undone=()):
    """Everything that the desk of `logs` says."""
    forget(database)
    write(database, logs, links, undone)
    keep_up(database, rules)
    asked = ServiceQuestions(database, rules)
    return [
        *(asked.attainment(selection, grouping) for grouping in Grouping),
        asked.attainment_over_time(selection, Step.DAY),
        asked.breaches(selection),
        # Where a ticket stands is what its row says: the present.
        asked.due_targets(selection, until=selection.horizon_at + 1_000 * HOUR).drop(columns=["ticket_state", "ball"]),
        asked.pause_audit(selection),
        *(asked.waits_by_outcome(selection, kind) for kind in TargetKind),
    ]


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs=random_logs(), promised=policies(), hour=st.sampled_from([1, 7, 30, 100, 300]), data=st.data())
def test_the_past_is_as_if_nothing_had_followed(database, logs, promised, hour, data):
    horizon_at = BEGIN + hour * HOUR + timedelta(microseconds=3)
    book = ServiceBook([PolicyVersion(version=1, valid_from=BEGIN, policies=promised)])
    rules = Rulebook(
        book=book,
        clocks=CLOCKS,
        columns=COLUMNS,
    )
    born_at = max(log[0].occurred_at for log in logs)
    late_at = born_at + data.draw(st.sampled_from([0, 50])) * HOUR
    links = [(2, 1, late_at), (3, 2, born_at)][: data.draw(st.integers(0, len(logs) - 1))]
    undone_at = late_at + data.draw(st.sampled_from([1, 60])) * HOUR
    undone = [(2, 1, late_at, undone_at)] if links and data.draw(st.booleans()) else []
    links = links[1:] if undone else links
    logs = told(logs, links, undone)
    selection = Selection(horizon_at=horizon_at, since=BEGIN - 30 * HOUR, until=BEGIN + 2_000 * HOUR)
    before = [[event for event in log if event.occurred_at < horizon_at] for log in logs]
    full = answers(database, rules, logs, links, selection, undone=undone)
    held = [*links, *((a, b, at) for a, b, at, until in undone if until >= horizon_at)]
    over = [one for one in undone if one[3] < horizon_at]
    then = answers(database, rules, before, [link for link in held if link[2] < horizon_at], selection, undone=over)
    for found, expected in zip(full, then, strict=True):
        assert_frame_equal(found, expected)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs=random_logs(), promised=policies(), hour=st.sampled_from([1, 7, 30, 100, 300]), data=st.data())
def test_what_fell_due_by_then_is_known_without_judging_everything_anew(database, logs, promised, hour, data):
    horizon_at = BEGIN + hour * HOUR + timedelta(microseconds=3)
    rules = Rulebook(
        book=ServiceBook([PolicyVersion(version=1, valid_from=BEGIN, policies=promised)]),
        clocks=CLOCKS,
        columns=COLUMNS,
    )
    linked_at = BEGIN + data.draw(st.sampled_from([80, 200])) * HOUR
    links = [(2, 1, linked_at)] if len(logs) > 1 and data.draw(st.booleans()) else []
    undone_at = linked_at + data.draw(st.sampled_from([1, 60])) * HOUR
    undone = [(*link, undone_at) for link in links] if data.draw(st.booleans()) else []
    links = [] if undone else links
    logs = told(logs, links, undone)
    forget(database)
    write(database, logs, links, undone)
    keep_up(database, rules)
    asked = ServiceQuestions(database, rules)
    selection = Selection(horizon_at=horizon_at, since=BEGIN - 30 * HOUR, until=horizon_at)
    columns = ["target_kind", "met_count", "missed_count"]
    everything = asked.attainment(selection)[columns]
    decided = everything[everything[["met_count", "missed_count"]].sum(axis=1) > 0]
    assert asked.attained_by_then(selection).to_dict("records") == decided.to_dict("records")


def test_a_visit_of_a_final_state_is_no_breach_before_it_has_an_end(database):
    """Gone from Monday 10:00 on with four hours promised for that; reopened on Thursday, asked as of Wednesday."""
    log = Log("2026-01-05 09:00").step("2026-01-05 10:00", "gone", from_kind=StateKind.OPEN)
    log.step("2026-01-08 09:00", "new", from_state="gone", from_kind=StateKind.FINAL)
    promised = target(TargetKind.TIME_IN_STATE, 4 * HOUR, calendar_id=MARKETPLACE, states=("gone",))
    rules = Rulebook(book=book(policy(promised)), clocks=CLOCKS, columns=COLUMNS)
    forget(database)
    write(database, [log.events])
    keep_up(database, rules)
    asked = ServiceQuestions(database, rules)
    wednesday = Selection(horizon_at=at("2026-01-07"), since=at("2026-01-05"), until=at("2026-01-07"))
    assert (asked.attainment(wednesday).empty, asked.attained_by_then(wednesday).empty) == (True, True)
    saturday = replace(wednesday, horizon_at=at("2026-01-10"))
    assert asked.attained_by_then(saturday).to_dict("records") == [
        {"target_kind": "time_in_state", "met_count": 0, "missed_count": 1}
    ]


def test_a_merge_is_not_seen_before_it_happened(database):
    """Opened on Monday, merged on Friday without an event of its own after Monday: on Wednesday both are open."""
    logs = [Log("2026-01-05 09:00").events, Log("2026-01-05 10:00", number=2).events]
    promised = target(TargetKind.FIRST_REPLY, 24 * HOUR, calendar_id=MARKETPLACE)
    rules = Rulebook(book=book(policy(promised)), clocks=CLOCKS, columns=COLUMNS)
    wednesday = Selection(horizon_at=at("2026-01-07"), since=at("2026-01-05"))
    said = answers(database, rules, logs, [(2, 1, at("2026-01-09"))], wednesday)
    unmerged = answers(database, rules, logs, [], wednesday)
    for found, expected in zip(said, unmerged, strict=True):
        assert_frame_equal(found, expected)


def test_an_undone_merge_changes_nothing_of_what_was_so_while_it_held(database):
    """Asked Monday 09:00 and Tuesday 05:00, merged at 06:00, parted at 16:00; as of Tuesday 15:00 24 hours are over."""
    logs = [Log("2026-01-06 05:00").events, Log("2026-01-05 09:00", number=2).events]
    promised = target(TargetKind.FIRST_REPLY, 24 * HOUR, calendar_id=MARKETPLACE)
    rules = Rulebook(book=book(policy(promised)), clocks=CLOCKS, columns=COLUMNS)
    links, undone = [(2, 1, at("2026-01-06 06:00"))], [(2, 1, at("2026-01-06 06:00"), at("2026-01-06 16:00"))]
    tuesday = Selection(horizon_at=at("2026-01-06 15:00"), since=at("2026-01-05"), until=at("2026-01-06 15:00"))
    counts = ["missed_count", "ended_otherwise_count", "running_count"]
    for linked, parted in ((links, []), ([], undone)):
        said = answers(database, rules, told(logs, linked, parted), linked, tuesday, undone=parted)[0]
        assert said[counts].to_dict("records") == [{"missed_count": 1, "ended_otherwise_count": 1, "running_count": 0}]
        decided = ServiceQuestions(database, rules).attained_by_then(tuesday)
        assert decided.to_dict("records") == [{"target_kind": "first_reply", "met_count": 0, "missed_count": 1}]
    evening = replace(tuesday, horizon_at=at("2026-01-06 17:00"))
    # Parted, each has its own opening again: the first is missed, the second has until Wednesday.
    parted_again = ServiceQuestions(database, rules).attainment(evening)[counts].to_dict("records")
    assert parted_again == [{"missed_count": 1, "ended_otherwise_count": 0, "running_count": 1}]


def test_what_falls_due_later_is_refused(database):
    rules = Rulebook(book=ServiceBook([]), clocks=CLOCKS, columns=COLUMNS)
    for until in (None, BEGIN + 2 * HOUR):
        with pytest.raises(ValueError, match="is not decided"):
            ServiceQuestions(database, rules).attained_by_then(Selection(horizon_at=BEGIN + HOUR, until=until))
