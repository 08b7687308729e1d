"""Holidays and extra working days of countries and of iCal files."""

from datetime import date, datetime

import pytest
from dateutil.rrule import _iterinfo, rrulestr

from data.holiday_sources import HolidaySourceError, country_days, merged_holidays
from data.ical_holidays import MOST_BYTES, MOST_EVENTS, ical_days
from tests.workflow.calendar_builders import at, business, hours
from workflow.calendars import ExtraDay, Holiday
from workflow.vocabulary import Language

YEARS = range(2026, 2028)


def names(days) -> dict[str, str]:
    return {str(day.on): day.name for day in days.holidays}


def ical(*events: str) -> bytes:
    lines = [f"BEGIN:VEVENT\r\n{event.replace(chr(10), chr(13) + chr(10))}\r\nEND:VEVENT" for event in events]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


def read(*events: str, years: range = YEARS) -> dict[str, str]:
    return names(ical_days(ical(*events), years, file_name="days.ics"))


def refusal(content: bytes) -> str:
    with pytest.raises(HolidaySourceError) as caught:
        ical_days(content, YEARS, file_name="days.ics")
    return str(caught.value)


def test_russia_moves_days_off_and_works_on_saturdays():
    # Government decree No. 1314 of 10 August 2023: Saturday 2 November 2024 is worked for Tuesday 30 April.
    days = country_days("RU", range(2024, 2025))
    assert {str(day.on): day.like for day in days.extra_days} == {"2024-04-27": 0, "2024-11-02": 0, "2024-12-28": 0}
    assert "2024-04-30" in names(days)
    time = business(time_zone="Europe/Moscow", holidays=days.holidays, extra_days=days.extra_days)
    # Friday, the worked Saturday, a Sunday, and Unity Day on Monday 4 November.
    assert time.elapsed(at("2024-11-01 00:00"), at("2024-11-04 21:00")) == hours(16)


def test_names_come_in_the_wanted_language_or_in_the_countrys_own():
    christmas = date(2026, 1, 7)
    found = {
        language: {day.on: day.name for day in country_days("RU", range(2026, 2027), language=language).holidays}
        for language in (Language.EN, Language.RU, Language.ZH, None)
    }
    assert found[Language.EN][christmas] == "Christmas Day"
    assert found[Language.RU][christmas] == found[None][christmas] == "Рождество Христово"
    german = country_days("DE", range(2026, 2027), language=Language.RU)
    assert names(german)["2026-01-01"] == "Neujahr"


def test_a_region_has_more_holidays_than_its_country():
    # Epiphany is a holiday in Bavaria, not in all of Germany.
    assert "2026-01-06" in names(country_days("de", range(2026, 2027), region="BY"))
    assert "2026-01-06" not in names(country_days("DE", range(2026, 2027)))


def test_only_the_years_that_were_asked_for_are_given():
    assert {day.on.year for day in country_days("CN", range(2025, 2026)).holidays} == {2025}


def test_an_unknown_country_region_or_year_is_refused():
    for country, region in (("XX", ""), ("DE", "QQ")):
        with pytest.raises(HolidaySourceError, match="does not know this country or region"):
            country_days(country, YEARS, region=region)
    with pytest.raises(
        HolidaySourceError, match="The holidays of RU cannot be read: they are known for the years 1991"
    ):
        country_days("RU", range(1980, 2000))
    with pytest.raises(HolidaySourceError, match="name at least one"):
        country_days("RU", range(2026, 2026))


def test_sources_are_merged_by_date_and_names_kept_once():
    one, two = date(2026, 1, 1), date(2026, 1, 2)
    assert merged_holidays(
        (Holiday(on=two), Holiday(on=one, name="New Year")),
        (Holiday(on=one, name="Stocktaking"), Holiday(on=one, name="New Year")),
    ) == (Holiday(on=one, name="New Year, Stocktaking"), Holiday(on=two))


def test_all_day_events_of_one_day_and_of_several_are_read():
    assert read(
        "SUMMARY:Founders' day\nDTSTART;VALUE=DATE:20260504",
        "SUMMARY:Closed\nDTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102",
        "SUMMARY:Fair\nDTSTART;VALUE=DATE:20260601\nDURATION:P2D",
        "SUMMARY:Before\nDTSTART;VALUE=DATE:20250601",
        "SUMMARY:After\nDTSTART;VALUE=DATE:20280601",
    ) == {
        "2026-05-04": "Founders' day",
        "2026-06-01": "Fair",
        "2026-06-02": "Fair",
        "2026-12-30": "Closed",
        "2026-12-31": "Closed",
        "2027-01-01": "Closed",
    }


