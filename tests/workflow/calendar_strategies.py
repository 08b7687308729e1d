"""Made-up calendars, versions and instants for properties: nights, holidays, breaks and clock changes of all kinds."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from workflow.business_time import BusinessTime, CalendarVersion
from workflow.calendars import Break, Calendar, ExtraDay, Holiday, Window, always_open

# Changes at night, at midnight, of half an hour, of a whole day (Apia, 30 December 2011), back over midnight
# (St John's until 2011) and none at all.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Europe/Moscow",
)
FIRST, LAST = datetime(2010, 10, 1), datetime(2012, 4, 1)
DAYS = st.dates(FIRST.date(), LAST.date())
INSTANTS = st.datetimes(FIRST, LAST)
BUDGETS = st.one_of(st.just(timedelta()), st.timedeltas(timedelta(), timedelta(hours=40)))
PAUSES = st.lists(
    st.tuples(INSTANTS, st.timedeltas(timedelta(hours=-1), timedelta(days=9))).map(lambda p: (p[0], p[0] + p[1])),
    max_size=3,
)


def _windows_of(edges: list[int]) -> tuple[Window, ...]:
    return tuple(
        Window(opens_minute=opens, closes_minute=closes) for opens, closes in zip(edges[::2], edges[1::2], strict=False)
    )


DAY_WINDOWS = st.lists(st.integers(6 * 60, 24 * 60), max_size=6, unique=True).map(sorted).map(_windows_of)
NIGHTS = st.builds(Window, opens_minute=st.integers(0, 1439), closes_minute=st.integers(0, 1440))


@st.composite
def weeks(draw) -> tuple[tuple[Window, ...], ...]:
    """Windows from 06:00 on; on some days a night instead, which ends by 06:00 of the next."""
    week = [draw(DAY_WINDOWS) for _ in range(7)]
    for number in draw(st.sets(st.integers(0, 6), max_size=3)):
        opens, closes = draw(st.integers(361, 1439)), draw(st.integers(0, 360))
        week[number] = (Window(opens_minute=opens, closes_minute=closes),)
    return tuple(week)


@st.composite
def calendars(draw) -> Calendar:
    if draw(st.integers(0, 9)) == 0:
        return always_open()
    holidays = draw(st.sets(DAYS, max_size=6))
    extra = draw(st.sets(st.one_of(DAYS, st.sampled_from(sorted(holidays)) if holidays else DAYS), max_size=4))
    return Calendar(
        id="made",
        name="Made up",
        time_zone=draw(st.sampled_from(ZONES)),
        weekly=draw(weeks()),
        holidays=tuple(Holiday(on=day, name=f"Holiday {day}") for day in holidays),
        extra_days=tuple(draw(_extra(day)) for day in extra),
        breaks=tuple(Break(on=draw(DAYS), window=draw(NIGHTS)) for _ in range(draw(st.integers(0, 3)))),
    )


def _extra(day: date) -> st.SearchStrategy[ExtraDay]:
    own = st.builds(ExtraDay, on=st.just(day), windows=DAY_WINDOWS.filter(bool) | NIGHTS.map(lambda night: (night,)))
    return own | st.builds(ExtraDay, on=st.just(day), like=st.integers(0, 6))


@st.composite
def versions(draw) -> tuple[CalendarVersion, ...]:
    """One to three versions; a later number may hold from earlier on."""
    return tuple(
        CalendarVersion(version=number, valid_from=draw(INSTANTS), calendar=draw(calendars()))
        for number in range(1, draw(st.integers(1, 3)) + 1)
    )


TIMES = versions().map(BusinessTime)
