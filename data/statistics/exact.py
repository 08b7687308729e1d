"""Products and sums of fractions in whole numbers: settles "exactly a half" where rounding could decide it.

Everything is made of the counts at risk `before` and `after` each time at which something ended.
"""

from fractions import Fraction

import numpy as np

from data.statistics.risk import Counts

_Part = tuple[int, int, int]  # left, ended of the cause, and of how many


def rounding_doubt(count: int) -> float:
    """More than `count` products or sums of shares can be off by rounding."""
    return 8 * float(np.finfo(np.float64).eps) * (count + 1)


def is_at_most(before: Counts, after: Counts, share: Fraction) -> bool:
    """Whether at most `share` remain after the last of these times: the product of after / before."""
    starts, ends = _runs(before, after)
    remaining = _product([int(count) for count in after[ends]])
    whole = _product([int(count) for count in before[starts]])
    return share.denominator * remaining <= share.numerator * whole


def is_at_least(before: Counts, after: Counts, caused: Counts, share: Fraction) -> bool:
    """Whether by the last of these times at least `share` had ended of one cause, which ended `caused` of them."""
    starts, ends = _runs(before, after)
    sums = np.add.reduceat(caused, starts)
    parts = zip(after[ends].tolist(), sums.tolist(), before[starts].tolist(), strict=True)
    _, ended, whole = _together(list(parts))
    return share.denominator * ended >= share.numerator * whole


def _runs(before: Counts, after: Counts) -> tuple[Counts, Counts]:
    """First and last places of runs without censoring: there each denominator cancels the numerator before it."""
    starts = np.flatnonzero(np.append(True, after[:-1] != before[1:]))
    return starts, np.append(starts[1:] - 1, len(before) - 1)


def _product(factors: list[int]) -> int:
    """The product by halves: far quicker than one factor after the other where it has millions of digits."""
    if len(factors) <= 1:
        return factors[0] if factors else 1
    middle = len(factors) // 2
    return _product(factors[:middle]) * _product(factors[middle:])


def _together(parts: list[_Part]) -> _Part:
    """By halves likewise: what ended in the later half is a share of what the earlier half left."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    left, ended, whole = _together(parts[:middle])
    later_left, later_ended, later_whole = _together(parts[middle:])
    return left * later_left, ended * later_whole + left * later_ended, whole * later_whole
