"""The figures of a set of durations: one formula each, for every page and for the command line.

Durations are whole microseconds until the last division, so that no order of adding changes a figure.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.statistics.survival import KaplanMeier, kaplan_meier

SECOND = 1_000_000
FIGURE_NAMES = (
    "tickets_count",
    "reached_count",
    "censored_count",
    "mean_seconds",
    "median_seconds",
    "p90_seconds",
    "kaplan_meier_median_seconds",
    "kaplan_meier_low_seconds",
    "kaplan_meier_high_seconds",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Durations:
    """How long tickets took, in microseconds; what was not `is_reached` had lasted so long at the horizon."""

    microseconds: npt.NDArray[np.int64]
    is_reached: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, tickets: pd.DataFrame, column: str) -> "Durations":
        """From a `column` that is null where the end is not reached, and how long it had lasted at the horizon.

        That is `age_microseconds`, or `first_reply_age_microseconds` where the desk wrote first.
        """
        age = "first_reply_age_microseconds" if column == "first_reply_microseconds" else "age_microseconds"
        lasted = tickets[column].to_numpy(dtype=np.float64, na_value=np.nan)
        is_reached = ~np.isnan(lasted)
        microseconds = np.where(is_reached, lasted, tickets[age].to_numpy(dtype=np.float64))
        return cls(microseconds=microseconds.astype(np.int64), is_reached=is_reached)

    @property
    def reached(self) -> npt.NDArray[np.int64]:
        """Those that ended, in no order."""
        return self.microseconds[self.is_reached]

    @property
    def curve(self) -> KaplanMeier:
        """The Kaplan-Meier curve, in microseconds."""
        return kaplan_meier(self.microseconds, self.is_reached)


def figures(durations: Durations) -> dict[str, int | float | None]:
    """Counts, mean, median and 90th percentile of those reached, and the Kaplan-Meier median of all, in seconds."""
    reached = durations.reached
    curve = durations.curve
    low, high = curve.median_interval
    return {
        "tickets_count": len(durations.microseconds),
        "reached_count": len(reached),
        "censored_count": len(durations.microseconds) - len(reached),
        **spread(reached),
        "kaplan_meier_median_seconds": _seconds(curve.median),
        "kaplan_meier_low_seconds": _seconds(low),
        "kaplan_meier_high_seconds": _seconds(high),
    }


def spread(microseconds: npt.NDArray[np.int64]) -> dict[str, float | None]:
    """Mean, median and 90th percentile (interpolated linearly) in seconds; None where there is no duration."""
    ordered = np.sort(microseconds)
    return {
        "mean_seconds": _mean_seconds(ordered),
        "median_seconds": _quantile_seconds(ordered, 5),
        "p90_seconds": _quantile_seconds(ordered, 9),
    }


def _mean_seconds(microseconds: npt.NDArray[np.int64]) -> float | None:
    if not len(microseconds):
        return None
    # Whole seconds and the rest apart: a million tickets of three years do not fit 64 bits of microseconds.
    total = int((microseconds // SECOND).sum()) * SECOND + int((microseconds % SECOND).sum())
    return total / (len(microseconds) * SECOND)


def _quantile_seconds(ordered: npt.NDArray[np.int64], tenths: int) -> float | None:
    """In whole numbers until the last division, which rounds once."""
    if not len(ordered):
        return None
    place, part = divmod((len(ordered) - 1) * tenths, 10)
    below, above = int(ordered[place]), int(ordered[min(place + 1, len(ordered) - 1)])
    return (below * (10 - part) + above * part) / (10 * SECOND)


def _seconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else microseconds / SECOND
