"""How sure a proportion is, and how far two of them lie apart."""

from math import hypot, sqrt
from typing import NamedTuple

# The 97.5 % point of the normal distribution.
Z95 = 1.959963984540054


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
    # At 0 and at n the ends are 0 and 1; what rounding makes of them is not.
    low = (middle - half) / scale if count else 0.0
    high = (middle + half) / scale if count < base else 1.0
    return Interval(low, high)


class Sample(NamedTuple):
    """`part` of `base`; of a known `population`, where there is one."""

    part: int
    base: int
    population: int | None = None

    @property
    def share(self) -> float:
        return self.part / self.base


def newcombe(one: Sample, other: Sample) -> Interval:
    """The 95 % interval of the share of `one` less that of `other`, from -1 to 1.

    Method 10 of Newcombe, R. G. (1998), Statistics in Medicine 17, 873-890, for two
    independent samples: the two Wilson intervals put together. Takes plain tuples too.
    Raises ValueError as `wilson` does.
    """
    one, other = Sample(*one), Sample(*other)
    (low, high), (other_low, other_high) = wilson(*one), wilson(*other)
    between = one.share - other.share
    return Interval(
        between - hypot(one.share - low, other_high - other.share),
        between + hypot(high - one.share, other.share - other_low),
    )


def is_clear(interval: Interval) -> bool:
    """Whether a difference of nought is outside of it: else there is none to speak of."""
    return interval.low > 0 or interval.high < 0


def bounds(count: int, base: int, missing: int) -> Interval:
    """The least and the most that count/base could have been had the `missing` answered:
    all of them otherwise, and all of them so (Manski, C. F. (1989), Journal of Human
    Resources 24, 343-360). No chance is in it: the truth about all is between the two.
    Raises ValueError unless 0 <= count <= base, 0 <= missing and somebody is in either.
    """
    if not 0 <= count <= base or missing < 0 or base + missing == 0:
        raise ValueError(f"{count} of {base}, {missing} missing")
    everybody = base + missing
    return Interval(count / everybody, (count + missing) / everybody)
