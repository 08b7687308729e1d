"""What is kept of the log gives the same figures as the log, whatever was kept when, as of any instant."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.keeping import rebuild, refresh, shorten
from data.selection import Selection
from data.tickets_listed import BehindQuestions, Narrowing
from tests.data.logs import Step, TicketLog, golden_week, write_logs
from tests.data.random_logs import START, logs
from tests.new_desks import new_database

HORIZONS = [START + timedelta(minutes=minutes) for minutes in (0, 3, 6, 9, 60)]
CHECKS = ("check/kept_tickets", "check/kept_stretches", "check/kept_decisions", "check/kept_journeys")
EVER = "$as_of, cast('-infinity' as timestamp), cast('infinity' as timestamp)"
PAIRS = [
    *((name, f"int_{name}($as_of)", f"log_{name}_of($as_of, 'stg_log')") for name in ("stretches", "decisions")),
    ("tickets", f"int_tickets_opened({EVER})", "log_tickets_of($as_of, 'stg_log')"),
    ("journeys", f"int_journeys({EVER})", "log_journeys_of($as_of, 'stg_log', 'int_state_numbers')"),
    ("times", f"int_ticket_times({EVER})", "log_tickets_of($as_of, 'stg_log')"),
]
INTERLEAVE = """
update events set position = placed.position
from (select ticket_id, seq, row_number() over (order by seq, ticket_id) as position from events) as placed
where events.ticket_id = placed.ticket_id and events.seq = placed.seq
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("kept") / "desk.duckdb") as database:
        yield database


def differences(database, as_of):
    """What the macros say beyond the log alone, and the other way round, also where they may read less."""
    found = []
    for may_read_less in (False, True):
        with database.reading() as cursor:
            if may_read_less:
                shorten(database, cursor, as_of)
            found += [(name, *row) for name, one, other in PAIRS for row in apart(cursor, one, other, as_of)]
    return found


def apart(cursor, one, other, as_of):
    """The rows of which there are more in one than in the other."""
    listed = ", ".join(row[0] for row in cursor.execute(f"describe from {one}", {"as_of": as_of}).fetchall())
    for left, right in ((one, other), (other, one)):
        query = f"select {listed} from {left} except all select {listed} from {right}"  # noqa: S608 - written here
        yield from cursor.execute(query, {"as_of": as_of}).fetchall()


def write_in_turns(database, log, kept):
    """Record the events of all tickets in turns; those up to the position `kept` were there when the log was kept."""
    write_logs(database, log)
    with database.writing() as cursor:
        cursor.execute(INTERLEAVE)
        cursor.execute("create or replace temp table later as select * from events where position > ?", [kept])
        cursor.execute("delete from events where position > ?", [kept])
        rebuild(database)
        cursor.execute("insert into events select * from later")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(log=logs(), kept=st.integers(0, 30), horizon_at=st.sampled_from(HORIZONS))
def test_what_is_kept_says_what_the_log_says(database, log, kept, horizon_at):
    write_in_turns(database, log, kept)
    assert differences(database, horizon_at) == []
    refresh(database)
    assert differences(database, horizon_at) == []
    assert [row for name in CHECKS for row in database.read(name)] == []


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """The golden week, kept."""
    with new_database(tmp_path_factory.mktemp("managers") / "desk.duckdb") as database:
        write_logs(database, golden_week())
        refresh(database)
        yield BehindQuestions(database)


WEEK = Selection(horizon_at=datetime(2026, 3, 9), since=datetime(2026, 3, 2))


def test_what_is_kept_is_not_made_twice(database):
    write_logs(database, golden_week())
    assert rebuild(database) == 13
    assert refresh(database) == 0


def test_a_kept_row_that_somebody_spoilt_is_named(database):
    write_logs(database, golden_week())
    rebuild(database)
    with database.writing() as cursor:
        cursor.execute("update kept_tickets set replies_count = 7 where number = 3")
    assert database.read("check/kept_tickets") == [
        (3, "kept_tickets", "2 rows apart from the log", "what the log says"),
    ]


