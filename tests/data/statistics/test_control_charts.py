"""Control limits: charts worked out by hand, and their rules one by one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.statistics.control_charts import individuals_chart, p_chart, u_chart


def test_the_limits_of_shares_worked_out_by_hand():
    # 20 of 200: the centre is 0.1. Of 100 the limits are 0.1 -+ 3 sqrt(0.1 * 0.9 / 100) = 0.1 -+ 0.09, of 36 -+ 0.15,
    # of 64 -+ 0.1125; below 0 there is no share.
    table = pd.DataFrame({"week": [1, 2, 3], "late": [6, 9, 5], "tickets": [100, 36, 64]})
    chart = p_chart(table, hits="late", counts="tickets")
    assert chart["week"].tolist() == [1, 2, 3]
    assert chart["value"].tolist() == [0.06, 0.25, 5 / 64]
    assert chart["centre"].tolist() == [0.1, 0.1, 0.1]
    assert chart["low"].to_numpy() == pytest.approx([0.01, 0, 0], abs=1e-12)
    assert chart["high"].to_numpy() == pytest.approx([0.19, 0.25, 0.2125], abs=1e-12)


def test_the_limits_of_counts_per_unit_worked_out_by_hand():
    # 16 claims of 4 units: 4 per unit. Of one unit 4 -+ 3 * 2, not below 0; of two 4 -+ 3 sqrt(4 / 2).
    table = pd.DataFrame({"claims": [12, 1, 3], "orders": [1, 1, 2]})
    chart = u_chart(table, counts="claims", exposure="orders")
    assert chart["value"].tolist() == [12.0, 1.0, 1.5]
    assert chart["centre"].tolist() == [4.0, 4.0, 4.0]
    assert chart["low"].tolist() == [0.0, 0.0, 0.0]
    assert chart["high"].to_numpy() == pytest.approx([10, 10, 4 + 3 * 2**0.5], abs=1e-12)
    assert chart["is_signal"].tolist() == [True, False, False]


def test_the_limits_of_single_figures_worked_out_by_hand():
    # The moving ranges 2, 4 and 0 are 2 on average: 3 -+ 2.66 * 2.
    chart = individuals_chart(
        pd.DataFrame({"hours": [2, 4, 8, 8]}).assign(hours=lambda t: t["hours"] - 2.5), value="hours"
    )
    assert chart["centre"].tolist() == [3.0] * 4
    assert chart["low"].to_numpy() == pytest.approx([3 - 5.32] * 4, abs=1e-12)
    assert chart["high"].to_numpy() == pytest.approx([3 + 5.32] * 4, abs=1e-12)


def test_a_point_beyond_a_limit_is_a_signal_and_one_on_it_is_none():
    # The centre is 1/2, of 36 the limits are 0.25 and 0.75.
    chart = p_chart(pd.DataFrame({"hits": [27, 9, 18], "counts": [36, 36, 36]}), hits="hits", counts="counts")
    assert (chart["high"].tolist(), chart["low"].tolist()) == ([0.75] * 3, [0.25] * 3)
    assert not chart["is_signal"].any()
    chart = p_chart(pd.DataFrame({"hits": [28, 8, 18], "counts": [36, 36, 36]}), hits="hits", counts="counts")
    assert chart["is_beyond"].tolist() == chart["is_signal"].tolist() == [True, True, False]


def signs(chart):
    return "".join("x" if is_run else "." for is_run in chart["is_run"])


def around_the_centre(pattern):
    """Figures above (+), below (-) and on (0) their mean of 0; a gap is a blank."""
    values = pd.Series([{"+": 1.0, "-": -1.0, "0": 0.0, " ": np.nan}[sign] for sign in pattern])
    assert values.sum() == 0
    return pd.DataFrame({"figure": values})


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        ("+++++++-------", ".............."),  # seven are chance
        ("++++++++--------", ".......x.......x"),
        ("+++++++++---------", ".......xx.......xx"),  # so is every later one
        ("++++0++++--------", "................x"),  # a point on the centre ends a run
        ("++++ ++++--------", "........x.......x"),  # a gap neither ends it nor counts
        ("+-+-+-+-+-+-+-+-", "................"),
    ],
)
def test_eight_in_a_row_on_one_side_are_a_signal(pattern, runs):
    chart = individuals_chart(around_the_centre(pattern), value="figure")
    assert signs(chart) == runs
    assert chart["is_signal"].tolist() == (chart["is_beyond"] | chart["is_run"]).tolist()


def test_what_is_always_the_same_gives_no_signal():
    assert not individuals_chart(pd.DataFrame({"hours": [0.1] * 30}), value="hours")["is_signal"].any()
    same = pd.DataFrame({"hits": [1, 2, 3] * 10, "counts": [10, 20, 30] * 10})
    assert not p_chart(same, hits="hits", counts="counts")["is_signal"].any()
    assert not u_chart(same, counts="hits", exposure="counts")["is_signal"].any()
    assert not p_chart(same.assign(hits=same["counts"]), hits="hits", counts="counts")["is_signal"].any()


def test_a_row_without_anything_counted_has_no_value_and_no_limits():
    table = pd.DataFrame({"hits": [1, 0, 3], "counts": [4, 0, 4]}, index=[7, 8, 9])
    for chart in (p_chart(table, hits="hits", counts="counts"), u_chart(table, counts="hits", exposure="counts")):
        assert chart.index.tolist() == [7, 8, 9]
        assert chart.loc[8, ["value", "low", "high"]].isna().all()
        assert chart["centre"].tolist() == [0.5] * 3
        assert chart["is_signal"].tolist() == [False] * 3


def test_an_empty_table_stays_empty():
    table = pd.DataFrame({"hits": [], "counts": []})
    added = ["value", "centre", "low", "high", "is_beyond", "is_run", "is_signal"]
    for chart in (
        p_chart(table, hits="hits", counts="counts"),
        u_chart(table, counts="hits", exposure="counts"),
        individuals_chart(table, value="hits"),
    ):
        assert (len(chart), chart.columns.tolist()) == (0, ["hits", "counts", *added])


def test_one_single_figure_has_no_limits():
    chart = individuals_chart(pd.DataFrame({"hours": [5, None]}), value="hours")
    assert chart["centre"].tolist() == [5.0, 5.0]
    assert chart[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(("hits", "counts"), [(5, 4), (-1, 4), (None, 4)])
def test_impossible_shares_are_refused(hits, counts):
    with pytest.raises(ValueError, match="hits must be at least 0 and at most counts"):
        p_chart(pd.DataFrame({"hits": [hits], "counts": [counts]}), hits="hits", counts="counts")


@pytest.mark.parametrize(("claims", "orders"), [(-1, 4), (1, -4), (1, None)])
def test_impossible_counts_are_refused(claims, orders):
    with pytest.raises(ValueError, match="claims and orders must be at least 0"):
        u_chart(pd.DataFrame({"claims": [claims], "orders": [orders]}), counts="claims", exposure="orders")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=40))
def test_a_run_is_what_a_walk_through_the_points_finds(pairs):
    table = pd.DataFrame([(min(pair), max(pair)) for pair in pairs], columns=["hits", "counts"])
    chart = p_chart(table, hits="hits", counts="counts")
    length, side, found = 0, 0, []
    for value, centre in zip(chart["value"], chart["centre"], strict=True):
        if not np.isnan(value):
            now = int(value > centre) - int(value < centre)
            length, side = (length + 1 if now == side else 1), now
        found.append(bool(length >= 8 and side and not np.isnan(value)))
    assert chart["is_run"].tolist() == found
