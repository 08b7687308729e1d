"""The parts of the queue page that are plain functions, and the work that goes on behind a page."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from desk_builders import posting

from pages.queue import rows
from pages.queue.order_card import lateness
from pages.shared import jobs
from workflow.errors import TicketNotFoundError

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


def test_a_ticket_without_a_clock_says_when_its_last_step_was():
    frame = pd.DataFrame(
        {
            "next_due_at": [pd.NaT, NOW + timedelta(hours=1)],
            "next_trigger": ["", "auto_close"],
            "last_event_at": [NOW - timedelta(hours=2), NOW],
        }
    )
    assert rows.clocks(frame, NOW, is_settled=False) == ["last step 2 h ago", "1 h · closes"]
    assert rows.clocks(frame, NOW, is_settled=True) == ["2 h ago", "just now"]


@pytest.mark.parametrize(("days_after_promise", "expected"), [(-1, 0), (0, 0), (0.5, 1), (1, 1), (1.01, 2), (5, 5)])
def test_a_day_of_lateness_that_has_begun_counts(days_after_promise, expected):
    parcel = posting(NOW)
    assert lateness(parcel, parcel.original_promised_at + timedelta(days=days_after_promise)) == expected


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
