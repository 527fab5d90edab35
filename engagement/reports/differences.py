"""Whether a share has changed from one time to another: the one place that says so."""

from typing import NamedTuple

from engagement.metrics.intervals import Sample, newcombe


class Difference(NamedTuple):
    """In percentage points, with its 95 % interval."""

    points: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """The interval leaves nought out."""
        return self.low > 0 or self.high < 0


def between(before: tuple[int, int], now: tuple[int, int]) -> Difference | None:
    """Each a count and its base; None where one of the bases is nought.

    The records of a time are counted in full; the interval takes them for what might as
    well have come out otherwise, so that a few people more or less are not called a
    change.
    """
    if not before[1] or not now[1]:
        return None
    low, high = newcombe(Sample(*now), Sample(*before))
    change = now[0] / now[1] - before[0] / before[1]
    return Difference(*(round(100 * part, 1) for part in (change, low, high)))
