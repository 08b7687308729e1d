"""Control charts: which points of a line of figures are more than its usual chance. Frames in, frames out.

Rows are in the order of time. Each chart adds `value`, `centre`, `low`, `high` (the limits: three standard deviations),
`is_beyond` (outside the limits), `is_run` (the eighth or a later point in a row on one side of the centre) and
`is_signal` (either). A point on the centre ends a run, a point on a limit is within it. A row without a value (nothing
counted) has no limits and no signal, and neither ends a run nor lengthens it.
"""

from statistics import mean

import numpy as np
import pandas as pd

from data.statistics.risk import Flags, Numbers

RUN = 8
SIGMAS = 3
XMR = 2.66  # 3 / 1.128, the mean moving range of two being 1.128 standard deviations (Shewhart)


def p_chart(table: pd.DataFrame, *, hits: str, counts: str) -> pd.DataFrame:
    """Shares of varying bases: `value` is `hits` / `counts`, the centre all hits of all counted, limits within [0, 1].

    `ValueError` where more hits than are counted.
    """
    some, whole = _column(table, hits), _column(table, counts)
    if not ((some >= 0) & (some <= whole)).all():
        raise ValueError(f"{hits} must be at least 0 and at most {counts} in every row.")
    base, centre = _base(whole), _centre(some, whole)
    spread = SIGMAS * np.sqrt(centre * (1 - centre) / base)
    return _charted(table, some / base, centre, np.maximum(centre - spread, 0), np.minimum(centre + spread, 1))


def u_chart(table: pd.DataFrame, *, counts: str, exposure: str) -> pd.DataFrame:
    """Counts per unit of varying `exposure` (claims per order): `value` is their ratio, limits not below 0.

    `ValueError` where a count or an exposure is below 0.
    """
    events, units = _column(table, counts), _column(table, exposure)
    if not ((events >= 0) & (units >= 0)).all():
        raise ValueError(f"{counts} and {exposure} must be at least 0 in every row.")
    base, centre = _base(units), _centre(events, units)
    spread = SIGMAS * np.sqrt(centre / base)
    return _charted(table, events / base, centre, np.maximum(centre - spread, 0), centre + spread)


def individuals_chart(table: pd.DataFrame, *, value: str) -> pd.DataFrame:
    """Single figures (XmR): the limits are 2.66 mean moving ranges from the mean; no limits for fewer than two."""
    values = _column(table, value)
    known = values[~np.isnan(values)]
    centre = float(mean(known.tolist())) if len(known) else np.nan  # exact: equal values are on their centre
    ranges = np.abs(np.diff(known))
    spread = XMR * ranges.mean() if len(ranges) else np.nan
    reach = np.where(np.isnan(values), np.nan, spread)
    return _charted(table, values, centre, centre - reach, centre + reach)


def _column(table: pd.DataFrame, name: str) -> Numbers:
    return table[name].to_numpy(dtype=np.float64, na_value=np.nan)


def _base(whole: Numbers) -> Numbers:
    return np.where(whole > 0, whole, np.nan)


def _centre(some: Numbers, whole: Numbers) -> float:
    return float(some.sum() / whole.sum()) if whole.sum() else np.nan


def _charted(table: pd.DataFrame, value: Numbers, centre: float, low: Numbers, high: Numbers) -> pd.DataFrame:
    is_beyond, is_run = (value < low) | (value > high), _runs(value, centre)
    return table.assign(
        value=value,
        centre=centre,
        low=low,
        high=high,
        is_beyond=is_beyond,
        is_run=is_run,
        is_signal=is_beyond | is_run,
    )


def _runs(value: Numbers, centre: float) -> Flags:
    is_known = ~np.isnan(value)
    side = np.sign(value[is_known] - centre)
    places = np.arange(len(side))
    is_start = np.append(True, side[1:] != side[:-1])[: len(side)]
    run_start = np.maximum.accumulate(np.where(is_start, places, 0))
    is_run = np.zeros(len(value), dtype=np.bool_)
    is_run[is_known] = (side != 0) & (places - run_start >= RUN - 1)
    return is_run
