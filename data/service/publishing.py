"""Publishing on what one has seen: refused where somebody else published meanwhile. Who may publish is the caller's."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.calendar_shelf import calendar_versions, publish_calendar
from data.commits import run
from data.database import Database
from data.service.shelf import publish_policies, rulebook
from workflow.business_time import CalendarVersion
from workflow.calendars import Calendar
from workflow.errors import DeskError
from workflow.service.errors import CalendarNeededError
from workflow.service.policies import PolicyVersion, ServicePolicy
from workflow.service.reach import unreached_by_promises

_POLICIES = "publish_policies"


class PublishedMeanwhileError(DeskError):
    """A draft was begun on a version that is no longer the newest one, so publishing it would undo another's work."""

    def __init__(self, *, what: str, base_version: int, newest_version: int) -> None:
        self.base_version, self.newest_version = base_version, newest_version
        super().__init__(
            f"{what} cannot be published: the draft began on version {base_version}, and version {newest_version} was "
            f"published meanwhile. Look at what it changed, then take it as the base of the draft or discard the draft."
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEntry:
    """Who published which version, when, and why. `calendar_id` is empty for the policies."""

    at: datetime
    by: str
    calendar_id: str
    version: int
    valid_from: datetime
    note: str


def publish_policies_on(  # noqa: PLR0913 - who, when, why and from when on are told apart by name
    database: Database,
    policies: Sequence[ServicePolicy],
    *,
    base_version: int,
    valid_from: datetime,
    by: str,
    note: str,
    now: datetime,
) -> PolicyVersion:
    """Publish policies that were drafted on `base_version` (0: on none).

    `PublishedMeanwhileError` where another one is the newest by now, and what `publish_policies` raises.
    """
    with database.writing() as cursor:
        newest = max((row[0] for row in run(cursor, "service/policy_versions")), default=0)
        if newest != base_version:
            raise PublishedMeanwhileError(what="The policies", base_version=base_version, newest_version=newest)
        return publish_policies(database, policies, valid_from=valid_from, by=by, note=note, now=now)


def publish_calendar_on(  # noqa: PLR0913 - as above
    database: Database,
    calendar: Calendar,
    *,
    base_version: int,
    valid_from: datetime,
    by: str,
    note: str,
    now: datetime,
) -> CalendarVersion:
    """Publish a calendar that was drafted on `base_version` (0: a new one); the same errors.

    `CalendarNeededError` where a target of any version of the policies would never fall due on it.
    """
    with database.writing():
        known = calendar_versions(database).get(calendar.id, ())
        newest = known[-1].version if known else 0
        if newest != base_version:
            raise PublishedMeanwhileError(
                what=f"Calendar {calendar.name}", base_version=base_version, newest_version=newest
            )
        faults = tuple(unreached_by_promises(rulebook(database).book.versions, calendar, valid_from))
        if faults:
            raise CalendarNeededError(name=calendar.name, faults=faults)
        return publish_calendar(database, calendar, valid_from=valid_from, by=by, note=note, now=now)


def audit_entries(database: Database) -> tuple[AuditEntry, ...]:
    """Everything that was ever published, the newest first."""
    return tuple(_entry(*row) for row in database.read("service/audit_entries"))


def _entry(at: datetime, by: str, action: str, subject: str, detail: str) -> AuditEntry:
    said = json.loads(detail)
    return AuditEntry(
        at=at,
        by=by,
        calendar_id="" if action == _POLICIES else subject,
        version=said["version"],
        valid_from=datetime.fromisoformat(said["valid_from"]),
        note=said["note"],
    )
