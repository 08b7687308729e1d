"""The figures of the golden week's report, worked out by hand, and its signals in words."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from data.reports.history import signals_of
from data.reports.page import page_of
from data.reports.values import AtRisk, Flow, Share, Waits, WeekPoint
from data.reports.weekly import weekly_figures
from data.reports.weeks import Week, WeekAheadError, WeekUnreadableError, week_earlier
from data.service.shelf import rulebook
from tests.data.logs import Step, TicketLog, write_logs
from tests.data.reports_builders import END, HOSTILE, THURSDAY, WEEK, golden_desk, golden_report
from tests.new_desks import new_database
from workflow.service.policies import TargetKind

HOUR = 3_600.0


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with new_database(tmp_path_factory.mktemp("report") / "desk.duckdb") as opened:
        golden_desk(opened)
        yield opened


@pytest.fixture(scope="module")
def report(database):
    return golden_report(database)


def test_the_backlog_at_the_end_is_the_one_before_and_what_came_and_went(report):
    # 1 to 11 opened; 4 and 5 reopened; 1, 3, 4 (twice), 5, 7, 8, 9, 10, 11, 13 resolved; 6 closed; 2 and 5 open.
    assert report.flow == Flow(opened_count=11, reopened_count=2, resolved_count=11, closed_count=1, backlog_count=2)
    assert report.flow_before == Flow(
        opened_count=1, reopened_count=0, resolved_count=0, closed_count=0, backlog_count=1
    )
    flow, before = report.flow, report.flow_before
    came, went = flow.opened_count + flow.reopened_count, flow.resolved_count + flow.closed_count
    assert flow.backlog_count == before.backlog_count + came - went


def test_durations_are_of_the_tickets_opened_in_the_week(report):
    # Replies after 0, 0.5, 1, 2, 4 h: 6 of 11 still wait, so the median is not reached.
    first_reply = report.first_reply
    assert (first_reply.tickets_count, first_reply.reached_count, first_reply.censored_count) == (11, 5, 6)
    assert (first_reply.median_seconds, first_reply.p90_seconds) == (None, None)
    # Resolved after 0, 2, 3, 8, 12, 12, 24, 48 h: 7 of 11 remain before 12 h, 5 after.
    resolution = report.full_resolution
    assert (resolution.reached_count, resolution.censored_count) == (8, 3)
    assert (resolution.median_seconds, resolution.p90_seconds) == (12 * HOUR, None)


def test_targets_met_are_those_with_a_deadline_in_the_week(report):
    # In time: 1, 3, 5, 8, 9. Missed: 2 and 13 (due Monday 23:00). Resolved or closed unanswered before: 4, 6, 7, 10.
    (line,) = report.attained
    assert (line.kind, line.met, line.met_before) == (
        TargetKind.FIRST_REPLY,
        Share(part_count=5, whole_count=7),
        Share(),
    )
    counts = (line.ended_otherwise_count, line.running_count, line.paused_count, line.overdue_count)
    assert counts == (4, 0, 0, 1)


def test_the_largest_breach_is_first_and_late_until_the_weeks_end_where_it_goes_on(report):
    assert report.breaches_count == 2
    found = [(line.number, line.late_seconds, line.due_at, line.ended_at) for line in report.breaches]
    assert found == [
        (2, 132 * HOUR, datetime(2026, 3, 3, 12), None),
        (13, 49 * HOUR, datetime(2026, 3, 2, 23), datetime(2026, 3, 5)),
    ]
    assert [(line.seller_name, line.agent_name, line.clock_name) for line in report.breaches] == [
        (HOSTILE, "=1+1", ""),
        (HOSTILE, "nobody", ""),
    ]


def test_categories_are_those_that_tickets_ended_in(report):
    found = [
        (line.category, line.name, line.opened_count, line.backlog_count, line.first_reply_met)
        for line in report.categories
    ]
    assert found == [
        ("parcels", "Parcels", 10, 2, Share(part_count=5, whole_count=6)),
        ("returns", "Returns", 1, 0, Share(part_count=0, whole_count=1)),
    ]


def test_hours_are_those_of_opening(report):
    assert {hour: count for hour, count in enumerate(report.opened_by_hour) if count} == {
        0: 2,
        8: 3,
        9: 3,
        10: 1,
        12: 2,
    }
    assert page_of(report).charts[2].title == "Busiest hours: 08:00, 09:00, 00:00"


def test_what_runs_is_at_risk_and_what_is_late_is_apart(report, database):
    assert report.at_risk == AtRisk(tickets_count=0, overdue_tickets_count=1, targets=())
    # On Friday 10:30 only 9, opened at 10:00, still waits in time: 8 was answered at once, 6 and 7 are settled.
    friday = golden_report(database, datetime(2026, 3, 6, 10, 30))
    assert friday.at_risk == AtRisk(tickets_count=1, overdue_tickets_count=1, targets=((TargetKind.FIRST_REPLY, 1),))


def test_a_week_that_still_runs_is_beside_the_same_part_of_the_week_before(database):
    report = golden_report(database, THURSDAY)
    assert report.is_running
    assert report.horizon_at == THURSDAY
    # 1 to 5 opened; 4 reopened; 1, 3, 4 (twice), 5 resolved; open are 2 and 13, which is resolved at this midnight.
    assert report.flow == Flow(opened_count=5, reopened_count=1, resolved_count=5, closed_count=0, backlog_count=2)
    assert report.flow_before == Flow(
        opened_count=0, reopened_count=0, resolved_count=0, closed_count=0, backlog_count=0
    )
    assert report.weeks == ()
    assert "as of Thu 5 Mar 2026, 00:00" in page_of(report).subtitle


@pytest.mark.parametrize(
    ("week", "opened_at", "now"),
    [
        # The clocks of Berlin go back on Sunday 25 October, forward on Sunday 29 March; "now" is Monday, 09:00 there.
        ("2026-W44", (datetime(2026, 10, 19, 6, 30), datetime(2026, 10, 19, 7, 30)), datetime(2026, 10, 26, 8)),
        ("2026-W14", (datetime(2026, 3, 23, 7, 30), datetime(2026, 3, 23, 8, 30)), datetime(2026, 3, 30, 7)),
    ],
)
def test_the_same_part_of_the_week_before_is_that_of_the_clock_on_the_wall(tmp_path, week, opened_at, now):
    # Opened at 08:30 and 09:30 on the Monday before: up to 09:00 it was one.
    logs = [
        TicketLog(number=number, steps=(Step(at=at, state="new", kind="open", category="parcels"),))
        for number, at in enumerate(opened_at, 1)
    ]
    with new_database(tmp_path / "desk.duckdb") as database:
        write_logs(database, logs)
        monday = Week.read(week).monday
        report = weekly_figures(database, rulebook(database), week_start=monday, time_zone="Europe/Berlin", now=now)
    assert (report.flow_before.opened_count, report.flow_before.backlog_count) == (1, 1)
    assert report.first_reply_before.tickets_count == 1


def test_a_week_earlier_is_the_same_time_on_the_clock_of_the_zone():
    assert week_earlier(datetime(2026, 10, 26, 8), "Europe/Berlin") == datetime(2026, 10, 19, 7)
    assert week_earlier(datetime(2026, 10, 26, 8), "UTC") == datetime(2026, 10, 19, 8)
    # 02:30 came twice on 25 October, first in summer time; on 29 March it was skipped and is 03:30 in summer time.
    assert week_earlier(datetime(2026, 11, 1, 1, 30), "Europe/Berlin") == datetime(2026, 10, 25, 0, 30)
    assert week_earlier(datetime(2026, 4, 5, 0, 30), "Europe/Berlin") == datetime(2026, 3, 29, 1, 30)


def test_a_late_breach_of_a_ticket_that_went_on_is_late_until_the_horizon(database):
    # 13 is resolved on Thursday; on Wednesday 23:00 it is late by two days, though its log goes on.
    report = golden_report(database, datetime(2026, 3, 4, 23))
    (line,) = [line for line in report.breaches if line.number == 13]
    assert (line.late_seconds, line.ended_at) == (48 * HOUR, None)


def test_claims_are_decided_by_the_seller_or_by_themselves(tmp_path):
    decide = """
        update events set payload = $payload, actor_role = $role
        where ticket_id = (select id from tickets where number = $number) and to_state = $state
    """
    decisions = [
        (1, "answered", '{"stops": ["decision"]}', "seller_agent"),
        (5, "checking", '{"stops": ["decision"], "raises": ["auto_approved"]}', "system_timer"),
        (13, "resolved", '{"stops": ["auto_approve"]}', "seller_agent"),
        (3, "resolved", '{"stops": ["auto_approve"]}', "system_sync"),  # the parcel arrived: nothing was decided
    ]
    with new_database(tmp_path / "desk.duckdb") as database:
        golden_desk(database)
        with database.writing() as cursor:
            for number, state, payload, role in decisions:
                cursor.execute(decide, {"number": number, "state": state, "payload": payload, "role": role})
        report = golden_report(database)
    assert (report.auto_approved, report.auto_approved_before) == (Share(part_count=1, whole_count=3), Share())


def test_an_empty_desk_has_a_report_too(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as database:
        report = golden_report(database)
    assert report.flow.opened_count == 0
    assert report.first_reply == Waits(
        tickets_count=0, reached_count=0, median_seconds=None, low_seconds=None, high_seconds=None, p90_seconds=None
    )
    page = page_of(report)
    assert [table.rows for table in (page.attainment, page.categories, page.breaches, page.pauses)] == [()] * 4


def weeks_of(*opened, met=None):
    share = Share() if met is None else met
    return [
        WeekPoint(week=WEEK.later(place), opened_count=count, met=((TargetKind.FIRST_REPLY, share),))
        for place, count in enumerate(opened)
    ]


def test_a_week_beyond_the_limits_and_a_run_are_said_in_words():
    # Mean 160 / 13 = 12.3; one moving range of 30 in 12 gives 2.5; 2.66 x 2.5 = 6.65 on both sides.
    assert signals_of(weeks_of(*[10] * 12, 40)) == (
        "Tickets opened: 40 in 2026-W22, above its limits (5.7 to 19.0; usual 12.3).",
        "Tickets opened: 12 weeks in a row below the usual 12.3, up to 2026-W21.",
    )


def test_a_share_beyond_its_limits_stands_with_its_base():
    # 118 of 130 met: 90.8 % +- 3 x sqrt(0.908 x 0.092 / 10) = 27.5 %.
    points = weeks_of(*[10] * 13, met=Share(part_count=9, whole_count=10))
    odd = replace(points[-1], met=((TargetKind.FIRST_REPLY, Share(part_count=5, whole_count=10)),))
    even = replace(points[0], met=((TargetKind.FIRST_REPLY, Share(part_count=10, whole_count=10)),))
    found = signals_of([even, *points[1:6], even, *points[7:12], odd])
    assert found[0].startswith("First reply met: 50.0 % (5 of 10) in 2026-W22, below its limits (")


def test_steady_weeks_give_no_signal():
    assert signals_of(weeks_of(*[10] * 13)) == ()
    assert signals_of([]) == ()


@pytest.mark.parametrize("text", ["", "2026-47", "2026-W00", "2026-W54", "2025-W53", "0001-W01", "2026-W47 ", "next"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(WeekUnreadableError, match="is no ISO week: write it like 2026-W47"):
        Week.read(text)


@pytest.mark.parametrize(
    ("text", "monday"), [("2026-W01", date(2025, 12, 29)), ("2026-W53", date(2026, 12, 28)), ("2026-W10", WEEK.monday)]
)
def test_a_week_is_read_as_it_is_written(text, monday):
    assert Week.read(text).monday == monday
    assert str(Week.read(text)) == text


def test_a_weeks_edges_are_midnights_of_the_zone():
    spring = Week.read("2026-W13")  # the clocks go forward on Sunday 29 March
    assert spring.starts_at("Europe/Berlin") == datetime(2026, 3, 22, 23)
    assert spring.ends_at("Europe/Berlin") - spring.starts_at("Europe/Berlin") == timedelta(hours=7 * 24 - 1)
    assert Week.of(datetime(2026, 3, 22, 23), "Europe/Berlin") == spring
    assert Week.of(datetime(2026, 3, 22, 22, 59), "Europe/Berlin") == spring.later(-1)


def test_a_week_to_come_has_no_report(database):
    with pytest.raises(WeekAheadError, match="Week 2026-W10 begins on 2026-03-02 in UTC, which is still to come"):
        golden_report(database, datetime(2026, 3, 2))
    assert WEEK.ends_at("UTC") == END