def test_an_event_without_a_length_or_name_is_one_day():
    assert read("DTSTART;VALUE=DATE:20260504\nDTEND;VALUE=DATE:20260504") == {"2026-05-04": ""}
    assert read("SUMMARY:One\nSUMMARY:Two\nDTSTART;VALUE=DATE:20260504") == {"2026-05-04": "One"}


def test_yearly_events_come_every_year_until_their_end():
    assert read("SUMMARY:May\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY") == {
        "2026-05-01": "May",
        "2027-05-01": "May",
    }
    # The fourth Thursday of November.
    assert read("SUMMARY:T\nDTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH") == {
        "2026-11-26": "T",
        "2027-11-25": "T",
    }
    for end in ("20261231", "20261231T235959Z"):
        assert read(f"SUMMARY:M\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;UNTIL={end}") == {"2026-05-01": "M"}


def test_repetitions_may_be_left_out_added_and_moved():
    event = "UID:1\nSUMMARY:M\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY"
    assert read(f"{event}\nEXDATE;VALUE=DATE:20260501") == {"2027-05-01": "M"}
    assert read(f"{event}\nRDATE;VALUE=DATE:20260601") == {"2026-05-01": "M", "2026-06-01": "M", "2027-05-01": "M"}
    moved = "UID:1\nSUMMARY:Moved\nRECURRENCE-ID;VALUE=DATE:20260501\nDTSTART;VALUE=DATE:20260504"
    assert read(event, moved) == {"2026-05-04": "Moved", "2027-05-01": "M"}


def test_two_events_on_one_day_are_one_holiday():
    assert read("SUMMARY:A\nDTSTART;VALUE=DATE:20260504", "SUMMARY:B\nDTSTART;VALUE=DATE:20260504") == {
        "2026-05-04": "A, B"
    }


def test_what_is_no_holiday_is_left_out_and_named():
    content = ical(
        "SUMMARY:Call\nDTSTART:20260504T100000Z\nDTEND:20260504T110000Z",
        "SUMMARY:Off\nDTSTART;VALUE=DATE:20260504\nSTATUS:CANCELLED",
        "SUMMARY:Sport\nDTSTART;VALUE=DATE:20260504\nRRULE:FREQ=WEEKLY",
        "SUMMARY:Odd\nDTSTART;VALUE=DATE:20260504\nRRULE:HELLO",
        "SUMMARY:Often\nDTSTART;VALUE=DATE:20260504\nRRULE:FREQ=YEARLY;BYHOUR=1,2,3",
    )
    days = ical_days(content, YEARS, file_name="days.ics")
    assert (days.holidays, days.extra_days) == ((), ())
    assert days.left_out == (
        "days.ics, event 1 (Call) was left out: it is not of whole days.",
        "days.ics, event 2 (Off) was left out: it is cancelled.",
        "days.ics, event 3 (Sport) was left out: it does not repeat by the year.",
        "days.ics, event 4 (Odd) was left out: it does not repeat by the year.",
        "days.ics, event 5 (Often) was left out: it does not repeat by the year.",
    )


def test_a_rule_that_no_day_fits_adds_nothing_to_its_first_day():
    """Nobody searches for 30 February up to the year 9999, neither with an end nor with a count."""
    for more in ("", ";COUNT=9", ";UNTIL=99991231"):
        rule = f"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30{more}"
        assert read(f"SUMMARY:Never\nDTSTART;VALUE=DATE:20260101\n{rule}") == {"2026-01-01": "Never"}


@pytest.mark.parametrize(
    "rule",
    [
        "",
        ";INTERVAL=3",
        ";INTERVAL=3;COUNT=3",
        ";COUNT=8",
        ";BYMONTH=11;BYDAY=4TH",
        ";BYDAY=-1MO",
        ";BYWEEKNO=1,53",
        ";BYYEARDAY=1,-1,366",
        ";BYMONTHDAY=31",
        ";BYMONTH=1,7",
        ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1",
        ";BYMONTH=2;BYMONTHDAY=29",
        ";BYMONTHDAY=13;BYDAY=FR;WKST=SU;UNTIL=20270601",
    ],
)
@pytest.mark.parametrize("start", ["20180731", "20200229", "20251231", "20260704", "20290101"])
def test_a_rule_has_the_days_that_dateutil_finds_for_it(start, rule):
    begins = datetime.strptime(start, "%Y%m%d")  # noqa: DTZ007 - days have no zone
    found = rrulestr(f"FREQ=YEARLY{rule}", dtstart=begins).between(datetime(2025, 12, 31), datetime(2028, 1, 1))
    expected = {str(day.date()) for day in (begins, *found) if day.year in YEARS}
    assert read(f"SUMMARY:X\nDTSTART;VALUE=DATE:{start}\nRRULE:FREQ=YEARLY{rule}").keys() == expected


