"""How tickets end, where they may end otherwise than resolved (DECISIONS: Competing ends).

Durations are whole microseconds until the last division. Leaves to the caller which state is which end.
"""

from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.durations import SECOND
from data.statistics.incidence import Incidence, aalen_johansen


class End(IntEnum):
    """What a ticket's duration ends with."""

    RUNNING = 0  # not ended at the horizon: censored
    RESOLVED = 1
    OTHERWISE = 2  # withdrawn, merged, closed without an answer


class Competing:
    """The curves of resolution and of every other end, of all tickets: made by `competing`."""

    def __init__(self, microseconds: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> None:
        self._ends = ends
        self._by_end = aalen_johansen(microseconds, ends, among=(End.RESOLVED, End.OTHERWISE))

    @property
    def curves(self) -> pd.DataFrame:
        """One row per end and time at which any ticket ended; before the first the share is 0.

        end (a name of `End`, lower case), seconds, share (ended so), low, high (95 % band, NaN where undefined),
        at_risk_count, ended_count. The shares of both ends and of those that run add up to 1.
        """
        return pd.concat([_rows(End(end), curve) for end, curve in self._by_end.items()], ignore_index=True)

    def curve(self, end: End) -> Incidence:
        """The curve of one end, in microseconds."""
        return self._by_end[end]

    @property
    def figures(self) -> dict[str, int | float | None]:
        """Counts, and the time by which half of all tickets are resolved, with its 95 % interval; null: not reached.

        tickets_count, resolved_count, otherwise_count, running_count, resolution_median_seconds,
        resolution_low_seconds, resolution_high_seconds.
        """
        resolution = self._by_end[End.RESOLVED]
        low, high = resolution.quantile_interval(0.5)
        return {
            "tickets_count": len(self._ends),
            **{f"{end.name.lower()}_count": int(np.count_nonzero(self._ends == end)) for end in End},
            "resolution_median_seconds": _seconds(resolution.median),
            "resolution_low_seconds": _seconds(low),
            "resolution_high_seconds": _seconds(high),
        }


def competing(tickets: pd.DataFrame, *, microseconds: str, end: str) -> Competing:
    """From one row per ticket: `microseconds` is how long it took, or has lasted at the horizon, `end` an `End`.

    `ValueError` where an end is none of them.
    """
    ends = tickets[end].to_numpy(dtype=np.int64)
    if not np.isin(ends, list(End)).all():
        raise ValueError(f"{end} holds something else than {', '.join(f'{one.value} ({one.name})' for one in End)}.")
    return Competing(tickets[microseconds].to_numpy(dtype=np.int64), ends)


def _rows(end: End, curve: Incidence) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "end": end.name.lower(),
            "seconds": curve.times / SECOND,
            "share": curve.incidence,
            "low": curve.low,
            "high": curve.high,
            "at_risk_count": curve.at_risk,
            "ended_count": curve.ended,
        }
    )


def _seconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else microseconds / SECOND
