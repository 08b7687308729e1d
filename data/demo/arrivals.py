"""When buyers write: by hour and weekday of Moscow, more in the weeks of the sales. Draws instants, nothing else."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from math import exp, log
from random import Random
from statistics import NormalDist

DAYS = 120
_MOSCOW = timedelta(hours=3)  # no daylight saving since 2014
_HOUR = timedelta(hours=1)
# Share of a day's contacts by the hour of Moscow, evenings the most; and of a week's by weekday, Monday first.
_HOURS = (2, 1, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 8, 8, 8, 8, 9, 11, 13, 14, 13, 9, 5)
_WEEKDAYS = (1.35, 1.1, 1.05, 1.0, 1.0, 0.8, 0.9)
_MORNING, _NIGHT, _NIGHT_SHIFT = 8, 23, 0.5
_SALES = 1.8  # mid-November and the first days of January
_P90 = NormalDist().inv_cdf(0.9)


def contact_times(random: Random, count: int, now: datetime, days: int = DAYS) -> list[datetime]:
    """`count` instants of the last `days` before `now`, in order."""
    hours = [now - _HOUR * (index + 1) for index in range(days * 24)]
    summed = list(accumulate(_weight(hour) for hour in hours))
    found = random.choices(hours, cum_weights=summed, k=count)
    return sorted(hour + timedelta(seconds=random.randrange(1, 3600)) for hour in found)


def planted_times(now: datetime, minutes_ago: Sequence[int]) -> list[datetime]:
    """Instants that an agent is to meet at the top of the queue, whatever chance brings."""
    return [now - timedelta(minutes=minutes) for minutes in minutes_ago]


def log_normal(random: Random, median_hours: float, p90_hours: float) -> timedelta:
    """A duration of which half are below `median_hours` and nine of ten below `p90_hours`."""
    sigma = (log(p90_hours) - log(median_hours)) / _P90
    return timedelta(seconds=int(3600 * exp(random.gauss(log(median_hours), sigma))))


def working_hours(random: Random, instant: datetime) -> datetime:
    """`instant`, or now and then the morning after, where it falls into the night of Moscow."""
    local = instant + _MOSCOW
    if _MORNING <= local.hour < _NIGHT or random.random() < _NIGHT_SHIFT:
        return instant
    morning = local.replace(hour=_MORNING, minute=0, second=0) + timedelta(days=local.hour >= _NIGHT)
    return morning - _MOSCOW + timedelta(seconds=random.randrange(3 * 3600))


def _weight(instant: datetime) -> float:
    local = instant + _MOSCOW
    is_sale = (local.month == 11 and 10 <= local.day <= 20) or (local.month == 1 and local.day <= 11)  # noqa: PLR2004
    return _HOURS[local.hour] * _WEEKDAYS[local.weekday()] * (_SALES if is_sale else 1.0)
