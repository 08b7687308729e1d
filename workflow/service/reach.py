"""Whether the clocks that policies name get to the end of their budgets: what is never due is a fault."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from workflow.business_time import BusinessTime
from workflow.calendars import Calendar
from workflow.service.policies import ServicePolicy

YEARS = 20
_REACH = timedelta(days=365 * YEARS)


def unreached(policies: Iterable[ServicePolicy], calendars: Sequence[Calendar], since: datetime) -> Iterator[str]:
    """One sentence for each target whose calendar is not open long enough within 20 years from `since` on."""
    names = {calendar.id: calendar.name for calendar in calendars}
    open_times = {c.id: BusinessTime.of(c).elapsed(since, since + _REACH) for c in calendars}
    for policy in policies:
        for target in policy.targets:
            needed = target.budget * max((100, *(warning.percent for warning in target.warnings))) / 100
            if needed > open_times.get(target.calendar_id, _REACH):
                name = names.get(target.calendar_id, "of the marketplace")
                yield (
                    f"Policy {policy.id}, {target.kind}: calendar {name} is not open for {needed} within {YEARS} "
                    f"years: give the calendar more opening hours or the target a smaller budget."
                )
