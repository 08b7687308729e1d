"""Whether the clocks that policies name get to the end of their budgets: what is never due is a fault."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from workflow.business_time import BusinessTime
from workflow.calendars import Calendar
from workflow.service.policies import PolicyVersion, ServicePolicy, Target

YEARS = 20
_REACH = timedelta(days=365 * YEARS)


def unreached(policies: Iterable[ServicePolicy], calendars: Sequence[Calendar], since: datetime) -> Iterator[str]:
    """One sentence for each target whose calendar is not open long enough within 20 years from `since` on."""
    names = {calendar.id: calendar.name for calendar in calendars}
    open_times = {calendar.id: _open_time(calendar, since) for calendar in calendars}
    for policy, target, needed in _beyond(policies, open_times):
        name = names.get(target.calendar_id, "of the marketplace")
        yield (
            f"Policy {policy.id}, {target.kind}: calendar {name} is not open for {needed} within {YEARS} "
            f"years: give the calendar more opening hours or the target a smaller budget."
        )


def unreached_by_promises(versions: Iterable[PolicyVersion], calendar: Calendar, since: datetime) -> Iterator[str]:
    """The same for a calendar that shall change: one sentence for each target that any of `versions` has on it.

    A target keeps the version that it began with, and targets are judged anew for ever: an old version needs its clock.
    """
    open_times = {calendar.id: _open_time(calendar, since)}
    for version in versions:
        for policy, target, needed in _beyond(version.policies, open_times):
            if target.calendar_id == calendar.id:
                yield (
                    f"Version {version.version} of the policies, policy {policy.id}, {target.kind}: calendar "
                    f"{calendar.name} is not open for {needed} within {YEARS} years, and what was promised stays "
                    f"promised: give the calendar more opening hours."
                )


def _open_time(calendar: Calendar, since: datetime) -> timedelta:
    return BusinessTime.of(calendar).elapsed(since, since + _REACH)


def _beyond(
    policies: Iterable[ServicePolicy], open_times: Mapping[str, timedelta]
) -> Iterator[tuple[ServicePolicy, Target, timedelta]]:
    """The targets that need more time, warnings beyond the budget too, than their calendar is open; every hour else."""
    for policy in policies:
        for target in policy.targets:
            needed = target.budget * max((100, *(warning.percent for warning in target.warnings))) / 100
            if needed > open_times.get(target.calendar_id, _REACH):
                yield policy, target, needed
