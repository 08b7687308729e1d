"""Tickets that may end otherwise than resolved: worked out by hand."""

import pandas as pd
import pytest

from data.ends import End, competing

HOUR = 3_600_000_000


def tickets(*ends):
    return pd.DataFrame(ends, columns=["hours", "end"]).assign(lasted=lambda table: table["hours"] * HOUR)


def test_half_are_resolved_by_the_time_by_which_half_of_all_are_resolved():
    # Five: one resolved after 1 hour (1/5), one withdrawn at 2, two resolved at 4 (of the 3 still open, who are 3/5 of
    # all), one runs since 6.
    ends = competing(
        tickets((1, End.RESOLVED), (2, End.OTHERWISE), (4, End.RESOLVED), (4, End.RESOLVED), (6, End.RUNNING)),
        microseconds="lasted",
        end="end",
    )
    figures = ends.figures
    assert [figures[f"{name}_count"] for name in ("tickets", "resolved", "otherwise", "running")] == [5, 3, 1, 1]
    assert figures["resolution_median_seconds"] == 4 * 3600
    curves = ends.curves.set_index("end")
    assert curves.loc["resolved", "seconds"].tolist() == [3600, 7200, 14400]
    assert curves.loc["resolved", "share"].to_numpy() == pytest.approx([0.2, 0.2, 0.6], abs=1e-12)
    assert curves.loc["otherwise", "share"].to_numpy() == pytest.approx([0.0, 0.2, 0.2], abs=1e-12)
    assert curves.loc["resolved", "at_risk_count"].tolist() == [5, 4, 3]
    assert curves.loc["resolved", "ended_count"].tolist() == [1, 0, 2]


def test_where_most_are_withdrawn_half_are_never_resolved():
    ends = competing(
        tickets((1, End.RESOLVED), (2, End.OTHERWISE), (3, End.OTHERWISE)), microseconds="lasted", end="end"
    )
    figures = ends.figures
    assert figures["resolution_median_seconds"] is None
    assert figures["resolution_high_seconds"] is None


def test_without_tickets_there_are_no_curves():
    ends = competing(tickets(), microseconds="lasted", end="end")
    assert ends.curves.empty
    assert ends.figures["tickets_count"] == 0
    assert ends.figures["resolution_median_seconds"] is None


def test_an_unknown_end_is_refused():
    with pytest.raises(ValueError, match="end holds something else than 0"):
        competing(tickets((1, 3)), microseconds="lasted", end="end")
