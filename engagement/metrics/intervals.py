"""How sure a proportion is."""

from math import sqrt
from typing import NamedTuple

Z95 = 1.959964


class Interval(NamedTuple):
    low: float
    high: float


def wilson(count: int, base: int, population: int | None = None) -> Interval:
    """The 95 % interval of count/base, both ends from 0 to 1.

    Wilson, E. B. (1927), JASA 22, 209-212. With a known `population` the base is
    enlarged by the finite-population correction, n(N-1)/(N-n); a census is certain.
    Raises ValueError unless 0 <= count <= base, 0 < base and base <= population.
    """
    if not 0 <= count <= base or base == 0 or (population or base) < base:
        raise ValueError(f"{count} of {base} in {population}")
    share = count / base
    if population == base:
        return Interval(share, share)
    n = base * (population - 1) / (population - base) if population else float(base)
    middle = share + Z95**2 / (2 * n)
    half = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    return Interval(
        max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)
    )
