"""Holidays from an iCal file (RFC 5545): its all-day events, of several days or of every year.

Timed events, cancelled ones and other repetitions than yearly are left out and named. A file is bounded in bytes,
events, days, and the years in which its repetitions are searched, so that a hostile one costs next to nothing.
icalendar is loaded with the first file.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from dateutil.rrule import rrule, rrulestr

from data.holiday_sources import HolidaySourceError, SpecialDays, merged_holidays
from workflow.calendars import Holiday

if TYPE_CHECKING:
    from icalendar import Event, vRecur

MOST_BYTES, MOST_EVENTS, MOST_REPETITIONS = 2**20, 5_000, 500
MOST_YEARS_SEARCHED, MOST_DAYS = 5_000, 20_000  # of a file: a few seconds at worst, and more than any calendar needs
MOST_YEARS_BACK, MOST_VALUES = 300, 50  # of a repetition
_NEVER_AGAIN = 10_000  # years from one repetition to the next: there is no year after it
_DAY_PARTS = {"BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO"}
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
    replaced, years_count = _replaced(events), 0
    for number, event in enumerate(events, 1):
        where = f"event {number}"
        try:
            where = f"event {number} ({_name(event)})"
            if reason := _why_left_out(event):
                left_out.append(f"{file_name}, {where} was left out: {reason}.")
                continue
            years_count += sum(len(_searched(event, rule, years)) for rule in event.rrules)
            if years_count > MOST_YEARS_SEARCHED:
                break
            found += islice(_holidays(event, years, replaced), MOST_DAYS + 1 - len(found))
        except (ValueError, TypeError, AttributeError, OverflowError, LookupError) as error:
            reason = f"{where} is broken ({str(error).rstrip('.')}), so mend or export it again"
            raise HolidaySourceError(source=file_name, reason=reason) from error
    if years_count > MOST_YEARS_SEARCHED:
        reason = f"its events repeat over more than {MOST_YEARS_SEARCHED} years together, so shorten it"
        raise HolidaySourceError(source=file_name, reason=reason)
    if len(found) > MOST_DAYS:
        raise HolidaySourceError(source=file_name, reason=f"it has more than {MOST_DAYS} days, so shorten it")
    return SpecialDays(holidays=merged_holidays(found), left_out=tuple(left_out))


def _events(content: bytes, file_name: str) -> "list[Event]":
    from icalendar import Calendar, Event  # noqa: PLC0415

    try:
        found = Calendar.from_ical(content)
    except (ValueError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise HolidaySourceError(source=file_name, reason="it is no iCal file, so export it again") from error
    return [event for event in found.walk("VEVENT") if isinstance(event, Event)]


def _why_left_out(event: "Event") -> str:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "it is cancelled"
    if isinstance(event.start, datetime):
        return "it is not of whole days"
    for rule in event.rrules:
        if [str(value).upper() for value in rule.get("FREQ", [])] != ["YEARLY"] or rule.keys() - _RULE_PARTS:
            return "it does not repeat by the year"
    return ""


def _holidays(event: "Event", years: range, replaced: set[tuple[str, date]]) -> Iterator[Holiday]:
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    length = _length(event)
    name, uid = _name(event), str(event.get("UID", ""))
    is_exception = "RECURRENCE-ID" in event
    skipped = {_date(day) for day in event.exdates}
    for begins in {*_repetitions(event, years), *(_date(day) for day, _ in event.rdates)} - skipped:
        if not is_exception and (uid, begins) in replaced:
            continue
        since, until = max(begins, first), min(begins + timedelta(days=length - 1), last)
        for offset in range((until - since).days + 1):
            day = since + timedelta(days=offset)
            if day.year in years:
                yield Holiday(on=day, name=name)


def _length(event: "Event") -> int:
    """How many days it is long."""
    return max((_date(event.end) - _date(event.start)).days, 1)


def _repetitions(event: "Event", years: range) -> Iterator[date]:
    """The first days of an event up to the end of `years`; those that are over before may be left out."""
    yield _date(event.start)
    for rule in event.rrules:
        count = min((MOST_REPETITIONS + 1, *(int(value) for value in rule.get("COUNT", []))))
        for number, found in enumerate(islice(_begins(event, rule, years), count)):
            if number == MOST_REPETITIONS:
                raise ValueError(f"it repeats more than {MOST_REPETITIONS} times")
            yield found


def _begins(event: "Event", rule: "vRecur", years: range) -> Iterator[date]:
    """The days of a rule, year by year: a rule that no day fits would be searched up to the year 9999."""
    start = datetime.combine(event.start, time())
    until = min((date(years[-1], 12, 31), *(_date(day) for day in rule.get("UNTIL", []))))
    yearly: Any = rrulestr(_rule_text(rule, start), dtstart=start)
    if not isinstance(yearly, rrule):
        raise TypeError("its rule is more than one")
    for year in _searched(event, rule, years):
        begin = max(start, datetime(year, 1, 1))  # noqa: DTZ001 - days have no zone
        for found in yearly.replace(dtstart=begin, interval=_NEVER_AGAIN):
            if found.date() > until:
                return
            yield found.date()


def _searched(event: "Event", rule: "vRecur", years: range) -> range:
    """The years in which a rule may have days that matter: all of them where it is counted, else those near `years`."""
    start = _date(event.start)
    if start.year < years[0] - MOST_YEARS_BACK:
        raise ValueError(f"it has repeated for more than {MOST_YEARS_BACK} years")
    if sum(len(values) for values in rule.values()) > MOST_VALUES:
        raise ValueError(f"its rule has more than {MOST_VALUES} values")
    step = max((1, *(int(value) for value in rule.get("INTERVAL", []))))
    every = range(start.year, years[-1] + 1, step)
    needed = start.year if "COUNT" in rule else years[0] - _length(event) // 365 - 1
    return every[max(-(-(needed - start.year) // step), 0) :]


def _rule_text(rule: "vRecur", start: datetime) -> str:
    """The rule without its end and count, which are judged apart, and with the day that it has from its beginning."""
    if any(int(value) < 1 for value in rule.get("INTERVAL", [])):
        raise ValueError("it repeats every 0 years")
    parts = {key: value for key, value in rule.items() if key not in {"UNTIL", "COUNT", "INTERVAL"}}
    if not parts.keys() & _DAY_PARTS:
        parts = {"BYMONTH": [start.month], **parts, "BYMONTHDAY": [start.day]}
    return type(rule)(parts).to_ical().decode()


def _replaced(events: "list[Event]") -> set[tuple[str, date]]:
    """The repetitions that an event of their own stands for."""
    moved = ((str(event.get("UID", "")), getattr(event.get("RECURRENCE-ID"), "dt", None)) for event in events)
    return {(uid, _date(day)) for uid, day in moved if isinstance(day, date)}


def _name(event: "Event") -> str:
    summary: Any = event.get("SUMMARY", "")
    return str(summary[0] if isinstance(summary, list) and summary else summary).strip()


def _date(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
