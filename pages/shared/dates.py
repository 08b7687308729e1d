"""Days, weeks and months as the pages of figures name them, in the language of the screen."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton

from data.selection import Step
from pages.shared.formats import local
from pages.shared.texts import _, language

MOST_TICKS = 6
WEEKS_UP_TO = 300  # days
MONTHS_OF_YEAR = 12
EVERY_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
_LOCALES = {"en": "en_GB", "ru": "ru_RU", "zh": "zh_Hans_CN"}


def on(day: date) -> str:
    """A day with its year: `20 Nov 2026`."""
    return format_date(day, "d MMM y", locale=_LOCALES[language()])


def day_of(at: datetime, zone: str) -> str:
    """The day of a naive UTC instant on the desk's clock: `20 Nov 2026`."""
    return on(local(at, zone).date())


def instant_of(there: datetime, zone: str) -> datetime:
    """The naive UTC instant of a naive time on the clock of `zone`, as a field of a form gives it."""
    return there.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def cohort(first_day: date, step: Step) -> str:
    """What a day, week or month is called by its first day: `20 Nov 2026`, `week of 16 Nov 2026`, `Nov 2026`."""
    match step:
        case Step.DAY:
            return on(first_day)
        case Step.WEEK:
            return _("week of {day}").format(day=on(first_day))
        case Step.MONTH:
            return format_skeleton("yMMM", first_day, locale=_LOCALES[language()])


def start(at: datetime, step: Step, zone: str) -> datetime:
    """When the day, week or month that holds a naive UTC instant began on the desk's clock, as naive UTC again."""
    midnight = local(at, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    match step:
        case Step.DAY:
            first = midnight
        case Step.WEEK:
            first = midnight - timedelta(days=midnight.weekday())
        case Step.MONTH:
            first = midnight.replace(day=1)
    return first.astimezone(UTC).replace(tzinfo=None)


def ticks(days: Sequence[date]) -> Mapping[date, str]:
    """At most six days to name on an axis that holds `days`: each day, Mondays, or the first of months."""
    if not days:
        return {}
    first, last = min(days), max(days)
    length = (last - first).days
    if length < MOST_TICKS:
        return {day: _short(day) for day in (first + timedelta(days=count) for count in range(length + 1))}
    if length <= WEEKS_UP_TO:
        monday = first + timedelta(days=-first.weekday() % 7)
        mondays = [monday + timedelta(weeks=count) for count in range((last - monday).days // 7 + 1)]
        return {day: _short(day) for day in mondays[:: -(-len(mondays) // MOST_TICKS)]}
    return _months(first, last)


def _months(first: date, last: date) -> Mapping[date, str]:
    """The first of every third, sixth, ... month between two days, named as a month, or as a year if all are."""
    numbers = range(first.year * 12 + first.month, last.year * 12 + last.month)  # of the months after the first one
    every = next(count for count in EVERY_MONTHS if len(numbers) // count < MOST_TICKS)
    starts = [date(number // 12, number % 12 + 1, 1) for number in numbers if number % every == 0]
    skeleton = "y" if every >= MONTHS_OF_YEAR else "yMMM"
    return {day: format_skeleton(skeleton, day, locale=_LOCALES[language()]) for day in starts}


def _short(day: date) -> str:
    return format_skeleton("MMMd", day, locale=_LOCALES[language()])


def each(step: Step) -> str:
    """What a figure over time is cut by: `by day`."""
    return {Step.DAY: _("by day"), Step.WEEK: _("by week"), Step.MONTH: _("by month")}[step]
