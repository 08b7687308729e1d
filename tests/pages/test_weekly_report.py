"""What a manager sees on the page of the weekly report, and what the three buttons make."""

from datetime import timedelta

from desk_builders import open_ticket

from data.people import Agent, People, Seller, save_people
from data.reports.weeks import Week
from pages.shared import access
from pages.weekly_report import answers
from workflow.tickets import EVERYTHING

HOSTILE = "<b>Birch</b> [x](https://example.org) *bold*"


def this_week(now):
    return Week.of(now, access.zone())


def cells(page, column):
    """The column of the table that has one of this name, without the marks that keep text from being Markdown."""
    (found,) = [element.value for element in page.table if column in element.value]
    return [cell.replace("\\", "") for cell in found[column].tolist()]


def test_an_empty_desk_leads_to_the_first_tickets(empty_desk, visit):
    page = visit("weekly-report")
    assert not page.exception
    assert any("The desk is empty" in header.value for header in page.header)


def test_only_managers_see_it(desk, visit, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    page = visit("weekly-report")
    assert not page.metric
    assert any("You have no access to this page" in header.value for header in page.header)


def test_the_address_names_the_week(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(days=8))
    open_ticket(empty_desk, now - timedelta(days=8), 1)
    open_ticket(empty_desk, now - timedelta(seconds=1), 2)
    before = Week.of(now - timedelta(days=8), access.zone())
    page = visit("weekly-report", week=str(before))
    assert not page.exception
    assert page.selectbox(key="weekly_report_week").value == str(before)
    shown = {one.label: one.value for one in page.metric}
    assert (shown["Opened"], shown["Resolved"], shown["Backlog"]) == ("2", "0", "2")
    page.selectbox(key="weekly_report_week").set_value(str(this_week(now))).run()
    assert page.query_params["week"] in ([str(this_week(now))], str(this_week(now)))
    assert {one.label: one.value for one in page.metric}["Opened"] == "1"


def test_a_week_has_a_report_from_its_first_minute_on(empty_desk, visit, now, monkeypatch):
    monday = this_week(now).later(1)
    open_ticket(empty_desk, now - timedelta(hours=1))
    begun_at = monday.starts_at(access.zone()) + timedelta(seconds=30)
    monkeypatch.setattr("data.clock.now", lambda: begun_at)
    page = visit("weekly-report", week=str(monday))
    assert not page.exception
    assert page.selectbox(key="weekly_report_week").value == str(monday)
    assert {one.label: one.value for one in page.metric}["Opened"] == "0"


def test_without_a_week_it_is_the_last_one_that_is_over(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(days=20))
    for query in ({}, {"week": "2026-W99"}):
        page = visit("weekly-report", **query)
        assert page.selectbox(key="weekly_report_week").value == str(this_week(now).later(-1))


def test_a_breach_leads_to_its_ticket_and_names_are_text(empty_desk, visit, now):
    people = People(sellers=(Seller(id="s1", name=HOSTILE),), agents=(Agent(id="anna", name="Anna"),))
    save_people(empty_desk.database, people, now)
    opened_at = this_week(now).starts_at(access.zone()) - timedelta(days=6)
    open_ticket(empty_desk, opened_at)
    week = Week.of(opened_at, access.zone())
    page = visit("weekly-report", week=str(week))
    assert not page.exception
    assert cells(page, "Late")
    assert set(cells(page, "Ticket")) == {"[1](queue?ticket=1)"}
    (table,) = [element.value for element in page.table if "Seller" in element.value]
    assert table["Seller"].tolist()[0].startswith("\\<b\\>Birch\\</b\\> \\[x\\]")


def test_the_three_files_are_made_when_they_are_asked_for(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(days=8))
    week = Week.of(now - timedelta(days=8), access.zone())
    page = visit("weekly-report", week=str(week))
    assert [button.label for button in page.get("download_button")] == ["PDF", "HTML", "XLSX"]
    files = answers.downloads(answers.report(week, EVERYTHING))
    assert [file.file_name for file in files] == [f"marketdesk-{week}.{end}" for end in ("pdf", "html", "xlsx")]
    pdf, html, xlsx = (file.content() for file in files)
    assert pdf.startswith(b"%PDF-")
    assert html.startswith("<!doctype html>")
    assert xlsx.startswith(b"PK")


def test_the_same_week_is_counted_once(desk, now):
    week = this_week(now).later(-1)
    assert answers.report(week, EVERYTHING) is answers.report(week, EVERYTHING)
