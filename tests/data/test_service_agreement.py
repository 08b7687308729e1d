"""One ticket judged by plain Python and many judged as columns give the same targets, to the microsecond."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.business_time import BusinessColumns
from data.commits import run
from data.service.judging import judge_tickets
from data.service.shelf import Rulebook
from tests.data.service_logs import judged_as_columns, judged_one_by_one, told, write
from tests.new_desks import new_database
from tests.workflow.service_builders import BEGIN, CLOCKS, HOUR, birth, event, policy, ticket_id
from tests.workflow.service_strategies import policies, random_logs
from workflow.service.policies import PolicyVersion, ServiceBook, Target, TargetKind
from workflow.vocabulary import Ball


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("desk") / "desk.duckdb") as opened:
        yield opened


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs=random_logs(), first=policies(), second=policies(), data=st.data())
def test_one_ticket_and_columns_agree(database, logs, first, second, data):
    horizon_at = BEGIN + data.draw(st.sampled_from([0, 1, 7, 30, 100, 1_000])) * HOUR + timedelta(microseconds=3)
    changed_at = BEGIN + data.draw(st.sampled_from([2, 30])) * HOUR
    born_at = max(log[0].occurred_at for log in logs)
    first_at, second_at = (born_at + data.draw(st.sampled_from([0, 10, 20, 40])) * HOUR for _ in range(2))
    links, undone = [(2, 1, first_at), (3, 2, second_at)][: data.draw(st.integers(0, len(logs) - 1))], []
    # Merged once more, and one merge that was undone before, or after, another one.
    if links and data.draw(st.booleans()):
        again_at = max(born_at, first_at + data.draw(st.sampled_from([-9, 5, 90])) * HOUR)
        undone_at = again_at + data.draw(st.sampled_from([1, 30])) * HOUR
        undone = [(2, 1, again_at, undone_at)] if data.draw(st.booleans()) else []
        links = links if undone else [*links, (2, 1, again_at)]
    logs = told(logs, links, undone)
    # Called a duplicate when it was opened, or since, and merged by nobody: the one judge is not told of it at all.
    pairs = st.tuples(st.integers(1, len(logs)), st.integers(1, len(logs)), st.sampled_from([born_at, first_at]))
    plain = [link for link in data.draw(st.lists(pairs, max_size=2)) if link[0] != link[1] and link not in links]
    versions = [
        PolicyVersion(version=1, valid_from=datetime(2026, 1, 1), policies=first),
        PolicyVersion(version=2, valid_from=changed_at, policies=second),
    ]
    assert_agreement(database, logs, links, versions, horizon_at, undone=undone, plain=plain)


def test_the_words_that_opened_a_ticket_do_not_end_its_wait_when_a_duplicate_moves_its_beginning(database):
    target = Target(kind=TargetKind.FIRST_REPLY, budget=HOUR, pause_balls=frozenset({Ball.BUYER}))
    versions = [PolicyVersion(version=1, valid_from=datetime(2026, 1, 1), policies=(policy(target),))]
    logs = [[birth(1, BEGIN + HOUR, "asked", is_buyer_message=True)], [birth(2, BEGIN, "new")]]
    links = [(2, 1, BEGIN + 20 * HOUR)]
    judged = assert_agreement(database, logs, links, versions, BEGIN + 30 * HOUR)
    assert [(row["counted"], row["is_paused"]) for row in judged if row["ticket_id"] == ticket_id(1)] == [
        (timedelta(0), True)
    ]


def first_reply_of_the_first(database, logs, links, undone=()):
    """Since when the first of the tickets waits for its first reply."""
    target = Target(kind=TargetKind.FIRST_REPLY, budget=HOUR)
    versions = [PolicyVersion(version=1, valid_from=datetime(2026, 1, 1), policies=(policy(target),))]
    judged = assert_agreement(database, told(logs, links, undone), links, versions, BEGIN + 30 * HOUR, undone=undone)
    return [row["started_at"] for row in judged if row["ticket_id"] == ticket_id(1)]


def asked(number, hours):
    return birth(number, BEGIN + hours * HOUR, is_buyer_message=True)


def test_what_waited_before_a_merge_that_was_undone_waits_in_the_next_one(database):
    """Asked at 0, merged at 1 and parted at 2; merged again at 5 into a ticket that was asked at 3."""
    logs, again = [[asked(1, 3)], [asked(2, 0)], [asked(3, 0)]], [(2, 1, BEGIN + 5 * HOUR)]
    undone = [(2, 3, BEGIN + HOUR, BEGIN + 2 * HOUR)]
    assert first_reply_of_the_first(database, logs, again, undone) == [BEGIN]
    # Reopened at 2 instead: what waited then waits in the ticket that it was merged into first.
    back = event(2, 2, BEGIN + 2 * HOUR, "new")
    twice = [(2, 3, BEGIN + HOUR), *again]
    assert first_reply_of_the_first(database, [logs[0], [asked(2, 0), back], logs[2]], twice) == [BEGIN + 3 * HOUR]


def test_what_was_answered_in_a_duplicate_of_its_own_waits_no_more(database):
    """Asked at 0, merged at 4 into one of 1, which is merged at 6 into one of 3; answered between at 5, or never."""
    links = [(3, 2, BEGIN + 4 * HOUR), (2, 1, BEGIN + 6 * HOUR)]
    never = [[asked(1, 3)], [asked(2, 1)], [asked(3, 0)]]
    assert first_reply_of_the_first(database, never, links) == [BEGIN]
    answer = event(2, 2, BEGIN + 5 * HOUR, "new", is_visit=False, is_public_reply=True)
    answered = [[asked(1, 3)], [asked(2, 1), answer], [asked(3, 0)]]
    assert first_reply_of_the_first(database, answered, links) == [BEGIN + 3 * HOUR]


def assert_agreement(database, logs, links, versions, horizon_at, *, undone=(), plain=()):
    """Both judge alike; what they found."""
    columns = {name: BusinessColumns(clock.versions) for name, clock in CLOCKS.items()}
    rules = Rulebook(book=ServiceBook(versions), clocks=CLOCKS, columns=columns)
    write(database, logs, links, undone, plain=plain)
    with database.reading() as cursor:
        run(cursor, "service/make_judged_listed", {"ticket_ids": [ticket_id(n) for n in range(1, len(logs) + 1)]})
        found = judged_as_columns(judge_tickets(cursor, rules, horizon_at))
    expected = judged_one_by_one(logs, links, rules, horizon_at, undone)

    def place(row):
        return row["ticket_id"], row["target_kind"], row["turn"], row["started_at"]

    assert sorted(found, key=place) == sorted(expected, key=place)
    return found
