"""The first start: a log is checked, refused row by row, imported; never half of it."""

import pytest

from pages.shared import jobs

MAPPING = b"""
name = "small"
source = "small"

[columns]
case = "case"
activity = "step"
time = "at"
"""
GOOD = b"case,step,at\n1,opened,2026-01-05 10:00:00\n1,closed,2026-01-05 11:00:00\n2,opened,2026-01-06 10:00:00\n"
BAD = GOOD + b"3,opened,yesterday\n"


@pytest.fixture(autouse=True)
def _no_job_left():
    yield
    finish()
    jobs.put_away()


def finish():
    if job := jobs.current():
        job.wait()


def check(page, log, mapping=MAPPING):
    page.file_uploader(key="start_log").set_value([("small.csv", log, "text/csv")]).run()
    page.file_uploader(key="start_mapping").set_value([("small.toml", mapping, "application/toml")]).run()
    page.button(key="start_check").click().run()
    finish()
    return page.run()


def said(page):
    return " ".join(element.value for kind in (page.markdown, page.error, page.success) for element in kind)


def count(desk):
    return desk.database.read("select count(*) from tickets")[0][0]


def test_nothing_can_be_checked_before_both_files_are_there(empty_desk, visit):
    page = visit("start")
    assert page.button(key="start_check").disabled
    page.file_uploader(key="start_log").set_value([("small.csv", GOOD, "text/csv")]).run()
    assert page.button(key="start_check").disabled


def test_a_log_is_checked_without_writing_then_imported(empty_desk, visit):
    page = check(visit("start"), GOOD)
    assert "Would add 3 events, 2 new tickets" in said(page)
    assert count(empty_desk) == 0
    page.button(key="start_go_on").click().run()
    finish()
    page.run()
    assert "Added 3 events, 2 new tickets" in said(page)
    assert count(empty_desk) == 2
    page.button(key="start_done").click().run()
    assert page.title[0].value == "Queue"
    assert not page.exception


def test_a_log_with_rejected_rows_shows_them_and_can_leave_them_out(empty_desk, visit):
    page = check(visit("start"), BAD)
    assert "1 row cannot be taken, so nothing was imported" in said(page)
    assert list(page.dataframe[0].value["Line"]) == ["5"]
    assert count(empty_desk) == 0
    page.button(key="start_go_on").click().run()
    finish()
    page.run()
    assert count(empty_desk) == 2


def test_a_mapping_that_makes_no_sense_is_said_in_one_sentence(empty_desk, visit):
    page = check(visit("start"), GOOD, b"name = 3")
    assert len(page.error) == 1
    assert "small" in page.error[0].value
    assert not page.exception
    page.button(key="start_done").click().run()
    assert page.title[0].value == "Welcome to Marketdesk"


def test_a_desk_with_tickets_takes_no_demo(desk, visit):
    page = visit("start")
    assert page.button(key="start_load_demo").disabled


@pytest.mark.parametrize("button", ["start_load_demo", "start_check", "start_go_on"])
def test_a_screen_whose_person_was_signed_out_brings_nothing_in(empty_desk, visit, monkeypatch, button):
    page = visit("start")
    if button != "start_load_demo":
        page.file_uploader(key="start_log").set_value([("small.csv", GOOD, "text/csv")]).run()
        page.file_uploader(key="start_mapping").set_value([("small.toml", MAPPING, "application/toml")]).run()
    if button == "start_go_on":
        page.button(key="start_check").click().run()
        finish()
        page.run()
    before = jobs.current()
    monkeypatch.setenv("DESK_LOCAL_ROLES", "")
    page.button(key=button).click().run()
    assert not page.exception
    assert jobs.current() is before
    assert count(empty_desk) == 0
