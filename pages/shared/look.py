"""What a page of figures looks at: its title row with the filters, and the selection of tickets that they make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.page_questions import PageQuestions
from data.selection import Selection, Step
from pages.shared import access, colours, dates, filters, formats, periods, session
from pages.shared.empty import empty_desk, empty_state
from pages.shared.names import category_names
from pages.shared.people import Person
from pages.shared.texts import _, counted, label
from workflow.tickets import Scope

Base = Literal["light", "dark"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Which tickets there are of the chosen categories, in whatever period."""

    tickets_count: int
    first_opened_at: datetime
    last_opened_at: datetime
    last_event_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """The tickets that a page shows figures of. Everything cached has `version`, `selection` and `base` in its key."""

    selection: Selection
    period: periods.Period
    is_usual: bool  # the address names no period
    category: str
    names: Mapping[str, str]  # of the categories that have tickets
    known: Known
    version: str  # of the desk: which file, its newest event, its newest policies
    base: Base
    as_of: date | None = None  # the past day as of whose end everything is said; None: now

    @property
    def palette(self) -> colours.Palette:
        """The colours of the base."""
        return colours.palette(self.base)

    @property
    def series(self) -> Mapping[str, str]:
        """The colour of each category, the same in every figure whatever is chosen."""
        hues = self.palette.series
        return {category: hues[place % len(hues)] for place, category in enumerate(self.names)}

    def called(self, categories: Iterable[str]) -> list[str]:
        """The names of categories; one that its tickets have left has only its slug."""
        return [self.names.get(category) or label({}, category) for category in categories]

    @property
    def step(self) -> Step:
        """How finely a figure over time is cut."""
        return self.period.step(self.known.last_event_at)

    @property
    def span(self) -> Selection:
        """The selection of a figure over time: from the beginning of a day, week or month to the last event."""
        until = min(self.period.until, self.known.last_event_at + timedelta(days=1))
        return replace(self.selection, since=dates.start(self.period.since, self.step, self.zone), until=until)

    @property
    def zone(self) -> str:
        """The desk's time zone."""
        return self.selection.time_zone


def questions() -> PageQuestions:
    """Who answers."""
    return PageQuestions(access.desk().database)


def title_row(page: str, title: str, person: Person) -> Look | None:
    """Draw title and filters; None where there is nothing to look at, which is drawn instead."""
    st.title(title, anchor=False)
    if access.is_empty():
        empty_desk()
        return None
    look = _look(person)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{page}_filters"):
        st.caption(_subtitle(look), width="stretch")
        filters.period_filter(page, look.period.slug)
        filters.as_of_filter(page, look.as_of, _yesterday(access.now(), look.zone))
        filters.category_filter(page, look.category, look.names)
    if look.known.last_opened_at < look.period.since or look.known.first_opened_at >= look.period.until:
        _nothing_in_period(page, look)
        return None
    return look


def widened(look: Look) -> Look:
    """The same period of every category, whichever is chosen."""
    categories = tuple(look.names)
    known = _known(look.version, replace(look.selection, categories=categories, since=None))
    return replace(
        look,
        selection=replace(look.selection, categories=()),
        period=periods.period(look.period.slug, look.period.until, known.first_opened_at),
        category="",
        known=known,
    )


def _look(person: Person) -> Look:
    """What the address asks for: 90 days, or everything where the newest ticket is old, unless it names a period."""
    version = f"{access.desk().database.path} {access.data_version()} {access.rules().key}"
    day, until = _horizon(access.zone())
    names = _names(version, person.scope)
    category = filters.choice("category", list(names), filters.EVERY_CATEGORY)
    categories = (category,) if category else tuple(names)
    known = _known(version, Selection(horizon_at=until, scope=person.scope, categories=categories))
    slug = filters.choice("period", periods.SLUGS, "")
    period = periods.period(slug or periods.usual_slug(known.last_opened_at, until), until, known.first_opened_at)
    selection = Selection(
        horizon_at=until,
        scope=person.scope,
        categories=(category,) if category else (),
        since=None if period.slug == periods.ALL else period.since,
        time_zone=access.zone(),
    )
    return Look(
        selection=selection,
        period=period,
        is_usual=not slug,
        category=category,
        names=names,
        known=known,
        version=version,
        base=colours.base(),
        as_of=day,
    )


def _horizon(zone: str) -> tuple[date | None, datetime]:
    """The past day that the address names with its end, naive UTC; else None and now."""
    day = filters.as_of(_yesterday(access.now(), zone))
    if day is None:
        return None, access.horizon_at()
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(days=1)
    return day, midnight.astimezone(UTC).replace(tzinfo=None)


def _yesterday(now: datetime, zone: str) -> date:
    """The last day that is over."""
    return formats.local(now, zone).date() - timedelta(days=1)


@session.cached
def _names(version: str, scope: Scope) -> Mapping[str, str]:  # noqa: ARG001 - the version is part of the key
    return category_names(questions().categories(scope))


@session.cached
def _known(version: str, selection: Selection) -> Known:  # noqa: ARG001
    row = questions().range_of_tickets(selection).iloc[0]
    return Known(
        tickets_count=int(row["tickets_count"]),
        first_opened_at=_instant(row["first_opened_at"]),
        last_opened_at=min(_instant(row["last_opened_at"]), selection.horizon_at),
        last_event_at=min(_instant(row["last_event_at"]), selection.horizon_at),
    )


def _instant(at: pd.Timestamp) -> datetime:
    return at.to_pydatetime()


def _subtitle(look: Look) -> str:
    said = _subtitle_of_period(look)
    return f"**{_('As of the end of {day}').format(day=dates.on(look.as_of))}** · {said}" if look.as_of else said


def _subtitle_of_period(look: Look) -> str:
    zone = look.zone
    first = dates.day_of(look.period.since, zone)
    if look.period.slug != periods.ALL:
        last = dates.day_of(look.period.until - timedelta(microseconds=1), zone)
        text = _("{first} to {last}, and the {count} days before · times in {zone}")
        return text.format(first=first, last=last, count=periods.DAYS[look.period.slug], zone=zone)
    last = dates.day_of(look.known.last_opened_at, zone)
    if look.is_usual:
        text = _(
            "No ticket was opened in the last 90 days, so this is the whole log: {first} to {last} · times in {zone}"
        )
    else:
        text = _("All tickets, opened {first} to {last} · times in {zone}")
    return text.format(first=first, last=last, zone=zone)


def _nothing_in_period(page: str, look: Look) -> None:
    zone = look.zone
    tickets = counted("{count} ticket", "{count} tickets", look.known.tickets_count)
    text = _("There are {tickets}, opened {first} to {last}.").format(
        tickets=tickets,
        first=dates.day_of(look.known.first_opened_at, zone),
        last=dates.day_of(look.known.last_opened_at, zone),
    )
    empty_state(_("No ticket was opened in this period"), text, icon=":material/calendar_month:", key=f"{page}_empty")
    with st.container(horizontal=True, horizontal_alignment="center"):
        st.button(
            _("Show everything"),
            key=f"{page}_show_everything",
            on_click=session.set_query,
            kwargs={"period": periods.ALL},
        )
