"""Try a calendar: when a budget is used up, how much of a stretch of time counts, and the ledger that shows why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import pandas as pd
import streamlit as st

from pages.policies.fields import UNITS
from pages.policies.week import NAMES
from pages.shared import access, dates, formats, session
from pages.shared.cards import card
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.business_time import BusinessTime
from workflow.calendar_errors import NoOpeningError

FROM, TO, AMOUNT, UNIT = (f"policies_try_{name}" for name in ("from", "to", "amount", "unit"))
MOST_ROWS = 60
LONGEST = timedelta(days=3_660)
_SECONDS = {"minutes": 60, "hours": 3_600, "days": 86_400}


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What was asked."""

    from_at: datetime
    to_at: datetime
    budget: timedelta


def try_card(clock: BusinessTime) -> None:
    """Draw it."""
    zone = access.zone()
    with card(_("Try it"), _("times in {zone}").format(zone=zone), key="policies_try", defined_by=("Business time",)):
        trial = _trial(zone)
        if trial is None:
            st.caption(_("Give all of the four."))
            return
        deadline = _deadline(clock, trial, zone)
        elapsed = clock.elapsed(trial.from_at, trial.to_at)
        left, right = st.columns(2, gap="small")
        left.metric(_("The budget is used up"), deadline)
        right.metric(_("Open time from beginning to end"), _length(elapsed))
        _ledger(clock, trial, zone)


def _trial(zone: str) -> Trial | None:
    there = formats.local(access.now(), zone).replace(tzinfo=None, second=0, microsecond=0)
    grid = st.grid(2, min_column_width=150, gap="small")
    for key, usual in ((FROM, there), (TO, there + timedelta(days=7)), (AMOUNT, 8), (UNIT, "hours")):
        session.remember(key, session.recall(key) or usual)
    with grid.cell():
        from_at = st.datetime_input(_("From"), key=FROM, format="YYYY-MM-DD")
    with grid.cell():
        to_at = st.datetime_input(_("To"), key=TO, format="YYYY-MM-DD")
    with grid.cell():
        amount = st.number_input(_("Budget"), min_value=1, max_value=100_000, key=AMOUNT)
    with grid.cell():
        unit = st.selectbox(_("Unit"), list(_SECONDS), format_func=UNITS.__getitem__, key=UNIT)
    if from_at is None or to_at is None or amount is None or unit is None:
        return None
    return Trial(
        from_at=dates.instant_of(from_at, zone),
        to_at=min(dates.instant_of(to_at, zone), dates.instant_of(from_at, zone) + LONGEST),
        budget=timedelta(seconds=_SECONDS[unit] * amount),
    )


def _deadline(clock: BusinessTime, trial: Trial, zone: str) -> str:
    try:
        return formats.instant(clock.deadline(trial.from_at, trial.budget), zone)
    except NoOpeningError:
        return _("never")


def _ledger(clock: BusinessTime, trial: Trial, zone: str) -> None:
    found = list(islice(clock.open_stretches(trial.from_at, trial.to_at), MOST_ROWS + 1))
    rows = found[:MOST_ROWS]
    table = pd.DataFrame(
        {
            _("From"): [formats.short_instant(row.from_at, zone) for row in rows],
            _("To"): [formats.short_instant(row.to_at, zone) for row in rows],
            _("Why"): [plain(" · ".join(part for part in (NAMES[row.reason], row.name) if part)) for row in rows],
            _("Counts"): [_length(row.to_at - row.from_at) if row.is_open else formats.NO_DATA for row in rows],
            _("Version"): [str(row.version) for row in rows],
        }
    )
    with st.expander(_("Why: every stretch of it")):
        if len(found) > MOST_ROWS:
            st.caption(_("The first {count} stretches.").format(count=MOST_ROWS))
        st.table(table, border="horizontal", hide_index=True, alt=_("Open and closed stretches"))


def _length(length: timedelta) -> str:
    """Hours and minutes; days say little of open time."""
    minutes = int(length.total_seconds()) // 60
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
