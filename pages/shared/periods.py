"""The period that a page of figures looks at: its slug in the address and its edges.

Periods are half-open and end at the horizon. That is the minute that has begun, or just after the newest event where
this is later: everything cached within a minute is shared until something happens, no event is missed, and nothing is
overdue before it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.selection import Step
from pages.shared.texts import _

ALL = "all"
DAYS = {"7d": 7, "30d": 30, "90d": 90}
SLUGS = (*DAYS, ALL)
USUAL = "90d"
LABELS = {"7d": _("7 days"), "30d": _("30 days"), "90d": _("90 days"), ALL: _("All")}
RECENT = timedelta(days=90)
DAILY_UP_TO = timedelta(days=45)
WEEKLY_UP_TO = timedelta(days=1_200)


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """From `since` up to, but not including, `until`."""

    slug: str
    since: datetime
    until: datetime

    def step(self, last_at: datetime) -> Step:
        """How finely a figure over time is cut; `last_at` ends the period where nothing came after it."""
        length = min(self.until, last_at) - self.since
        if length <= DAILY_UP_TO:
            return Step.DAY
        return Step.WEEK if length <= WEEKLY_UP_TO else Step.MONTH


def horizon(now: datetime, newest_at: datetime | None) -> datetime:
    """The minute that has begun, or just after `newest_at` where this is later; never after `now`."""
    minute_at = now.replace(second=0, microsecond=0)
    return minute_at if newest_at is None else min(now, max(minute_at, newest_at + timedelta.resolution))


def usual_slug(last_opened_at: datetime | None, until: datetime) -> str:
    """What a page shows unless the address says otherwise: 90 days, or everything where nothing is recent."""
    return ALL if last_opened_at is not None and last_opened_at < until - RECENT else USUAL


def period(slug: str, until: datetime, first_opened_at: datetime | None) -> Period:
    """The period that `slug` names, up to `until`; everything begins with the first ticket."""
    if slug in DAYS:
        return Period(slug=slug, since=until - timedelta(days=DAYS[slug]), until=until)
    return Period(slug=ALL, since=first_opened_at or until, until=until)
