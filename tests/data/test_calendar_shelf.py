"""The calendars that a desk keeps: versions are added, never edited, and each leaves an audit entry."""

import json
from datetime import date

import pytest

from data.calendar_shelf import CalendarPastError, calendar_versions, publish_calendar
from tests.new_desks import new_database
from tests.workflow.calendar_builders import at, calendar, hours
from workflow.business_time import BusinessTime, CalendarVersion
from workflow.calendars import Holiday, week

NOW = at("2026-01-06 12:00")
SHORT = week(tue=[("09:00", "14:00")])


@pytest.fixture
def database(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as opened:
        yield opened


def publish(database, made, **changes) -> CalendarVersion:
    return publish_calendar(database, made, **{"valid_from": NOW, "by": "anna", "note": "", "now": NOW} | changes)


def test_a_new_desk_has_no_calendars(database):
    assert calendar_versions(database) == {}


def test_every_version_is_kept_as_it_was_published(database):
    office = calendar(name="Büro", holidays=(Holiday(on=date(2026, 12, 25), name="Рождество"),))
    later = at("2026-01-07 00:00:00.000001")
    first = publish(database, office, valid_from=at("2020-01-01"))
    other = publish(database, calendar(id="warehouse"))
    second = publish(database, calendar(weekly=SHORT), valid_from=later)
    assert calendar_versions(database) == {
        "office": (
            CalendarVersion(version=1, valid_from=at("2020-01-01"), calendar=office),
            CalendarVersion(version=2, valid_from=later, calendar=calendar(weekly=SHORT)),
        ),
        "warehouse": (CalendarVersion(version=1, valid_from=NOW, calendar=calendar(id="warehouse")),),
    }
    assert calendar_versions(database) == {"office": (first, second), "warehouse": (other,)}


def test_an_edit_never_rewrites_the_past(database):
    publish(database, calendar())
    before = BusinessTime(calendar_versions(database)["office"]).elapsed(at("2026-01-05"), NOW)
    with pytest.raises(CalendarPastError) as caught:
        publish(database, calendar(weekly=SHORT), valid_from=at("2026-01-06 11:59:59.999999"))
    assert str(caught.value) == (
        "Calendar Office cannot change from 2026-01-06 11:59:59 UTC on, which has passed: let the change hold from "
        "2026-01-06 12:00:00 UTC or later."
    )
    assert len(calendar_versions(database)["office"]) == 1
    publish(database, calendar(weekly=SHORT))
    time = BusinessTime(calendar_versions(database)["office"])
    assert time.elapsed(at("2026-01-05"), NOW) == before == hours(11)
    assert time.elapsed(NOW, at("2026-01-08")) == hours(2)


def test_each_version_leaves_an_audit_entry(database):
    publish(database, calendar(), note="As agreed")
    rows = database.read("select noted_at, by_id, action, subject, detail from audit_entries")
    assert [(*row[:4], json.loads(row[4])) for row in rows] == [
        (
            NOW,
            "anna",
            "publish_calendar",
            "office",
            {"version": 1, "valid_from": "2026-01-06T12:00:00", "note": "As agreed"},
        )
    ]


def test_a_version_that_is_undone_leaves_nothing(database):
    def publish_and_fail():
        with database.writing():
            assert publish(database, calendar()).version == 1
            assert publish(database, calendar()).version == 2
            raise KeyError

    with pytest.raises(KeyError):
        publish_and_fail()
    assert calendar_versions(database) == {}
    assert database.read("select count(*) from audit_entries") == [(0,)]
