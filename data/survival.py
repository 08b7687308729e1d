"""Kaplan-Meier in numpy: how long something takes when part of it has not ended yet. Knows no ticket."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
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
    at_risk: npt.NDArray[np.int64]
    ended: npt.NDArray[np.int64]

    def at(self, time: float) -> float:
        """The share that has not ended after `time`."""
        place = int(np.searchsorted(self.times, time, side="right"))
        return float(self.survival[place - 1]) if place else 1.0

    @property
    def median(self) -> float | None:
        """The first time at which at most half remain, exactly; None if that is not reached."""
        doubt = 8 * np.finfo(np.float64).eps * (len(self.times) + 1)
        for place in np.flatnonzero(self.survival <= HALF + doubt):
            if self.survival[place] < HALF - doubt or self._is_at_most_half(int(place)):
                return float(self.times[place])
        return None

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """The times at which the lower and the upper edge of the band first fall to a half; None if not reached."""
        return _first(self.times, self.low <= HALF), _first(self.times, self.high <= HALF)

    def _is_at_most_half(self, place: int) -> bool:
        """Settle with whole numbers what rounding leaves open: the survival at `place` is a product of fractions."""
        before, after = self.at_risk[: place + 1], (self.at_risk - self.ended)[: place + 1]
        # Where nobody was censored in between, the denominator of one fraction cancels the numerator before it.
        is_kept = np.append(after[:-1] != before[1:], True)
        numerator = _product([int(count) for count in after[is_kept]])
        denominator = _product([int(count) for count in before[np.append(True, is_kept[:-1])]])
        return 2 * numerator <= denominator


def kaplan_meier(durations: npt.ArrayLike, is_ended: npt.ArrayLike) -> KaplanMeier:
    """Estimate the curve of `durations`, of which those not `is_ended` are censored: they last at least so long.

    What is censored at the very time at which something ends still counts as at risk there.
    """
    lasted = np.asarray(durations, dtype=np.float64)
    ended_at = np.sort(lasted[np.asarray(is_ended, dtype=np.bool_)])
    times, ended = np.unique(ended_at, return_counts=True)
    at_risk = len(lasted) - np.searchsorted(np.sort(lasted), times, side="left")
    survival = np.cumprod((at_risk - ended) / at_risk, dtype=np.float64)
    low, high = _band(survival, at_risk, ended)
    return KaplanMeier(times=times, survival=survival, low=low, high=high, at_risk=at_risk, ended=ended)


def _band(survival: Numbers, at_risk: npt.NDArray[np.int64], ended: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(ended / (at_risk * (at_risk - ended).astype(np.float64)))
        spread = np.exp(Z_95 * np.sqrt(greenwood) / np.log(survival))
        return survival ** (1 / spread), survival**spread


def _first(times: Numbers, is_reached: npt.NDArray[np.bool_]) -> float | None:
    places = np.flatnonzero(is_reached)
    return float(times[places[0]]) if len(places) else None


def _product(factors: list[int]) -> int:
    """The product by halves: far quicker than one factor after the other where it has millions of digits."""
    if len(factors) <= 1:
        return factors[0] if factors else 1
    middle = len(factors) // 2
    return _product(factors[:middle]) * _product(factors[middle:])
