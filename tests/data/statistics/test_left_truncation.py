"""Histories that begin mid-life: a subject is at risk only after its entry. statsmodels is the independent answer."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from data.statistics.incidence import aalen_johansen
from data.statistics.log_rank import log_rank
from data.statistics.survival import kaplan_meier

# (entry, time after it, is ended, group)
LATE = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 20), st.booleans(), st.integers(0, 1)), min_size=1, max_size=50
)


def columns(subjects):
    entries, lengths, is_ended, groups = (np.array(column) for column in zip(*subjects, strict=True))
    return entries + lengths, is_ended.astype(np.int64), entries, groups


@given(LATE)
def test_statsmodels_draws_the_same_curve(subjects):
    """Where nobody is left before later ones enter, the product stays at 0; statsmodels goes on from 1e-16."""
    durations, is_ended, entries, _ = columns(subjects)
    curve = kaplan_meier(durations, is_ended, entries)
    with np.errstate(all="ignore"):
        expected = SurvfuncRight(durations, is_ended, entry=entries)
    assert curve.times.tolist() == expected.surv_times.tolist()
    assert curve.at_risk.tolist() == expected.n_risk.tolist()
    assert curve.survival == pytest.approx(expected.surv_prob, abs=1e-9)
    is_defined = curve.survival > 0
    low, high = curve.low[is_defined], curve.high[is_defined]
    survival, error = expected.surv_prob[is_defined], expected.surv_prob_se[is_defined]
    reach = 1.959963984540054 * error / (survival * np.log(survival))
    assert low == pytest.approx(survival ** np.exp(-reach), abs=1e-9)
    assert high == pytest.approx(survival ** np.exp(reach), abs=1e-9)


def test_statsmodels_draws_the_same_curve_of_the_data_sets_seen_late(waltons, lung):
    for time, is_ended in ((waltons["T"], waltons["E"]), (lung["time"], lung["status"])):
        durations, has_ended = time.to_numpy(), is_ended.to_numpy()
        entries = np.floor(durations * (np.arange(len(durations)) % 4) / 5)
        curve = kaplan_meier(durations, has_ended, entries)
        expected = SurvfuncRight(durations, has_ended, entry=entries)
        is_defined = expected.surv_prob > 1e-12
        assert curve.at_risk.tolist() == expected.n_risk.tolist()
        assert curve.survival[is_defined] == pytest.approx(expected.surv_prob[is_defined], abs=1e-9)


@given(LATE)
def test_statsmodels_finds_the_same_difference_of_groups(subjects):
    durations, is_ended, entries, groups = columns(subjects)
    test = log_rank(durations, is_ended, groups, entries)
    if test.degrees_of_freedom == 0:
        return
    statistic, p_value = survdiff(durations, is_ended, groups, entry=entries)
    assert test.statistic == pytest.approx(statistic, abs=1e-9)
    assert test.p_value == pytest.approx(p_value, abs=1e-9)


@given(LATE)
def test_causes_and_the_share_that_remains_still_add_up_to_one(subjects):
    durations, is_ended, entries, groups = columns(subjects)
    curves = aalen_johansen(durations, is_ended * (1 + groups), entries, among=[1, 2])
    remaining = kaplan_meier(durations, is_ended, entries).survival
    assert curves[1].incidence + curves[2].incidence + remaining == pytest.approx(1, abs=1e-9)


@given(LATE)
def test_the_median_is_exact_with_entries_too(subjects):
    durations, is_ended, entries, _ = columns(subjects)
    remaining, expected = Fraction(1), None
    for time in np.unique(durations[is_ended == 1]):
        at_risk = int(((entries < time) & (durations >= time)).sum())
        remaining *= Fraction(at_risk - int(((durations == time) & (is_ended == 1)).sum()), at_risk)
        if expected is None and remaining <= Fraction(1, 2):
            expected = float(time)
    assert kaplan_meier(durations, is_ended, entries).median == expected


def test_an_entry_of_0_or_before_is_none():
    without = kaplan_meier([0, 1, 2], [True, True, False])
    entered = kaplan_meier([0, 1, 2], [True, True, False], [0, -1, 0])
    assert entered.survival.tolist() == without.survival.tolist()
    assert entered.at_risk.tolist() == without.at_risk.tolist() == [3, 2]


def test_who_enters_as_something_ends_is_not_at_risk_there():
    assert kaplan_meier([4, 9], [True, True], [0, 4]).at_risk.tolist() == [1, 1]


def test_who_was_never_at_risk_says_nothing():
    curve = kaplan_meier([5, 7, 9], [True, True, False], [5, 2, 8])
    assert (curve.times.tolist(), curve.at_risk.tolist()) == ([7.0], [1])
    assert curve.at_risk_at([6, 8.5]).tolist() == [1, 1]


def test_the_number_at_risk_grows_with_those_who_enter():
    curve = kaplan_meier([3, 6, 8], [True, True, False], [0, 2, 4])
    assert curve.at_risk_at([1, 2, 3, 4, 5, 6, 7]).tolist() == [1, 1, 2, 1, 2, 2, 1]


def test_a_missing_entry_is_refused():
    with pytest.raises(ValueError, match="is missing"):
        kaplan_meier([1, 2], [True, False], [0, float("nan")])
