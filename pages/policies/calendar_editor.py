"""The editor of a calendar's draft: its zone, its hours by weekday, and the days that are unlike the others."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from pages.policies import calendar_draft, fields
from pages.policies.calendar_draft import FIELD, CalendarDraft
from pages.policies.day_sources import day_sources
from pages.policies.week_words import WEEKDAY_NAMES, read, written
from pages.shared import session
from pages.shared.cards import card
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.calendars import WEEKDAY_NAMES as ENGLISH
from workflow.calendars import WEEKDAYS
from workflow.zones import zone_named


def calendar_editor(draft: CalendarDraft, faults: Sequence[str]) -> None:
    """Draw it; each fault stands at what it is about."""
    title = plain(str(draft.document["name"]) or _("Calendar"))
    with card(title, _("calendar of the draft"), key="policies_calendar_editor", defined_by=()):
        placed = {day: tuple(fault for fault in faults if _is_about(fault, day)) for day in WEEKDAYS}
        said = {fault for found in placed.values() for fault in found}
        fields.wrong([fault for fault in faults if fault not in said])
        _head(draft)
        if not draft.document["is_always_open"]:
            _week(draft, placed)
            _special(draft)
            day_sources(draft)


def _head(draft: CalendarDraft) -> None:
    grid = st.grid(3, min_column_width=200, gap="small", vertical_alignment="bottom")
    with grid.cell():
        key = _put("name", draft.document["name"])
        st.text_input(_("Name"), max_chars=80, key=key, on_change=_take, args=("name",))
    with grid.cell():
        key = _put("time_zone", draft.document["time_zone"])
        st.selectbox(_("Time zone"), _zones(), key=key, on_change=_take, args=("time_zone",))
    with grid.cell():
        key = _put("is_always_open", draft.document["is_always_open"])
        st.toggle(_("Open 24/7"), key=key, on_change=_take, args=("is_always_open",))
    if not draft.base_version:
        key = _put("id", draft.document["id"])
        hint = _("What policies in JSON name it by; it never changes.")
        st.text_input(_("Short name"), max_chars=40, key=key, on_change=_take, args=("id",), help=hint)


def _week(draft: CalendarDraft, placed: Mapping[str, Sequence[str]]) -> None:
    hint = _("09:00-13:00, 14:00-18:00; a night is 22:00-06:00; empty is closed")
    st.markdown(f"**{_('Hours')}** &nbsp;:gray[:small[{hint}]]")
    grid = st.grid(4, min_column_width=190, gap="small")
    for day, name in zip(WEEKDAYS, WEEKDAY_NAMES, strict=True):
        with grid.cell():
            key = _put(day, written(draft.document["weekly"][day]))
            st.text_input(name, key=key, placeholder=_("closed"), on_change=_take_hours, args=(day,))
            fields.wrong(placed[day])
    label = _("Monday's hours for all working days")
    st.button(label, icon=":material/content_copy:", key="policies_calendar_copy", on_click=_copy_monday)


def _special(draft: CalendarDraft) -> None:
    """The dates as chips: what is taken off goes."""
    named: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
        ("holidays", _("Holidays"), str),
        ("extra_days", _("Extra working days"), _hours_of_extra),
    )
    for part, label, said in named:
        days: Mapping[str, Any] = draft.document[part]
        if days:
            names = {day: f"{day} {said(value)}".strip() for day, value in days.items()}
            key = _put(part, list(days))
            st.multiselect(
                label, list(days), format_func=names.__getitem__, key=key, on_change=_take_days, args=(part,)
            )
    breaks: Sequence[Mapping[str, Any]] = draft.document["breaks"]
    if breaks:
        names = {str(place): f"{one['on']} {'-'.join(one['window'])} {one['name']}" for place, one in enumerate(breaks)}
        key = _put("breaks", list(names))
        st.multiselect(_("Breaks"), list(names), format_func=names.__getitem__, key=key, on_change=_take_breaks)


def _hours_of_extra(value: Mapping[str, Any]) -> str:
    if "like" in value:
        hours = _("like {day}").format(day=WEEKDAY_NAMES[WEEKDAYS.index(value["like"])])
    else:
        hours = written(value["windows"])
    return f"{hours} {value['name']}"


def _is_about(fault: str, day: str) -> bool:
    return fault.startswith((f"weekly {day},", f"weekly {day} ", f"{ENGLISH[WEEKDAYS.index(day)]} "))


def _zones() -> list[str]:
    return sorted(name for name in available_timezones() if "/" in name or name == "UTC")


def _put(name: str, value: Any) -> str:  # noqa: ANN401 - what a widget holds
    if name == "time_zone" and zone_named(value) is None:
        value = "UTC"
    session.remember(f"{FIELD}{name}", value)
    return f"{FIELD}{name}"


def _take(name: str) -> None:
    calendar_draft.change(**{name: session.recall(f"{FIELD}{name}")})


def _take_hours(day: str) -> None:
    if draft := calendar_draft.current():
        calendar_draft.change(weekly={**draft.document["weekly"], day: read(session.recall(f"{FIELD}{day}") or "")})


def _copy_monday() -> None:
    if draft := calendar_draft.current():
        weekly = draft.document["weekly"]
        calendar_draft.change(weekly={**weekly, **dict.fromkeys(WEEKDAYS[:5], weekly[WEEKDAYS[0]])})


def _take_days(part: str) -> None:
    if draft := calendar_draft.current():
        kept = session.recall(f"{FIELD}{part}") or []
        calendar_draft.change(**{part: {day: value for day, value in draft.document[part].items() if day in kept}})


def _take_breaks() -> None:
    if draft := calendar_draft.current():
        kept = session.recall(f"{FIELD}breaks") or []
        calendar_draft.change(breaks=[one for place, one in enumerate(draft.document["breaks"]) if str(place) in kept])
