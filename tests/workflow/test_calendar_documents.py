"""Calendars as the desk's own JSON and in Zammad's shape: there and back, and a sentence for each fault."""

import json
from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import given, settings

from tests.workflow.calendar_builders import at, calendar, hours
from tests.workflow.calendar_strategies import FIRST, LAST, calendars
from workflow.business_time import BusinessTime
from workflow.calendar_documents import document_of, document_text, read_document
from workflow.calendar_errors import CalendarInvalidError
from workflow.calendars import Break, ExtraDay, Holiday, Window, always_open, week
from workflow.zammad_calendars import read_zammad_calendar, zammad_calendar

OFFICE = calendar(
    time_zone="Europe/Berlin",
    holidays=(Holiday(on=date(2026, 12, 25), name="Christmas"),),
    extra_days=(
        ExtraDay(on=date(2026, 1, 10), windows=(Window.between("10:00", "12:00"),), name="Stocktaking"),
        ExtraDay(on=date(2026, 1, 11), like=0),
    ),
    breaks=(Break(on=date(2026, 1, 5), window=Window.between("10:00", "11:30"), name="Drill"),),
)
# As Zammad's documentation shows a calendar.
ZAMMAD = {
    "id": 2,
    "name": "Test calendar",
    "timezone": "Europe/Berlin",
    "business_hours": {
        "mon": {"active": True, "timeframes": [["09:00", "12:00"], ["13:00", "17:00"]]},
        "sat": {"active": False, "timeframes": [["10:00", "14:00"]]},
    },
    "default": False,
    "ical_url": "",
    "public_holidays": {
        "2021-11-10": {"active": True, "summary": "Feast day 1"},
        "2021-11-11": {"active": False, "summary": "Feast day 2", "feed": "4f2c"},
    },
    "last_log": None,
    "created_by_id": 3,
}


def faults(document: object) -> tuple[str, ...]:
    with pytest.raises(CalendarInvalidError) as caught:
        read_document(document if isinstance(document, str) else json.dumps(document))
    return caught.value.faults


def zammad_faults(**changes) -> tuple[str, ...]:
    with pytest.raises(CalendarInvalidError) as caught:
        read_zammad_calendar(json.dumps(ZAMMAD | changes), calendar_id="z")
    return caught.value.faults


@given(calendars())
@settings(deadline=None)
def test_a_document_gives_the_same_calendar_back(made):
    assert read_document(document_text(made)) == made


