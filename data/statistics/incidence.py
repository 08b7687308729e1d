"""Aalen-Johansen in numpy: how much has ended of one cause, where another cause ends it for good. Knows no ticket.

Kaplan-Meier would take a withdrawn subject for one that may still be resolved, and promise too many resolutions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.statistics.exact import is_at_least, rounding_doubt
from data.statistics.risk import AtRisk, Counts, Flags, Numbers, observed, tallied
from data.statistics.survival import log_log_band, remaining


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """One cause's curve, at the times at which anything ended, in the unit of the durations.

    `incidence` is the share that ended of this cause; `low` and `high` are its 95 % band (log-log of the rest, NaN at 0
    and 1); `ended` counts this cause, `all_ended` every cause. `standard_error` as Dinse and Larson (1986).
    """

    times: Numbers
    incidence: Numbers
    standard_error: Numbers
    low: Numbers
    high: Numbers
    at_risk: Counts
    ended: Counts
    all_ended: Counts

    def incidence_at(self, times: npt.ArrayLike) -> Numbers:
        """The share that ended of this cause by each of `times`, in their order; 0 before the first end."""
        steps = np.searchsorted(self.times, np.asarray(times, dtype=np.float64), side="right")
        return np.append(0.0, self.incidence)[steps]

    @property
    def median(self) -> float | None:
        """The first time by which at least half of all ended of this cause; None if that is not reached."""
        return self.quantile(0.5)

    def quantile(self, share: float) -> float | None:
        """The first time by which at least `share` of all ended of this cause, exactly; None if that is not reached.

        It may never be reached, however long one waits. `ValueError` unless `share` is within (0, 1].
        """
        least = 1 - remaining(share)
        limit, doubt = float(least), rounding_doubt(len(self.times))
        for place in np.flatnonzero((self.ended > 0) & (self.incidence >= limit - doubt)):
            if self.incidence[place] > limit + doubt or self._is_at_least(int(place), share):
                return float(self.times[place])
        return None

    def quantile_interval(self, share: float) -> tuple[float | None, float | None]:
        """The times at which the upper and the lower edge of the band first rise to `share`; None if not reached.

        Where all ended of this cause, the upper edge is not defined, but it is not below the curve: it has risen.
        """
        least = float(1 - remaining(share))
        return (
            _first(self.times, (self.high >= least) | (self.incidence >= 1)),
            _first(self.times, self.low >= least),
        )

    def _is_at_least(self, place: int, share: float) -> bool:
        seen = slice(None, place + 1)
        left = (self.at_risk - self.all_ended)[seen]
        return is_at_least(self.at_risk[seen], left, self.ended[seen], 1 - remaining(share))


def aalen_johansen(
    durations: npt.ArrayLike,
    causes: npt.ArrayLike,
    entries: npt.ArrayLike | None = None,
    among: Sequence[int] | None = None,
) -> dict[int, Incidence]:
    """Estimate a curve per cause: `causes` are whole numbers, 0 is censored (it lasts at least so long).

    The curves of all causes and the share that remains add up to 1. `among` names the causes to answer for (by default
    those that occur); one that never occurs is 0 throughout. `entries` as in `kaplan_meier`.
    """
    lasted, entered, is_seen = observed(durations, entries)
    cause = np.asarray(causes, dtype=np.int64)[is_seen]
    times, all_ended = tallied(np.sort(lasted[cause != 0]))
    at_risk = AtRisk.of(lasted, entered).at(times)
    wanted = np.unique(cause[cause != 0]).tolist() if among is None else among
    ended = {name: _counted(times, lasted[cause == name]) for name in wanted}
    return {name: _incidence(times, at_risk, all_ended, counts) for name, counts in ended.items()}


def _counted(times: Numbers, ended_at: Numbers) -> Counts:
    return np.bincount(np.searchsorted(times, ended_at), minlength=len(times))


def _incidence(times: Numbers, at_risk: Counts, all_ended: Counts, ended: Counts) -> Incidence:
    survival = np.cumprod((at_risk - all_ended) / at_risk, dtype=np.float64)
    before = np.append(1.0, survival)[:-1]
    steps = before * ended / at_risk
    incidence = np.cumsum(steps)
    error = np.sqrt(_variance(steps, before, at_risk, all_ended, ended))
    with np.errstate(divide="ignore", invalid="ignore"):
        # Of the rest, for then the band of a sole cause is Kaplan-Meier's.
        rest = np.clip(1 - incidence, 0, 1)
        low, high = log_log_band(rest, error / rest)
    return Incidence(
        times=times,
        incidence=incidence,
        standard_error=error,
        low=1 - high,
        high=1 - low,
        at_risk=at_risk,
        ended=ended,
        all_ended=all_ended,
    )


def _variance(steps: Numbers, before: Numbers, at_risk: Counts, all_ended: Counts, ended: Counts) -> Numbers:
    """The delta method's variance, with F the incidence, S the share that remains, d and n as ended and at risk.

    sum (F(t) - F(u))^2 d/(n(n-d)) + sum S(u-)^2 (n-d_k)d_k/n^3 - 2 sum (F(t) - F(u)) S(u-) d_k/n^2 over the times u
    up to t. The sums with F(t) are carried from step to step, so that no large numbers cancel.
    """
    count = at_risk.astype(np.float64)
    left = count - all_ended
    hazard = np.divide(all_ended, count * left, out=np.zeros_like(count), where=left > 0)  # F stands still from there
    shared = before * ended / count**2
    own = np.cumsum(before**2 * (count - ended) * ended / count**3)
    linear = np.cumsum(steps * _until(hazard))
    squared = np.cumsum(2 * steps * np.append(0.0, linear)[:-1] + steps**2 * _until(hazard))
    crossed = np.cumsum(steps * _until(shared))
    return np.maximum(squared + own - 2 * crossed, 0.0)


def _until(terms: Numbers) -> Numbers:
    """The sum of all terms before each."""
    return np.append(0.0, np.cumsum(terms))[:-1]


def _first(times: Numbers, is_reached: Flags) -> float | None:
    places = np.flatnonzero(is_reached)
    return float(times[places[0]]) if len(places) else None