def test_a_long_event_that_began_years_before_still_counts():
    event = "SUMMARY:Long\nDTSTART;VALUE=DATE:20231231\nDTEND;VALUE=DATE:20260103\nRRULE:FREQ=YEARLY;INTERVAL=10"
    assert read(event) == {"2026-01-01": "Long", "2026-01-02": "Long"}


def test_a_repetition_of_centuries_is_refused_unless_it_is_no_older_than_the_oldest_states():
    assert read("SUMMARY:I\nDTSTART;VALUE=DATE:17760704\nRRULE:FREQ=YEARLY") == {"2026-07-04": "I", "2027-07-04": "I"}
    assert refusal(ical("SUMMARY:O\nDTSTART;VALUE=DATE:17251231\nRRULE:FREQ=YEARLY")) == (
        "The holidays of days.ics cannot be read: event 1 (O) is broken (it has repeated for more than 300 years), "
        "so mend or export it again."
    )


@pytest.mark.parametrize("start", ["00010101", "19270101"])
def test_rules_that_no_day_fits_are_searched_in_a_few_years_only(start, monkeypatch):
    """dateutil alone would look for 30 February in every year up to 9999."""
    searched = []
    rebuild = _iterinfo.rebuild

    def counted(info, year, month):
        searched.append(year)
        return rebuild(info, year, month)

    monkeypatch.setattr(_iterinfo, "rebuild", counted)
    event = f"SUMMARY:N\nDTSTART;VALUE=DATE:{start}\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    if start == "00010101":
        assert "for more than 300 years" in refusal(ical(*[event] * 50))
        assert searched == []
        return
    assert read(*[event] * 50) == {}
    assert len(searched) == 50 * 3
    assert set(searched) == {2025, 2026, 2027}


def test_a_file_is_bounded_in_the_years_that_are_searched_and_in_days():
    counted = "DTSTART;VALUE=DATE:17270101\nRRULE:FREQ=YEARLY;COUNT=1"
    assert refusal(ical(*[counted] * 17)) == (  # 17 x 301 years, from 1727 to 2027
        "The holidays of days.ics cannot be read: its events repeat over more than 5000 years together, so shorten it."
    )
    assert refusal(ical(*["DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20280101"] * 28)) == (  # 28 x 730 days
        "The holidays of days.ics cannot be read: it has more than 20000 days, so shorten it."
    )
    many = ",".join(["30"] * 49)
    assert "its rule has more than 50 values" in refusal(
        ical(f"DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY={many}")
    )


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_what_is_no_ical_file_is_refused(content):
    assert refusal(content) == "The holidays of days.ics cannot be read: it is no iCal file, so export it again."


@pytest.mark.parametrize(
    "event",
    [
        "SUMMARY:X\nDTSTART;VALUE=DATE:2026",
        "SUMMARY:X",
        "SUMMARY:X\nDTSTART;VALUE=DATE:20260101\nDTSTART;VALUE=DATE:20260102",
        "SUMMARY:X\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;INTERVAL=0",
        "SUMMARY:X\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYDAY=XX",
        "SUMMARY:X\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTH=12;BYDAY=53SU",
        "SUMMARY:X\nDTSTART;VALUE=DATE:20260101\nEXDATE:HELLO",
        "SUMMARY:X\nDTSTART;VALUE=DATE:00010101\nRRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6",
    ],
)
def test_a_broken_event_refuses_the_file_and_is_named(event):
    assert refusal(ical("SUMMARY:Good\nDTSTART;VALUE=DATE:20260504", event)).startswith(
        "The holidays of days.ics cannot be read: event 2 (X) is broken ("
    )


def test_a_file_is_bounded_in_bytes_and_events():
    assert "larger than 1024 KiB" in refusal(b" " * (MOST_BYTES + 1))
    assert "more than 5000 events" in refusal(ical(*["DTSTART;VALUE=DATE:20260504"] * (MOST_EVENTS + 1)))


def test_working_saturdays_may_follow_another_weekday():
    days = country_days("HU", range(2024, 2025), like=4)
    assert days.extra_days[0] == ExtraDay(on=date(2024, 8, 3), like=4, name="Working day by transfer")