def test_a_state_without_its_number_is_named_with_every_ticket_that_visited_it(database):
    write_logs(database, golden_week())
    rebuild(database)
    with database.writing() as cursor:
        cursor.execute("delete from kept_states where state = 'checking'")
    assert database.read("check/kept_journeys") == [
        (5, "kept_journeys", "2 rows apart from the log", "what the log says")
    ]
    with database.writing() as cursor:
        cursor.execute("delete from kept_states")
        rebuild(database)
    assert database.read("check/kept_journeys") == []


def test_a_cell_of_the_heat_map_leads_to_its_tickets(ask):
    """Monday 8 (ticket 4), 9 (1), 12 (2); 1 is replied to after an hour."""
    cells = ask.ticket_times(WEEK).heat_map().set_index(["day_of_week", "hour_of_day"])
    assert cells["tickets_count"].sum() == 11
    assert cells.loc[(0, 9)].tolist() == [1, 1, 3600]
    listed = ask.tickets_listed(WEEK, Narrowing(day_of_week=0, hour_of_day=9), limit=5)
    assert listed["number"].tolist() == [1]


AT = datetime(2026, 3, 2, 9)


def step(hours, state, kind, **marks):
    return Step(at=AT + timedelta(hours=hours), state=state, kind=kind, category="claims", **marks)


CLAIMS = [
    TicketLog(  # opened by the desk itself: the clock runs from the buyer's message at 12, answered at 14
        number=1,
        steps=(
            step(0, "new", "open", is_opening=True, is_public_reply=True),
            step(3, "asked", "waiting", is_buyer_message=True),
            step(5, "answered", "open", is_public_reply=True),
            step(6, "decided", "done", payload='{"stops":["decision"]}'),
        ),
    ),
    TicketLog(  # the marketplace approves: nobody decided
        number=2,
        steps=(
            step(1, "new", "open", is_buyer_message=True),
            step(2, "new", "open", is_buyer_message=True, is_visit=False),
            step(26, "decided", "done", payload='{"raises":["auto_approved"],"stops":["auto_approve"]}'),
            step(30, "closed", "final", is_public_reply=True, payload='{"stops":["auto_approve"],"starts":{}}'),
        ),
    ),
]


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("claims") / "desk.duckdb") as database:
        write_logs(database, CLAIMS)
        with database.writing() as cursor:
            cursor.execute("update tickets set channel = 'chat_web'")
        refresh(database)
        yield BehindQuestions(database)


def test_a_decision_that_nobody_made_in_time_is_told_apart(claims):
    """1 decides at 15:00; 2 is approved by itself a day later; its agent stopping the clock once more decides again."""
    week = Selection(horizon_at=datetime(2026, 3, 9), since=datetime(2026, 3, 2))
    assert claims.decisions(week).to_numpy().tolist() == [["claims", 3, 1]]
    assert claims.decisions(Selection(horizon_at=AT + timedelta(hours=7))).to_numpy().tolist() == [["claims", 1, 0]]
    assert claims.decisions_over_time(week)["period_on"].tolist() == [datetime.combine(date(2026, 3, 2), AT.min.time())]


def test_replies_as_the_marketplace_counts_them(claims):
    """First replies 5 and 29 hours after creation; turns from 12:00 to 14:00 and from 10:00 to 15:00 a day later."""
    (row,) = claims.marketplace_replies(Selection(horizon_at=datetime(2026, 3, 9))).to_dict("records")
    assert (row["dialogs_count"], row["replied_within_24h_count"]) == (2, 1)
    assert (row["turns_count"], row["replied_turns_count"], row["mean_reply_seconds"]) == (2, 2, 15.5 * 3600)


def test_a_ticket_that_the_desk_opened_waits_from_the_buyers_message(claims):
    tickets = claims.ticket_times(Selection(horizon_at=datetime(2026, 3, 9))).tickets.sort_values("opened_at")
    assert (tickets["first_reply_microseconds"] / 3_600_000_000).tolist() == [2, 29]
