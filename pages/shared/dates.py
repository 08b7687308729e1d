"""Days, weeks and months as the pages of figures name them, in the language of the screen."""

from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date, format_skeleton

from data.selection import Step
from pages.shared.formats import local
from pages.shared.texts import _, language

_LOCALES = {"en": "en_GB", "ru": "ru_RU", "zh": "zh_Hans_CN"}


def on(day: date) -> str:
    """A day with its year: `20 Nov 2026`."""
    return format_date(day, "d MMM y", locale=_LOCALES[language()])


def day_of(at: datetime, zone: str) -> str:
    """The day of a naive UTC instant on the desk's clock: `20 Nov 2026`."""
    return on(local(at, zone).date())


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


def each(step: Step) -> str:
    """What a figure over time is cut by: `by day`."""
    return {Step.DAY: _("by day"), Step.WEEK: _("by week"), Step.MONTH: _("by month")}[step]
