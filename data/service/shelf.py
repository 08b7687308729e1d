"""The service policies that a desk keeps: every version ever published. Nothing is edited, nothing is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data.business_time import BusinessColumns
from data.calendar_shelf import calendar_versions, publish_calendar
from data.commits import run
from data.database import Database
from data.rows import json_text
from workflow.business_time import BusinessTime
from workflow.calendar_documents import read_document
from workflow.calendars import Calendar
from workflow.ids import new_ids
from workflow.service.documents import policies_document, policies_text, read_policies
from workflow.service.errors import PolicyInvalidError, PolicyPastError
from workflow.service.policies import PolicyVersion, ServiceBook, ServicePolicy
from workflow.service.reach import unreached

DEFAULTS = Path(__file__).parent / "defaults"
DESK = "marketdesk"  # who published what a new desk begins with
_new_id = new_ids()


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """The policies with the clocks that they name, for one ticket (`clocks`) and for columns (`columns`)."""

    book: ServiceBook
    clocks: dict[str, BusinessTime]
    columns: dict[str, BusinessColumns]

    @property
    def key(self) -> tuple[int, ...]:
        """Changes whenever a version was published: part of the key of what is cached."""
        calendars = (version.version for clock in self.clocks.values() for version in clock.versions)
        return (len(self.book.versions), sum(calendars))


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """A version with who published it, when and why."""

    version: PolicyVersion
    published_at: datetime
    published_by: str
    note: str


def rulebook(database: Database) -> Rulebook:
    """Every version of the policies and calendars of the desk."""
    calendars = calendar_versions(database)
    return Rulebook(
        book=ServiceBook(publication.version for publication in publications(database)),
        clocks={name: BusinessTime(versions) for name, versions in calendars.items()},
        columns={name: BusinessColumns(versions) for name, versions in calendars.items()},
    )


def publications(database: Database) -> tuple[Publication, ...]:
    """Every version of the policies by number, oldest first."""
    calendars = tuple(calendar_versions(database))
    return tuple(_publication(row, calendars) for row in database.read("service/policy_versions"))


def publish_policies(  # noqa: PLR0913 - who, when, why and from when on are told apart by name
    database: Database, policies: Sequence[ServicePolicy], *, valid_from: datetime, by: str, note: str, now: datetime
) -> PolicyVersion:
    """Keep `policies` as the next version, with an audit entry, both or neither; gives the version.

    They hold from `valid_from` (naive UTC) on. `PolicyPastError` where that has passed, except for the first version,
    which holds from the beginning of time; `PolicyInvalidError` where a clock names no calendar of the desk.
    """
    calendars = calendar_versions(database)
    checked = read_policies(policies_text(policies), calendars=tuple(calendars))
    refuse_unreached(checked, [versions[-1].calendar for versions in calendars.values()], valid_from)
    with database.writing() as cursor:
        known = run(cursor, "service/policy_versions")
        if known and valid_from < now:
            raise PolicyPastError(valid_from=valid_from, now=now)
        number = known[-1][0] + 1 if known else 1
        row = {
            "version": number,
            "valid_from": valid_from,
            "document": json_text(policies_document(checked)),
            "published_at": now,
            "published_by": by,
            "note": note,
        }
        run(cursor, "service/insert_policy_version", row)
        detail = {"version": number, "valid_from": valid_from.isoformat(), "note": note}
        entry = {"by_id": by, "action": "publish_policies", "subject": "service_policies", "detail": json_text(detail)}
        run(cursor, "store/insert_audit_entry", {"id": _new_id(now), "noted_at": now, **entry})
    return PolicyVersion(version=number, valid_from=valid_from, policies=checked)


def refuse_unreached(policies: Sequence[ServicePolicy], calendars: Sequence[Calendar], since: datetime) -> None:
    """Raise `PolicyInvalidError` where a target would never fall due: it would stop the judging of all."""
    faults = tuple(unreached(policies, calendars, since))
    if faults:
        raise PolicyInvalidError(faults=faults)


def seed_service_levels(database: Database, now: datetime) -> None:
    """Give a desk that has no policies those that it begins with, and the calendars that they name."""
    if database.read("service/policy_versions"):
        return
    known = calendar_versions(database)
    for file in sorted(DEFAULTS.glob("calendar_*.json")):
        calendar = read_document(file.read_text(encoding="utf-8"))
        if calendar.id not in known:
            publish_calendar(database, calendar, valid_from=now, by=DESK, note="Where the desk begins", now=now)
    text = (DEFAULTS / "policies.json").read_text(encoding="utf-8")
    policies = read_policies(text, calendars=tuple(calendar_versions(database)))
    publish_policies(database, policies, valid_from=now, by=DESK, note="Where the desk begins", now=now)


def _publication(row: tuple[Any, ...], calendars: Sequence[str]) -> Publication:
    version, valid_from, document, published_at, published_by, note = row
    policies = read_policies(document, calendars=calendars)
    return Publication(
        version=PolicyVersion(version=version, valid_from=valid_from, policies=policies),
        published_at=published_at,
        published_by=published_by,
        note=note,
    )
