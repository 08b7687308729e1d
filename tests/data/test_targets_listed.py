"""The targets behind a mark, as of now and as of the past, on a desk of two tickets."""

from datetime import datetime, timedelta

import pytest

from data.business_time import BusinessColumns
from data.selection import Selection
from data.service.kept import keep_up
from data.service.listed import Cohort, Narrowed, Outcome, TargetQuestions
from data.service.questions import Grouping
from data.service.shelf import Rulebook
from tests.data.service_logs import write
from tests.new_desks import new_database
from tests.workflow.service_builders import BEGIN, CLOCKS, birth, event
from workflow.service.policies import PolicyVersion, ServiceBook, ServicePolicy, Target, TargetKind

HOUR = timedelta(hours=1)
POLICY = ServicePolicy(id="p", name="", when={}, targets=(Target(kind=TargetKind.FULL_RESOLUTION, budget=4 * HOUR),))


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Ticket 1 has a step after 2 h and after 20 h, ticket 2 none; each is due after 4 h and never resolved."""
    logs = [
        [birth(1, BEGIN), event(1, 2, BEGIN + 2 * HOUR, "new"), event(1, 3, BEGIN + 20 * HOUR, "new")],
        [birth(2, BEGIN + HOUR)],
    ]
    columns = {name: BusinessColumns(clock.versions) for name, clock in CLOCKS.items()}
    versions = [PolicyVersion(version=1, valid_from=datetime(2026, 1, 1), policies=(POLICY,))]
    rules = Rulebook(book=ServiceBook(versions), clocks=CLOCKS, columns=columns)
    with new_database(tmp_path_factory.mktemp("targets") / "desk.duckdb") as database:
        write(database, logs)
        keep_up(database, rules)
        yield TargetQuestions(database, rules)


def listed(ask, hours, narrowed, limit=10, offset=0):
    selection = Selection(horizon_at=BEGIN + hours * HOUR, since=BEGIN - HOUR)
    return ask.targets_listed(selection, narrowed, limit=limit, offset=offset)


@pytest.mark.parametrize("hours", [10, 30])
def test_lateness_is_up_to_the_horizon_also_of_what_went_on_afterwards(ask, hours):
    found = listed(ask, hours, Narrowed(outcomes=(Outcome.MISSED, Outcome.OVERDUE)))
    late = dict(zip(found["number"], found["late_seconds"], strict=True))
    assert late == {1: (hours - 4) * 3600.0, 2: (hours - 5) * 3600.0}
    breaches = ask.breaches(Selection(horizon_at=BEGIN + hours * HOUR, since=BEGIN - HOUR))
    assert dict(zip(breaches["number"], breaches["late_seconds"], strict=True)) == late


def test_what_is_not_due_yet_runs(ask):
    assert listed(ask, 3, Narrowed()).empty
    found = listed(ask, 3, Narrowed(cohort=Cohort.RUNNING, kind=TargetKind.FULL_RESOLUTION))
    assert found["outcome"].tolist() == [Outcome.RUNNING, Outcome.RUNNING]
    assert found["late_seconds"].isna().all()


def test_a_page_says_how_many_there_are_on_all(ask):
    page = listed(ask, 10, Narrowed(grouping=Grouping.WHOLE), limit=1, offset=1)
    assert (page["number"].tolist(), page["all_count"].tolist()) == ([1], [2])


def test_waits_are_half_open(ask):
    narrowed = Narrowed(cohort=Cohort.STARTED, from_seconds=9 * 3600, to_seconds=10 * 3600)
    assert listed(ask, 10, narrowed)["number"].tolist() == [2]


def test_no_pause_that_went_on_no_ticket(ask):
    assert listed(ask, 10, Narrowed(has_excess=True)).empty
