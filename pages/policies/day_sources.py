"""Where special days of a calendar's draft come from: a country, an iCal file, or a day of one's own."""

from collections.abc import Callable
from datetime import date

import streamlit as st
from babel import Locale

from data.holiday_sources import SpecialDays, countries, country_days
from data.ical_holidays import ical_days
from pages.policies import calendar_draft
from pages.policies.calendar_draft import FIELD, CalendarDraft
from pages.policies.known import calls
from pages.policies.week_words import read
from pages.shared import access, formats, session
from pages.shared.refusals import worded
from pages.shared.texts import _, counted, language
from workflow.calendars import ExtraDay, Holiday, Window
from workflow.errors import DeskError

COUNTRY, REGION, SINCE, UNTIL, FILE = (f"{FIELD}{name}" for name in ("country", "region", "since", "until", "ical"))
KIND, ON, NAME, HOURS = (f"{FIELD}day_{name}" for name in ("kind", "on", "name", "hours"))
SAID = f"{FIELD}said"
HOLIDAY, EXTRA, BREAK = "holiday", "extra", "break"
KINDS = {HOLIDAY: _("Holiday"), EXTRA: _("Extra working day"), BREAK: _("Break")}
LARGEST_MB = 1


def day_sources(draft: CalendarDraft) -> None:
    """Draw the three ways, folded, and what the last one brought."""
    for sentence in session.recall(SAID, ()):
        st.caption(formats.plain(sentence))
    with st.expander(_("Add the holidays of a country"), icon=":material/flag:"):
        _country()
    with st.expander(_("Add the holidays of an iCal file"), icon=":material/event:"):
        st.file_uploader(_("iCal file"), type=["ics"], key=FILE, max_upload_size=LARGEST_MB)
        st.caption(_("Days of this year and of the next two."))
        st.button(_("Add what the file says"), key="policies_calendar_ical", on_click=_take, args=(_from_file,))
    with st.expander(_("Add a day"), icon=":material/calendar_add_on:"):
        _own_day()
    if not draft.document["holidays"]:
        st.caption(_("No holiday yet: the calendar is open on every public holiday that falls on its weekdays."))


def _country() -> None:
    found, names = countries(), _territories()
    codes = sorted(found, key=lambda code: names.get(code, code))
    year = access.now().year
    grid = st.grid(4, min_column_width=150, gap="small")
    with grid.cell():
        country = st.selectbox(_("Country"), codes, index=None, format_func=calls(names), key=COUNTRY)
    with grid.cell():
        regions = ["", *found.get(country or "", ())]
        st.selectbox(_("Region"), regions, format_func=lambda name: name or _("The whole country"), key=REGION)
    with grid.cell():
        st.number_input(_("From the year"), 1970, 2100, year, key=SINCE)
    with grid.cell():
        st.number_input(_("To the year"), 1970, 2100, year + 1, key=UNTIL)
    st.button(
        _("Add these holidays"),
        key="policies_calendar_country",
        disabled=not country,
        on_click=_take,
        args=(_from_country,),
    )


def _own_day() -> None:
    kind = st.radio(_("Kind"), list(KINDS), format_func=KINDS.__getitem__, horizontal=True, key=KIND)
    grid = st.grid(3, min_column_width=170, gap="small")
    with grid.cell():
        st.date_input(_("Day"), key=ON, format="YYYY-MM-DD")
    with grid.cell():
        st.text_input(_("Name"), max_chars=80, key=NAME)
    if kind != HOLIDAY:
        with grid.cell():
            st.text_input(_("Hours"), key=HOURS, placeholder="09:00-13:00")
    st.button(_("Add this day"), key="policies_calendar_day", on_click=_take, args=(_own,))


def _take(bring: Callable[[], tuple[str, ...]]) -> None:
    """Bring days in; what stands against it is said where they would have been."""
    try:
        said = bring()
    except DeskError as error:
        session.remember(SAID, (worded(error),))
    except ValueError as error:
        session.remember(SAID, (str(error),))
    else:
        session.remember(SAID, said)


def _from_country() -> tuple[str, ...]:
    years = range(int(session.recall(SINCE)), int(session.recall(UNTIL)) + 1)
    found = country_days(session.recall(COUNTRY) or "", years, region=session.recall(REGION) or "", language=language())
    return _added(found)


def _from_file() -> tuple[str, ...]:
    upload = session.recall(FILE)
    if upload is None:
        return (_("Choose a file first."),)
    year = access.now().year
    return _added(ical_days(upload.getvalue(), range(year, year + 3), file_name=upload.name))


def _own() -> tuple[str, ...]:
    draft, on = calendar_draft.current(), session.recall(ON)
    if draft is None or not isinstance(on, date):
        return (_("Choose a day first."),)
    name, kind = (session.recall(NAME) or "").strip(), session.recall(KIND)
    if kind == HOLIDAY:
        return _added(SpecialDays(holidays=(Holiday(on=on, name=name),)))
    windows = [Window.between(*pair) for pair in read(session.recall(HOURS) or "") if len(pair) == len(("from", "to"))]
    if not windows:
        return (_("Write the hours such as 09:00-13:00."),)
    if kind == EXTRA:
        return _added(SpecialDays(extra_days=(ExtraDay(on=on, windows=tuple(windows), name=name),)))
    new = [{"on": str(on), "window": list(window.texts), "name": name} for window in windows]
    calendar_draft.change(breaks=[*draft.document["breaks"], *new])
    return (counted("{count} break was added.", "{count} breaks were added.", len(new)),)


def _added(found: SpecialDays) -> tuple[str, ...]:
    calendar_draft.add_days(found)
    holidays = counted("{count} holiday", "{count} holidays", len(found.holidays))
    extra = counted("{count} extra working day", "{count} extra working days", len(found.extra_days))
    return (_("Brought in: {holidays} and {extra}.").format(holidays=holidays, extra=extra), *found.left_out)


def _territories() -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(language().value).territories.items()}
