"""The tail of the chi-square distribution in closed form (Abramowitz and Stegun 26.4.4 and 26.4.5)."""

import math


def chi_square_tail(statistic: float, degrees_of_freedom: int) -> float:
    """How likely chance alone gives at least `statistic`; `ValueError` below 0 or without a degree of freedom."""
    if degrees_of_freedom < 1 or not statistic >= 0:
        raise ValueError("The tail needs a statistic of 0 or more and at least one degree of freedom.")
    half = statistic / 2
    if not half:
        return 1.0
    # Terms half ** power / gamma(power + 1) * exp(-half), by logarithms: none is negative, so nothing cancels.
    is_odd = degrees_of_freedom % 2
    first = math.erfc(math.sqrt(half)) if is_odd else 0.0
    powers = [place + is_odd / 2 for place in range(degrees_of_freedom // 2)]
    terms = [math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers]
    return min(1.0, math.fsum([first, *terms]))
