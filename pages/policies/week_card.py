"""A calendar drawn: its week as a strip, its hours in words, and the days that are unlike the others."""

import streamlit as st

from pages.policies.week import week
from pages.policies.week_words import day
from pages.policies.week_words import week as hours_of_week
from pages.shared import access, colours, dates
from pages.shared.cards import card, draw
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.calendars import Break, Calendar, ExtraDay, Holiday


def week_card(calendar: Calendar, *, key: str) -> None:
    """Draw it."""
    subtitle = _("this week, on the clock of {zone}").format(zone=calendar.time_zone)
    with card(plain(calendar.name), subtitle, key=key, defined_by=("Business time",)):
        now, base = access.now(), colours.base()
        described_as = _("When the calendar is open this week: {hours}").format(hours=hours_of_week(calendar))
        draw(lambda: week(calendar, now, colours.palette(base)), key=f"{key}_figure", described_as=plain(described_as))
        st.caption(plain(hours_of_week(calendar)))
        _days(_("Holidays"), calendar.holidays)
        _days(_("Extra working days"), calendar.extra_days)
        _days(_("Breaks"), calendar.breaks)


def _days(what: str, days: tuple[Holiday, ...] | tuple[ExtraDay, ...] | tuple[Break, ...]) -> None:
    """Those to come first; all of them in a list to unfold."""
    if not days:
        return
    today = access.now().date()
    ahead = [one for one in days if one.on >= today]
    next_one = _(", next {day}").format(day=dates.on(ahead[0].on)) if ahead else ""
    with st.expander(f"{what}: {len(days)}{next_one}"):
        st.markdown("\n".join(f"- {plain(day(one))}" for one in days))
