"""Kaplan-Meier in numpy: how long something takes when part of it has not ended yet. Knows no ticket."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from data.statistics.exact import is_at_most, rounding_doubt
from data.statistics.risk import AtRisk, Counts, Flags, Numbers, observed, tallied

HALF = 0.5
Z_95 = 1.959963984540054  # the 97.5 % quantile of the normal distribution


@dataclass(frozen=True, kw_only=True)
class KaplanMeier:
    """The curve at the times at which something ended, in the unit of the durations that it was made from.

    `low` and `high` are Greenwood's 95 % log-log band, NaN where it is not defined (before the first end, and at 0).
    """

    times: Numbers
    survival: Numbers
    low: Numbers
    high: Numbers
    at_risk: Counts
    ended: Counts
    subjects: AtRisk

    def at(self, time: float) -> float:
        """The share that has not ended after `time`."""
        return float(self.survival_at([time])[0])

    def survival_at(self, times: npt.ArrayLike) -> Numbers:
        """The share that has not ended after each of `times`, in their order; 1 before the first end."""
        return np.append(1.0, self.survival)[self._steps(times)]

    def band_at(self, times: npt.ArrayLike) -> tuple[Numbers, Numbers]:
        """The band's lower and upper edge after each of `times`; NaN where it is not defined."""
        steps = self._steps(times)
        return np.append(np.nan, self.low)[steps], np.append(np.nan, self.high)[steps]

    def at_risk_at(self, times: npt.ArrayLike) -> Counts:
        """How many are at risk at each of `times`; what ends or is censored at a time still counts there."""
        return self.subjects.at(times)

    @property
    def median(self) -> float | None:
        """The first time at which at most half remain, exactly; None if that is not reached."""
        return self.quantile(HALF)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """The times at which the lower and the upper edge of the band first fall to a half; None if not reached."""
        return self.quantile_interval(HALF)

    def quantile(self, share: float) -> float | None:
        """The first time at which at least `share` have ended; None if that is not reached.

        Exact for the `share` as it is written (0.9 is nine tenths); `ValueError` unless it is within (0, 1].
        """
        left = remaining(share)
        limit, doubt = float(left), rounding_doubt(len(self.times))
        for place in np.flatnonzero(self.survival <= limit + doubt):
            seen = slice(None, place + 1)
            if self.survival[place] < limit - doubt or is_at_most(
                self.at_risk[seen], (self.at_risk - self.ended)[seen], left
            ):
                return float(self.times[place])
        return None

    def quantile_interval(self, share: float) -> tuple[float | None, float | None]:
        """The times at which the edges of the band first fall to `1 - share`; None where that is not reached.

        Where nobody remains, the lower edge is not defined, but it is not above the curve: it has fallen.
        """
        left = float(remaining(share))
        return (
            _first(self.times, (self.low <= left) | (self.survival == 0)),
            _first(self.times, self.high <= left),
        )

    def _steps(self, times: npt.ArrayLike) -> npt.NDArray[np.intp]:
        return np.searchsorted(self.times, np.asarray(times, dtype=np.float64), side="right")


def kaplan_meier(
    durations: npt.ArrayLike, is_ended: npt.ArrayLike, entries: npt.ArrayLike | None = None
) -> KaplanMeier:
    """Estimate the curve of `durations`, of which those not `is_ended` are censored: they last at least so long.

    What is censored at the very time at which something ends still counts as at risk there. With `entries` (left
    truncation, in the unit of the durations) a subject is at risk only after its entry; one at 0 or before is none.
    """
    lasted, entered, is_seen = observed(durations, entries)
    subjects = AtRisk.of(lasted, entered)
    times, ended = tallied(np.sort(lasted[np.asarray(is_ended, dtype=np.bool_)[is_seen]]))
    at_risk = subjects.at(times)
    survival = np.cumprod((at_risk - ended) / at_risk, dtype=np.float64)
    low, high = _band(survival, at_risk, ended)
    return KaplanMeier(
        times=times, survival=survival, low=low, high=high, at_risk=at_risk, ended=ended, subjects=subjects
    )


def remaining(share: float) -> Fraction:
    """What remains when `share` have ended, as a fraction of what is written; `ValueError` outside (0, 1]."""
    if not 0 < share <= 1:
        raise ValueError(f"There is no quantile of {share}: name a share above 0, and at most 1.")
    return 1 - Fraction(str(share))


def _band(survival: Numbers, at_risk: Counts, ended: Counts) -> tuple[Numbers, Numbers]:
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(ended / (at_risk * (at_risk - ended).astype(np.float64)))
        return log_log_band(survival, np.sqrt(greenwood))


def log_log_band(survival: Numbers, relative_error: Numbers) -> tuple[Numbers, Numbers]:
    """The 95 % band of a share on the scale of log(-log), from its standard error divided by it; NaN at 0 and 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.exp(Z_95 * relative_error / np.log(survival))
        return survival ** (1 / spread), survival**spread


def _first(times: Numbers, is_reached: Flags) -> float | None:
    places = np.flatnonzero(is_reached)
    return float(times[places[0]]) if len(places) else None
