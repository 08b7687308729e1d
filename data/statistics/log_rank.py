"""The log-rank test: do groups end at the same pace, when part of them has not ended yet? Knows no ticket."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.statistics.chi_square import chi_square_tail
from data.statistics.risk import AtRisk, Counts, Flags, Numbers, observed, tallied


@dataclass(frozen=True, kw_only=True)
class LogRank:
    """The test's answer; per group, in the order of `groups`, what was `observed` to end and what was `expected` to.

    Without a time at which something ended while two groups were at risk nothing can be compared: `statistic` and
    `p_value` are None, and there is no degree of freedom.
    """

    groups: tuple[Hashable, ...]
    subjects: tuple[int, ...]
    observed: tuple[int, ...]
    expected: tuple[float, ...]
    statistic: float | None
    degrees_of_freedom: int
    p_value: float | None


def log_rank(
    durations: npt.ArrayLike, is_ended: npt.ArrayLike, groups: npt.ArrayLike, entries: npt.ArrayLike | None = None
) -> LogRank:
    """Test whether the subjects of different `groups` (any labels that can be sorted) end at one pace.

    Every end weighs the same (Mantel-Haenszel), with the hypergeometric variance at ties. `entries` as in
    `kaplan_meier`. A group that is never compared with the others takes its degree of freedom with it.
    """
    lasted, entered, is_seen = observed(durations, entries)
    has_ended = np.asarray(is_ended, dtype=np.bool_)[is_seen]
    names, group = np.unique(np.asarray(groups)[is_seen], return_inverse=True)
    times, ended = tallied(np.sort(lasted[has_ended]))
    members = [group == place for place in range(len(names))]
    at_risk = _at_risk(times, lasted, entered, members)
    seen = np.array([np.count_nonzero(has_ended & is_member) for is_member in members], dtype=np.int64)
    expected = (at_risk * (ended / at_risk.sum(axis=0))).sum(axis=1)
    statistic, freedom = _statistic(seen - expected, _variance(at_risk, ended))
    return LogRank(
        groups=tuple(names.tolist()),
        subjects=tuple(int(np.count_nonzero(is_member)) for is_member in members),
        observed=tuple(seen.tolist()),
        expected=tuple(expected.tolist()),
        statistic=statistic,
        degrees_of_freedom=freedom,
        p_value=None if statistic is None else chi_square_tail(statistic, freedom),
    )


def _at_risk(times: Numbers, lasted: Numbers, entered: Numbers | None, members: list[Flags]) -> Counts:
    """One row per group, one column per time."""
    rows = [
        AtRisk.of(lasted[is_member], None if entered is None else entered[is_member]).at(times) for is_member in members
    ]
    return np.array(rows, dtype=np.int64).reshape(len(members), len(times))


def _variance(at_risk: Counts, ended: Counts) -> Numbers:
    whole = at_risk.sum(axis=0).astype(np.float64)
    share = at_risk / whole
    weight = ended * (whole - ended) / np.maximum(whole - 1, 1)  # one subject alone: whole == ended, no weight
    return np.diag((share * weight).sum(axis=1)) - (share * weight) @ share.T


def _statistic(excess: Numbers, variance: Numbers) -> tuple[float | None, int]:
    """Excesses of groups that are compared with each other add up to 0, so one of each such family is left out."""
    is_kin = np.eye(len(excess), dtype=np.bool_) | _is_compared(variance)
    for _ in excess:
        is_kin = is_kin @ is_kin
    counted = np.flatnonzero(is_kin.argmax(axis=1) != np.arange(len(excess))) if len(excess) else np.empty(0, np.int64)
    if not len(counted):
        return None, 0
    weighed = np.linalg.solve(variance[np.ix_(counted, counted)], excess[counted])
    return max(0.0, float(excess[counted] @ weighed)), len(counted)


def _is_compared(variance: Numbers) -> Flags:
    return variance < 0  # off the diagonal: at risk together when a part of those at risk ended
