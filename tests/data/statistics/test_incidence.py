"""Aalen-Johansen against statsmodels, against Kaplan-Meier where the cause is the only one, and in whole numbers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight

from data.statistics.incidence import aalen_johansen
from data.statistics.survival import kaplan_meier

SUBJECTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=60)
SHARES = st.sampled_from([0.1, 0.25, 0.5, 0.75, 1.0])


def curves_of(subjects, among=(1, 2, 3)):
    return aalen_johansen([time for time, _ in subjects], [cause for _, cause in subjects], among=among)


def assert_statsmodels_agrees(durations, causes):
    """statsmodels draws a step where something was censored, too; where nobody remains its error is 0 / 0. There ours
    goes on: the term that divides by 0 is multiplied by the 0 that the curve has still to rise."""
    durations, causes = np.asarray(durations), np.asarray(causes)
    with np.errstate(all="ignore"):
        expected = CumIncidenceRight(durations, causes)
    curves = aalen_johansen(durations, causes)
    remaining = kaplan_meier(durations, causes != 0).survival_at(expected.times)
    for cause, curve in curves.items():
        steps = np.searchsorted(curve.times, expected.times, side="right")
        assert curve.incidence_at(expected.times) == pytest.approx(expected.cinc[cause - 1], abs=1e-9)
        error = np.append(0.0, curve.standard_error)[steps]
        theirs = expected.cinc_se[cause - 1]
        is_defined = (remaining > 0) & ~np.isnan(theirs)  # a root of a rounded 0 is nothing there, 0 here
        # Their sum cancels: where the variance is 0 theirs may be 1e-17, whose root is 3e-9. So variances are compared,
        # and errors wherever they are more than that.
        assert error[is_defined] ** 2 == pytest.approx(theirs[is_defined] ** 2, abs=1e-9)
        is_more = is_defined & (theirs > 1e-6)
        assert error[is_more] == pytest.approx(theirs[is_more], abs=1e-9)


@given(SUBJECTS)
@example([(1, 1), (1, 2), (1, 0), (2, 2), (2, 2), (3, 1), (3, 0)])
@example([(1, 0), (2, 0)])
@example([(1, 1), (2, 2)])
def test_statsmodels_finds_the_same_curves_and_errors(subjects):
    assert_statsmodels_agrees(*zip(*subjects, strict=True))


def test_statsmodels_finds_the_same_curves_and_errors_in_the_data_sets(waltons, lung):
    """Neither has causes: what ended is divided by another column, which makes them as good as any."""
    assert_statsmodels_agrees(waltons["T"], waltons["E"] * np.where(waltons["group"] == "control", 1, 2))
    assert_statsmodels_agrees(lung["time"], lung["status"] * lung["sex"])


def test_the_data_sets_as_the_one_cause_have_the_published_figures(waltons, lung):
    curve = aalen_johansen(waltons["T"], waltons["E"])[1]
    assert (1 - curve.incidence_at([10, 30, 50, 60])).round(6).tolist() == [0.969210, 0.827224, 0.616817, 0.311524]
    assert curve.median == 56.0
    curve = aalen_johansen(lung["time"], lung["status"])[1]
    assert (1 - curve.incidence_at([100, 300, 365, 730])).round(6).tolist() == [0.863969, 0.530608, 0.409242, 0.115693]
    assert curve.median == 310.0


@given(SUBJECTS)
@example([(1, 0), (2, 0)])
@example([(1, 1), (2, 2)])
def test_all_causes_and_the_share_that_remains_add_up_to_one(subjects):
    curves = curves_of(subjects)
    remaining = kaplan_meier([time for time, _ in subjects], [cause != 0 for _, cause in subjects])
    assert sum(curve.incidence for curve in curves.values()) + remaining.survival == pytest.approx(1, abs=1e-9)
    assert sum(curve.ended for curve in curves.values()).tolist() == remaining.ended.tolist()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 1)), min_size=1, max_size=60), SHARES)
def test_a_sole_cause_is_kaplan_meier_turned_over_with_its_band_and_quantiles(subjects, share):
    curve = curves_of(subjects, among=[1])[1]
    other = kaplan_meier([time for time, _ in subjects], [cause == 1 for _, cause in subjects])
    assert curve.incidence == pytest.approx(1 - other.survival, abs=1e-9)
    is_defined = other.survival > 0
    assert curve.low[is_defined] == pytest.approx(1 - other.high[is_defined], abs=1e-9)
    assert curve.high[is_defined] == pytest.approx(1 - other.low[is_defined], abs=1e-9)
    assert curve.quantile(share) == other.quantile(share)


@given(SUBJECTS, SHARES)
@example([(time, 1) for time in range(10)], 0.5)
@example([(time, 1 + time % 2) for time in range(98)], 0.25)
@example([(0, 1), (1, 0), (2, 2), (3, 1), (4, 0), (5, 1), (6, 1)], 0.5)
def test_a_quantile_is_the_first_time_by_which_the_share_ended_of_the_cause_exactly(subjects, share):
    remaining, incidence, expected = Fraction(1), Fraction(0), None
    for time in sorted({time for time, cause in subjects if cause}):
        at_risk = sum(lasted >= time for lasted, _ in subjects)
        incidence += remaining * Fraction(subjects.count((time, 1)), at_risk)
        remaining *= 1 - Fraction(sum(lasted == time and cause > 0 for lasted, cause in subjects), at_risk)
        if expected is None and incidence >= Fraction(str(share)):
            expected = float(time)
    assert curves_of(subjects)[1].quantile(share) == expected


def test_what_is_withdrawn_is_never_resolved():
    # Of four, two are resolved and two withdrawn: half are resolved at 3. Kaplan-Meier would have said 3/4 then.
    curve = aalen_johansen([1, 2, 3, 4], [1, 2, 1, 2])[1]
    assert curve.incidence.tolist() == [0.25, 0.25, 0.5, 0.5]
    assert curve.median == 3.0
    assert curve.quantile(0.6) is None
    assert kaplan_meier([1, 2, 3, 4], [True, False, True, False]).at(3) == 0.375


def test_an_error_worked_out_by_hand():
    # Of four nobody is censored: the share's variance is the binomial's, p (1 - p) / n.
    curve = aalen_johansen([1, 2, 3, 4], [1, 2, 1, 2])[1]
    variances = [0.25 * 0.75 / 4, 0.25 * 0.75 / 4, 0.5 * 0.5 / 4, 0.5 * 0.5 / 4]
    assert curve.standard_error**2 == pytest.approx(variances, abs=1e-12)


def test_the_interval_of_a_quantile_is_where_the_band_crosses_it():
    curve = aalen_johansen(range(1, 101), [1, 1, 1, 2] * 25)[1]
    early, late = curve.quantile_interval(0.5)
    assert early < curve.median < late
    assert curve.high[curve.times < early].max() < 0.5 <= curve.high[curve.times == early][0]
    assert curve.low[curve.times < late].max() < 0.5 <= curve.low[curve.times == late][0]
    assert curve.quantile_interval(0.95) == (None, None)


def test_a_cause_that_takes_all_at_once_has_an_interval_that_is_open_above():
    assert aalen_johansen([3, 3], [1, 1])[1].quantile_interval(0.5) == (3.0, None)


def test_a_cause_that_never_occurs_is_0_throughout():
    curve = aalen_johansen([1, 2], [2, 0], among=[1])[1]
    assert (curve.incidence.tolist(), curve.standard_error.tolist(), curve.median) == ([0.0], [0.0], None)
    assert curve.incidence_at([0, 5]).tolist() == [0.0, 0.0]


def test_nothing_at_all_has_no_causes():
    assert aalen_johansen([], []) == {}
    assert aalen_johansen([], [], among=[1])[1].median is None


def test_there_is_no_quantile_outside_of_a_whole():
    with pytest.raises(ValueError, match="There is no quantile of"):
        aalen_johansen([1], [1])[1].quantile(0)
