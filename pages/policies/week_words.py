"""A calendar's hours and days in words, and the hours that a person writes read back."""

from datetime import datetime, timedelta
from itertools import groupby

from pages.shared import formats
from pages.shared.dates import on
from pages.shared.texts import _
from workflow.business_time import BusinessTime
from workflow.calendars import Break, Calendar, ExtraDay, Holiday, Windows

WEEKDAY_NAMES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
LOOK_AHEAD = timedelta(days=400)


def hours(windows: Windows) -> str:
    """`09:00-13:00, 14:00-18:00`, or closed."""
    return ", ".join(map(str, windows)) or _("closed")


def week(calendar: Calendar) -> str:
    """A week's hours, neighbours alike together: `Monday to Friday 09:00-18:00; Saturday, Sunday closed`."""
    if calendar.is_always_open:
        return _("open 24/7")
    said: list[str] = []
    for windows, group in groupby(zip(WEEKDAY_NAMES, calendar.weekly, strict=True), key=lambda day: day[1]):
        days = [name for name, _windows in group]
        span = _("{first} to {last}") if len(days) > 2 else ", ".join(days)  # noqa: PLR2004 - two need no "to"
        said.append(f"{span.format(first=days[0], last=days[-1])} {hours(windows)}")
    return "; ".join(said)


def written(pairs: list[list[str]]) -> str:
    """The windows of a document as a person writes them."""
    return ", ".join("-".join(pair) for pair in pairs)


def read(text: str) -> list[list[str]]:
    """What a person wrote, as the windows of a document; what makes no sense is kept for the reader to refuse."""
    parts = [part.strip() for part in text.replace("\N{EN DASH}", "-").replace(";", ",").split(",")]
    return [[edge.strip() for edge in part.split("-")] for part in parts if part]


def day(special: Holiday | ExtraDay | Break) -> str:
    """A holiday, an extra working day or a break in one line."""
    match special:
        case Holiday():
            extra = ""
        case ExtraDay(like=None, windows=windows):
            extra = hours(windows)
        case ExtraDay(like=like):
            extra = _("like {day}").format(day=WEEKDAY_NAMES[like or 0])
        case Break(window=window):
            extra = str(window)
    return " · ".join(part for part in (on(special.on), extra, special.name) if part)


def state_at(clock: BusinessTime, at: datetime, zone: str) -> tuple[bool, str]:
    """Whether it is open at an instant, and a sentence with the next change."""
    openings = clock.openings(at, at + LOOK_AHEAD)
    first = next(openings, None)
    if first is None:
        return False, _("Closed, with no opening in sight")
    opens_at, closes_at = first
    if opens_at > at:
        return False, _("Closed now, opens {when}").format(when=_when(opens_at, at, zone))
    for begins, ends in openings:  # windows that touch are one
        if begins != closes_at:
            break
        closes_at = ends
        if closes_at - at > timedelta(days=8):
            break
    if closes_at >= at + LOOK_AHEAD or closes_at - at > timedelta(days=8):
        return True, _("Open now, never closes")
    return True, _("Open now, closes {when}").format(when=_when(closes_at, at, zone))


def _when(at: datetime, now: datetime, zone: str) -> str:
    there, here = formats.local(at, zone), formats.local(now, zone)
    clock = f"{there:%H:%M}"
    if there.date() == here.date():
        return clock
    return f"{formats.day(at, zone)} {clock}"
