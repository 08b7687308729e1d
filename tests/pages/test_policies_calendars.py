"""What a manager does with calendars: looks, tries, drafts, brings in, publishes."""

import json
from datetime import date, datetime, timedelta

import pytest

from data.calendar_shelf import calendar_versions
from data.service.shelf import publish_policies
from workflow.calendars import week
from workflow.service.policies import ServicePolicy, Target, TargetKind

ICAL = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
SUMMARY:Inventory
DTSTART;VALUE=DATE:%d0310
DTEND;VALUE=DATE:%d0311
END:VEVENT
END:VCALENDAR
"""
FIELD = "policies_calendar_field_"


@pytest.fixture
def page(desk, visit):
    found = visit("policies", part="calendars")
    assert not found.exception
    return found


@pytest.fixture
def draft(page):
    page.button(key="policies_calendar_begin").click().run()
    assert not page.exception
    return page


def said(page):
    kinds = (page.markdown, page.caption, page.error)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def document(page):
    return page.session_state["policies_calendar_draft"].document


def publish(page):
    page.button(key="policies_publish_open").click().run()
    page.button(key="policies_publish_confirm").click().run()
    assert not page.exception
    return page


def test_a_calendar_says_whether_it_is_open_and_who_uses_it(page):
    assert "Used by Urgent tickets (full resolution); Every ticket (full resolution)" in said(page)
    assert "Monday to Friday 09:00-18:00; Saturday, Sunday closed" in said(page)
    assert any(text in said(page) for text in ("Open now, closes", "Closed now, opens"))


def test_a_trial_gives_deadline_and_open_time(page):
    page.datetime_input(key="policies_try_from").set_value(datetime(2026, 11, 27, 17, 0)).run()
    page.datetime_input(key="policies_try_to").set_value(datetime(2026, 11, 30, 10, 30)).run()
    page.number_input(key="policies_try_amount").set_value(2).run()
    assert not page.exception
    assert [metric.value for metric in page.metric] == ["30 Nov 2026, 10:00", "2 h 30 min"]
    ledger = page.table[0].value
    assert ledger["Why"].tolist() == ["Open", "Closed", "Open"]
    assert ledger["Counts"].tolist() == ["1 h 0 min", "—", "1 h 30 min"]


def test_hours_are_written_and_what_is_no_time_is_said_at_its_day(draft):
    draft.text_input(key=f"{FIELD}tue").set_value("09:00-13:00; 22:00-06:00").run()
    assert document(draft)["weekly"]["tue"] == [["09:00", "13:00"], ["22:00", "06:00"]]
    assert "Tuesday: 09:00-13:00, 22:00-06:00. Before: 09:00-18:00." in said(draft)
    draft.text_input(key=f"{FIELD}tue").set_value("nine").run()
    assert "weekly tue, window 1 is no window" in said(draft)
    assert all(button.key != "policies_publish_open" for button in draft.button)


def test_publishing_makes_a_version_from_now_on(desk, draft):
    draft.text_input(key=f"{FIELD}sat").set_value("10:00-14:00").run()
    publish(draft)
    assert draft.success[0].value.replace("\\", "").startswith("Version 2 of “Office hours” is published.")
    first, second = calendar_versions(desk.database)["office"]
    assert first.calendar.weekly[5] == ()
    assert second.calendar.weekly[5] == week(sat=[("10:00", "14:00")])[5]


def test_a_calendar_that_only_an_old_version_uses_is_replayed_and_not_closed(desk, visit, now):
    target = Target(kind=TargetKind.FIRST_REPLY, budget=timedelta(hours=12))
    everyone = ServicePolicy(id="everyone", name="Every ticket", targets=(target,))
    publish_policies(desk.database, (everyone,), valid_from=now, by="anna", note="", now=now)
    page = visit("policies", part="calendars")
    page.button(key="policies_calendar_begin").click().run()
    for day in ("mon", "tue", "wed", "thu", "fri"):
        page.text_input(key=f"{FIELD}{day}").set_value("").run()
    assert page.button(key="policies_back_test_run")
    publish(page)
    assert "Version 1 of the policies, policy urgent, full_resolution: calendar Office hours is not open" in said(page)
    assert len(calendar_versions(desk.database)["office"]) == 1


def test_a_version_from_later_on_is_announced(draft):
    draft.text_input(key=f"{FIELD}sat").set_value("10:00-14:00").run()
    draft.button(key="policies_publish_open").click().run()
    draft.radio(key="policies_when").set_value("later").run()
    draft.button(key="policies_publish_confirm").click().run()
    assert "· version 1" in said(draft)
    assert "Version 2 holds from" in said(draft)


def test_the_holidays_of_a_country_are_brought_in_and_one_is_taken_off(draft):
    draft.selectbox(key=f"{FIELD}country").set_value("DE").run()
    draft.number_input(key=f"{FIELD}since").set_value(2026).run()
    draft.number_input(key=f"{FIELD}until").set_value(2026).run()
    draft.button(key="policies_calendar_country").click().run()
    assert not draft.exception
    assert "Brought in: 9 holidays and 0 extra working days." in said(draft)
    days = list(document(draft)["holidays"])
    assert days[0] == "2026-01-01"
    draft.multiselect(key=f"{FIELD}holidays").set_value(days[1:]).run()
    assert list(document(draft)["holidays"]) == days[1:]


def test_own_days_are_added_a_holiday_a_working_day_a_break(draft):
    draft.text_input(key=f"{FIELD}day_name").set_value("Inventory").run()
    draft.button(key="policies_calendar_day").click().run()
    draft.radio(key=f"{FIELD}day_kind").set_value("break").run()
    draft.button(key="policies_calendar_day").click().run()
    assert "Write the hours such as 09:00-13:00." in said(draft)
    draft.text_input(key=f"{FIELD}day_hours").set_value("12:00-13:00").run()
    draft.button(key="policies_calendar_day").click().run()
    draft.radio(key=f"{FIELD}day_kind").set_value("extra").run()
    draft.text_input(key=f"{FIELD}day_hours").set_value("noon").run()
    draft.button(key="policies_calendar_day").click().run()
    draft.text_input(key=f"{FIELD}day_hours").set_value("noon-13:00").run()
    draft.button(key="policies_calendar_day").click().run()
    assert "'noon' is no time of day" in said(draft)
    draft.text_input(key=f"{FIELD}day_hours").set_value("09:00-12:00").run()
    draft.button(key="policies_calendar_day").click().run()
    assert not draft.exception
    assert list(document(draft)["holidays"].values()) == ["Inventory"]
    assert document(draft)["breaks"][0]["window"] == ["12:00", "13:00"]
    assert next(iter(document(draft)["extra_days"].values()))["windows"] == [["09:00", "12:00"]]


def test_an_ical_file_brings_its_days(draft, now):
    upload = ("inventory.ics", ICAL % (now.year + 1, now.year + 1), "text/calendar")
    draft.file_uploader(key=f"{FIELD}ical").set_value([upload]).run()
    draft.button(key="policies_calendar_ical").click().run()
    assert document(draft)["holidays"] == {f"{now.year + 1}-03-10": "Inventory"}


def test_open_all_the_time_puts_the_hours_aside(desk, draft):
    draft.toggle(key=f"{FIELD}is_always_open").set_value(True).run()
    assert "It is open 24/7." in said(draft)
    publish(draft)
    assert calendar_versions(desk.database)["office"][-1].calendar.is_always_open
    assert "Open now, never closes" in said(draft.run())


def test_a_new_calendar_gets_a_name_and_a_short_name(desk, page):
    page.button(key="policies_calendar_new").click().run()
    page.text_input(key=f"{FIELD}name").set_value("Night shift").run()
    page.text_input(key=f"{FIELD}id").set_value("office").run()
    assert "There is a calendar of this short name already" in said(page)
    page.text_input(key=f"{FIELD}id").set_value("night").run()
    publish(page)
    assert calendar_versions(desk.database)["night"][0].calendar.name == "Night shift"


def test_a_draft_is_not_thrown_away_for_a_new_calendar(draft):
    assert draft.button(key="policies_calendar_new").disabled
    draft.button(key="policies_calendar_discard").click().run()
    assert not draft.button(key="policies_calendar_new").disabled


def test_a_calendar_of_zammad_becomes_a_draft_and_its_faults_are_said(page):
    hours = {"mon": {"active": True, "timeframes": [["08:00", "12:00"], ["13:00", "17:00"]]}}
    text = json.dumps({"name": "Support", "timezone": "Europe/Berlin", "business_hours": hours})
    page.text_area(key="policies_calendar_import_text").set_value("[]").run()
    page.button(key="policies_calendar_import_take").click().run()
    assert "no JSON object" in said(page)
    page.text_input(key="policies_calendar_import_id").set_value("support").run()
    page.text_area(key="policies_calendar_import_text").set_value(text).run()
    page.button(key="policies_calendar_import_take").click().run()
    assert not page.exception
    assert document(page)["weekly"]["mon"] == [["08:00", "12:00"], ["13:00", "17:00"]]
    assert document(page)["time_zone"] == "Europe/Berlin"


def test_policies_are_replayed_on_the_draft_of_their_calendar(draft):
    draft.text_input(key=f"{FIELD}mon").set_value("").run()
    draft.button(key="policies_back_test_run").click().run()
    draft.session_state["policies_back_test"].job.wait()
    draft.run()
    assert not draft.exception
    assert "4 tickets (90 days):" in said(draft)


def test_a_back_test_of_a_calendar_leaves_planned_policies_out(desk, visit, now):
    """Planned from next month on: a first reply within a second, which nothing of the past was promised."""
    target = Target(kind=TargetKind.FIRST_REPLY, budget=timedelta(seconds=1))
    everyone = ServicePolicy(id="everyone", name="Every ticket", targets=(target,))
    later = now + timedelta(days=30)
    publish_policies(desk.database, (everyone,), valid_from=later, by="anna", note="", now=now)
    page = visit("policies", part="calendars")
    page.button(key="policies_calendar_begin").click().run()
    page.date_input(key=f"{FIELD}day_on").set_value(date(2031, 1, 8)).run()
    page.button(key="policies_calendar_day").click().run()
    page.button(key="policies_back_test_run").click().run()
    page.session_state["policies_back_test"].job.wait()
    page.run()
    assert not page.exception
    assert list(document(page)["holidays"]) == ["2031-01-08"]
    assert "4 tickets (90 days):" in said(page)
    assert "None: every target ends as it did." in said(page)


def test_a_draft_of_a_calendar_is_discarded(draft):
    draft.button(key="policies_calendar_discard").click().run()
    assert "policies_calendar_draft" not in draft.session_state
    assert draft.button(key="policies_calendar_begin")
