"""What stands behind each mark of the page: reads the words that the address holds, and lists it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import inf
from typing import TypeAlias
from zoneinfo import ZoneInfo

from data.selection import Figure, Selection, Step
from data.service.listed import Cohort, Narrowed, Outcome
from data.service.questions import Grouping
from data.tickets_listed import Narrowing
from pages.response_times import lists
from pages.response_times.words import FIGURES, GROUPINGS, OUTCOMES, WEEKDAYS, target_name
from pages.shared import behind, dates, filters, formats
from pages.shared.look import Look
from pages.shared.texts import _
from pages.shared.tickets_list import TicketsBehind, drawer
from workflow.service.policies import TargetKind

Reading: TypeAlias = Callable[..., TicketsBehind]
LATE = (Outcome.MISSED, Outcome.OVERDUE)
LAST_DAY = date(9000, 1, 1)  # a month after it is still a date


def open_list(look: Look) -> None:
    """Open the list that the address names; a name that says nothing is dropped."""
    words = behind.asked()
    if not words:
        return
    try:
        tickets = READINGS[words[0]](look, *words[1:])
    except (LookupError, TypeError, ValueError, OverflowError):
        behind.close_list()
        return
    drawer(tickets)


def _cell(look: Look, day: str, hour: str) -> TicketsBehind:
    day_of_week, hour_of_day = range(7)[int(day)], int(hour) % 24
    narrowing = Narrowing(figure=Figure.FIRST_REPLY, day_of_week=day_of_week, hour_of_day=hour_of_day)
    weekday = WEEKDAYS[day_of_week]
    title = _("Opened on {weekday} from {hour:02d}:00 to {hour:02d}:59").format(weekday=weekday, hour=hour_of_day)
    return lists.of_tickets(look, look.selection, narrowing, title)


def _lasted(look: Look, figure: str, low: str = "0", high: str = "inf", category: str = "") -> TicketsBehind:
    narrowing = Narrowing(figure=Figure(figure), from_seconds=_seconds(low), to_seconds=_seconds(high))
    selection = replace(look.selection, categories=(category,)) if category else look.selection
    title = FIGURES[Figure(figure)].name
    if narrowing.from_seconds and narrowing.to_seconds == inf:
        title = _("{figure} took {low} or longer").format(figure=title, low=formats.duration(narrowing.from_seconds))
    elif narrowing.from_seconds:
        low, high = formats.duration(narrowing.from_seconds), formats.duration(narrowing.to_seconds)
        title = _("{figure} took {low} to {high}").format(figure=title, low=low, high=high)
    return lists.of_tickets(look, selection, narrowing, title)


def _opened(look: Look, figure: str, day: str) -> TicketsBehind:
    narrowing = Narrowing(figure=Figure(figure))
    title = _("Opened: {period}").format(period=dates.cohort(_day(day).date(), look.step))
    return lists.of_tickets(look, _within(look, day), narrowing, title)


def _open(look: Look, low: str = "0", high: str = "inf", state: str = "") -> TicketsBehind:
    narrowing = Narrowing(from_seconds=_seconds(low), to_seconds=_seconds(high), is_open_only=True, state=state)
    selection = replace(look.selection, since=None)
    return lists.of_tickets(look, selection, narrowing, _("Open tickets"))


def _auto(look: Look) -> TicketsBehind:
    return lists.of_decisions(look)


def _due(look: Look, outcome: str, kind: str = "", grouping: str = "whole", *key: str) -> TicketsBehind:
    group = ":".join(key)
    outcomes = LATE if outcome == "late" else (Outcome(outcome),)
    is_running = outcome in {Outcome.RUNNING, Outcome.PAUSED, Outcome.OVERDUE}
    narrowed = Narrowed(
        cohort=Cohort.RUNNING if is_running else Cohort.DUE,
        kind=TargetKind(kind) if kind else None,
        outcomes=outcomes,
        grouping=Grouping(grouping),
        group_key=group,
    )
    title = f"{target_name(kind)}: {_('Missed') if outcome == 'late' else OUTCOMES[outcomes[0]]}"
    if Grouping(grouping) in GROUPINGS:
        title += f" · {lists.group_name(look, Grouping(grouping), group)}"
    return lists.of_targets(look, look.selection, narrowed, title)


def _due_in(look: Look, day: str, kind: str = "") -> TicketsBehind:
    narrowed = Narrowed(kind=TargetKind(kind) if kind else None, outcomes=LATE)
    period = dates.cohort(_day(day).date(), look.step)
    title = _("{target} missed, due: {period}").format(target=target_name(kind), period=period)
    return lists.of_targets(look, _within(look, day), narrowed, title)


def _wait(look: Look, kind: str, outcome: str, low: str, high: str, _after: str = "") -> TicketsBehind:
    narrowed = Narrowed(
        cohort=Cohort.STARTED,
        kind=TargetKind(kind),
        outcomes=(Outcome(outcome),) if outcome != Outcome.RUNNING else (Outcome.RUNNING, Outcome.PAUSED),
        from_seconds=_seconds(low),
        to_seconds=_seconds(high),
    )
    words = {"low": formats.duration(_seconds(low)), "high": formats.duration(_seconds(high))}
    title = _("{target}, {outcome}: {low} to {high}").format(
        target=target_name(kind), outcome=OUTCOMES[Outcome(outcome)].lower(), **words
    )
    return lists.of_targets(look, look.selection, narrowed, title)


def _late(look: Look, low: str, high: str, kind: str = "") -> TicketsBehind:
    late = _seconds(low), _seconds(high)
    span = {"low": formats.duration(late[0]), "high": formats.duration(late[1])}
    title = _("{target}: late by {low} to {high}").format(target=target_name(kind), **span)
    return lists.of_breaches(look, TargetKind(kind) if kind else None, late, title)


def _pauses(look: Look, grouping: str, *key: str) -> TicketsBehind:
    group = ":".join(key)
    narrowed = Narrowed(grouping=Grouping(grouping), group_key=group, has_excess=True)
    name = lists.group_name(look, Grouping(grouping), group)
    return lists.of_targets(look, look.selection, narrowed, _("Pauses that went on: {name}").format(name=name))


def _seconds(word: str) -> float:
    """A number of seconds, also infinitely many; `ValueError` for what is none."""
    seconds = float(word)
    if not seconds >= 0:
        raise ValueError(word)
    return seconds


def _day(word: str) -> datetime:
    """The beginning of a day that a log can hold; `ValueError` for any other."""
    day = datetime.fromisoformat(word)
    if not filters.FIRST_DAY <= day.date() < LAST_DAY:
        raise ValueError(word)
    return day


def _within(look: Look, day: str) -> Selection:
    """The day, week or month that begins on `day`, on the desk's clock."""
    first = _day(day).replace(tzinfo=ZoneInfo(look.zone))
    last = (
        first + {Step.DAY: timedelta(days=1), Step.WEEK: timedelta(weeks=1), Step.MONTH: timedelta(days=32)}[look.step]
    )
    if look.step is Step.MONTH:
        last = last.replace(day=1)
    since, until = (at.astimezone(UTC).replace(tzinfo=None) for at in (first, last))
    return replace(look.selection, since=since, until=min(until, look.selection.horizon_at))


READINGS: Mapping[str, Reading] = {
    "cell": _cell,
    "lasted": _lasted,
    "opened": _opened,
    "open": _open,
    "auto": _auto,
    "due": _due,
    "due_in": _due_in,
    "wait": _wait,
    "late": _late,
    "pauses": _pauses,
}