def test_the_document_says_everything_in_words():
    assert document_of(OFFICE) == {
        "id": "office",
        "name": "Office",
        "time_zone": "Europe/Berlin",
        "is_always_open": False,
        "weekly": {
            **{day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
            "sat": [],
            "sun": [],
        },
        "holidays": {"2026-12-25": "Christmas"},
        "extra_days": {
            "2026-01-10": {"windows": [["10:00", "12:00"]], "name": "Stocktaking"},
            "2026-01-11": {"like": "mon", "name": ""},
        },
        "breaks": [{"on": "2026-01-05", "window": ["10:00", "11:30"], "name": "Drill"}],
    }
    assert read_document(document_text(OFFICE)) == OFFICE


def test_what_is_not_said_is_closed_and_in_utc():
    assert read_document('{"id": "a"}') == calendar(id="a", name="", weekly=((),) * 7)


def test_a_text_that_is_no_json_is_refused():
    assert faults("{")[0].startswith("It is no JSON (")
    assert faults('{"id": "a", "id": "b"}') == ("It is no JSON ('id' stands twice in one object): export it again.",)
    assert faults("[" * 100_000)[0].startswith("It is no JSON (")


def test_every_fault_of_a_document_has_its_sentence():
    document = {
        "id": 7,
        "time_zone": "Mars",
        "is_always_open": "no",
        "weekly": {"mon": [["9", "17:00"], ["09:00"]], "day": []},
        "holidays": {"25.12.2026": "Christmas", "2026-12-26": None},
        "extra_days": {"2026-01-10": {"like": "noon"}, "soon": {"like": "mon"}, "2026-01-11": []},
        "breaks": [{"on": "20260105", "window": ["10:00", "11:00"]}, {"on": "2026-01-05", "window": "10-11"}],
        "colour": "red",
    }
    keys = "id, name, time_zone, is_always_open, weekly, holidays, extra_days, breaks"
    days = "mon, tue, wed, thu, fri, sat, sun"
    pair = 'write opening and closing such as ["09:00", "18:00"].'
    dated = "is no date: write year, month and day such as 2026-12-25."
    assert faults(document) == (
        f"The document has the unknown key 'colour': use {keys}.",
        f"weekly has the unknown key 'day': use {days}.",
        "id is no text: write it in quotes.",
        "is_always_open is neither true nor false: write one of them, without quotes.",
        "weekly mon, window 1: '9' is no time of day: write hours and minutes such as 09:30, at most 24:00.",
        f"weekly mon, window 2 is no window: {pair}",
        f"holidays: '25.12.2026' {dated}",
        "holidays 2026-12-26 is no text: write it in quotes.",
        f"extra_days 2026-01-10 follows the unknown weekday 'noon': use {days}.",
        f"extra_days: 'soon' {dated}",
        "extra_days 2026-01-11 is no JSON object: write names and values in braces.",
        f"break 1: '20260105' {dated}",
        f"break 2 is no window: {pair}",
        "It has no id: give it one.",
        "'Mars' is no time zone: use a name such as Europe/Berlin or UTC.",
        "Extra day 2026-01-11 needs windows of its own or a weekday to follow, and only one of them.",
    )


def test_a_faulty_part_refuses_a_calendar_that_would_do_without_it():
    assert faults({"id": "a", "breaks": "none"}) == ("breaks is no list: write its values in brackets.",)
    assert faults([]) == (
        "The document is no JSON object: write names and values in braces.",
        "It has no id: give it one.",
    )


def test_a_calendar_of_zammad_is_read():
    assert read_zammad_calendar(json.dumps(ZAMMAD), calendar_id="z") == calendar(
        id="z",
        name="Test calendar",
        time_zone="Europe/Berlin",
        weekly=week(mon=[("09:00", "12:00"), ("13:00", "17:00")]),
        holidays=(Holiday(on=date(2021, 11, 10), name="Feast day 1"),),
    )


def test_what_zammad_cannot_say_is_named():
    export = zammad_calendar(OFFICE)
    assert export.left_out == (
        "Extra day 2026-01-10 (Stocktaking) has no place in Zammad's shape.",
        "Extra day 2026-01-11 has no place in Zammad's shape.",
        "Break 2026-01-05 10:00-11:30 (Drill) has no place in Zammad's shape.",
    )
    assert json.loads(export.text) == {
        "name": "Office",
        "timezone": "Europe/Berlin",
        "business_hours": {
            **{
                day: {"active": True, "timeframes": [["09:00", "17:00"]]} for day in ("mon", "tue", "wed", "thu", "fri")
            },
            "sat": {"active": False, "timeframes": []},
            "sun": {"active": False, "timeframes": []},
        },
        "public_holidays": {"2026-12-25": {"active": True, "summary": "Christmas"}},
    }


def test_24_7_in_zammads_shape_is_seven_whole_days():
    read = read_zammad_calendar(zammad_calendar(always_open()).text, calendar_id="z")
    assert BusinessTime.of(read).elapsed(at("2026-01-01"), at("2026-01-08")) == hours(168)


@given(calendars())
@settings(deadline=None)
def test_zammads_shape_opens_the_same_instants(made):
    plain = (
        made if made.is_always_open else calendar(time_zone=made.time_zone, weekly=made.weekly, holidays=made.holidays)
    )
    export = zammad_calendar(plain)
    read = read_zammad_calendar(export.text, calendar_id="z")
    frames = chain.from_iterable(day["timeframes"] for day in export.document["business_hours"].values())
    assert all(opens < closes for opens, closes in frames)
    assert joined(BusinessTime.of(read)) == joined(BusinessTime.of(plain))


def joined(time: BusinessTime) -> list:
    """The openings of half a year, those that touch as one."""
    found: list = []
    for begins, ends in time.openings(FIRST, min(LAST, FIRST + timedelta(days=180))):
        since = found.pop()[0] if found and found[-1][1] == begins else begins
        found.append((since, ends))
    return found


def test_every_fault_of_zammads_shape_has_its_sentence():
    assert zammad_faults(colour="red") == (
        "The document has the unknown key 'colour': use name, timezone, business_hours, public_holidays.",
    )
    assert zammad_faults(timezone="Mars") == ("'Mars' is no time zone: use a name such as Europe/Berlin or UTC.",)
    assert zammad_faults(business_hours={"mon": {"active": 1, "timeframes": [], "open": True}}) == (
        "business_hours mon has the unknown key 'open': use active, timeframes.",
        "business_hours mon, active is neither true nor false: write one of them, without quotes.",
    )
    assert zammad_faults(public_holidays={"soon": {}}) == (
        "public_holidays: 'soon' is no date: write year, month and day such as 2026-12-25.",
    )
    frames = {"mon": {"active": True, "timeframes": [["09:00", "12:00"], ["11:00", "13:00"]]}}
    assert zammad_faults(business_hours=frames) == (
        "Monday 11:00-13:00 overlaps Monday 09:00-12:00: let the one end before the other begins.",
    )


def test_a_calendar_of_zammad_needs_hours_and_a_zone():
    with pytest.raises(CalendarInvalidError) as caught:
        read_zammad_calendar("{}", calendar_id="z")
    assert caught.value.faults == (
        "The document has no timezone: a calendar of Zammad needs it.",
        "The document has no business_hours: a calendar of Zammad needs it.",
    )
