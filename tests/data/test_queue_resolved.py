"""The list "Resolved" of the queue: what was settled in the last seven days, whenever it was closed."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.keeping import rebuild, refresh
from data.metrics import Metrics
from data.selection import RECENT, QueueFilter, QueueSort, QueueView
from tests.data.checked_desks import AGENT, HOUR, T0
from tests.data.logs import Step, TicketLog, write_logs
from tests.data.notice_builders import open_ticket
from tests.data.random_logs import START, logs
from tests.new_desks import new_database, new_desk
from workflow.tickets import Scope

NOW = datetime(2026, 3, 15, 9)  # so since 8 March 09:00
KINDS = {"new": "open", "awaiting": "waiting", "with_platform": "platform", "resolved": "done", "closed": "final"}
# number: its visits in the order of recording, and whether it was settled since then
TICKETS = {
    1: ("01 09:00 new", "02 10:00 resolved", "09 10:00 closed", False),  # closed by the clock
    2: ("01 09:00 new", "10 10:00 resolved", True),
    3: ("01 09:00 new", "03 10:00 resolved", "10 10:00 closed", "11 09:00 awaiting", "12 09:00 resolved", True),
    4: ("01 09:00 new", "09 10:00 closed", True),  # directly, without a resolution
    5: ("01 09:00 new", "08 09:00 resolved", "15 08:59 closed", True),  # at the very instant
    6: ("01 09:00 new", "08 08:59 resolved", "15 08:59 closed", False),
    7: ("07 09:00 resolved", "14 09:00 closed", False),  # recorded as settled, never open here
    8: ("09 09:00 resolved", "14 09:00 closed", True),
    9: ("01 09:00 new", "02 09:00 resolved", "07 09:00 with_platform", "07 12:00 resolved", "14 12:00 closed", False),
    10: ("01 09:00 new", "10 10:00 awaiting", False),  # open
    11: ("01 09:00 new", "10 10:00 resolved", "11 10:00 awaiting", False),  # open again
    12: ("01 09:00 new", "01 10:00 closed", False),
    13: ("01 09:00 new", "09 10:00 resolved", "10 10:00 resolved", "11 10:00 closed", True),
}
WANTED = [number for number, (*_, is_recent) in TICKETS.items() if is_recent]


def log_of(number, *visits, **changes):
    made = tuple(map(visit, visits))
    return TicketLog(number=number, steps=made, seller_id=f"s-{number % 2}", **changes)


def visit(text):
    day, clock, state = text.split()
    return Step(at=datetime.fromisoformat(f"2026-03-{day}T{clock}"), state=state, kind=KINDS[state], category="parcels")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("resolved") / "desk.duckdb") as database:
        yield database


def resolved(database, now=NOW, **changes):
    """The numbers of the list, which count, facets and counter agree with."""
    metrics, asked = Metrics(database), QueueFilter(now=now, view=QueueView.RECENT, **changes)
    numbers = sorted(metrics.open_queue(asked, QueueSort.CHANGED)["number"].tolist())
    facets = metrics.queue_facets(asked)
    assert facets.loc[facets["facet"] == "category", "tickets_count"].sum() == len(numbers)
    assert metrics.open_queue_count(asked) == len(numbers)
    assert metrics.queue_counters(asked)["recent_count"].iloc[0] == len(numbers)
    return numbers


@pytest.mark.parametrize("kept_count", [0, 5, 12, 20, 99])
def test_it_holds_what_was_settled_in_the_last_seven_days(database, kept_count):
    """However many events are kept, of whichever ticket: nothing, some, everything."""
    written = [log_of(number, *visits) for number, (*visits, _) in TICKETS.items()]
    write_logs(database, written)
    with database.writing() as cursor:
        cursor.execute("delete from events where position > ?", [kept_count])
    rebuild(database)
    write_logs(database, written)
    assert resolved(database) == WANTED
    assert resolved(database, scope=Scope(seller_ids=("s-1",))) == [number for number in WANTED if number % 2]


def test_it_begins_with_the_settling_and_not_with_the_closing(database):
    write_logs(database, [log_of(1, "01 09:00 new", "02 10:00 resolved", "09 10:00 closed")])
    rebuild(database)
    settled_at = datetime(2026, 3, 2, 10)
    assert resolved(database, settled_at + RECENT) == [1]
    assert resolved(database, settled_at + RECENT + timedelta(microseconds=1)) == []


def test_an_export_that_brings_an_earlier_resolution_takes_the_ticket_out(database):
    """Closed on the 13th, it is said afterwards that it was resolved on the 5th, so the clock closed it."""
    write_logs(database, [log_of(1, "01 09:00 new", "13 10:00 closed", "05 10:00 resolved")])
    rebuild(database)
    assert resolved(database) == []


def settled_at_of(log):
    """When the ticket was settled, None while it is open: the first settled visit after the last open one, by time."""
    settled_at = None
    for step in sorted((step for step in log.steps if step.is_visit), key=lambda step: step.at):
        is_open = step.kind not in {"done", "final"}
        settled_at = None if is_open else settled_at or step.at
    return settled_at


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written=logs(), minutes=st.integers(0, 12))
def test_of_any_log_it_holds_what_was_settled_since_then(database, written, minutes):
    since = START + timedelta(minutes=minutes)
    write_logs(database, written)
    rebuild(database)
    settled = {log.number: settled_at_of(log) for log in written}
    assert resolved(database, since + RECENT) == [number for number, at in settled.items() if at and at >= since]


@pytest.mark.parametrize("is_kept", [False, True])
def test_what_the_clock_closes_and_what_is_reopened(tmp_path, is_kept):
    """Both are resolved on 2 March 10:00 and closed by the clock on the 9th; the second is reopened on the 5th."""
    with new_desk(tmp_path / "desk.duckdb") as opened:
        first, second = open_ticket(opened), open_ticket(opened, buyer_key="b-2")
        explained = {"resolution_reason": "explained"}
        for ticket in (first, second):
            opened.desk.act(ticket.id, "register", actor=AGENT, now=T0)
            opened.desk.act(ticket.id, "resolve", actor=AGENT, now=T0 + HOUR, inputs=explained)
        if is_kept:
            refresh(opened.database)
        assert resolved(opened.database, T0 + HOUR) == [first.number, second.number]
        reopening = {"reopen_reason": "not_solved"}
        reopened_at = T0 + timedelta(days=3)
        opened.desk.act(second.id, "reopen", actor=AGENT, now=reopened_at, inputs=reopening)
        assert resolved(opened.database, reopened_at) == [first.number]
        opened.desk.act(second.id, "resolve", actor=AGENT, now=reopened_at + HOUR, inputs=explained)
        later = T0 + timedelta(days=7, hours=2)
        opened.desk.tick(later)
        assert opened.desk.case(first.id).ticket.state == "closed"
        assert resolved(opened.database, later) == [second.number]
        assert resolved(opened.database, reopened_at + HOUR + RECENT) == [second.number]
        assert resolved(opened.database, reopened_at + 2 * HOUR + RECENT) == []
