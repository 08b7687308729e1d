"""Business time of columns: the rules' own answers, row by row, and the published figures of a whole log."""

from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.business_time import BusinessColumns, epoch_microseconds
from tests.workflow.calendar_builders import FIVE_DAYS, at, calendar, version
from tests.workflow.calendar_strategies import BUDGETS, INSTANTS, versions
from workflow.business_time import CalendarVersion
from workflow.calendar_errors import BudgetNegativeError, NoOpeningError
from workflow.calendars import ExtraDay, Window, always_open, week

HELPDESK = Path(__file__).resolve().parents[2] / ".." / "shared" / "samples" / "helpdesk" / "helpdesk.csv.gz"
HOUR = 3_600_000_000
ALWAYS = [CalendarVersion(version=1, valid_from=at("2020-01-01"), calendar=always_open())]
NEVER = [version(1, at("2020-01-01"), weekly=((),) * 7)]
OFFICE = [version(1, at("2020-01-01"))]


def column(*texts: str) -> np.ndarray:
    return np.array([epoch_microseconds(at(text)) for text in texts])


def microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


@settings(deadline=None)
@given(versions(), st.lists(st.tuples(INSTANTS, INSTANTS), min_size=1, max_size=20))
def test_elapsed_columns_equal_the_rules(made, pairs):
    time = BusinessColumns(made)
    found = time.elapsed(*np.array([[epoch_microseconds(one) for one in pair] for pair in pairs]).T)
    assert found.tolist() == [microseconds(time.scalar.elapsed(*pair)) for pair in pairs]


@settings(deadline=None)
@given(versions(), st.lists(st.tuples(INSTANTS, BUDGETS), min_size=1, max_size=20))
def test_deadline_columns_equal_the_rules(made, rows):
    time = BusinessColumns(made)
    starts = np.array([epoch_microseconds(begins) for begins, _ in rows])
    budgets = np.array([microseconds(budget) for _, budget in rows])
    try:
        expected = [epoch_microseconds(time.scalar.deadline(*row)) for row in rows]
    except NoOpeningError:
        with pytest.raises(NoOpeningError):
            time.deadline(starts, budgets)
    else:
        assert time.deadline(starts, budgets).tolist() == expected


@settings(deadline=None)
@given(versions(), st.lists(INSTANTS, min_size=3, max_size=9))
def test_what_was_asked_before_changes_no_answer(made, instants):
    time = BusinessColumns(made)
    for begins, ends in pairwise(instants):
        one, other = epoch_microseconds(begins), epoch_microseconds(ends)
        assert time.elapsed(one, other).tolist() == BusinessColumns(made).elapsed(one, other).tolist()


def test_one_number_meets_a_whole_column():
    begins = column("2026-01-05 08:00", "2026-01-05 16:00", "2026-01-06 12:00")
    ends = epoch_microseconds(at("2026-01-06 10:00"))
    assert BusinessColumns(OFFICE).elapsed(begins, ends).tolist() == [9 * HOUR, 2 * HOUR, 0]
    assert BusinessColumns(OFFICE).deadline(begins, 8 * HOUR).tolist() == [
        *column("2026-01-05 17:00", "2026-01-06 16:00", "2026-01-07 12:00")
    ]


def test_no_rows_have_no_answers():
    time = BusinessColumns(OFFICE)
    assert (time.elapsed([], []).tolist(), time.deadline([], []).tolist()) == ([], [])


def test_a_clock_that_never_stops_subtracts_and_adds():
    time = BusinessColumns(ALWAYS)
    begins, ends = column("2026-01-03 00:00"), column("2026-01-04 12:00")
    assert time.elapsed(begins, ends).tolist() == [36 * HOUR]
    assert time.elapsed(ends, begins).tolist() == [0]
    assert time.deadline(begins, 36 * HOUR).tolist() == ends.tolist()


def test_a_deadline_after_the_end_of_time_is_an_error():
    with pytest.raises(NoOpeningError):
        BusinessColumns(ALWAYS).deadline(column("9999-12-31"), 25 * HOUR)


def test_a_row_without_a_deadline_is_named():
    with pytest.raises(NoOpeningError, match="Calendar Office is not open for 1:00:00 after 2026-01-05 09:00:00 UTC"):
        BusinessColumns(NEVER).deadline(column("2026-01-05 09:00"), HOUR)
    with pytest.raises(NoOpeningError, match="Calendar Office does not open after 2026-01-05 09:00:00 UTC"):
        BusinessColumns(NEVER).deadline(column("2026-01-05 09:00"), 0)


def test_an_opening_after_thirty_years_is_found():
    far = ExtraDay(on=at("2056-03-01").date(), windows=(Window.between("09:00", "10:00"),))
    time = BusinessColumns([version(1, at("2020-01-01"), weekly=((),) * 7, extra_days=(far,))])
    assert time.deadline(column("2026-01-05"), [0, HOUR]).tolist() == [*column("2056-03-01 09:00", "2056-03-01 10:00")]


def test_a_budget_below_zero_is_refused():
    with pytest.raises(BudgetNegativeError, match="A budget of -3600 s"):
        BusinessColumns(OFFICE).deadline(column("2026-01-05", "2026-01-06"), [0, -HOUR])


@pytest.mark.parametrize("made", [OFFICE, ALWAYS])
def test_a_missing_instant_is_refused(made):
    missing = pd.Series([pd.NaT, at("2026-01-05")]).astype("datetime64[us]").astype("int64")
    with pytest.raises(ValueError, match="holds a missing one"):
        BusinessColumns(made).elapsed(missing, missing)
    with pytest.raises(ValueError, match="holds a missing one"):
        BusinessColumns(made).deadline(missing, 0)


@pytest.mark.skipif(not HELPDESK.exists(), reason="The sample logs are not beside the project.")
def test_the_help_desk_log_has_its_published_business_time():
    log = pd.read_csv(HELPDESK, usecols=["Case ID", "Complete Timestamp"])
    moments = pd.to_datetime(log["Complete Timestamp"], format="%Y/%m/%d %H:%M:%S.%f").astype("datetime64[us]")
    cases = moments.astype("int64").groupby(log["Case ID"]).agg(["min", "max"])
    hours = week(**dict.fromkeys(FIVE_DAYS, (("09:00", "18:00"),)))
    time = BusinessColumns(
        [CalendarVersion(version=1, valid_from=datetime(2010, 1, 1), calendar=calendar(weekly=hours))]
    )
    found = time.elapsed(cases["min"], cases["max"])
    assert (len(found), np.median(found) / 1e6) == (4580, 914_842.0)
    assert round(Fraction(int(found.sum()), 4580 * 10**6), 1) == Fraction(9_533_428, 10)
