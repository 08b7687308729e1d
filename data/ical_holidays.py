"""Holidays from an iCal file (RFC 5545): its all-day events, of several days or of every year.

Timed events, cancelled ones and other repetitions than yearly are left out and named. A file is bounded in bytes,
events and repetitions, so that a hostile one costs nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event, vRecur

from data.holiday_sources import HolidaySourceError, SpecialDays, merged_holidays
from workflow.calendars import Holiday

MOST_BYTES, MOST_EVENTS, MOST_REPETITIONS = 2**20, 5_000, 500
_RULE_PARTS = {
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "WKST",
    *(f"BY{part}" for part in ("MONTH", "MONTHDAY", "DAY", "YEARDAY", "WEEKNO", "SETPOS")),
}


def ical_days(content: bytes, years: range, *, file_name: str) -> SpecialDays:
    """The holidays of a file within `years`; an event of several days gives each of them, names on one date joined.

    `HolidaySourceError` for a file that is too large, broken, or has a broken event.
    """
    if len(content) > MOST_BYTES:
        raise HolidaySourceError(source=file_name, reason=f"it is larger than {MOST_BYTES // 1024} KiB, so shorten it")
    events = _events(content, file_name)
    if len(events) > MOST_EVENTS:
        raise HolidaySourceError(source=file_name, reason=f"it has more than {MOST_EVENTS} events, so shorten it")
    found: list[Holiday] = []
    left_out: list[str] = []
    replaced = _replaced(events)
    for number, event in enumerate(events, 1):
        where = f"event {number}"
        try:
            where = f"event {number} ({_name(event)})"
            if reason := _why_left_out(event):
                left_out.append(f"{file_name}, {where} was left out: {reason}.")
                continue
            found += _holidays(event, years, replaced)
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            reason = f"{where} is broken ({str(error).rstrip('.')}), so mend or export it again"
            raise HolidaySourceError(source=file_name, reason=reason) from error
    return SpecialDays(holidays=merged_holidays(found), left_out=tuple(left_out))


def _events(content: bytes, file_name: str) -> list[Event]:
    try:
        found = Calendar.from_ical(content)
    except (ValueError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise HolidaySourceError(source=file_name, reason="it is no iCal file, so export it again") from error
    return [event for event in found.walk("VEVENT") if isinstance(event, Event)]


def _why_left_out(event: Event) -> str:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "it is cancelled"
    if isinstance(event.start, datetime):
        return "it is not of whole days"
    for rule in event.rrules:
        if [str(value).upper() for value in rule.get("FREQ", [])] != ["YEARLY"] or rule.keys() - _RULE_PARTS:
            return "it does not repeat by the year"
    return ""


def _holidays(event: Event, years: range, replaced: set[tuple[str, date]]) -> Iterator[Holiday]:
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    length = max((_date(event.end) - _date(event.start)).days, 1)
    name, uid = _name(event), str(event.get("UID", ""))
    is_exception = "RECURRENCE-ID" in event
    skipped = {_date(day) for day in event.exdates}
    for begins in {*_repetitions(event, last), *(_date(day) for day, _ in event.rdates)} - skipped:
        if not is_exception and (uid, begins) in replaced:
            continue
        since, until = max(begins, first), min(begins + timedelta(days=length - 1), last)
        for offset in range((until - since).days + 1):
            day = since + timedelta(days=offset)
            if day.year in years:
                yield Holiday(on=day, name=name)


def _repetitions(event: Event, last: date) -> Iterator[date]:
    """The first days of an event up to `last`."""
    yield _date(event.start)
    for rule in event.rrules:
        until = min((last, *(_date(day) for day in rule.get("UNTIL", []))))
        count = min((MOST_REPETITIONS + 1, *(int(value) for value in rule.get("COUNT", []))))
        # With an end of its own a rule that no day fits is not searched up to the year 9999.
        text = f"{_rule_text(rule)};UNTIL={until:%Y%m%d}T235959"
        start = datetime.combine(event.start, time())
        for number, found in enumerate(islice(rrulestr(text, dtstart=start), count)):
            if number == MOST_REPETITIONS:
                raise ValueError(f"it repeats more than {MOST_REPETITIONS} times")
            yield found.date()


def _rule_text(rule: vRecur) -> str:
    """The rule without its end and count, which are judged apart."""
    if any(int(value) < 1 for value in rule.get("INTERVAL", [])):
        raise ValueError("it repeats every 0 years")
    return vRecur({key: value for key, value in rule.items() if key not in {"UNTIL", "COUNT"}}).to_ical().decode()


def _replaced(events: list[Event]) -> set[tuple[str, date]]:
    """The repetitions that an event of their own stands for."""
    moved = ((str(event.get("UID", "")), getattr(event.get("RECURRENCE-ID"), "dt", None)) for event in events)
    return {(uid, _date(day)) for uid, day in moved if isinstance(day, date)}


def _name(event: Event) -> str:
    summary: Any = event.get("SUMMARY", "")
    return str(summary[0] if isinstance(summary, list) and summary else summary).strip()


def _date(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
