"""Calendars as JSON: the desk's own document, which keeps everything, and how any such document is read.

Every fault becomes one sentence: what, where, what to do. Zammad's shape is in `zammad_calendars`.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias, cast

from workflow.calendar_errors import CalendarInvalidError
from workflow.calendars import WEEKDAYS, Break, Calendar, ExtraDay, Holiday, Window, Windows

Document: TypeAlias = dict[str, Any]
_KEYS = ("id", "name", "time_zone", "is_always_open", "weekly", "holidays", "extra_days", "breaks")


class DocumentReader:
    """Reads the parts of a document and collects `faults` instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def fault(self, sentence: str) -> None:
        """Remember what is wrong."""
        self.faults.append(sentence)

    def table(self, value: object, where: str, known: tuple[str, ...] = ()) -> Mapping[str, Any]:
        """A JSON object, empty where it is none; keys outside of `known` (if given) are faults."""
        if not isinstance(value, dict):
            self.fault(f"{where} is no JSON object: write names and values in braces.")
            return {}
        found = cast("Document", value)
        for key in found:
            if known and key not in known:
                self.fault(f"{where} has the unknown key {key!r}: use {', '.join(known)}.")
        return found

    def rows(self, value: object, where: str) -> list[Any]:
        """A JSON list, empty where it is none."""
        if isinstance(value, list):
            return cast("list[Any]", value)
        self.fault(f"{where} is no list: write its values in brackets.")
        return []

    def text(self, value: object, where: str) -> str:
        """A text, empty where it is none."""
        if isinstance(value, str):
            return value
        self.fault(f"{where} is no text: write it in quotes.")
        return ""

    def flag(self, value: object, where: str) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            self.fault(f"{where} is neither true nor false: write one of them, without quotes.")
        return value is True

    def day(self, value: object, where: str) -> date | None:
        """A date such as 2026-12-25."""
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if day is None or str(day) != value:
            self.fault(f"{where}: {value!r} is no date: write year, month and day such as 2026-12-25.")
            return None
        return day

    def window(self, value: object, where: str) -> Iterator[Window]:
        """The window of two texts, or nothing."""
        pair = cast("list[object]", value) if isinstance(value, list) else []
        if len(pair) != 2 or not all(isinstance(text, str) for text in pair):  # noqa: PLR2004 - opening and closing
            self.fault(f'{where} is no window: write opening and closing such as ["09:00", "18:00"].')
            return
        try:
            yield Window.between(*cast("list[str]", pair))
        except ValueError as error:
            self.fault(f"{where}: {error}")

    def windows(self, value: object, where: str) -> Windows:
        """The windows of a list of pairs."""
        rows = enumerate(self.rows(value, where), 1)
        return tuple(window for number, row in rows for window in self.window(row, f"{where}, window {number}"))

    def finish(self, name: str, fields: Mapping[str, Any]) -> Calendar:
        """The calendar of `fields`; `CalendarInvalidError` with every fault, also those of the calendar itself."""
        try:
            calendar = Calendar(**fields)
        except CalendarInvalidError as error:
            raise CalendarInvalidError(name=name, faults=(*self.faults, *error.faults)) from error
        if self.faults:
            raise CalendarInvalidError(name=name, faults=self.faults)
        return calendar


def parsed(text: str, name: str) -> object:
    """The JSON value of a text; `CalendarInvalidError` if it is none."""
    try:
        return json.loads(text, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        raise CalendarInvalidError(name=name, faults=[f"It is no JSON ({error}): export it again."]) from error


def document_of(calendar: Calendar) -> Document:
    """The desk's own document of a calendar, JSON values only; `read_document` gives the same calendar back."""
    return {
        "id": calendar.id,
        "name": calendar.name,
        "time_zone": calendar.time_zone,
        "is_always_open": calendar.is_always_open,
        "weekly": {day: _pairs(windows) for day, windows in zip(WEEKDAYS, calendar.weekly, strict=True)},
        "holidays": {str(day.on): day.name for day in calendar.holidays},
        "extra_days": {str(day.on): _extra_document(day) for day in calendar.extra_days},
        "breaks": [{"on": str(b.on), "window": list(b.window.texts), "name": b.name} for b in calendar.breaks],
    }


def document_text(calendar: Calendar) -> str:
    """The document as JSON text with sorted keys."""
    return json.dumps(document_of(calendar), ensure_ascii=False, sort_keys=True)


def read_document(text: str) -> Calendar:
    """The calendar of a JSON text in the desk's own shape; `CalendarInvalidError` names every fault."""
    reader = DocumentReader()
    given = reader.table(parsed(text, ""), "The document", _KEYS)
    name = str(given.get("name", ""))
    weekly = reader.table(given.get("weekly", {}), "weekly", WEEKDAYS)
    holidays = reader.table(given.get("holidays", {}), "holidays")
    extra_days = reader.table(given.get("extra_days", {}), "extra_days")
    breaks = enumerate(reader.rows(given.get("breaks", []), "breaks"), 1)
    fields = {
        "id": reader.text(given.get("id", ""), "id"),
        "name": reader.text(given.get("name", ""), "name"),
        "time_zone": reader.text(given.get("time_zone", "UTC"), "time_zone"),
        "is_always_open": reader.flag(given.get("is_always_open", False), "is_always_open"),
        "weekly": tuple(reader.windows(weekly.get(day, []), f"weekly {day}") for day in WEEKDAYS),
        "holidays": tuple(
            Holiday(on=on, name=reader.text(title, f"holidays {key}"))
            for key, title in holidays.items()
            if (on := reader.day(key, "holidays"))
        ),
        "extra_days": tuple(day for key, row in extra_days.items() for day in _extra_day(reader, key, row)),
        "breaks": tuple(found for number, row in breaks for found in _break(reader, row, f"break {number}")),
    }
    return reader.finish(name, fields)


def _pairs(windows: Windows) -> list[list[str]]:
    return [list(window.texts) for window in windows]


def _extra_document(day: ExtraDay) -> Document:
    hours = {"windows": _pairs(day.windows)} if day.like is None else {"like": WEEKDAYS[day.like]}
    return {**hours, "name": day.name}


def _extra_day(reader: DocumentReader, key: str, row: object) -> Iterator[ExtraDay]:
    where = f"extra_days {key}"
    on, given = reader.day(key, "extra_days"), reader.table(row, where, ("windows", "like", "name"))
    like = given.get("like")
    if like is not None and like not in WEEKDAYS:
        reader.fault(f"{where} follows the unknown weekday {like!r}: use {', '.join(WEEKDAYS)}.")
        like = WEEKDAYS[0]
    windows = reader.windows(given.get("windows", []), where)
    name = reader.text(given.get("name", ""), f"{where}, name")
    if on is not None:
        yield ExtraDay(on=on, windows=windows, like=None if like is None else WEEKDAYS.index(like), name=name)


def _break(reader: DocumentReader, row: object, where: str) -> Iterator[Break]:
    given = reader.table(row, where, ("on", "window", "name"))
    on, name = reader.day(given.get("on"), where), reader.text(given.get("name", ""), f"{where}, name")
    for window in reader.window(given.get("window"), where):
        if on is not None:
            yield Break(on=on, window=window, name=name)


def _without_doubles(pairs: list[tuple[str, Any]]) -> Document:
    """A JSON object; a name that stands twice would silently lose the first value."""
    found: Document = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key!r} stands twice in one object")
        found[key] = value
    return found
