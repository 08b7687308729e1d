"""The period that a page of figures looks at: its slug in the address and its edges.

Periods are half-open and end at the horizon, which is the present moment brought up to the full minute, so that
everything cached within a minute is shared and no event of this minute is missed.
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


def horizon(now: datetime) -> datetime:
    """`now`, or the next full minute."""
    floor = now.replace(second=0, microsecond=0)
    return floor if floor == now else floor + timedelta(minutes=1)


def usual_slug(last_opened_at: datetime | None, until: datetime) -> str:
    """What a page shows unless the address says otherwise: 90 days, or everything where nothing is recent."""
    return ALL if last_opened_at is not None and last_opened_at < until - RECENT else USUAL


def period(slug: str, until: datetime, first_opened_at: datetime | None) -> Period:
    """The period that `slug` names, up to `until`; everything begins with the first ticket."""
    if slug in DAYS:
        return Period(slug=slug, since=until - timedelta(days=DAYS[slug]), until=until)
    return Period(slug=ALL, since=first_opened_at or until, until=until)
