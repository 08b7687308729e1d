"""The interval of a share. Knows no ticket."""

import numpy as np
import numpy.typing as npt

from data.statistics.risk import Numbers
from data.statistics.survival import Z_95


def wilson_interval(hits: npt.ArrayLike, counts: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Lower and upper edge of the 95 % score interval (Wilson 1927) of `hits` among `counts`, element by element.

    NaN where there is nothing counted; 0 and 1 exactly at the ends. `ValueError` where more hits than are counted.
    """
    some, whole = np.asarray(hits, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    if not ((some >= 0) & (some <= whole)).all():
        raise ValueError("A share needs at least 0 hits, and at most as many as are counted.")
    with np.errstate(divide="ignore", invalid="ignore"):
        share = some / whole
        middle = (some + Z_95**2 / 2) / (whole + Z_95**2)
        reach = Z_95 * np.sqrt(whole * share * (1 - share) + Z_95**2 / 4) / (whole + Z_95**2)
    low = np.where(some == 0, 0.0, middle - reach)
    high = np.where(some == whole, 1.0, middle + reach)
    return np.where(whole > 0, low, np.nan), np.where(whole > 0, high, np.nan)
