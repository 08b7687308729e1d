"""How instants, durations, amounts and shares are written, in the language of the screen and the desk's time zone."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency

from pages.shared.texts import _, language
from workflow.records import Money

MINUTE, HOUR, DAY = 60, 3600, 86_400
YEAR_DAYS = 365
NO_DATA = "—"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:&])")
_ADDRESS = re.compile(r"(https?:(?=//)|www(?=\.)|(?<=[\w.+-])@(?=\w))", re.IGNORECASE)
_JOINER = "\u2060"  # seen by nobody, and no line is broken at it


def duration(seconds: float | None, *, parts: int = 2) -> str:
    """Two units at most: `14 min`, `3 h 12 min`, `2 d 4 h`, `21 d`. No data is a dash."""
    if seconds is None or seconds != seconds:  # noqa: PLR0124 - NaN is the one value unlike itself
        return NO_DATA
    rest = abs(int(seconds))
    if rest < MINUTE:
        return _("{count} s").format(count=rest)
    minutes = rest // MINUTE
    days, hours, minutes = minutes // (24 * 60), minutes // 60 % 24, minutes % 60
    if days >= 2 * YEAR_DAYS:
        return _("{count:.1f} years").format(count=days / YEAR_DAYS)
    units = ((days, _("{count} d")), (hours, _("{count} h")), (minutes, _("{count} min")))
    first = next(index for index, (count, _text) in enumerate(units) if count)
    keep = 1 if days >= 10 else parts  # noqa: PLR2004 - ten days on, hours say nothing
    return " ".join(text.format(count=count) for count, text in units[first : first + keep] if count)


def until(due_at: datetime, now: datetime) -> str:
    """How far off an instant is: `in 3 h 12 min`, or `20 min ago`."""
    seconds = (due_at - now).total_seconds()
    if seconds >= 0:
        return _("in {duration}").format(duration=duration(max(seconds, MINUTE)))
    return ago(due_at, now)


def ago(at: datetime, now: datetime) -> str:
    """How long ago an instant was: `just now`, `20 min ago`."""
    seconds = (now - at).total_seconds()
    if seconds < MINUTE:
        return _("just now")
    return _("{duration} ago").format(duration=duration(seconds, parts=1))


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(at: datetime, zone: str) -> datetime:
    """A naive UTC instant on the desk's clock."""
    return at.replace(tzinfo=UTC).astimezone(_zone(zone))


@lru_cache(maxsize=4096)
def instant(at: datetime, zone: str) -> str:
    """Day and minute: `20 Nov 2026, 14:02`."""
    there = local(at, zone)
    day = format_date(there, "d MMM y", locale=_locale())
    return f"{day}, {format_time(there, 'HH:mm', locale=_locale())}"


@lru_cache(maxsize=4096)
def short_instant(at: datetime, zone: str) -> str:
    """Day and minute without the year: `20 Nov 14:02`."""
    there = local(at, zone)
    return f"{format_date(there, 'd MMM', locale=_locale())} {format_time(there, 'HH:mm', locale=_locale())}"


@lru_cache(maxsize=4096)
def day(at: datetime, zone: str, *, has_year: bool = False) -> str:
    """A day: `Fri 20 Nov`, or `Fri 20 Nov 2026`."""
    return format_skeleton("yMMMEd" if has_year else "MMMEd", local(at, zone), locale=_locale())


def money(amount: Money | None) -> str:
    """An amount with its currency."""
    if amount is None:
        return NO_DATA
    return format_currency(amount.amount, amount.currency, format="#,##0.00\u00a0¤¤", locale=_locale())


def share(part: int, whole: int) -> str:
    """Part and whole together: `92.4 % (231 of 250)`. No whole is a dash."""
    if not whole:
        return NO_DATA
    return _("{percent:.1f} % ({part:,} of {whole:,})").format(percent=100 * part / whole, part=part, whole=whole)


def size(size_bytes: int) -> str:
    """A file's size."""
    kilobyte = 1024
    if size_bytes < kilobyte:
        return _("{count} B").format(count=size_bytes)
    if size_bytes < kilobyte**2:
        return _("{count:.0f} KB").format(count=size_bytes / kilobyte)
    return _("{count:.1f} MB").format(count=size_bytes / kilobyte**2)


def plain(text: str) -> str:
    """Text that a person typed, made safe for a label or sentence that Streamlit reads as Markdown.

    An address in it stays text: Markdown makes links of bare addresses (`https://`, `www.`, mail) after it has read the
    escapes, so an invisible sign parts them.
    """
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(rf"\1{_JOINER}", text.replace("\n", " ")))


def in_badge(text: str) -> str:
    """The same for `st.badge`, which escapes brackets itself."""
    return plain(text).replace("\\[", "[").replace("\\]", "]")


def _locale() -> str:
    return {"en": "en_GB", "ru": "ru_RU", "zh": "zh_Hans_CN"}[language()]
