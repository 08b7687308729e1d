"""Kaplan-Meier: published data sets, two independent libraries, and the edge at exactly a half."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from data.survival import kaplan_meier

SUBJECTS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60)


@pytest.fixture(scope="module")
def samples(root):
    folder = root / ".." / "shared" / "samples" / "survival"
    if not folder.exists():
        pytest.skip("the survival data sets are not beside the project (../shared/samples)")
    return folder


def test_the_waltons_data_set(samples):
    table = pd.read_csv(samples / "waltons_dataset.csv")
    curve = kaplan_meier(table["T"], table["E"])
    assert curve.median == 56.0
    assert [round(curve.at(time), 6) for time in (10, 30, 50, 60)] == [0.969210, 0.827224, 0.616817, 0.311524]


@pytest.mark.parametrize(("group", "median"), [("control", 58.0), ("miR-137", 26.0)])
def test_the_groups_of_the_waltons_data_set(samples, group, median):
    table = pd.read_csv(samples / "waltons_dataset.csv").query("group == @group")
    assert kaplan_meier(table["T"], table["E"]).median == median


def test_the_lung_data_set(samples):
    table = pd.read_csv(samples / "lung.csv")
    curve = kaplan_meier(table["time"], table["status"] == 1)
    assert (len(table), curve.ended.sum(), curve.median) == (228, 165, 310.0)
    assert [round(curve.at(time), 6) for time in (100, 300, 365, 730)] == [0.863969, 0.530608, 0.409242, 0.115693]


@given(SUBJECTS)
def test_scipy_draws_the_same_curve(subjects):
    ended = [time for time, is_ended in subjects if is_ended]
    running = [time for time, is_ended in subjects if not is_ended]
    curve = kaplan_meier([time for time, _ in subjects], [is_ended for _, is_ended in subjects])
    expected = ecdf(CensoredData(uncensored=ended, right=running)).sf
    for time, share in zip(expected.quantiles, expected.probabilities, strict=True):
        assert curve.at(time) == pytest.approx(share, abs=1e-12)


@given(SUBJECTS)
def test_statsmodels_finds_the_same_band(subjects):
    curve = kaplan_meier([time for time, _ in subjects], [is_ended for _, is_ended in subjects])
    if not any(is_ended for _, is_ended in subjects) or 0 in curve.survival:
        return
    expected = SurvfuncRight(*map(np.array, zip(*subjects, strict=True)))
    low, high = expected.quantile_ci(0.5, alpha=0.05, method="cloglog")
    unreached = [None if np.isinf(edge) else edge for edge in (low, high)]
    assert list(curve.median_interval) == unreached


@given(SUBJECTS)
@example([(time, True) for time in range(10)])
@example([(time, True) for time in range(49 * 2)])
@example([(0, True), (1, False), (2, True), (3, True), (4, False), (5, True)])
def test_the_median_is_the_first_time_at_which_at_most_half_remain_exactly(subjects):
    remaining = Fraction(1)
    expected = None
    for time in sorted({time for time, is_ended in subjects if is_ended}):
        at_risk = sum(lasted >= time for lasted, _ in subjects)
        remaining *= Fraction(at_risk - subjects.count((time, True)), at_risk)
        if expected is None and remaining <= Fraction(1, 2):
            expected = float(time)
    curve = kaplan_meier([time for time, _ in subjects], [is_ended for _, is_ended in subjects])
    assert curve.median == expected


@pytest.mark.parametrize("count", [10, 98, 1_000, 4_094])
def test_half_of_an_even_number_is_half_however_the_fractions_round(count):
    assert kaplan_meier(range(1, count + 1), [True] * count).median == count / 2


def test_what_never_ends_has_no_median():
    curve = kaplan_meier([1, 2, 3], [False, False, False])
    assert curve.median is None
    assert curve.median_interval == (None, None)
    assert curve.at(5) == 1.0


def test_nothing_at_all_has_no_median():
    assert kaplan_meier([], []).median is None


def test_what_is_censored_as_something_ends_still_counts_there():
    curve = kaplan_meier([1, 1, 1, 1], [True, False, False, False])
    assert curve.survival.tolist() == [0.75]
