"""The acts of this page: the one place where something is published, and where the role is asked for once more."""

from collections.abc import Callable
from datetime import datetime

from data.service.publishing import publish_calendar_on, publish_policies_on
from pages.policies import calendar_draft, draft
from pages.shared import access, session
from pages.shared.formats import instant
from pages.shared.people import DeskRole, acting
from pages.shared.texts import _
from workflow.calendars import Calendar
from workflow.service.policies import ServicePolicy

DONE = "policies_done"
Act = Callable[[datetime | None, str], None]  # from when on (None: now), and why


def publish_policies(policies: tuple[ServicePolicy, ...], base_version: int, at: datetime | None, note: str) -> None:
    """Publish the draft from `at` (naive UTC; None: now) on; what stands against it is raised."""
    person, now = acting(DeskRole.MANAGER), access.now()
    version = publish_policies_on(
        access.desk().database,
        policies,
        base_version=base_version,
        valid_from=at or now,
        by=person.id,
        note=note.strip(),
        now=now,
    )
    draft.discard()
    _done(_("Version {version} of the policies is published. It holds from {at} on."), version.version, at or now)


def publish_calendar(calendar: Calendar, base_version: int, at: datetime | None, note: str) -> None:
    """Publish a calendar in the same way."""
    person, now = acting(DeskRole.MANAGER), access.now()
    version = publish_calendar_on(
        access.desk().database,
        calendar,
        base_version=base_version,
        valid_from=at or now,
        by=person.id,
        note=note.strip(),
        now=now,
    )
    calendar_draft.discard()
    text = _("Version {version} of “{name}” is published. It holds from {at} on.")
    _done(text, version.version, at or now, calendar.name)


def _done(text: str, version: int, at: datetime, name: str = "") -> None:
    session.remember(DONE, text.format(version=version, at=instant(at, access.zone()), name=name))
