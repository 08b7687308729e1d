"""Kaplan-Meier: published data sets, two independent libraries, and the edge at exactly a half."""

import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from data.statistics.survival import Z_95, kaplan_meier

SUBJECTS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60)
SHARES = st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9, 1.0])
ALL_CENSORED = [(3, False), (1, False), (3, False)]
ALL_ENDED = [(time, True) for time in range(10)]
ENDS_AND_CENSORED_AT_ONE_TIME = [(2, True), (2, False), (2, True), (4, False), (4, True), (9, False)]


def curve_of(subjects):
    return kaplan_meier([time for time, _ in subjects], [is_ended for _, is_ended in subjects])


def scipy_of(subjects):
    ended = [time for time, is_ended in subjects if is_ended]
    running = [time for time, is_ended in subjects if not is_ended]
    return ecdf(CensoredData(uncensored=ended, right=running)).sf


def statsmodels_of(subjects):
    with np.errstate(all="ignore"):  # SurvfuncRight divides by 0 where nobody remains
        return SurvfuncRight(*map(np.array, zip(*subjects, strict=True)))


def subjects_of(table, time, is_ended):
    return list(zip(table[time].tolist(), (table[is_ended] == 1).tolist(), strict=True))


def test_the_waltons_data_set(waltons):
    curve = kaplan_meier(waltons["T"], waltons["E"])
    assert curve.median == 56.0
    assert curve.survival_at([10, 30, 50, 60]).round(6).tolist() == [0.969210, 0.827224, 0.616817, 0.311524]


@pytest.mark.parametrize(("group", "median"), [("control", 58.0), ("miR-137", 26.0)])
def test_the_groups_of_the_waltons_data_set(waltons, group, median):
    table = waltons.query("group == @group")
    assert kaplan_meier(table["T"], table["E"]).median == median


def test_the_lung_data_set(lung):
    curve = kaplan_meier(lung["time"], lung["status"] == 1)
    assert (len(lung), curve.ended.sum(), curve.median) == (228, 165, 310.0)
    assert curve.survival_at([100, 300, 365, 730]).round(6).tolist() == [0.863969, 0.530608, 0.409242, 0.115693]


def assert_scipy_agrees(subjects):
    """scipy draws a step where something was censored, too, and warns where its formula gives no band."""
    curve, expected = curve_of(subjects), scipy_of(subjects)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The confidence interval is undefined at some observations")
        band = expected.confidence_interval(method="log-log")
    survival = expected.probabilities
    assert curve.survival_at(expected.quantiles) == pytest.approx(survival, abs=1e-9)
    low, high = curve.band_at(expected.quantiles)
    is_defined = (survival > 0) & (survival < 1)
    assert low[is_defined] == pytest.approx(band.low.probabilities[is_defined], abs=1e-9)
    assert high[is_defined] == pytest.approx(band.high.probabilities[is_defined], abs=1e-9)
    # Where nobody or everybody remains the formula gives nothing, here as there.
    assert np.isnan(low[~is_defined]).all()
    assert np.isnan(high[~is_defined]).all()
    assert np.isnan(band.low.probabilities[~is_defined]).all()


@given(SUBJECTS)
@example(ALL_CENSORED)
@example(ALL_ENDED)
@example(ENDS_AND_CENSORED_AT_ONE_TIME)
def test_scipy_draws_the_same_curve_and_band(subjects):
    assert_scipy_agrees(subjects)


def test_scipy_draws_the_same_curves_and_bands_of_the_data_sets(waltons, lung):
    assert_scipy_agrees(subjects_of(waltons, "T", "E"))
    assert_scipy_agrees(subjects_of(lung, "time", "status"))


@given(SUBJECTS)
@example(ALL_CENSORED)
@example(ALL_ENDED)
@example(ENDS_AND_CENSORED_AT_ONE_TIME)
def test_statsmodels_counts_the_same_at_risk_and_the_same_ends(subjects):
    curve, expected = curve_of(subjects), statsmodels_of(subjects)
    assert curve.times.tolist() == expected.surv_times.tolist()
    assert curve.at_risk.tolist() == expected.n_risk.tolist()
    assert curve.ended.tolist() == expected.n_events.tolist()
    assert curve.survival == pytest.approx(expected.surv_prob, abs=1e-9)


