"""Local time and instants: where the edge of a window lies in real time (DECISIONS: Windows and clock changes).

Instants are naive UTC. Leaves windows to `calendars`.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# A day of room at both ends of what a datetime can hold, so that no zone's offset leaves it.
FIRST_DAY, LAST_DAY = date(1, 1, 3), date(9999, 12, 29)
BEGINNING, END = datetime.min, datetime.max  # noqa: DTZ901 - instants are naive UTC
_TICK = timedelta(microseconds=1)


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name such as `Europe/Berlin`, or None if there is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):  # a folder of zones, a path, an unknown name
        return None


@lru_cache(maxsize=2**16)
def first_instant(zone: ZoneInfo, local: datetime) -> datetime:
    """The first instant at which the wall clock of `zone` shows `local` or a later time.

    A time that a clock change skips is the instant of the change, one that comes twice is its first coming. So the
    order of local times is the order of instants, and days follow one another without gap or overlap.
    """
    early, late = _instant(zone, local, 0), _instant(zone, local, 1)
    return early if early <= late else _change_between(zone, late, early, local)


def local_day(zone: ZoneInfo, at: datetime) -> date:
    """A day of `zone` that begins at or before `at`: the date on the wall, between `FIRST_DAY` and `LAST_DAY`."""
    day = min(max(at.date(), FIRST_DAY), LAST_DAY)
    if day != at.date():
        return day
    return at.replace(tzinfo=UTC).astimezone(zone).date()


def _instant(zone: ZoneInfo, local: datetime, fold: int) -> datetime:
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(tzinfo=None)


def _change_between(zone: ZoneInfo, low: datetime, high: datetime, local: datetime) -> datetime:
    """The first instant after `low`, at most `high`, whose local time is not before `local`: by halving, exact."""
    while high - low > _TICK:
        middle = low + (high - low) // 2
        shown = middle.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        low, high = (middle, high) if shown < local else (low, middle)
    return high
