"""The parts of the queue page that are plain functions, and the work that goes on behind a page."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from desk_builders import posting

from pages.queue import rows
from pages.shared import jobs
from workflow.errors import TicketNotFoundError
from workflow.facts import days_late

NOW = datetime(2026, 11, 20, 12, 0)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (11_520, "3 h · auto-approved"),
        (20, "1 min · auto-approved"),
        (0, "now · auto-approved"),
        (-500, "now · auto-approved"),
    ],
)
def test_a_clock_says_what_happens_and_when(seconds, expected):
    assert rows.clock(seconds, "auto_approve_request") == expected


@pytest.mark.parametrize(
    ("seconds", "kind", "expected"),
    [
        (11_520, "next_reply", "3 h · next reply due"),
        (20, "first_reply", "1 min · first reply due"),
        (0, "full_resolution", "1 min late · resolution"),
        (-450, "first_reply", "7 min late · first reply"),
        (-450_000, "requester_wait", "5 d late · buyer's wait"),
    ],
)
def test_a_target_says_what_is_owed_and_how_late_it_is(seconds, kind, expected):
    assert rows.target_clock(seconds, kind) == expected


def test_a_row_says_the_nearest_clock_and_a_breach_before_it():
    lines = {
        "no clock": (pd.NaT, "", "", ""),
        "a clock": (NOW + timedelta(hours=1), "", "auto_close", ""),
        "a target": (NOW + timedelta(hours=1), "first_reply", "auto_close", ""),
        "a flag without a clock": (pd.NaT, "", "", "reply_overdue"),
        "a flag before a clock": (NOW + timedelta(hours=1), "", "auto_close", "reply_overdue"),
        "a missed target with a flag": (NOW - timedelta(hours=1), "next_reply", "auto_close", "reply_overdue"),
    }
    frame = pd.DataFrame(
        lines.values(), columns=["nearest_due_at", "nearest_target_kind", "next_trigger", "overdue_trigger"]
    ).assign(last_event_at=NOW - timedelta(hours=2))
    assert dict(zip(lines, rows.clocks(frame, NOW, is_settled=False), strict=True)) == {
        "no clock": "last step 2 h ago",
        "a clock": "1 h · closes",
        "a target": "1 h · first reply due",
        "a flag without a clock": "now · reply is late",
        "a flag before a clock": "now · reply is late",
        "a missed target with a flag": "1 h late · next reply",
    }
    assert set(rows.clocks(frame, NOW, is_settled=True)) == {"2 h ago"}


@pytest.mark.parametrize(("days_after_promise", "expected"), [(-1, 0), (0, 0), (0.5, 1), (1, 1), (1.01, 2), (5, 5)])
def test_a_day_of_lateness_that_has_begun_counts(days_after_promise, expected):
    parcel = posting(NOW)
    assert days_late(parcel, parcel.original_promised_at + timedelta(days=days_after_promise)) == expected


@pytest.fixture
def job():
    yield lambda work: jobs.start("test", work)
    if running := jobs.current():
        running.wait()
    jobs.put_away()


def test_a_job_tells_how_far_it_is_and_gives_its_answer(job):
    running = job(lambda tell: tell("Half", 0.5) or "done")
    running.wait()
    assert (running.is_over, running.step, running.share, running.answer) == (True, "Half", 0.5, "done")


def test_a_job_that_the_desk_refuses_keeps_the_sentence(job):
    def work(tell):
        raise TicketNotFoundError(ticket_id="7")

    running = job(work)
    running.wait()
    assert str(running.error) == "There is no ticket 7 that you may see."


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_job_that_fails_otherwise_is_over_without_an_answer(job, empty_desk, visit):
    running = job(lambda tell: 1 / 0)
    running.wait()
    page = visit("start")
    assert ["did not work" in error.value for error in page.error] == [True]
    page.button(key="start_done").click().run()
    assert not page.error


def test_the_diagram_folds_to_the_last_steps_of_whichever_ticket_is_shown(desk, visit, now):
    page = visit("queue", ticket="3")
    told = [caption.value for caption in page.caption if "→" in caption.value]
    assert told == []
    page.session_state["queue_states"] = False
    page.run()
    (line,) = [caption.value for caption in page.caption if "→" in caption.value]
    assert line == "New → **Awaiting seller reply**"
    page.button(key="queue_next").click().run()
    assert page.query_params["ticket"] == "2"
    assert any("**" in caption.value and "→" in caption.value for caption in page.caption)