@given(SUBJECTS, SHARES)
def test_an_interval_is_where_the_band_of_statsmodels_numbers_crosses(subjects, share):
    """quantile_ci itself gives nothing where the band jumps over the share at once, and its upper limit returns from
    infinity where nobody remains; its curve and errors are used instead."""
    curve, expected = curve_of(subjects), statsmodels_of(subjects)
    survival = expected.surv_prob
    with np.errstate(all="ignore"):
        reach = Z_95 * expected.surv_prob_se / (survival * np.log(survival))
        low, high = (
            np.exp(-np.exp(np.log(-np.log(survival)) - reach)),
            np.exp(-np.exp(np.log(-np.log(survival)) + reach)),
        )
    left = float(1 - Fraction(str(share)))
    first = [
        next((float(time) for time, edge in zip(curve.times, edges, strict=True) if edge <= left), None)
        for edges in (np.where(survival == 0, 0.0, low), np.where(survival == 0, np.nan, high))
    ]
    assert list(curve.quantile_interval(share)) == first


@given(SUBJECTS)
def test_statsmodels_finds_the_same_interval_of_the_median_where_it_finds_one(subjects):
    curve = curve_of(subjects)
    if not len(curve.times) or 0 in curve.survival:
        return
    low, high = statsmodels_of(subjects).quantile_ci(0.5, alpha=0.05, method="cloglog")
    if not np.isnan(low):
        assert list(curve.median_interval) == [None if np.isinf(edge) else edge for edge in (low, high)]


@given(SUBJECTS, SHARES)
@example(ALL_ENDED, 0.5)
@example(ALL_ENDED, 0.9)
@example([(time, True) for time in range(49 * 2)], 0.5)
@example([(0, True), (1, False), (2, True), (3, True), (4, False), (5, True)], 0.5)
def test_a_quantile_is_the_first_time_at_which_at_most_the_rest_remains_exactly(subjects, share):
    """SurvfuncRight.quantile asks for less than the rest (as SAS does), so it is not the comparison here."""
    remaining = Fraction(1)
    expected = None
    for time in sorted({time for time, is_ended in subjects if is_ended}):
        at_risk = sum(lasted >= time for lasted, _ in subjects)
        remaining *= Fraction(at_risk - subjects.count((time, True)), at_risk)
        if expected is None and remaining <= 1 - Fraction(str(share)):
            expected = float(time)
    assert curve_of(subjects).quantile(share) == expected


@pytest.mark.parametrize("count", [10, 98, 1_000, 4_094])
def test_half_of_an_even_number_is_half_however_the_fractions_round(count):
    assert kaplan_meier(range(1, count + 1), [True] * count).median == count / 2


@pytest.mark.parametrize("count", [10, 90, 1_000, 4_090])
def test_nine_tenths_are_nine_tenths_however_the_fractions_round(count):
    assert kaplan_meier(range(1, count + 1), [True] * count).quantile(0.9) == count * 9 / 10


@pytest.mark.parametrize("share", [0, -0.5, 1.5, float("nan")])
def test_there_is_no_quantile_outside_of_a_whole(share):
    with pytest.raises(ValueError, match="There is no quantile of"):
        kaplan_meier([1], [True]).quantile(share)


def test_what_never_ends_has_no_median():
    curve = kaplan_meier([1, 2, 3], [False, False, False])
    assert curve.median is None
    assert curve.median_interval == (None, None)
    assert curve.at(5) == 1.0


def test_nothing_at_all_has_no_median():
    curve = kaplan_meier([], [])
    assert curve.median is None
    assert curve.at_risk_at([0, 1]).tolist() == [0, 0]


def test_a_curve_that_falls_to_nobody_at_once_has_an_interval_that_is_open_above():
    assert kaplan_meier([3, 3], [True, True]).median_interval == (3.0, None)


def test_what_is_censored_as_something_ends_still_counts_there():
    curve = kaplan_meier([1, 1, 1, 1], [True, False, False, False])
    assert curve.survival.tolist() == [0.75]


def test_the_number_at_risk_counts_what_ends_or_is_censored_at_the_time():
    curve = kaplan_meier([2, 3, 3, 5], [True, True, False, False])
    assert curve.at_risk_at([0, 2, 2.5, 3, 4, 5, 6]).tolist() == [4, 4, 3, 3, 1, 1, 0]


def test_shares_at_chosen_times_keep_the_order_of_the_times():
    curve = kaplan_meier([1, 2, 3, 4], [True, True, True, True])
    assert curve.survival_at([9, 0, 2, 2.5, 1]).tolist() == [0.0, 1.0, 0.5, 0.5, 0.75]


def test_a_missing_duration_is_refused():
    with pytest.raises(ValueError, match="is missing"):
        kaplan_meier([1, float("nan")], [True, False])
