"""What each person has chosen to be told, where and when; who has chosen nothing has the usual."""

import json
from collections.abc import Mapping
from datetime import datetime

from data.calendar_shelf import calendar_versions
from data.commits import run
from data.database import Database
from data.rows import json_text
from workflow.business_time import BusinessTime
from workflow.errors import DeskError
from workflow.notice_choices import AT_ONCE, Choices, sent_from
from workflow.notices import NoticeChannel, NoticeKind

_EVERYBODY = ""


class HoursUnknownError(DeskError):
    """Somebody's hours are to be a calendar that the desk does not have."""

    def __init__(self, *, calendar_id: str) -> None:
        self.calendar_id = calendar_id
        super().__init__(f"There is no calendar {calendar_id} on this desk: choose another one for your hours.")


def choices_of(database: Database, person_id: str) -> Choices:
    """What one person has chosen."""
    known = database.recall(("choices", person_id), lambda: _read(database, person_id), ("notice_choices",))
    return known.get(person_id, Choices())


def all_choices(database: Database) -> Mapping[str, Choices]:
    """What everybody has chosen who has, by person."""
    return _read(database, _EVERYBODY)


def save_choices(database: Database, person_id: str, choices: Choices, *, now: datetime) -> None:
    """Keep what a person has chosen, for what comes from now on. `HoursUnknownError` where their hours are none."""
    if choices.calendar_id != AT_ONCE and choices.calendar_id not in calendar_versions(database):
        raise HoursUnknownError(calendar_id=choices.calendar_id)
    channels = {kind.value: sorted(it.value for it in choices.channels.get(kind, ())) for kind in NoticeKind}
    row = {
        "person_id": person_id,
        "channels": json_text(channels),
        "calendar_id": choices.calendar_id,
        "chosen_at": now,
    }
    with database.writing() as cursor:
        run(cursor, "notices/save_choices", row)


def hours_by_calendar(database: Database) -> Mapping[str, BusinessTime]:
    """The service hours that a person may have, by the calendar's id."""
    return {name: BusinessTime(versions) for name, versions in calendar_versions(database).items()}


class QuietHours:
    """Everybody's choices and hours as they are now, read once: when something may leave the desk for a person."""

    def __init__(self, database: Database) -> None:
        self.choices = all_choices(database)
        self._hours = hours_by_calendar(database)

    def choices_of(self, person_id: str) -> Choices:
        """What a person has chosen."""
        return self.choices.get(person_id, Choices())

    def sent_from(self, person_id: str, at: datetime) -> datetime:
        """`at` within the person's hours, else their next opening; of somebody without a choice the usual hours."""
        return sent_from(at, self._hours.get(self.choices_of(person_id).calendar_id))


def _read(database: Database, person_id: str) -> dict[str, Choices]:
    return {
        person: Choices(channels=_channels(text), calendar_id=calendar_id)
        for person, text, calendar_id in database.read("notices/choices", {"person_id": person_id})
    }


def _channels(text: str) -> Mapping[NoticeKind, frozenset[NoticeChannel]]:
    """What was chosen, and the usual of kinds that came to the desk later."""
    chosen = {NoticeKind(kind): frozenset(map(NoticeChannel, wanted)) for kind, wanted in json.loads(text).items()}
    return {**Choices().channels, **chosen}
