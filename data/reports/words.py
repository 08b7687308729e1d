"""How a report writes figures: durations, shares with their base, instants in the desk's zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from data.reports.values import Share
from workflow.service.policies import TargetKind

NOTHING = "\N{EM DASH}"
NOT_REACHED = "not reached"
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KINDS = {
    TargetKind.FIRST_REPLY: "First reply",
    TargetKind.NEXT_REPLY: "Next reply",
    TargetKind.TIME_IN_STATE: "Time in state",
    TargetKind.REQUESTER_WAIT: "Buyer's wait",
    TargetKind.FULL_RESOLUTION: "Full resolution",
}


def kind_name(kind: TargetKind) -> str:
    """What a kind of target is called."""
    return _KINDS[kind]


def duration(seconds: float) -> str:
    """`2 d 4 h`, `35 min`, `12 s`: whole units, cut off, two at most."""
    whole = int(seconds)
    if whole < _UNITS[-1][1]:
        return f"{whole} s"
    place = next(place for place, (_name, size) in enumerate(_UNITS) if whole >= size)
    parts: list[str] = []
    for name, size in _UNITS[place : place + 2]:
        count, whole = divmod(whole, size)
        parts += [f"{count} {name}"] if count else []
    return " ".join(parts)


def reached(seconds: float | None) -> str:
    """A duration that may not be reached yet."""
    return NOT_REACHED if seconds is None else duration(seconds)


def number(value: float) -> str:
    """`1,234` or `55.3`."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def percent(value: float) -> str:
    """A share between 0 and 1: `92.4 %`."""
    return f"{100 * value:.1f} %"


def share(part: Share) -> str:
    """`92.4 % (231 of 250)`; a dash of nothing."""
    if part.value is None:
        return NOTHING
    return f"{percent(part.value)} ({part.part_count:,} of {part.whole_count:,})"


def interval(part: Share) -> str:
    """`88.4 to 95.1 %`; a dash of nothing."""
    edges = part.interval
    return f"{100 * edges[0]:.1f} to {100 * edges[1]:.1f} %" if edges else NOTHING


def counted(count: int, one: str, many: str) -> str:
    """`1 ticket`, `1,234 tickets`."""
    return f"{count:,} {one if count == 1 else many}"


def day(on: date) -> str:
    """`Mon 16 Nov 2026`, in English whatever the machine speaks."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def instant(at: datetime, time_zone: str) -> str:
    """`Mon 16 Nov 2026, 09:30` in a zone, from naive UTC."""
    there = at.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone))
    return f"{day(there.date())}, {there:%H:%M}"


def short_instant(at: datetime, time_zone: str) -> str:
    """`16 Nov 09:30`."""
    there = at.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone))
    return f"{there.day} {_MONTHS[there.month - 1]} {there:%H:%M}"
