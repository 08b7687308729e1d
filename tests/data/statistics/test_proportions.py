"""Wilson's interval against statsmodels, and its ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from data.statistics.proportions import wilson_interval


@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=2).map(sorted).filter(lambda pair: pair[1] > 0))
def test_statsmodels_finds_the_same_interval(pair):
    hits, count = pair
    low, high = wilson_interval(hits, count)
    assert (low, high) == pytest.approx(proportion_confint(hits, count, method="wilson"), abs=1e-9)
    assert 0 <= low <= hits / count <= high <= 1


def test_an_interval_from_the_textbook():
    # 81 of 263: (0.2553, 0.3662), Newcombe 1998, table I.
    low, high = wilson_interval([81], [263])
    assert (low.round(4).tolist(), high.round(4).tolist()) == ([0.2553], [0.3662])


def test_none_and_all_have_an_exact_end():
    counts = np.arange(1, 500)
    none_low, none_high = wilson_interval(np.zeros(499), counts)
    all_low, all_high = wilson_interval(counts, counts)
    assert (set(none_low.tolist()), set(all_high.tolist())) == ({0.0}, {1.0})
    assert none_high == pytest.approx(1 - all_low, abs=1e-12)


def test_of_nothing_there_is_no_interval():
    assert np.isnan(wilson_interval(0, 0)).all()


@pytest.mark.parametrize(("hits", "count"), [(3, 2), (-1, 2)])
def test_more_hits_than_counted_are_refused(hits, count):
    with pytest.raises(ValueError, match="A share needs"):
        wilson_interval(hits, count)
