"""Calendars in the shape that Zammad uses: `business_hours`, `public_holidays` and `timezone`.

Zammad knows neither nights over midnight nor extra days nor breaks: a night is split at midnight, which opens the same
instants; what has no place in its shape is named, never dropped in silence.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.calendar_documents import Document, DocumentReader, parsed
from workflow.calendars import DAY_MINUTES, WEEKDAYS, Calendar, Holiday, Window, Windows, clock_text

_HOURS, _HOLIDAYS, _ZONE = "business_hours", "public_holidays", "timezone"
# What Zammad's own export carries beside these, and the desk has no use for.
_PASSED_OVER = (
    "id",
    "note",
    "default",
    "ical_url",
    "last_log",
    "last_sync",
    "preferences",
    "created_by_id",
    "updated_by_id",
    "created_by",
    "updated_by",
    "created_at",
    "updated_at",
)
_KEYS = ("name", _ZONE, _HOURS, _HOLIDAYS)


@dataclass(frozen=True, kw_only=True, slots=True)
class ZammadExport:
    """A calendar in Zammad's shape, and a sentence for each thing of it that this shape cannot say."""

    document: Document
    left_out: tuple[str, ...]

    @property
    def text(self) -> str:
        """The document as JSON text."""
        return json.dumps(self.document, ensure_ascii=False, indent=2)


def read_zammad_calendar(text: str, *, calendar_id: str) -> Calendar:
    """The calendar of a JSON text in Zammad's shape; `CalendarInvalidError` names every fault.

    A weekday that is missing or not `active` is closed, a holiday that is not `active` is none.
    """
    reader = DocumentReader()
    given = reader.table(parsed(text, calendar_id), "The document")
    reader.table({key: value for key, value in given.items() if key not in _PASSED_OVER}, "The document", _KEYS)
    for key in (_ZONE, _HOURS):
        if key not in given:
            reader.fault(f"The document has no {key}: a calendar of Zammad needs it.")
    hours = reader.table(given.get(_HOURS, {}), _HOURS, WEEKDAYS)
    holidays = reader.table(given.get(_HOLIDAYS) or {}, _HOLIDAYS)
    name = reader.text(given.get("name", calendar_id), "name")
    fields = {
        "id": calendar_id,
        "name": name,
        "time_zone": reader.text(given.get(_ZONE, "UTC"), _ZONE),
        "weekly": tuple(_windows(reader, hours[day], f"{_HOURS} {day}") if day in hours else () for day in WEEKDAYS),
        "holidays": tuple(day for key, row in holidays.items() for day in _holiday(reader, key, row)),
    }
    return reader.finish(name, fields)


def zammad_calendar(calendar: Calendar) -> ZammadExport:
    """The calendar in Zammad's shape."""
    weekly = ((Window(opens_minute=0, closes_minute=DAY_MINUTES),),) * 7 if calendar.is_always_open else calendar.weekly
    frames = [_frames(weekly[number - 1], weekly[number]) for number in range(7)]
    extra = [f"Extra day {day.on}{_named(day.name)} has no place in Zammad's shape." for day in calendar.extra_days]
    breaks = [f"Break {b.on} {b.window}{_named(b.name)} has no place in Zammad's shape." for b in calendar.breaks]
    return ZammadExport(
        document={
            "name": calendar.name,
            _ZONE: calendar.time_zone,
            _HOURS: {
                day: {"active": bool(pairs), "timeframes": pairs} for day, pairs in zip(WEEKDAYS, frames, strict=True)
            },
            _HOLIDAYS: {str(day.on): {"active": True, "summary": day.name} for day in calendar.holidays},
        },
        left_out=(*extra, *breaks),
    )


def _windows(reader: DocumentReader, row: object, where: str) -> Windows:
    given = reader.table(row, where, ("active", "timeframes"))
    is_active = reader.flag(given.get("active", False), f"{where}, active")
    windows = reader.windows(given.get("timeframes", []), f"{where}, timeframes")
    return windows if is_active else ()


def _holiday(reader: DocumentReader, key: str, row: object) -> Iterator[Holiday]:
    where = f"{_HOLIDAYS} {key}"
    on, given = reader.day(key, _HOLIDAYS), reader.table(row, where, ("active", "summary", "feed"))
    is_active = reader.flag(given.get("active", True), f"{where}, active")
    summary = reader.text(given.get("summary", ""), f"{where}, summary")
    if on is not None and is_active:
        yield Holiday(on=on, name=summary)


def _frames(before: Windows, windows: Windows) -> list[list[str]]:
    """The windows of a day, each within it: the rest of the night first."""
    nights = [(0, window.end_minute - DAY_MINUTES) for window in before if window.end_minute > DAY_MINUTES]
    own = [(window.opens_minute, min(window.end_minute, DAY_MINUTES)) for window in windows]
    return [[clock_text(opens), clock_text(closes)] for opens, closes in sorted((*nights, *own))]


def _named(name: str) -> str:
    return f" ({name})" if name else ""
