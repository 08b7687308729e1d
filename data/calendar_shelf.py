"""The business calendars that a desk keeps: every version ever published. Nothing is edited, nothing is deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data.commits import run
from data.database import Database
from data.rows import json_text
from workflow.business_time import CalendarVersion
from workflow.calendar_documents import document_of, read_document
from workflow.calendars import Calendar
from workflow.errors import DeskError
from workflow.ids import new_ids

_new_id = new_ids()


class CalendarPastError(DeskError):
    """A version would hold from an instant that has passed, and so change what was counted already."""

    def __init__(self, *, name: str, valid_from: datetime, now: datetime) -> None:
        self.name, self.valid_from = name, valid_from
        super().__init__(
            f"Calendar {name} cannot change from {valid_from:%Y-%m-%d %H:%M:%S} UTC on, which has passed: let the "
            f"change hold from {now:%Y-%m-%d %H:%M:%S} UTC or later."
        )


def calendar_versions(database: Database) -> Mapping[str, tuple[CalendarVersion, ...]]:
    """Every calendar's versions by number, by the calendar's id; for `BusinessTime` and `BusinessColumns`."""
    return _by_calendar(database.read("store/calendar_versions"))


def publish_calendar(  # noqa: PLR0913 - who, when, why and from when on are told apart by name
    database: Database, calendar: Calendar, *, valid_from: datetime, by: str, note: str, now: datetime
) -> CalendarVersion:
    """Keep `calendar` as the next version of its id, with an audit entry, both or neither; gives the version.

    It holds from `valid_from` (naive UTC) on, also instead of an older version that was to begin later. Raises
    `CalendarPastError` where that has passed, except for the first version, which holds from the beginning of time.
    """
    with database.writing() as cursor:
        known = _by_calendar(run(cursor, "store/calendar_versions")).get(calendar.id, ())
        if known and valid_from < now:
            raise CalendarPastError(name=calendar.name, valid_from=valid_from, now=now)
        number = known[-1].version + 1 if known else 1
        row = {
            "calendar_id": calendar.id,
            "version": number,
            "valid_from": valid_from,
            "document": json_text(document_of(calendar)),
            "published_at": now,
            "published_by": by,
            "note": note,
        }
        run(cursor, "store/insert_calendar_version", row)
        detail = {"version": number, "valid_from": valid_from.isoformat(), "note": note}
        entry = {"by_id": by, "action": "publish_calendar", "subject": calendar.id, "detail": json_text(detail)}
        run(cursor, "store/insert_audit_entry", {"id": _new_id(now), "noted_at": now, **entry})
    return CalendarVersion(version=number, valid_from=valid_from, calendar=calendar)


def _by_calendar(rows: list[tuple[Any, ...]]) -> Mapping[str, tuple[CalendarVersion, ...]]:
    found: dict[str, tuple[CalendarVersion, ...]] = {}
    for calendar_id, version, valid_from, document in rows:
        row = CalendarVersion(version=version, valid_from=valid_from, calendar=read_document(document))
        found[calendar_id] = (*found.get(calendar_id, ()), row)
    return found
