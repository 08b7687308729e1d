"""Who is at risk when: the counts that every estimate from durations is made of. Knows no ticket."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class AtRisk:
    """When subjects left observation (ended or censored), and when those came that were not seen from 0 on; sorted."""

    left: Numbers
    entered: Numbers

    @classmethod
    def of(cls, lasted: Numbers, entries: Numbers | None) -> Self:
        """From what `observed` gave."""
        late = np.empty(0) if entries is None else np.sort(entries[entries > 0])
        return cls(left=np.sort(lasted), entered=late)

    def at(self, times: npt.ArrayLike) -> Counts:
        """How many are at risk at each of `times`: entered before it, and not gone before it."""
        staying = len(self.left) - np.searchsorted(self.left, times, side="left")
        coming = len(self.entered) - np.searchsorted(self.entered, times, side="left")
        return np.asarray(staying - coming, dtype=np.int64)


def observed(durations: npt.ArrayLike, entries: npt.ArrayLike | None) -> tuple[Numbers, Numbers | None, Flags]:
    """Durations and entries of those that were ever at risk, and which of all subjects these are.

    An entry at 0 or before is "seen from the beginning"; an entry at or after the end says nothing and is left out.
    `ValueError` where a duration or an entry is no number.
    """
    lasted = np.asarray(durations, dtype=np.float64)
    entered = None if entries is None else np.asarray(entries, dtype=np.float64)
    if np.isnan(lasted).any() or (entered is not None and np.isnan(entered).any()):
        raise ValueError("A duration or an entry is missing: pass what lasts still as censored, and 0 for no entry.")
    if entered is None:
        return lasted, None, np.ones(len(lasted), dtype=np.bool_)
    is_seen = (entered <= 0) | (entered < lasted)
    return lasted[is_seen], entered[is_seen], is_seen


def tallied(ordered: Numbers) -> tuple[Numbers, Counts]:
    """The different numbers of a sorted list, and how often each stands there."""
    if not len(ordered):
        return ordered, np.empty(0, dtype=np.int64)
    firsts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    return ordered[firsts], np.diff(np.append(firsts, len(ordered)))
