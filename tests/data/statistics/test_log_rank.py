"""The log-rank test against statsmodels, its tail against scipy, and a comparison worked out by hand."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import chi2
from statsmodels.duration.survfunc import survdiff

from data.statistics.chi_square import chi_square_tail
from data.statistics.log_rank import log_rank

SUBJECTS = st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.integers(0, 3)), min_size=1, max_size=60)


def assert_statsmodels_agrees(durations, is_ended, groups):
    """statsmodels has no answer (a singular matrix, or what rounding makes of it) where a group is never compared:
    with nobody at risk when something ends, or with no other group. There ours has fewer degrees of freedom."""
    test = log_rank(durations, is_ended, groups)
    if test.degrees_of_freedom < len(test.groups) - 1:
        return
    if test.degrees_of_freedom == 0:
        assert (test.statistic, test.p_value) == (None, None)
        return
    statistic, p_value = survdiff(np.asarray(durations), np.asarray(is_ended, dtype=np.int64), np.asarray(groups))
    assert test.statistic == pytest.approx(statistic, rel=1e-9, abs=1e-9)
    assert test.p_value == pytest.approx(p_value, abs=1e-9)
    assert sum(test.expected) == pytest.approx(sum(test.observed), abs=1e-9)


@given(SUBJECTS)
@example([(3, False, 0), (4, False, 1)])
@example([(3, True, 0), (3, True, 1)])
@example([(1, True, 0), (1, False, 1), (2, True, 1), (2, False, 0), (2, True, 0)])
def test_statsmodels_finds_the_same_difference(subjects):
    assert_statsmodels_agrees(*zip(*subjects, strict=True))


def test_statsmodels_finds_the_same_difference_in_the_data_sets(waltons, lung):
    assert_statsmodels_agrees(waltons["T"], waltons["E"], waltons["group"])
    assert_statsmodels_agrees(lung["time"], lung["status"], lung["sex"])
    rated = lung.dropna(subset="ph.ecog")
    assert_statsmodels_agrees(rated["time"], rated["status"], rated["ph.ecog"])


def test_the_two_groups_of_the_waltons_data_set_differ_by_more_than_chance(waltons):
    test = log_rank(waltons["T"], waltons["E"], waltons["group"])
    assert (test.groups, test.subjects, test.observed) == (("control", "miR-137"), (129, 34), (122, 34))
    assert test.degrees_of_freedom == 1
    assert test.p_value < 1e-20


def test_a_comparison_worked_out_by_hand():
    # a ends at 1 and 3, b at 2 and is censored at 4. Expected of a: 2/4 + 1/3 + 1/2 = 4/3; the variance
    # 1/4 + 2/9 + 1/4 = 13/18; (2 - 4/3)^2 / (13/18) = 8/13.
    test = log_rank([1, 3, 2, 4], [True, True, True, False], ["a", "a", "b", "b"])
    assert test.expected == pytest.approx((4 / 3, 5 / 3), abs=1e-12)
    assert test.statistic == pytest.approx(8 / 13, abs=1e-12)


def test_alike_groups_do_not_differ():
    test = log_rank([1, 2, 3] * 3, [True, True, False] * 3, [0] * 3 + [1] * 3 + [2] * 3)
    assert (test.degrees_of_freedom, test.observed) == (2, (2, 2, 2))
    assert test.statistic == pytest.approx(0, abs=1e-12)
    assert test.p_value == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("durations", "is_ended", "groups"),
    [([], [], []), ([1, 2], [True, True], ["a", "a"]), ([1, 2], [False, False], ["a", "b"])],
)
def test_without_two_groups_at_risk_when_something_ends_nothing_is_compared(durations, is_ended, groups):
    test = log_rank(durations, is_ended, groups)
    assert (test.statistic, test.degrees_of_freedom, test.p_value) == (None, 0, None)


def test_a_group_that_is_never_at_risk_when_something_ends_takes_its_degree_of_freedom_with_it():
    alone = log_rank([3, 4, 5, 6], [True, True, True, False], ["a", "b", "a", "b"])
    beside = log_rank([3, 4, 5, 6, 1, 2], [True, True, True, False, False, False], ["a", "b", "a", "b", "c", "c"])
    assert beside.degrees_of_freedom == alone.degrees_of_freedom == 1
    assert beside.statistic == pytest.approx(alone.statistic, abs=1e-12)
    assert beside.expected[2] == 0


def test_two_pairs_that_never_meet_are_compared_each_within_itself():
    # a and b are seen until 4, c and d from 10 on: the statistics add up, and so do the degrees of freedom.
    early = log_rank([1, 3, 2, 4], [True, True, True, False], ["a", "a", "b", "b"])
    late = log_rank([11, 12, 14, 15], [True, True, True, False], ["c", "c", "d", "d"], [10] * 4)
    both = log_rank(
        [1, 3, 2, 4, 11, 12, 14, 15],
        [True, True, True, False] * 2,
        ["a", "a", "b", "b", "c", "c", "d", "d"],
        [0] * 4 + [10] * 4,
    )
    assert (early.degrees_of_freedom, late.degrees_of_freedom, both.degrees_of_freedom) == (1, 1, 2)
    assert both.statistic == pytest.approx(early.statistic + late.statistic, abs=1e-12)


def test_groups_that_meet_only_through_a_third_are_compared_all_the_same():
    # a is gone before b enters; c meets both. Two degrees of freedom, as for three groups that meet.
    durations, groups = np.array([1, 3, 2, 15, 16, 12, 14]), np.array(["a", "a", "c", "c", "c", "b", "b"])
    is_ended, entries = np.array([1, 1, 1, 1, 0, 1, 1]), np.array([0, 0, 0, 0, 0, 10, 10])
    test = log_rank(durations, is_ended, groups, entries)
    statistic, p_value = survdiff(durations, is_ended, groups, entry=entries)
    assert test.degrees_of_freedom == 2
    assert test.statistic == pytest.approx(statistic, abs=1e-9)
    assert test.p_value == pytest.approx(p_value, abs=1e-9)


@given(st.floats(0, 2_000), st.integers(1, 60))
@example(0.0, 1)
@example(1e-300, 1)
@example(5e-324, 2)
def test_scipy_finds_the_same_tail(statistic, degrees_of_freedom):
    tail = chi_square_tail(statistic, degrees_of_freedom)
    expected = float(chi2.sf(statistic, degrees_of_freedom))
    assert tail == pytest.approx(expected, abs=1e-9)
    if expected > 1e-290:  # below, numbers lose their digits
        assert tail == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("statistic", "degrees_of_freedom"), [(-1.0, 1), (1.0, 0), (float("nan"), 1)])
def test_there_is_no_tail_of_a_negative_statistic_or_without_a_degree_of_freedom(statistic, degrees_of_freedom):
    with pytest.raises(ValueError, match="at least one degree of freedom"):
        chi_square_tail(statistic, degrees_of_freedom)
